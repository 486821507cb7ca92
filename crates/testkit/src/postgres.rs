//! A fresh PostgreSQL database for each caller, on a cluster that lives as long as the test process.

mod cluster;
mod own;
mod programs;
mod watchdog;

use std::{
    env,
    hash::{BuildHasher, RandomState},
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, OnceLock},
};

use cluster::Cluster;
use watchdog::Watchdog;

pub use own::Postgres;

/// Names a server to use instead of starting one: the URL of its maintenance database.
const SERVER_VARIABLE: &str = "ROLLCALL_TEST_POSTGRES";

/// Where databases are made, and what clears them away when this process is gone.
struct Server {
    psql: PathBuf,
    maintenance_url: String,
    watchdog: Mutex<Watchdog>,
}

/// The URL of a new, empty database that nobody else knows.
///
/// The first call starts a throw-away cluster from the PostgreSQL programs installed on this machine; it is stopped and
/// removed when the test process ends, however it ends. With the environment variable `ROLLCALL_TEST_POSTGRES` set to the
/// URL of a server's maintenance database, the database is made on that server instead, and dropped at the end.
///
/// # Panics
/// When PostgreSQL is not installed or does not start. The message says what to do.
pub fn postgres_url() -> String {
    // A failure is kept as well: the second test shall not wait for it again.
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    let made = SERVER.get_or_init(start).as_ref().map_err(Clone::clone).and_then(Server::create_database);
    made.unwrap_or_else(|problem| panic!("no PostgreSQL for this test: {problem}"))
}

/// Whether [`postgres_url`] will find the programs it needs.
pub fn postgres_is_installed() -> bool {
    let needed: &[&str] = if elsewhere().is_some() { &["psql"] } else { &["psql", "initdb", "pg_ctl"] };
    needed.iter().all(|program| programs::find(program).is_ok())
}

/// What a statement prints that is run on the database at this URL: a line a row, columns with `|` between them.
///
/// # Errors
/// What went wrong, in words: the statement, the server, or `psql` itself.
pub fn ask_postgres(url: &str, statement: &str) -> Result<String, String> {
    psql(&programs::find("psql")?, url, statement)
}

/// The server to use instead of one of our own.
fn elsewhere() -> Option<String> {
    env::var(SERVER_VARIABLE).ok().filter(|url| !url.is_empty())
}

fn start() -> Result<Server, String> {
    let psql = programs::find("psql")?;
    let (maintenance_url, watchdog) = if let Some(url) = elsewhere() {
        let watchdog = Watchdog::over_server(&psql, &url)?;
        (url, watchdog)
    } else {
        let cluster = Cluster::start("")?;
        (cluster.url(), cluster.into_watchdog())
    };
    Ok(Server { psql, maintenance_url, watchdog: Mutex::new(watchdog) })
}

impl Server {
    fn create_database(&self) -> Result<String, String> {
        let name = format!("rollcall_test_{:016x}", RandomState::new().hash_one("database"));
        self.watchdog.lock().map_err(|_| "another test panicked while it made its database".to_owned())?.note(&name)?;
        // template0, because nobody can be connected to it: databases are made side by side.
        psql(&self.psql, &self.maintenance_url, &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))?;
        with_database(&self.maintenance_url, &name)
    }
}

/// Runs one statement and returns what it printed.
fn psql(program: &Path, url: &str, statement: &str) -> Result<String, String> {
    let output = Command::new(program)
        .args(["--no-psqlrc", "--no-password", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"])
        .args(["--command", statement, "--dbname", url])
        .env("PGCONNECT_TIMEOUT", "10")
        .output()
        .map_err(|error| format!("{} did not run: {error}", program.display()))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(format!("`{statement}` failed: {}", String::from_utf8_lossy(&output.stderr).trim()))
    }
}

/// The same server, another database.
fn with_database(url: &str, database: &str) -> Result<String, String> {
    let (address, query) = url.split_once('?').map_or((url, None), |(address, query)| (address, Some(query)));
    let (scheme, rest) = address
        .split_once("://")
        .ok_or_else(|| format!("{SERVER_VARIABLE} should look like postgres://user:password@host:5432/postgres"))?;
    let authority = rest.split('/').next().unwrap_or(rest);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Ok(format!("{scheme}://{authority}/{database}{query}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_call_gives_another_empty_database() {
        let (one, two) = (postgres_url(), postgres_url());
        assert_ne!(one, two);
        let program = programs::find("psql").unwrap();
        psql(&program, &one, "CREATE TABLE only_here (n bigint)").unwrap();
        let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
        assert_eq!(psql(&program, &one, tables).unwrap(), "1");
        assert_eq!(psql(&program, &two, tables).unwrap(), "0");
        assert_eq!(psql(&program, &two, "SELECT 1").unwrap(), "1");
        assert_eq!(psql(&program, &two, "SHOW server_encoding").unwrap(), "UTF8");
    }

    #[test]
    fn the_database_is_replaced_and_the_rest_of_the_url_kept() {
        let replaced = |url| with_database(url, "other").unwrap();
        assert_eq!(replaced("postgres://a:b@host:5432/postgres"), "postgres://a:b@host:5432/other");
        assert_eq!(replaced("postgresql://host"), "postgresql://host/other");
        assert_eq!(replaced("postgres://h/x?sslmode=disable"), "postgres://h/other?sslmode=disable");
        assert!(with_database("host=localhost", "other").unwrap_err().contains("ROLLCALL_TEST_POSTGRES"));
    }
}
