//! How long things stay: which imports no longer say whom they were about. And the keys for single purposes that were
//! in use before the present key of the installation.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, blob, text, uuid},
};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let removed = big_integer_null("people_removed_at").take();
        manager.alter_table(Table::alter().table("imports").add_column(removed).take()).await?;
        manager
            .create_table(
                Table::create()
                    .table("former_keys")
                    .col(uuid("id").primary_key())
                    .col(text("purpose"))
                    .col(blob("sealed"))
                    .col(big_integer("retired_at"))
                    .take(),
            )
            .await?;
        // By the clock: whose people are to be removed.
        let few = "CREATE INDEX imports_with_people ON imports (programme_id, id) WHERE people_removed_at IS NULL";
        manager.get_connection().execute_unprepared(few).await?;
        Ok(())
    }
}
