//! Wordings of mails that a programme has put in the place of ours.

use sea_orm::entity::prelude::*;

/// What a programme says in one kind of mail, in one language.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_templates")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// The kind of mail, as in the outbox.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// The tag of the language.
    #[sea_orm(primary_key, auto_increment = false)]
    pub language: String,
    /// One line; it may name variables.
    pub subject: String,
    /// Markdown; it may name variables.
    pub body: String,
    /// When it was last changed, in microseconds of UTC.
    pub updated_at: i64,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
