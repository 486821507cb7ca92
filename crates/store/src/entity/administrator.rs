//! Administrators: people who look after programmes.

use sea_orm::entity::prelude::*;

/// A person who looks after one programme or several.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "administrators")]
pub struct Model {
    /// Their number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Where they are written to.
    pub email: String,
    /// What their address is unique by.
    pub email_key: String,
    /// Their name.
    pub name: String,
    /// The language that the portal speaks to them.
    pub language: String,
    /// What their password is checked by; none before they have chosen one.
    pub password_hash: Option<String>,
    /// What their one-time codes are made of, sealed.
    pub totp_secret: Option<Vec<u8>>,
    /// The step of the last one-time code that was accepted; none until the first one was, which is
    /// what switches the second factor on.
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
