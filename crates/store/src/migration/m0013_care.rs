//! Restoring a backup: since when the installation is held, and whether somebody has released it.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, text_null, uuid},
};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("restores")
                    .col(uuid("id").primary_key())
                    .col(big_integer("backup_at"))
                    .col(big_integer("restored_at"))
                    .col(big_integer("erased"))
                    .col(big_integer_null("released_at"))
                    .col(text_null("released_by"))
                    .take(),
            )
            .await
    }
}
