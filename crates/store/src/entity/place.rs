//! Who looks after a programme, and as what.

use sea_orm::entity::prelude::*;

/// An administrator's place in a programme.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "programme_administrators")]
pub struct Model {
    /// The programme.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// The administrator.
    #[sea_orm(primary_key, auto_increment = false)]
    pub administrator_id: Uuid,
    /// What they may do (`domain::roles::Role`).
    pub role: String,
    /// Who invited them, for people.
    pub invited_by: String,
    /// Instant, in microseconds of UTC.
    pub created_at: i64,
    /// When they accepted, in microseconds of UTC; until then they may do nothing.
    pub accepted_at: Option<i64>,
    /// When they became a leaver as a member of the programme, in microseconds of UTC: from then on the portal is closed
    /// to them (R56).
    pub left_at: Option<i64>,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
