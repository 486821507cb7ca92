//! A leaver's way to the closed account (R60): what was sent, and when there is something to do again.

use sea_orm::entity::prelude::*;

/// How far a leaver is.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "close_downs")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// The leaver.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: Uuid,
    /// Since when they are one, in microseconds of UTC: whoever comes back and leaves again begins anew.
    pub left_at: i64,
    /// When the notice was written, in microseconds of UTC.
    pub notice_at: Option<i64>,
    /// The notice in the outbox; none where there was nobody to send it to.
    pub notice_mail: Option<Uuid>,
    /// The day of the newest reminder.
    pub reminded: Option<i32>,
    /// The last day of access that they were told.
    pub told: Option<String>,
    /// How many days the clock stood still before the newest stop (R20).
    pub stood_days: i32,
    /// The day on which the newest stop began.
    pub stopped_since: Option<String>,
    /// The last day of it.
    pub stopped_until: Option<String>,
    /// The last day of access of somebody who is erased on request (R63).
    pub erase_on: Option<String>,
    /// The settings under which `next_at` was worked out.
    pub settings_print: i64,
    /// When there is something to do again, in microseconds of UTC.
    pub next_at: i64,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
