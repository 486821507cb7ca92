//! How many members and mails there are of each kind, kept rather than counted: among a million, counting takes longer
//! than a page may.
//!
//! The numbers are kept by triggers on `members` and `outbox`, in the transaction of the change and whoever makes it, a
//! program of the version before among them. Several rows, the slots, make up one number: on PostgreSQL each transaction
//! has a slot of its own, so that nobody waits for the end of somebody else's, and nobody holds what another wants. A
//! slot may be negative. SQLite has one writer at a time, and one slot.

use sea_orm::DbBackend;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, integer, text, uuid},
};

use super::m0001_foundation::owned;

/// How many transactions can write to one programme without waiting for each other.
const SLOTS: u32 = 16;

const COLUMNS: &str = "programme_id, kind, integration_id, state, slot, number";

const KEY: &str = "programme_id, kind, integration_id, state, slot";

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// A table whose rows are counted.
struct Counted {
    table: &'static str,
    kind: &'static str,
    has_integration: bool,
}

const COUNTED: [Counted; 2] = [
    Counted { table: "members", kind: "member", has_integration: true },
    Counted { table: "outbox", kind: "mail", has_integration: false },
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (db, backend) = (manager.get_connection(), manager.get_database_backend());
        manager.create_table(tallies()).await?;
        if backend == DbBackend::Postgres {
            // In the order in which everybody else takes them; nothing may change between counting and keeping.
            db.execute_unprepared("LOCK TABLE members, outbox IN SHARE ROW EXCLUSIVE MODE").await?;
            db.execute_unprepared(&slot()).await?;
        }
        for counted in COUNTED {
            db.execute_unprepared(&counted.triggers(backend)).await?;
            db.execute_unprepared(&counted.fill(backend)).await?;
        }
        // Erased members have no address either, and in time there are many. With the state in it SQLite goes by this
        // index rather than by that of all addresses.
        let few = "CREATE INDEX members_without_address ON members (programme_id, state, email_key) \
                   WHERE email_key IS NULL AND state = 'not-invited'";
        // Of those who were erased few wished to be left alone, and only they are counted.
        let fewer = "CREATE INDEX traces_excluded ON traces (programme_id, excluded) WHERE excluded";
        for index in [few, fewer] {
            db.execute_unprepared(index).await?;
        }
        if backend != DbBackend::Postgres {
            // Only counting went by it. PostgreSQL finds the few members of a rare state by it, for lists.
            db.execute_unprepared("DROP INDEX members_by_state").await?;
        }
        Ok(())
    }
}

fn tallies() -> TableCreateStatement {
    owned("tallies", vec![text("kind"), uuid("integration_id"), text("state"), integer("slot")])
        .col(big_integer("number"))
        .take()
}

/// A function that gives the slot of this transaction in a programme: one that no other has in hand. Where all are taken
/// somebody has to wait.
fn slot() -> String {
    format!(
        "CREATE FUNCTION tally_slot(programme uuid) RETURNS integer LANGUAGE plpgsql AS $$ \
         DECLARE own CONSTANT integer := pg_backend_pid() % {SLOTS}; \
         BEGIN FOR turn IN own .. own + {SLOTS} - 1 LOOP \
         IF pg_try_advisory_xact_lock(hashtext(programme::text), turn % {SLOTS}) THEN RETURN turn % {SLOTS}; END IF; \
         END LOOP; RETURN own; END $$;"
    )
}

/// The number that stands for no integration; a key cannot be empty.
fn nil(backend: DbBackend) -> &'static str {
    if backend == DbBackend::Postgres {
        "CAST('00000000-0000-0000-0000-000000000000' AS uuid)"
    } else {
        "x'00000000000000000000000000000000'"
    }
}

impl Counted {
    /// Which integration a row is counted for; `row` is what stands before its columns.
    fn integration(&self, backend: DbBackend, row: &str) -> String {
        let nil = nil(backend);
        if self.has_integration { format!("COALESCE({row}integration_id, {nil})") } else { nil.to_owned() }
    }

    /// The numbers of what is there.
    fn fill(&self, backend: DbBackend) -> String {
        format!(
            "INSERT INTO tallies ({COLUMNS}) SELECT programme_id, '{}', {}, state, 0, COUNT(*) FROM {} GROUP BY 1, 3, 4",
            self.kind,
            self.integration(backend, ""),
            self.table
        )
    }

    fn triggers(&self, backend: DbBackend) -> String {
        if backend == DbBackend::Postgres { self.by_statement() } else { self.by_row() }
    }

    /// A row that goes with its programme is told of when the programme is gone already: then there is nothing to keep.
    fn by_row(&self) -> String {
        let Self { table, kind, has_integration } = self;
        let keep = |row: &str, number: i8, of: &dyn Fn(String) -> String| {
            let integration = self.integration(DbBackend::Sqlite, row);
            let values = of(format!("{row}programme_id, '{kind}', {integration}, {row}state, 0, {number}"));
            format!(
                "INSERT INTO tallies ({COLUMNS}) {values} ON CONFLICT ({KEY}) DO UPDATE SET number = number + {number};"
            )
        };
        let always = |values: String| format!("VALUES ({values})");
        let where_there = |values: String| {
            format!("SELECT {values} WHERE EXISTS (SELECT 1 FROM programmes WHERE id = OLD.programme_id)")
        };
        let (of, or_moved) = if *has_integration {
            ("state, integration_id", " OR NEW.integration_id IS NOT OLD.integration_id")
        } else {
            ("state", "")
        };
        format!(
            "CREATE TRIGGER {table}_tally_added AFTER INSERT ON {table} BEGIN {} END; \
             CREATE TRIGGER {table}_tally_moved AFTER UPDATE OF {of} ON {table} \
             WHEN NEW.state <> OLD.state{or_moved} BEGIN {} {} END; \
             CREATE TRIGGER {table}_tally_removed AFTER DELETE ON {table} BEGIN {} END;",
            keep("NEW.", 1, &always),
            keep("OLD.", -1, &always),
            keep("NEW.", 1, &always),
            keep("OLD.", -1, &where_there),
        )
    }

    /// Once a statement, always in one order: only so nobody waits in a ring where all slots are taken.
    fn by_statement(&self) -> String {
        let (table, kind) = (self.table, self.kind);
        let integration = self.integration(DbBackend::Postgres, "");
        let rows = |number: i8, from: &str| {
            format!("SELECT programme_id, {integration} AS integration_id, state, {number} AS number FROM {from}")
        };
        let keep = |rows: &str, more: &str| {
            format!(
                "INSERT INTO tallies ({COLUMNS}) \
                 SELECT programme_id, '{kind}', integration_id, state, tally_slot(programme_id), number FROM \
                 (SELECT programme_id, integration_id, state, SUM(number) AS number FROM ({rows}) changed {more} \
                 GROUP BY programme_id, integration_id, state HAVING SUM(number) <> 0 \
                 ORDER BY programme_id, integration_id, state) sums \
                 ON CONFLICT ({KEY}) DO UPDATE SET number = tallies.number + excluded.number;"
            )
        };
        let trigger = |name: &str, event: &str, tables: &str, body: &str| {
            format!(
                "CREATE FUNCTION {table}_tally_{name}() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN {body} RETURN NULL; END $$; \
                 CREATE TRIGGER {table}_tally_{name} AFTER {event} ON {table} REFERENCING {tables} \
                 FOR EACH STATEMENT EXECUTE FUNCTION {table}_tally_{name}();"
            )
        };
        let (before, after) = (rows(-1, "before_rows"), rows(1, "after_rows"));
        let there = "WHERE EXISTS (SELECT 1 FROM programmes p WHERE p.id = changed.programme_id)";
        [
            trigger("added", "INSERT", "NEW TABLE AS after_rows", &keep(&after, "")),
            trigger(
                "moved",
                "UPDATE",
                "OLD TABLE AS before_rows NEW TABLE AS after_rows",
                &keep(&format!("{before} UNION ALL {after}"), ""),
            ),
            trigger("removed", "DELETE", "OLD TABLE AS before_rows", &keep(&before, there)),
        ]
        .concat()
    }
}
