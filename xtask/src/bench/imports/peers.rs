//! Other programs that read the same people.

use std::{
    fmt,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};
use testkit::TempDir;

use super::super::{Database, figures::Figures, programs::Bench, usage};
use crate::commands::{command_step, works};

/// Another program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::bench) enum Peer {
    PlainSqlite,
    SqlalchemyPostgres,
    AirbyteLines,
    DltDuckdb,
}

impl Peer {
    pub(super) const ALL: [Self; 4] =
        [Self::PlainSqlite, Self::SqlalchemyPostgres, Self::AirbyteLines, Self::DltDuckdb];

    /// With which of our databases it is measured.
    pub(super) fn database(self) -> Database {
        if self == Self::SqlalchemyPostgres { Database::Postgres } else { Database::Sqlite }
    }

    fn script(self) -> &'static str {
        match self {
            Self::PlainSqlite => "plain_sqlite.py",
            Self::SqlalchemyPostgres => "sqlalchemy_postgres.py",
            Self::AirbyteLines => "airbyte_jsonl.py",
            Self::DltDuckdb => "dlt_duckdb.py",
        }
    }

    /// What it does not do that an import does.
    pub(super) fn lacks(self) -> &'static str {
        match self {
            Self::PlainSqlite | Self::SqlalchemyPostgres => {
                "no check of values or of the read as a whole, no leavers, no history, no mails; everybody is written \
                 every time; a person's e-mail may be another's"
            }
            Self::AirbyteLines => "writes lines to a file: no database, no comparison with last time, nothing checked",
            Self::DltDuckdb => {
                "everybody is loaded and merged every time; no leavers, no history of changes, no mails, no check of \
                 values"
            }
        }
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::PlainSqlite => "plain script, SQLite",
            Self::SqlalchemyPostgres => "SQLAlchemy script, PostgreSQL",
            Self::AirbyteLines => "airbyte-cdk, JSON lines",
            Self::DltDuckdb => "dlt, DuckDB",
        })
    }
}

/// Where another program keeps what it read.
pub(super) struct Place {
    python: PathBuf,
    peer: Peer,
    base_url: String,
    directory: TempDir,
    database: Option<String>,
}

impl Place {
    pub(super) fn new(python: &Path, peer: Peer, base_url: &str) -> Self {
        let database = (peer == Peer::SqlalchemyPostgres).then(testkit::postgres_url);
        let (python, base_url) = (python.to_owned(), base_url.to_owned());
        Self { python, peer, base_url, directory: testkit::place(), database }
    }

    /// Reads everybody; all of them have to be there in the end.
    pub(super) fn import(&self, bench: &Bench, on_record: u64) -> anyhow::Result<Figures> {
        let mut command = Command::new(&self.python);
        command.arg(scripts().join(self.peer.script())).arg(&self.base_url).arg(self.directory.path());
        command.args(&self.database);
        // Nothing is to be left beside the scripts.
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        let server = self.database.as_deref().map(usage::first_process).transpose()?;
        let figures = bench.measure(&command, server)?;
        let kept = figures.output.lines().last().unwrap_or_default();
        ensure!(kept == on_record.to_string(), "{} has {kept:?} people instead of {on_record}", self.peer);
        Ok(figures)
    }
}

/// Installs the other programs, unless they are there; gives the Python that finds them.
pub(super) fn provide() -> anyhow::Result<PathBuf> {
    let place = testkit::target().join("peers");
    let python = place.join("bin/python");
    if !python.exists() {
        command_step("python3 -m venv", Command::new("python3").args(["-m", "venv"]).arg(&place))
            .context("other programs need Python with its module venv (`python3-venv` on Debian)")?;
    }
    let requirements = scripts().join("requirements.txt");
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&requirements);
    command_step("pip install", &mut pip).context("other programs could not be installed; leave out `--peers`")?;
    ensure!(
        works(Command::new(&python).args(["-c", "import airbyte_cdk, dlt, duckdb, psycopg, sqlalchemy"])),
        "the other programs were installed, and do not start"
    );
    Ok(python)
}

fn scripts() -> PathBuf {
    crate::commands::root().join("bench/peers")
}

/// The versions of the other programs, as they are asked for.
pub(in crate::bench) fn versions() -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(scripts().join("requirements.txt"))?;
    Ok(text.lines().map(|line| line.replace("==", " ")).collect())
}
