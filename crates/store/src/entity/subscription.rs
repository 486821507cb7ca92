//! Subscriptions: where changes of members are told.

use sea_orm::entity::prelude::*;

/// An address that is told of changes of members.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "subscriptions")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// Its number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Where.
    pub url: String,
    /// Of what: names of events, each with a space before and behind it.
    pub kinds: String,
    /// What deliveries are signed with, sealed.
    pub secret: Vec<u8>,
    /// What they were signed with before it was changed, sealed.
    pub previous_secret: Option<Vec<u8>>,
    /// Until when they are signed with both, in microseconds of UTC.
    pub previous_until: Option<i64>,
    /// `active` or `paused`.
    pub state: String,
    /// Who made it, for people.
    pub created_by: String,
    /// Instant, in microseconds of UTC.
    pub created_at: i64,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
