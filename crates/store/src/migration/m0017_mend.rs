//! How often work was taken over without moving on, what any one node does for all, programmes that were deleted, and
//! owners as addresses are compared.

use sea_orm::{DbBackend, FromQueryResult, Statement};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, text, uuid},
};
use uuid::Uuid;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[derive(FromQueryResult)]
struct Owned {
    programme_id: Uuid,
    id: Uuid,
    owner: String,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create().table("rounds").col(text("name").primary_key()).col(big_integer("begun_at")).take(),
            )
            .await?;
        // Until every node's list of erasures, outside the database, knows of it.
        manager
            .create_table(
                Table::create()
                    .table("deleted_programmes")
                    .col(uuid("id").primary_key())
                    .col(big_integer("deleted_at"))
                    .take(),
            )
            .await?;
        let (db, backend) = (manager.get_connection(), manager.get_database_backend());
        for sql in [
            "ALTER TABLE work ADD COLUMN takeovers BIGINT NOT NULL DEFAULT 0",
            // None where a node of the version before has made the row.
            "ALTER TABLE integrations ADD COLUMN owner_key TEXT",
        ] {
            db.execute_unprepared(sql).await?;
        }
        let owned = Statement::from_string(backend, "SELECT programme_id, id, owner FROM integrations");
        for row in db.query_all_raw(owned).await? {
            let Owned { programme_id, id, owner } = Owned::from_query_result(&row, "")?;
            let key = domain::email::key(&owner);
            let sql = "UPDATE integrations SET owner_key = $3 WHERE programme_id = $1 AND id = $2";
            let values = [programme_id.into(), id.into(), key.into()];
            db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        }
        db.execute_unprepared(&triggers(backend)).await?;
        Ok(())
    }
}

/// The triggers that note who has left, as before but for an integration's owner, who is compared by the stored key:
/// SQLite's own `lower` knows ASCII only.
fn triggers(backend: DbBackend) -> String {
    let address = "IN (OLD.email_key, NEW.email_key)";
    let place = format!(
        "programme_id = NEW.programme_id \
         AND administrator_id IN (SELECT a.id FROM administrators a WHERE a.email_key {address})"
    );
    let integration = format!("programme_id = NEW.programme_id AND COALESCE(owner_key, lower(trim(owner))) {address}");
    let left = format!(
        "UPDATE programme_administrators SET left_at = NEW.updated_at WHERE left_at IS NULL AND {place}; \
         UPDATE integrations SET owner_left_at = NEW.updated_at, owner_left_told_at = NULL \
         WHERE owner_left_at IS NULL AND {integration};"
    );
    let returned = format!(
        "UPDATE programme_administrators SET left_at = NULL WHERE left_at IS NOT NULL AND {place}; \
         UPDATE integrations SET owner_left_at = NULL, owner_left_told_at = NULL \
         WHERE owner_left_at IS NOT NULL AND {integration};"
    );
    let gone = "state IN ('leaver', 'closed')";
    let both = [("left", left, "NEW", "OLD"), ("returned", returned, "OLD", "NEW")];
    let statements = both.map(|(name, body, is, is_not)| {
        if backend == DbBackend::Postgres {
            // The trigger itself stays; it calls the function by name.
            return format!(
                "CREATE OR REPLACE FUNCTION member_{name}() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN {body} RETURN NULL; END $$;"
            );
        }
        format!(
            "DROP TRIGGER members_{name}; CREATE TRIGGER members_{name} AFTER UPDATE ON members \
             WHEN {is}.{gone} AND NOT {is_not}.{gone} BEGIN {body} END;"
        )
    });
    statements.concat()
}
