//! Many nodes: what waits for a hand is found by an index, counts that all processes share, checks of
//! credentials that any of them can tell about, and on PostgreSQL a word to the others when something waits.

use sea_orm::DbBackend;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, text, text_null, uuid, uuid_null},
};

use super::m0001_foundation::owned;

/// Nobody walks over the history to find the few imports that wait for a hand, or for an answer.
const INDEXES: [&str; 2] = [
    "CREATE INDEX imports_unfinished ON imports (id) WHERE state IN ('queued', 'reading', 'planning', 'applying')",
    "CREATE INDEX imports_held ON imports (held_at) WHERE state = 'on-hold'",
];

/// Told in the transaction that causes it, so that nobody looks too early: an import waits, one has moved, a mail
/// waits. Whoever hears nothing finds it at the next look all the same.
const WORD_TO_OTHERS: &str = "CREATE FUNCTION tell_nodes() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN PERFORM pg_notify('rollcall', TG_ARGV[0]); RETURN NULL; END $$; \
     CREATE TRIGGER imports_queued AFTER INSERT ON imports FOR EACH STATEMENT EXECUTE FUNCTION tell_nodes('imports'); \
     CREATE TRIGGER imports_released AFTER UPDATE OF state ON imports FOR EACH ROW \
     WHEN (OLD.state = 'on-hold' AND NEW.state = 'applying') EXECUTE FUNCTION tell_nodes('imports'); \
     CREATE TRIGGER imports_moved AFTER UPDATE OF state ON imports FOR EACH ROW \
     WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION tell_nodes('progress'); \
     CREATE TRIGGER mails_waiting AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION tell_nodes('mails');";

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Whose imports a lease is for, so that what is worked on is told from what waits in one query.
        let lease = Table::alter().table("work").add_column(uuid_null("integration_id")).take();
        manager.alter_table(lease).await?;
        manager.create_table(allowances()).await?;
        manager.create_table(credential_checks()).await?;
        for index in INDEXES {
            manager.get_connection().execute_unprepared(index).await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            manager.get_connection().execute_unprepared(WORD_TO_OTHERS).await?;
        }
        Ok(())
    }
}

/// What may be done so often and no oftener, over all processes: requests with the same credentials, mails.
fn allowances() -> TableCreateStatement {
    Table::create()
        .table("allowances")
        .col(text("name").primary_key())
        .col(uuid_null("owner"))
        .col(big_integer("heartbeat"))
        .col(text("log"))
        .col(big_integer("written_at"))
        .col(big_integer("reserved"))
        .col(uuid_null("wanted_by"))
        .col(big_integer_null("wanted_at"))
        .take()
}

/// The newest check of an integration's credentials, whichever node makes it. No secret is in here.
fn credential_checks() -> TableCreateStatement {
    owned("credential_checks", vec![uuid("integration_id")])
        .col(uuid("number"))
        .col(text("client_id"))
        .col(text_null("outcome"))
        .col(big_integer("heartbeat"))
        .foreign_key(
            ForeignKey::create()
                .from("credential_checks", ("programme_id", "integration_id"))
                .to("integrations", ("programme_id", "id"))
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}
