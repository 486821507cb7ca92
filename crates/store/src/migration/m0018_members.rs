//! Answers about lines of a file of members (R18), and members looked up by any beginning.

use sea_orm_migration::prelude::*;

use crate::members::looked_up;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared("ALTER TABLE upload_rows ADD COLUMN as_new TEXT").await?;
        for index in looked_up::indexes(manager.get_database_backend()) {
            connection.execute_unprepared(&index).await?;
        }
        Ok(())
    }
}
