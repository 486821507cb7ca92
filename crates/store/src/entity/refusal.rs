//! Refusals: members whose address a mail server refused for good.

use sea_orm::entity::prelude::*;

/// The last refusal of a member's address. It counts only as long as that is where the member's mails go.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refusals")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// The member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: Uuid,
    /// Which address, as a keyed hash.
    pub address_hash: String,
    /// What the server said, without the address.
    pub detail: String,
    /// When, in microseconds of UTC.
    pub at: i64,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
