//! Sessions of members.

use sea_orm::entity::prelude::*;

/// A member who is signed in, or about to be.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "member_sessions")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// What its token is recognised by.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// Whose it is.
    pub member_id: Uuid,
    /// Instant, in microseconds of UTC.
    pub created_at: i64,
    /// When it was last used, to about a minute, in microseconds of UTC.
    pub seen_at: i64,
    /// Whether the password was right and the second factor is still to come.
    pub second_factor_due: bool,
    /// The network address that it began at.
    pub address: Option<String>,
    /// What the browser says that it is.
    pub agent: String,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
