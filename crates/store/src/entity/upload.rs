//! Uploads: files of members that somebody handed in (R16). The text of a file is in `upload_files` until it is planned.

use sea_orm::entity::prelude::*;

/// A file of members.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "uploads")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// Its number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whether whoever is added is invited.
    pub invite: bool,
    /// Who handed it in.
    pub uploaded_by: String,
    /// Instant, in microseconds of UTC.
    pub uploaded_at: i64,
    /// When its plan was applied to the end, in microseconds of UTC.
    pub applied_at: Option<i64>,
    /// `received`, `planned`, `applying`, `applied` or `discarded`.
    pub state: String,
    /// What it does, in numbers, as JSON.
    pub counts: String,
    /// Members with an open account when it was planned.
    pub members_before: i64,
    /// The same when it had been applied.
    pub members_after: i64,
    /// How many lines are planned or applied …
    pub progress_done: i64,
    /// … of how many.
    pub progress_total: i64,
    /// Who had it applied.
    pub applied_by: Option<String>,
    /// What they are, as the log calls it.
    pub applied_kind: Option<String>,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
