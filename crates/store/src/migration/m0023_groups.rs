//! On SQLite members are listed by name within what looks after them and where they stand, so that a list of the few in
//! a rare state does not walk along everybody. The index takes the place of the one of all names: it is as large, and
//! an import pays no more for it.
//!
//! PostgreSQL has an index by state, knows how many stand in which, and chooses.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            return Ok(());
        }
        let sql = "CREATE INDEX members_by_group ON members (programme_id, integration_id, state, search_key, id); \
                   DROP INDEX members_by_search";
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
