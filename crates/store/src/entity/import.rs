//! Imports: every run, whatever became of it (R53).

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// One run of an integration.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "imports")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// Its number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose run it is.
    pub integration_id: Uuid,
    /// `apply` or `preview`.
    pub purpose: String,
    /// What started it: `command`, `schedule`, `approval`.
    pub trigger: String,
    /// The person who started it, by name or address.
    pub person: Option<String>,
    /// Whether people are matched by e-mail and names, since the IDs were renumbered (R43).
    pub renumbered: bool,
    /// Where it stands.
    pub state: String,
    /// Since when it stands there, in microseconds of UTC.
    pub stage_since: i64,
    /// The try under whose number the plan is staged (R2).
    pub try_number: i32,
    /// How many of the people (or rows) are done, for the progress bar.
    pub progress_done: i64,
    /// Of how many.
    pub progress_total: i64,
    /// Rows up to this position have been applied.
    pub cursor: i64,
    /// What the plan comes to, as JSON.
    pub counts: String,
    /// Current members of the integration before the plan.
    pub members_before: i64,
    /// The guards that tripped, comma-separated.
    pub held_by: String,
    /// The same in words, a line each.
    pub held_because: String,
    /// What the guard looked at, and what the leavers share, as JSON.
    pub facts: Option<String>,
    /// For a preview: the print of the settings that it was made with, published or not.
    pub settings_print: Option<i64>,
    /// The fingerprint that an approval is bound to.
    pub plan_print: Option<String>,
    /// The fingerprint of the set of leavers (R46).
    pub leavers_print: Option<String>,
    /// Whether an administrator approved the plan, and `without-leavers` if only the rest of it.
    pub approved: Option<String>,
    /// Who approved or rejected it, by name or address.
    pub answered_by: Option<String>,
    /// The failure's stable code.
    pub failure_code: Option<String>,
    /// What failed, for people.
    pub failure: Option<String>,
    /// Instant, in microseconds of UTC.
    pub created_at: i64,
    /// When its plan was put on hold, in microseconds of UTC.
    pub held_at: Option<i64>,
    /// When it ended, in microseconds of UTC.
    pub finished_at: Option<i64>,
    /// How long it worked, in milliseconds.
    pub duration_ms: i64,
    /// When the people it was about were removed from it, in microseconds of UTC; the numbers stay.
    pub people_removed_at: Option<i64>,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
