//! The audit log: who did what to which thing. Rows are only ever added.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// Something that was done.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// Its number; later ones sort after earlier ones.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Instant, in microseconds of UTC.
    pub at: i64,
    /// `administrator`, `token`, `command` or `system`.
    pub actor_kind: String,
    /// Who did it, by name or address.
    pub actor: String,
    /// The network address that it was asked from.
    pub address: Option<String>,
    /// What was done, such as `integration.published`.
    pub action: String,
    /// To what, for people.
    pub subject: String,
    /// How it was, as JSON.
    pub before: Option<String>,
    /// How it is now, as JSON.
    pub after: Option<String>,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
