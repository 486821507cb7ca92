//! Plan rows: what an import would do, does and did to one person.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// One row of a plan.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "changes")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// The import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: Uuid,
    /// The try that staged it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub try_number: i32,
    /// Its number within the try.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_number: i64,
    /// Where it stands in the order of applying; rows of one group share it.
    pub position: i64,
    /// What it does.
    pub kind: String,
    /// The account; for a join, the account to be.
    pub member_id: Option<Uuid>,
    /// The version of the account that it was made for.
    pub version: i64,
    /// The employee ID afterwards.
    pub employee_id: Option<String>,
    /// The name for people.
    pub name: String,
    /// Why somebody leaves.
    pub reason: Option<String>,
    /// The account's state afterwards.
    pub member_state: Option<String>,
    /// The values that change as they were, as JSON.
    pub before: String,
    /// All values afterwards, as JSON.
    pub after: String,
    /// The e-mail address that it newly takes, in comparable form.
    pub claim: Option<String>,
    /// Names and day of birth afterwards, in comparable form.
    pub twin_key: Option<String>,
    /// What the person is looked up and sorted by (see [`domain::names::search_key`]).
    pub search_key: String,
    /// The former member whose address is freed.
    pub frees: Option<Uuid>,
    /// How a joiner is told.
    pub welcome: Option<String>,
    /// The number of the joiner's mail in the outbox.
    pub mail_id: Option<Uuid>,
    /// A leaver's clock stands still until this day.
    pub clock_stopped_until: Option<String>,
    /// The record that is noted on the account.
    pub print: Option<i64>,
    /// Whether the account gets another employee ID than it had.
    pub changes_id: bool,
    /// Whether an administrator's hand keeps the member in spite of this record (R24).
    pub keeps: bool,
    /// Whether it was passed over since the member had changed meanwhile (R30).
    pub skipped: bool,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
