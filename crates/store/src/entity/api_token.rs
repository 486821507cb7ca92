//! API tokens: what programs sign in with.

use sea_orm::entity::prelude::*;

/// What a program signs in with.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_tokens")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// Its number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it is recognised by.
    pub token_hash: String,
    /// What people call it.
    pub name: String,
    /// What it is good for (`domain::scope::Scope`), with spaces between.
    pub scopes: String,
    /// Who made it, for people.
    pub created_by: String,
    /// Instant, in microseconds of UTC.
    pub created_at: i64,
    /// When it was last used, to about a minute, in microseconds of UTC.
    pub last_used_at: Option<i64>,
    /// When it stops working, in microseconds of UTC.
    pub expires_at: Option<i64>,
    /// When somebody put an end to it, in microseconds of UTC.
    pub revoked_at: Option<i64>,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
