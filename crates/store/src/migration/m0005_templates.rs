//! Wordings of mails that a programme has put in the place of ours.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, text},
};

use super::m0001_foundation::owned;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let templates = owned("mail_templates", vec![text("kind"), text("language")])
            .col(text("subject"))
            .col(text("body"))
            .col(big_integer("updated_at"))
            .take();
        manager.create_table(templates).await
    }
}
