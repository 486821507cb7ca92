//! What stays of an account that was closed (R61), and whom it keeps out (R63).

use sea_orm::entity::prelude::*;

/// The trace of an account: nothing in it tells who it was to anybody without the key.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "traces")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: Uuid,
    /// Integration and employee ID, as a keyed hash.
    pub id_hash: Option<String>,
    /// The address, as a keyed hash.
    pub email_hash: Option<String>,
    /// Why they left, by its stable name.
    pub reason: String,
    /// When the account was made, in microseconds of UTC.
    pub joined_at: i64,
    /// When they left, in microseconds of UTC.
    pub left_at: i64,
    /// When the account was closed, in microseconds of UTC; empty while it is still to be.
    pub closed_at: Option<i64>,
    /// Whether imports leave the person alone, as they wished (R63).
    pub excluded: bool,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
