//! An installation of Rollcall that imports are measured in.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use super::{
    super::{Database, figures::Figures, programs::Bench, usage},
    Job,
};
use crate::pages::programs::{Installation, PROGRAMME};

/// An installation that was set up, and one that stays as it is then.
pub(super) struct Place<'a> {
    bench: &'a Bench,
    pub(super) database: Database,
    installation: Installation,
    /// Of the database on a server: its address, and the server's first process.
    server: Option<(String, u32)>,
    /// A copy of the file with nobody in it.
    empty: PathBuf,
}

/// The database file of an installation.
const FILE: &str = "rollcall.db";

impl<'a> Place<'a> {
    /// Sets an installation up that invites whoever joins.
    pub(super) fn new(bench: &'a Bench, database: Database, base_url: &str) -> anyhow::Result<Self> {
        let server = match database {
            Database::Sqlite => None,
            Database::Postgres => {
                let url = testkit::postgres_url();
                let process = usage::first_process(&url)?;
                Some((url, process))
            }
        };
        let installation = Installation::new(&bench.rollcall, server.as_ref().map(|(url, _)| url.clone()));
        installation.set_up(base_url, true)?;
        let empty = installation.data().join("empty.db");
        if database == Database::Sqlite {
            for end in ["", "-wal"] {
                let file = installation.data().join(format!("{FILE}{end}"));
                if file.exists() {
                    fs::copy(file, format!("{}{end}", empty.display()))?;
                }
            }
        }
        Ok(Self { bench, database, installation, server, empty })
    }

    /// Runs an import; tells what it came to.
    pub(super) fn import(&self) -> anyhow::Result<(Figures, Counts)> {
        let command = self.installation.command(&["import", PROGRAMME, "--json"]);
        let figures = self.bench.measure(&command, self.server.as_ref().map(|(_, process)| *process))?;
        let report = serde_json::from_str(&figures.output).context("the import's report is no JSON")?;
        Ok((figures, Counts(report)))
    }

    /// Writes what the first import has written, with as little as that takes.
    pub(super) fn write(&self) -> anyhow::Result<Figures> {
        let mut command = Command::new(&self.bench.bench);
        command.arg("write");
        if let Some((url, process)) = &self.server {
            command.args(["--server", &process.to_string()]).env("ROLLCALL_DATABASE_URL", url);
        } else {
            command.env_remove("ROLLCALL_DATABASE_URL");
            command.arg("--from").arg(self.installation.data().join(FILE)).arg("--to").arg(&self.empty);
        }
        let output = command.output().context("rollcall-bench did not run")?;
        if !output.status.success() {
            bail!("writing: {}", String::from_utf8_lossy(&output.stderr));
        }
        // It measures the writing alone: where the rows come from is not what is asked.
        Figures::parse(&String::from_utf8_lossy(&output.stdout))
    }
}

/// What an import reported.
pub(super) struct Counts(Value);

impl Counts {
    fn number(&self, name: &str) -> u64 {
        self.0[name].as_u64().unwrap_or_default()
    }

    /// Whether the import did what is measured.
    pub(super) fn check(&self, job: Job, on_record: u64) -> anyhow::Result<()> {
        let [read, join, update, unchanged] = ["read", "join", "update", "unchanged"].map(|name| self.number(name));
        let as_it_should = match job {
            Job::First => join > on_record / 2,
            Job::Unchanged => join == 0 && update == 0 && unchanged > on_record / 2,
            Job::Changed => join == 0 && update > on_record / 200 && update <= on_record / 50,
        };
        ensure!(
            read == on_record && as_it_should,
            "the import ({job}) is not what is to be measured: of {on_record} people {read} were read, {join} joined, \
             {update} updated, {unchanged} unchanged"
        );
        Ok(())
    }
}
