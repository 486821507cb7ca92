//! What members chose for themselves: the language of their mails, and a personal address that they confirmed.

use sea_orm::entity::prelude::*;

/// What one member chose. Nothing of it comes from a source, and no import writes it (R17).
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_choices")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// Whose choices they are.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: Uuid,
    /// The language of pages and mails, by its tag.
    pub language: Option<String>,
    /// A personal address that they have shown to be theirs (R62).
    pub personal_email: Option<String>,
    /// When they showed it, in microseconds of UTC.
    pub confirmed_at: Option<i64>,
    /// An address that they have entered and not confirmed yet.
    pub asked_email: Option<String>,
    /// What the link that confirms it is recognised by.
    pub asked_hash: Option<String>,
    /// When that link stops working, in microseconds of UTC.
    pub asked_until: Option<i64>,
    /// Instant, in microseconds of UTC.
    pub updated_at: i64,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemberChoices").field("member_id", &self.member_id).finish_non_exhaustive()
    }
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
