//! Events of a statement are written together. On PostgreSQL a trigger for each row cost as much as the row; SQLite has no
//! other kind, and there it costs next to nothing.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

use super::m0009_events::{COLUMNS, KIND};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            manager.get_connection().execute_unprepared(&triggers()).await?;
        }
        Ok(())
    }
}

/// The triggers of before, with all rows at once in the place of one: `b` is a row before, `a` after.
fn triggers() -> String {
    let kind = KIND.replace("NEW.", "a.").replace("OLD.", "b.");
    let write = |kind: &str, from: &str| {
        format!(
            "INSERT INTO event_deliveries ({COLUMNS}) SELECT a.programme_id, s.id, a.id, a.version, {kind}, a.updated_at, \
             'pending', 0, a.updated_at FROM {from} ON CONFLICT DO NOTHING;"
        )
    };
    let joined = write(
        "'joined'",
        "after_rows a JOIN subscriptions s ON s.programme_id = a.programme_id AND s.kinds LIKE '% joined %'",
    );
    let changed = write(
        "k.kind",
        &format!(
            "after_rows a JOIN before_rows b ON b.programme_id = a.programme_id AND b.id = a.id \
             JOIN subscriptions s ON s.programme_id = a.programme_id CROSS JOIN LATERAL (SELECT {kind} AS kind) k \
             WHERE (a.version > b.version OR a.state <> b.state) AND s.kinds LIKE '% ' || k.kind || ' %'"
        ),
    );
    let listens = "EXISTS (SELECT 1 FROM subscriptions WHERE programme_id IN (SELECT programme_id FROM after_rows))";
    let function = |name: &str, body: &str| {
        format!(
            "CREATE OR REPLACE FUNCTION member_{name}() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN IF {listens} THEN {body} END IF; RETURN NULL; END $$;"
        )
    };
    format!(
        "DROP TRIGGER members_joined ON members; DROP TRIGGER members_changed ON members; {} {} \
         CREATE TRIGGER members_joined AFTER INSERT ON members REFERENCING NEW TABLE AS after_rows \
         FOR EACH STATEMENT EXECUTE FUNCTION member_joined(); \
         CREATE TRIGGER members_changed AFTER UPDATE ON members \
         REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows \
         FOR EACH STATEMENT EXECUTE FUNCTION member_changed();",
        function("joined", &joined),
        function("changed", &changed)
    )
}
