//! Opening a database, and bringing its schema up to date.

use std::{
    fs::File,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, FromQueryResult, IsolationLevel,
    SqliteTransactionMode, SqlxPostgresConnector, SqlxSqliteConnector, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use sqlx::{
    Connection, PgConnection, SqliteConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    StoreError, StoreResult,
    migration::Migrator,
    presence::{self, Use},
    sql,
};

/// Lets one transaction after the other begin: those who bring the schema up to date, and whoever fills a database.
pub(crate) const ONE_AT_A_TIME: &str = "SELECT pg_advisory_xact_lock(7013)";

/// How many KiB of pages the connection that writes keeps at hand on SQLite. A batch of an import touches pages of a dozen
/// indexes; those for which there is no room are written, read and written again before it ends.
const CACHE: i64 = 8 * 1024;

/// The same while so many rows are applied: for a hundred thousand 16 MiB, never more than 64 MiB.
fn cache_for(rows: i64) -> i64 {
    (rows * 16 * 1024 / 100_000).clamp(CACHE, 64 * 1024)
}

/// After how many pages SQLite's log is taken over into the file. Batches that follow one another touch the same pages:
/// the less often that happens, the fewer of them are written twice.
const CHECKPOINT: i64 = 2 * 1024;

/// The same while so many rows are applied: the log of a million takes up to 256 MiB.
fn checkpoint_for(rows: i64) -> i64 {
    (rows * CHECKPOINT / 100_000).clamp(CHECKPOINT, 16 * 1024)
}

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A file, which is made when it is not there.
    File(PathBuf),
    /// A PostgreSQL server: `postgres://user@host/database`.
    Server(String),
}

impl Address {
    /// The address without anything secret, for messages.
    pub fn for_people(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Server(url) => {
                // A password may stand before the host, or among the options.
                let url = url.split('?').next().unwrap_or_default();
                match url.split_once("://").map(|(scheme, rest)| (scheme, rest.rsplit_once('@'))) {
                    Some((scheme, Some((_, place)))) => format!("{scheme}://{place}"),
                    _ => "postgres://…".to_owned(),
                }
            }
        }
    }
}

/// An open database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    /// For everything that writes. On SQLite one connection: there is one writer at a time.
    pub(crate) write: DatabaseConnection,
    /// For everything that only reads.
    pub(crate) read: DatabaseConnection,
    /// Says beside a file that it is open.
    presence: Option<Arc<File>>,
}

impl Store {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when a later version of this program has worked on it.
    pub async fn open(address: &Address) -> StoreResult<Self> {
        let store = Self::connect(address, Use::Shared).await?;
        store.migrate(address).await?;
        Ok(store)
    }

    /// Whether the database answers, without changing anything in it; `false` where it is a file that is not there yet.
    pub async fn reach(address: &Address) -> StoreResult<bool> {
        let failed = |error: sqlx::Error| StoreError::Open { address: address.for_people(), detail: error.to_string() };
        match address {
            Address::File(path) if !path.exists() => return Ok(false),
            Address::File(path) => {
                let options = SqliteConnectOptions::new().filename(path).read_only(true);
                SqliteConnection::connect_with(&options).await.map_err(failed)?.close().await.map_err(failed)?;
            }
            Address::Server(url) => {
                let options = PgConnectOptions::from_str(url).map_err(failed)?;
                PgConnection::connect_with(&options).await.map_err(failed)?.close().await.map_err(failed)?;
            }
        }
        Ok(true)
    }

    /// Opens the database while no other process has it open, and keeps others from it as far as it can: a file is
    /// closed to them until this is dropped; for a server, ask [`Store::has_company`] again at the end.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process has it open.
    pub async fn open_alone(address: &Address) -> StoreResult<Self> {
        let store = Self::connect(address, Use::Alone).await?;
        if store.has_company().await? {
            return Err(StoreError::InUse { address: address.for_people() });
        }
        store.migrate(address).await?;
        Ok(store)
    }

    /// Opens a database that holds nothing yet, and makes its tables.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`] when a table holds something, whoever made it; [`StoreError::InUse`] when another
    /// process has it open. It is as before then.
    pub async fn open_empty(address: &Address) -> StoreResult<Self> {
        let store = Self::connect(address, Use::Alone).await?;
        if let Some(table) = store.first_table_with_rows().await? {
            return Err(StoreError::NotEmpty { table });
        }
        store.migrate(address).await?;
        Ok(store)
    }

    /// Whether another process is connected to the same server's database. A file that was opened alone has none.
    pub async fn has_company(&self) -> StoreResult<bool> {
        if self.is_shared() { presence::has_others(&self.write).await } else { Ok(false) }
    }

    /// The steps that the schema lacks for this version to use it.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when a later version of this program has worked on it.
    pub async fn pending_steps(&self, address: &Address) -> StoreResult<Vec<String>> {
        let made = steps_made(&self.read).await?;
        check(&made, address)?;
        Ok(steps_known().into_iter().filter(|step| !made.contains(step)).collect())
    }

    pub(crate) async fn connect(address: &Address, usage: Use) -> StoreResult<Self> {
        let fails = |error: sqlx::Error| StoreError::Open { address: address.for_people(), detail: error.to_string() };
        match address {
            Address::File(path) => {
                let presence = presence::note(path, usage).map_err(|error| fails(error.into()))?;
                let presence = presence.ok_or_else(|| StoreError::InUse { address: address.for_people() })?;
                Self::open_file(path, presence).await.map_err(fails)
            }
            Address::Server(url) => Self::open_server(url, usage).await.map_err(fails),
        }
    }

    async fn open_file(path: &Path, presence: File) -> Result<Self, sqlx::Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            // Of a new file. An import touches most pages of an index: fewer and larger ones are found and written faster.
            .page_size(16 * 1024)
            .journal_mode(SqliteJournalMode::Wal)
            // A commit is on disk when it returns: what was promised survives a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // Erased data is overwritten, not only forgotten (R61).
            .pragma("secure_delete", "on")
            .busy_timeout(Duration::from_secs(30));
        let writing = options
            .clone()
            .pragma("cache_size", format!("-{CACHE}"))
            .pragma("wal_autocheckpoint", CHECKPOINT.to_string());
        let write = connect(&in_step(SqlitePoolOptions::new().max_connections(1)), &writing).await?;
        let read = connect(&SqlitePoolOptions::new().max_connections(8), &options.read_only(true)).await?;
        Ok(Self {
            write: SqlxSqliteConnector::from_sqlx_sqlite_pool(write),
            read: SqlxSqliteConnector::from_sqlx_sqlite_pool(read),
            presence: Some(Arc::new(presence)),
        })
    }

    async fn open_server(url: &str, usage: Use) -> Result<Self, sqlx::Error> {
        let options = PgConnectOptions::from_str(url)?
            .application_name(usage.application())
            // Plans are kept, since making them takes longer than most statements do. But programmes differ in size by
            // orders of magnitude, and a first import fills empty tables: a plan that walks along a table while
            // it is small would be kept for when it is not. Where there is an index, it is used. Compiling a plan takes
            // longer than running it.
            .options([("enable_seqscan", "off"), ("jit", "off")])
            // Somebody who was frozen or cut off within a transaction holds rows, its lease's among them, that others
            // wait for. The server gives them free after as long as a lease lasts, and finds dead machines as soon.
            .options([
                ("idle_in_transaction_session_timeout", "10s"),
                ("tcp_keepalives_idle", "5"),
                ("tcp_keepalives_interval", "5"),
                ("tcp_keepalives_count", "2"),
                ("tcp_user_timeout", "15s"),
            ]);
        // The pool would only say that it waited in vain; one connection tells why.
        PgConnection::connect_with(&options).await?.close().await?;
        let pool = PgPoolOptions::new()
            .max_connections(10)
            .acquire_timeout(Duration::from_secs(30))
            .connect_with(options)
            .await?;
        let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
        Ok(Self { write: connection.clone(), read: connection, presence: None })
    }

    async fn migrate(&self, address: &Address) -> StoreResult<()> {
        // Two that start together must not both make the tables: SQLite has one writer at a time.
        let transaction = self.begin().await?;
        if self.is_shared() {
            transaction.execute_unprepared(ONE_AT_A_TIME).await?;
        }
        check(&steps_made(&transaction).await?, address)?;
        Migrator::up(&transaction, None).await?;
        Ok(transaction.commit().await?)
    }

    /// Which of the two databases it is.
    pub(crate) fn backend(&self) -> DbBackend {
        self.write.get_database_backend()
    }

    /// Whether the database is PostgreSQL, which several nodes can share.
    pub fn is_shared(&self) -> bool {
        self.backend() == DbBackend::Postgres
    }

    /// Lets SQLite keep more pages at hand while so many rows are applied.
    pub(crate) async fn make_room(&self, rows: i64) -> StoreResult<()> {
        if !self.is_shared() {
            let sql = format!(
                "PRAGMA cache_size = -{}; PRAGMA wal_autocheckpoint = {}",
                cache_for(rows),
                checkpoint_for(rows)
            );
            self.write.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    /// Lets SQLite give that memory back. PostgreSQL tidies up by itself, within a minute.
    pub(crate) async fn shrink(&self) -> StoreResult<()> {
        if !self.is_shared() {
            let sql =
                format!("PRAGMA cache_size = -{CACHE}; PRAGMA wal_autocheckpoint = {CHECKPOINT}; PRAGMA shrink_memory");
            self.write.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    /// Lets PostgreSQL learn what its tables hold by now. Until then it takes them to be nearly empty, and looks for a
    /// thousand people by walking over all of them.
    pub(crate) async fn look_at_tables(&self) -> StoreResult<()> {
        if self.is_shared() {
            self.write.execute_unprepared("ANALYZE (SKIP_LOCKED) members, changes, problems, outbox").await?;
        }
        Ok(())
    }

    /// A transaction that will write. On SQLite it waits for its turn here, not at the first write:
    /// a transaction that has read and then finds another writer before it could only give up.
    pub(crate) async fn begin(&self) -> StoreResult<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.write.begin_with_options(options).await?)
    }

    /// A transaction in which everything is as it is now, for somebody who may be slow to read it.
    pub(crate) async fn snapshot(&self) -> StoreResult<DatabaseTransaction> {
        if !self.is_shared() {
            // On a file every transaction that only reads is one.
            return Ok(self.read.begin().await?);
        }
        let (level, mode) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
        let transaction = self.read.begin_with_config(Some(level), Some(mode)).await?;
        may_stand_idle(&transaction).await?;
        Ok(transaction)
    }

    /// Closes all connections; the last one merges SQLite's write-ahead log into its file.
    pub async fn close(self) -> StoreResult<()> {
        let Self { write, read, presence } = self;
        read.close().await?;
        write.close().await?;
        drop(presence);
        Ok(())
    }

    /// Whether the schema has everything that this program needs. A newer program may have added to it.
    pub async fn is_current(&self) -> StoreResult<bool> {
        let made = steps_made(&self.read).await?;
        Ok(steps_known().iter().all(|step| made.contains(step)))
    }

    /// The pools of connections, each with its name, how many connections are open, and how many of those are idle.
    pub fn connections(&self) -> Vec<(&'static str, u32, usize)> {
        if self.is_shared() {
            let pool = self.write.get_postgres_connection_pool();
            return vec![("shared", pool.size(), pool.num_idle())];
        }
        let pools = [("write", &self.write), ("read", &self.read)];
        let look = |(name, pool): (&'static str, &DatabaseConnection)| {
            let pool = pool.get_sqlite_connection_pool();
            (name, pool.size(), pool.num_idle())
        };
        pools.into_iter().map(look).collect()
    }

    /// Asks the database for its time in microseconds of UTC: whether it answers, and how far its
    /// clock is from ours.
    pub async fn ping(&self) -> StoreResult<i64> {
        sql::database_time(&self.write).await
    }
}

/// The steps of the schema that this version knows.
fn steps_known() -> Vec<String> {
    Migrator::migrations().iter().map(|step| step.name().to_owned()).collect()
}

/// The steps of the schema that were made, in order.
async fn steps_made<C: ConnectionTrait>(on: &C) -> StoreResult<Vec<String>> {
    let table = if on.get_database_backend() == DbBackend::Postgres {
        "SELECT CAST(1 AS BIGINT) FROM pg_class WHERE relname = 'seaql_migrations' \
         AND relnamespace = current_schema()::regnamespace"
    } else {
        "SELECT 1 FROM sqlite_schema WHERE name = 'seaql_migrations'"
    };
    if sql::number(on, table, vec![]).await?.is_none() {
        return Ok(Vec::new());
    }
    let made: Vec<Step> = sql::all(on, "SELECT version FROM seaql_migrations ORDER BY version", vec![]).await?;
    Ok(made.into_iter().map(|step| step.version).collect())
}

/// Refuses a database on which a later version of this program has worked.
fn check(made: &[String], address: &Address) -> StoreResult<()> {
    let known = steps_known();
    match made.iter().find(|step| !known.contains(step)) {
        None => Ok(()),
        Some(step) => Err(StoreError::Newer { address: address.for_people(), step: step.clone() }),
    }
}

/// A step of the schema that was made.
#[derive(FromQueryResult)]
struct Step {
    version: String,
}

/// Lets a transaction stand idle for longer than the server puts up with: somebody else is written to, or read from, in
/// between. It holds no lease's row that others wait for.
pub(crate) async fn may_stand_idle(on: &DatabaseTransaction) -> StoreResult<()> {
    if on.get_database_backend() == DbBackend::Postgres {
        on.execute_unprepared("SET LOCAL idle_in_transaction_session_timeout = 0").await?;
    }
    Ok(())
}

/// A pool that lets a connection go which takes itself to be within a transaction that is over. SQLite gives some
/// transactions up by itself, when the disk is full above all: rolling back then fails, the connection goes on counting a
/// transaction, and nobody could begin another one on it, however much room there is by then.
fn in_step(pool: SqlitePoolOptions) -> SqlitePoolOptions {
    pool.after_release(|connection, _| {
        Box::pin(async move {
            // What was asked of it before, a rollback among that, is done once it answers.
            connection.ping().await?;
            Ok(!connection.is_in_transaction())
        })
    })
}

/// Opens a pool on a file. The first to open a new one sets how it is written, and for that moment
/// SQLite does not let others wait in line, but turns them away.
async fn connect(pool: &SqlitePoolOptions, options: &SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    let mut tries = 0;
    loop {
        match pool.clone().connect_with(options.clone()).await {
            Err(error) if is_busy(&error) && tries < 200 => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(25)).await;
            }
            connected => return connected,
        }
    }
}

fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    // The lower eight bits are the kind of error, the others its details.
    code.and_then(|code| code.parse::<i32>().ok()).is_some_and(|code| code & 0xff == 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_for_people_has_no_password() {
        let address = Address::Server("postgres://rollcall:s3cr3t@db.example:5432/rollcall".into());
        assert_eq!(address.for_people(), "postgres://db.example:5432/rollcall");
        let address = Address::Server("postgres://rollcall@db.example/rollcall?password=s3@cr3t".into());
        assert_eq!(address.for_people(), "postgres://db.example/rollcall");
    }

    /// R54: SQLite has given the transaction up, and the connection does not know.
    #[tokio::test]
    async fn transactions_go_on_as_soon_as_a_full_disk_has_room() {
        let directory = testkit::place();
        let store = Store::open(&Address::File(directory.path().join("rollcall.db"))).await.unwrap();
        store.write.execute_unprepared("CREATE TABLE filler (bytes BLOB NOT NULL)").await.unwrap();
        // As long as this connection lives there is no room.
        store.write.execute_unprepared("PRAGMA max_page_count = 1").await.unwrap();
        let transaction = store.begin().await.unwrap();
        let full = transaction.execute_unprepared("INSERT INTO filler VALUES (zeroblob(1000000))").await;
        assert!(full.unwrap_err().to_string().contains("full"));
        drop(transaction);
        let transaction = store.begin().await.unwrap();
        transaction.execute_unprepared("INSERT INTO filler VALUES (zeroblob(1000000))").await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(sql::number(&store.read, "SELECT COUNT(*) FROM filler", vec![]).await.unwrap(), Some(1));
    }
}
