//! Uploads: files of members that somebody handed in (R16).

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
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
