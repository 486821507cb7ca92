//! A cluster that one test has for itself, since it stops it.

use std::{
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::{cluster::Cluster, programs, psql, with_database};

/// What was committed survives the server's crash. The machine's own is not tried, so nothing waits for the disk.
const SETTINGS: &str = "
synchronous_commit = on
";

/// What a standby is called.
const STANDBY: &str = "standby";
/// How often, and how many times, it is looked whether it follows.
const LOOK: Duration = Duration::from_millis(100);
const TRIES: usize = 200;

/// A PostgreSQL server of one's own, which can be stopped and started again; gone with the value.
pub struct Postgres {
    cluster: Cluster,
    psql: PathBuf,
}

impl Postgres {
    /// Makes one and starts it.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start.
    pub fn start() -> Self {
        let made = programs::find("psql").and_then(|psql| Ok(Self { cluster: Cluster::start(SETTINGS)?, psql }));
        made.unwrap_or_else(|problem| panic!("no PostgreSQL for this test: {problem}"))
    }

    /// Where it listens on 127.0.0.1; the same after it was stopped and started.
    pub fn port(&self) -> u16 {
        self.cluster.port()
    }

    /// Makes an empty database and gives its URL.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn database(&self, name: &str) -> String {
        self.made(name, "").unwrap_or_else(|problem| panic!("no database for this test: {problem}"))
    }

    /// The same with all its tables in this directory, which is there and empty.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn database_in(&self, directory: &Path, name: &str) -> String {
        let place = format!("CREATE TABLESPACE {name} LOCATION '{}'", directory.display());
        let handed_over = self.cluster.hand_over(directory).map_err(|error| error.to_string());
        let made = handed_over
            .and_then(|()| psql(&self.psql, &self.cluster.url(), &place))
            .and_then(|_| self.made(name, &format!("TABLESPACE {name}")));
        made.unwrap_or_else(|problem| panic!("no database for this test: {problem}"))
    }

    fn made(&self, name: &str, place: &str) -> Result<String, String> {
        let server = self.cluster.url();
        psql(&self.psql, &server, &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {place}"))?;
        with_database(&server, name)
    }

    /// A directory that its server can reach, and that goes with it.
    pub fn directory(&self) -> &Path {
        self.cluster.directory()
    }

    /// Makes a server that follows this one synchronously: from now on a transaction counts once both have it.
    ///
    /// # Panics
    /// When it does not start or does not follow.
    #[must_use]
    pub fn standby(&self) -> Self {
        let follow = || {
            let cluster = Cluster::standby(&self.cluster, STANDBY)?;
            let ask = |statement: &str| psql(&self.psql, &self.cluster.url(), statement);
            ask(&format!("ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'"))?;
            ask("SELECT pg_reload_conf()")?;
            for _ in 0..TRIES {
                if ask("SELECT sync_state FROM pg_stat_replication")? == "sync" {
                    return Ok(Self { cluster, psql: self.psql.clone() });
                }
                thread::sleep(LOOK);
            }
            Err("it does not follow".to_owned())
        };
        follow().unwrap_or_else(|problem: String| panic!("no standby for this test: {problem}"))
    }

    /// Makes a standby the primary, whose place it takes. Connections have to be led to it.
    ///
    /// # Panics
    /// When it is none.
    pub fn promote(&self) {
        self.cluster.promote().unwrap_or_else(|problem| panic!("the standby was not promoted: {problem}"));
    }

    /// Ends it as a crash would: connections break off, and nothing is put in order.
    ///
    /// # Panics
    /// When it does not stop.
    pub fn crash(&self) {
        self.cluster.stop("immediate").unwrap_or_else(|problem| panic!("PostgreSQL did not stop: {problem}"));
    }

    /// Starts it again.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start_again(&self) {
        self.cluster.serve().unwrap_or_else(|problem| panic!("PostgreSQL did not start again: {problem}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_committed_survives_a_crash() {
        let postgres = Postgres::start();
        let url = postgres.database("own");
        let said = |statement| psql(&postgres.psql, &url, statement);
        said("CREATE TABLE kept (n bigint); INSERT INTO kept VALUES (7)").unwrap();
        postgres.crash();
        assert!(said("SELECT 1").is_err());
        postgres.start_again();
        assert_eq!(said("SELECT n FROM kept").unwrap(), "7");
    }
    #[test]
    fn what_was_committed_is_at_the_standby() {
        let primary = Postgres::start();
        let url = primary.database("own");
        let standby = primary.standby();
        psql(&primary.psql, &url, "CREATE TABLE kept (n bigint); INSERT INTO kept VALUES (7)").unwrap();
        primary.crash();
        let there = url.replace(&primary.port().to_string(), &standby.port().to_string());
        assert!(psql(&standby.psql, &there, "INSERT INTO kept VALUES (8)").unwrap_err().contains("read-only"));
        standby.promote();
        assert_eq!(psql(&standby.psql, &there, "INSERT INTO kept VALUES (8); SELECT sum(n) FROM kept").unwrap(), "15");
    }
}
