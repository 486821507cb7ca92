//! Mails whose attempt began and was never answered.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared("ALTER TABLE outbox ADD COLUMN may_have_gone_at BIGINT").await?;
        // Until now the last attempt alone told of it.
        let sql = "UPDATE outbox SET may_have_gone_at = due_at WHERE failure_code = 'unanswered' AND state <> 'sent'";
        connection.execute_unprepared(sql).await?;
        Ok(())
    }
}
