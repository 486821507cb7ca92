//! When imports are due, how often they failed, and owners who left.
//!
//! That somebody has left is noted by triggers on `members`, in the transaction of the change and whoever makes it, as
//! events are: an administrator loses the portal, an integration its owner, at the very moment (R56). Coming back takes
//! both back.

use sea_orm::DbBackend;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer_null, integer, text_null},
};

const LEAVES: &str = "NEW.state IN ('leaver', 'closed') AND OLD.state NOT IN ('leaver', 'closed')";

const RETURNS: &str = "OLD.state IN ('leaver', 'closed') AND NEW.state NOT IN ('leaver', 'closed')";

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            big_integer_null("due_at"),
            text_null("paused_by"),
            integer("failures").default(0).take(),
            big_integer_null("failing_since"),
            big_integer_null("owner_left_at"),
            big_integer_null("owner_left_told_at"),
        ] {
            manager.alter_table(Table::alter().table("integrations").add_column(column).take()).await?;
        }
        let left = big_integer_null("left_at");
        manager.alter_table(Table::alter().table("programme_administrators").add_column(left).take()).await?;
        let db = manager.get_connection();
        db.execute_unprepared("UPDATE integrations SET paused_by = 'by-hand' WHERE state = 'paused'").await?;
        // Each is looked for over all programmes at once, and few rows are in it.
        for sql in [
            "CREATE INDEX integrations_due ON integrations (due_at, id) WHERE due_at IS NOT NULL",
            "CREATE INDEX integrations_to_be_timed ON integrations (id) WHERE due_at IS NULL AND state = 'live'",
            "CREATE INDEX integrations_without_owner ON integrations (id) \
             WHERE owner_left_at IS NOT NULL AND owner_left_told_at IS NULL",
        ] {
            db.execute_unprepared(sql).await?;
        }
        db.execute_unprepared(&triggers(manager.get_database_backend())).await?;
        Ok(())
    }
}

/// The same two triggers in the words of either database. Where the address moves at the same moment, either is theirs.
fn triggers(backend: DbBackend) -> String {
    let (address, place) = (
        "IN (OLD.email_key, NEW.email_key)",
        "programme_id = NEW.programme_id AND administrator_id IN (SELECT a.id FROM administrators a WHERE a.email_key",
    );
    let left = format!(
        "UPDATE programme_administrators SET left_at = NEW.updated_at WHERE left_at IS NULL AND {place} {address}); \
         UPDATE integrations SET owner_left_at = NEW.updated_at, owner_left_told_at = NULL \
         WHERE owner_left_at IS NULL AND programme_id = NEW.programme_id AND lower(trim(owner)) {address};"
    );
    let returned = format!(
        "UPDATE programme_administrators SET left_at = NULL WHERE left_at IS NOT NULL AND {place} {address}); \
         UPDATE integrations SET owner_left_at = NULL, owner_left_told_at = NULL \
         WHERE owner_left_at IS NOT NULL AND programme_id = NEW.programme_id AND lower(trim(owner)) {address};"
    );
    let both = [("left", left, LEAVES), ("returned", returned, RETURNS)];
    let statements = both.map(|(name, body, when)| {
        if backend == DbBackend::Postgres {
            format!(
                "CREATE FUNCTION member_{name}() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN {body} RETURN NULL; END $$; \
                 CREATE TRIGGER members_{name} AFTER UPDATE ON members FOR EACH ROW WHEN ({when}) \
                 EXECUTE FUNCTION member_{name}();"
            )
        } else {
            format!("CREATE TRIGGER members_{name} AFTER UPDATE ON members WHEN {when} BEGIN {body} END;")
        }
    });
    statements.concat()
}
