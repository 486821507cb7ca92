//! Invitations of members.

use sea_orm::entity::prelude::*;

/// The invitation of one member.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// Its number; the link is a keyed hash of it and the generation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who is invited.
    pub member_id: Uuid,
    /// How often it was sent in a new form: links of earlier generations are replaced.
    pub generation: i32,
    /// `account`, `personal` or `letter`.
    pub route: String,
    /// What the code of a printed letter is recognised by.
    pub code_hash: Option<String>,
    /// When it goes or went, in microseconds of UTC.
    pub valid_from: i64,
    /// When its link stops working, in microseconds of UTC.
    pub expires_at: i64,
    /// When a password was set with it, in microseconds of UTC.
    pub used_at: Option<i64>,
    /// When there may be something to remind of, in microseconds of UTC.
    pub reminder_at: Option<i64>,
    /// How many reminders of this generation went, or were due too late to go.
    pub reminders: i32,
    /// Whether it has to be sent anew, since it had expired when the member came back.
    pub is_due_again: bool,
    /// Instant, in microseconds of UTC.
    pub created_at: i64,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
