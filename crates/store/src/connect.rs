//! Opening a database, and bringing its schema up to date.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, SqlxPostgresConnector,
    SqlxSqliteConnector, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use sqlx::{
    Connection, PgConnection, SqliteConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{StoreError, StoreResult, migration::Migrator};

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
}

impl Store {
    /// Opens the database and brings its schema up to date.
    pub async fn open(address: &Address) -> StoreResult<Self> {
        let store = match address {
            Address::File(path) => Self::open_file(path).await,
            Address::Server(url) => Self::open_server(url).await,
        };
        let store =
            store.map_err(|error| StoreError::Open { address: address.for_people(), detail: error.to_string() })?;
        store.migrate().await?;
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

    async fn open_file(path: &Path) -> Result<Self, sqlx::Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A commit is on disk when it returns: what was promised survives a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // Erased data is overwritten, not only forgotten (R61).
            .pragma("secure_delete", "on")
            .busy_timeout(Duration::from_secs(30));
        let write = connect(&SqlitePoolOptions::new().max_connections(1), &options).await?;
        let read = connect(&SqlitePoolOptions::new().max_connections(8), &options.read_only(true)).await?;
        Ok(Self {
            write: SqlxSqliteConnector::from_sqlx_sqlite_pool(write),
            read: SqlxSqliteConnector::from_sqlx_sqlite_pool(read),
        })
    }

    async fn open_server(url: &str) -> Result<Self, sqlx::Error> {
        let options = PgConnectOptions::from_str(url)?
            .application_name("rollcall")
            // Programmes differ in size by orders of magnitude, and a first import fills empty tables: a
            // plan that was made for one of them is not kept for the next.
            .options([("plan_cache_mode", "force_custom_plan")]);
        // The pool would only say that it waited in vain; one connection tells why.
        PgConnection::connect_with(&options).await?.close().await?;
        let pool = PgPoolOptions::new()
            .max_connections(10)
            .acquire_timeout(Duration::from_secs(30))
            .connect_with(options)
            .await?;
        let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
        Ok(Self { write: connection.clone(), read: connection })
    }

    async fn migrate(&self) -> StoreResult<()> {
        // Two that start together must not both make the tables: SQLite has one writer at a time.
        let transaction = self.begin().await?;
        if self.is_shared() {
            transaction.execute_unprepared("SELECT pg_advisory_xact_lock(7013)").await?;
        }
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

    /// Lets PostgreSQL learn, after many rows were changed, what its tables hold by now. Until then it takes them
    /// to be nearly empty, and looks for a thousand people by walking over all of them; and whoever counts
    /// members by an index has to look at each of them as well. By itself it learns a minute later.
    pub(crate) async fn tidy(&self) -> StoreResult<()> {
        if self.is_shared() {
            self.write.execute_unprepared("VACUUM (ANALYZE, SKIP_LOCKED) members, changes, problems, outbox").await?;
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

    /// Closes all connections; the last one merges SQLite's write-ahead log into its file.
    pub async fn close(self) -> StoreResult<()> {
        let Self { write, read } = self;
        read.close().await?;
        write.close().await?;
        Ok(())
    }

    /// Asks the database for its time in microseconds of UTC: whether it answers, and how far its
    /// clock is from ours.
    pub async fn ping(&self) -> StoreResult<i64> {
        crate::sql::database_time(&self.write).await
    }
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
}
