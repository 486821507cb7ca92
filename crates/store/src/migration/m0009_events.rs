//! Events: who is told of changes of members, and what is to be told.
//!
//! Rows are written by triggers on `members`, in the transaction of the change and whoever makes it: an import in
//! bulk, an administrator by hand, the clock. A programme that tells nobody has none.

use sea_orm::DbBackend;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, blob, blob_null, integer, integer_null, text, text_null, uuid},
};

use super::m0001_foundation::owned;

/// What became of a member, by the row before and after; nothing that anybody is told of is NULL.
pub(super) const KIND: &str = "CASE WHEN NEW.state = 'closed' AND OLD.state <> 'closed' THEN 'closed' \
                    WHEN NEW.state = 'leaver' AND OLD.state <> 'leaver' THEN 'left' \
                    WHEN OLD.state IN ('leaver', 'closed') AND NEW.state NOT IN ('leaver', 'closed') THEN 'rejoined' \
                    WHEN NEW.version > OLD.version AND NEW.state <> 'closed' AND (NEW.fields <> OLD.fields \
                    OR NEW.employee_id IS DISTINCT FROM OLD.employee_id) THEN 'updated' END";

pub(super) const COLUMNS: &str = "programme_id, subscription_id, member_id, version, kind, at, state, attempts, due_at";

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(subscriptions()).await?;
        manager.create_table(event_deliveries()).await?;
        for (name, columns) in [
            ("event_deliveries_due", &["subscription_id", "state", "due_at"][..]),
            ("event_deliveries_of_member", &["subscription_id", "member_id", "at"]),
            ("event_deliveries_by_time", &["subscription_id", "at", "member_id", "kind"]),
        ] {
            let mut index = Index::create();
            index.table("event_deliveries").name(name).col("programme_id");
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index.take()).await?;
        }
        let sql = triggers(manager.get_database_backend());
        manager.get_connection().execute_unprepared(&sql).await?;
        Ok(())
    }
}

fn subscriptions() -> TableCreateStatement {
    owned("subscriptions", vec![uuid("id")])
        .col(text("url"))
        .col(text("kinds"))
        .col(blob("secret"))
        .col(blob_null("previous_secret"))
        .col(big_integer_null("previous_until"))
        .col(text("state"))
        .col(text("created_by"))
        .col(big_integer("created_at"))
        .take()
}

fn event_deliveries() -> TableCreateStatement {
    owned("event_deliveries", vec![uuid("subscription_id"), uuid("member_id"), big_integer("version"), text("kind")])
        .col(big_integer("at"))
        .col(text("state"))
        .col(integer("attempts"))
        .col(big_integer("due_at"))
        .col(big_integer_null("sent_at"))
        .col(integer_null("status"))
        .col(text_null("failure"))
        .foreign_key(
            ForeignKey::create()
                .from("event_deliveries", ("programme_id", "subscription_id"))
                .to("subscriptions", ("programme_id", "id"))
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

/// The same two triggers in the words of either database.
fn triggers(backend: DbBackend) -> String {
    let joined = format!(
        "INSERT INTO event_deliveries ({COLUMNS}) SELECT NEW.programme_id, s.id, NEW.id, NEW.version, 'joined', \
         NEW.updated_at, 'pending', 0, NEW.updated_at FROM subscriptions s \
         WHERE s.programme_id = NEW.programme_id AND s.kinds LIKE '% joined %' ON CONFLICT DO NOTHING;"
    );
    let changed = format!(
        "INSERT INTO event_deliveries ({COLUMNS}) SELECT NEW.programme_id, s.id, NEW.id, NEW.version, k.kind, \
         NEW.updated_at, 'pending', 0, NEW.updated_at FROM (SELECT {KIND} AS kind) k \
         JOIN subscriptions s ON s.kinds LIKE '% ' || k.kind || ' %' \
         WHERE s.programme_id = NEW.programme_id ON CONFLICT DO NOTHING;"
    );
    let moved = "NEW.version > OLD.version OR NEW.state <> OLD.state";
    if backend == DbBackend::Postgres {
        format!(
            "CREATE FUNCTION member_joined() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN {joined} RETURN NULL; END $$; \
             CREATE FUNCTION member_changed() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN {changed} RETURN NULL; END $$; \
             CREATE TRIGGER members_joined AFTER INSERT ON members FOR EACH ROW EXECUTE FUNCTION member_joined(); \
             CREATE TRIGGER members_changed AFTER UPDATE ON members FOR EACH ROW WHEN ({moved}) \
             EXECUTE FUNCTION member_changed();"
        )
    } else {
        format!(
            "CREATE TRIGGER members_joined AFTER INSERT ON members BEGIN {joined} END; \
             CREATE TRIGGER members_changed AFTER UPDATE ON members WHEN {moved} BEGIN {changed} END;"
        )
    }
}
