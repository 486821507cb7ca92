//! What is to be told of a member, and to whom.

use sea_orm::entity::prelude::*;

/// One event for one subscription. Which values changed does not stand in it.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_deliveries")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// The subscription.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscription_id: Uuid,
    /// The member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: Uuid,
    /// The member's version after the change.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    /// What happened: `joined`, `updated`, `left`, `rejoined` or `closed`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// When it happened, in microseconds of UTC.
    pub at: i64,
    /// `pending`, `sent` or `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i32,
    /// When it may go, or is tried again, in microseconds of UTC.
    pub due_at: i64,
    /// When it went, in microseconds of UTC.
    pub sent_at: Option<i64>,
    /// The HTTP status of the last answer.
    pub status: Option<i32>,
    /// What kept it from going, the last time.
    pub failure: Option<String>,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
