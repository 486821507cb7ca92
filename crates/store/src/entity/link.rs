//! Links: each is good for one thing, once, for a while.

use sea_orm::entity::prelude::*;

/// A link that somebody was given.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "links")]
pub struct Model {
    /// What its token is recognised by.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// `first-run`, `invitation` or `reset`.
    pub kind: String,
    /// Whom it was given.
    pub administrator_id: Option<Uuid>,
    /// The programme it leads to.
    pub programme_id: Option<Uuid>,
    /// When it stops working, in microseconds of UTC.
    pub expires_at: i64,
    /// When it was used, in microseconds of UTC.
    pub used_at: Option<i64>,
    /// Instant, in microseconds of UTC.
    pub created_at: i64,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
