//! What members sign in with.

use sea_orm::entity::prelude::*;

/// A member's password and second factor.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "member_credentials")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// Whose they are.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: Uuid,
    /// The Argon2id hash of the password.
    pub password_hash: String,
    /// What one-time codes are made of, sealed.
    pub totp_secret: Option<Vec<u8>>,
    /// The step of the last code that was used; none until the first code confirmed the key.
    pub totp_last_step: Option<i64>,
    /// Instant, in microseconds of UTC.
    pub created_at: i64,
    /// Instant, in microseconds of UTC.
    pub updated_at: i64,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
