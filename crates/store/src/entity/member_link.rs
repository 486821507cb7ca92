//! Links for members who forgot their password.

use sea_orm::entity::prelude::*;

/// A link for a new password.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "member_links")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// What its token is recognised by.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// Whom it was given.
    pub member_id: Uuid,
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
