//! Members: the accounts of a programme.

use sea_orm::entity::prelude::*;

/// An account of a programme.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "members")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// Its number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts changes (R30).
    pub version: i64,
    /// The integration that looks after it, if one does.
    pub integration_id: Option<Uuid>,
    /// The identity within that integration; unique there.
    pub employee_id: Option<String>,
    /// The e-mail address in comparable form; unique in the programme.
    pub email_key: Option<String>,
    /// Names and day of birth in comparable form (R15).
    pub twin_key: Option<String>,
    /// What the member is looked up and sorted by (see [`domain::names::search_key`]).
    pub search_key: String,
    /// The values, as JSON by field name.
    pub fields: String,
    /// Where it stands.
    pub state: String,
    /// Where it stood before it became a leaver.
    pub state_before_leaving: Option<String>,
    /// Since when it is a leaver, in microseconds of UTC.
    pub left_at: Option<i64>,
    /// The import that made it a leaver.
    pub left_import_id: Option<Uuid>,
    /// Why it is a leaver.
    pub leave_reason: Option<String>,
    /// A day until which a leaver's clock stands still (R20).
    pub clock_stopped_until: Option<String>,
    /// The record that was last applied without a problem.
    pub record_print: Option<i64>,
    /// The record in spite of which an administrator brought the member back (R24).
    pub kept_by_hand: Option<i64>,
    /// The last day on which an administrator's lock holds (R24).
    pub locked_until: Option<String>,
    /// Why it was locked in.
    pub lock_reason: Option<String>,
    /// Who locked it in.
    pub locked_by: Option<String>,
    /// When, in microseconds of UTC.
    pub locked_at: Option<i64>,
    /// Instant, in microseconds of UTC.
    pub created_at: i64,
    /// Instant, in microseconds of UTC.
    pub updated_at: i64,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
