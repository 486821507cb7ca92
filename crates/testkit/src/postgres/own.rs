//! A cluster that one test has for itself, since it stops it.

use std::path::{Path, PathBuf};

use super::{cluster::Cluster, programs, psql, with_database};

/// What was committed survives the server's crash. The machine's own is not tried, so nothing waits for the disk.
const SETTINGS: &str = "
synchronous_commit = on
";

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
}
