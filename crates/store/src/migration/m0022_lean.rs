//! Indexes hold only the rows that are looked up by them. Hardly any member is locked, is known with a day of birth or has
//! a code in a letter, and a mail is looked up by its time only while it waits: the others cost every import and every
//! delivery a page.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// Name, table, columns, and which rows.
const INDEXES: [(&str, &str, &str, &str); 4] = [
    ("members_by_lock", "members", "locked_until", "locked_until IS NOT NULL"),
    ("members_by_twin", "members", "twin_key", "twin_key IS NOT NULL"),
    ("invitations_by_code", "invitations", "code_hash", "code_hash IS NOT NULL"),
    ("outbox_due", "outbox", "due_at", "state = 'pending'"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, column, rows) in INDEXES {
            let sql =
                format!("DROP INDEX {name}; CREATE INDEX {name} ON {table} (programme_id, {column}) WHERE {rows}");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
