//! The outbox: mails waiting for delivery, and what became of them (R50).

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// One mail: a kind and references; its text is made when it is delivered.
#[derive(Debug, Clone, PartialEq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// Its number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What kind of mail.
    pub kind: String,
    /// The member it is about.
    pub member_id: Option<Uuid>,
    /// The import that caused it.
    pub import_id: Option<Uuid>,
    /// Where it goes: `account` or `personal` for a member's addresses at delivery, `letter`, `administrator`,
    /// or `example-` and a language: an administrator, to see what a mail to members says.
    pub route: String,
    /// The address, for an administrator.
    pub recipient: Option<String>,
    /// `pending`, `sent`, `cancelled`, `to-print` or `failed`.
    pub state: String,
    /// When it may go, or is tried again, in microseconds of UTC.
    pub due_at: i64,
    /// Instant, in microseconds of UTC.
    pub created_at: i64,
    /// When it went, in microseconds of UTC.
    pub sent_at: Option<i64>,
    /// What kept it from going, the last time.
    pub failure: Option<String>,
    /// How often it was tried.
    pub attempts: i32,
    /// The stable name of what kept it from going.
    pub failure_code: Option<String>,
    /// Since when it may have gone without anybody's knowing, in microseconds of UTC: an attempt began then, and its
    /// answer was lost with the process or the connection, or is still awaited.
    pub may_have_gone_at: Option<i64>,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
