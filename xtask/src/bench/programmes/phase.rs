//! What is measured of many programmes, phase by phase.

use std::{process::Stdio, thread, time::Duration};

use anyhow::{anyhow, bail, ensure};

use super::super::{report::thousands, times::Times, usage};
use crate::{
    commands::clock,
    pages::programs::{Installation, Started},
};

/// How often there is a look at how far it is.
const LOOK: Duration = Duration::from_secs(1);

/// How long nothing may be completed before it is given up.
const PATIENCE: Duration = Duration::from_mins(2);

/// How long servers run before the first import of a schedule is due, in microseconds.
const BEFORE: i64 = 5_000_000;

/// Now, in microseconds of UTC.
const NOW: &str = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint";

/// Numbers all integrations as the spread schedule does: an import's time is that of its number.
const NUMBERED: &str =
    "WITH numbered AS (SELECT programme_id, id, row_number() OVER (ORDER BY id) - 1 AS number FROM integrations)";

/// Servers that share the work, where programmes have been set up.
pub(super) struct Nodes<'a> {
    pub(super) installation: &'a Installation,
    pub(super) database: &'a str,
    /// The source's process.
    pub(super) sandbox: u32,
    pub(super) programmes: u32,
    pub(super) count: u32,
    pub(super) imports_at_once: u32,
}

/// What came of imports that were all due at once.
pub(super) struct AtOnce {
    imports: u32,
    seconds: f64,
    used: Used,
}

/// Time on processors in seconds, and memory in megabytes.
struct Used {
    nodes: f64,
    database: f64,
    source: f64,
    peak: f64,
}

/// How late imports were that were due one after the other, in seconds.
pub(super) struct Lags {
    /// How many were due a second.
    pub(super) rate: f64,
    pub(super) late: Times,
    done: Times,
}

impl Nodes<'_> {
    /// Lets an import of every programme be due now, and waits until all are completed.
    pub(super) fn all_at_once(&self) -> anyhow::Result<AtOnce> {
        let (database, source) = self.used_by_others()?;
        let from: i64 = self.ask(NOW)?.parse()?;
        self.ask(&format!("UPDATE integrations SET due_at = {from}"))?;
        // What is due is looked for when a server starts, so that no pause before a look is measured.
        let nodes = self.start()?;
        self.wait(from)?;
        let last: i64 =
            self.ask(&format!("SELECT max(finished_at) FROM imports WHERE created_at >= {from}"))?.parse()?;
        let after = self.used_by_others()?;
        let (mut own, mut peak) = (0.0, 0.0_f64);
        for node in &nodes {
            own += usage::processors(node.process())?;
            peak = peak.max(usage::peak(node.process())?);
        }
        let used = Used { nodes: own, database: after.0 - database, source: after.1 - source, peak };
        Ok(AtOnce { imports: self.programmes, seconds: seconds(last - from), used })
    }

    /// The same where nobody has changed; that has to be seen in the database.
    pub(super) fn all_unchanged(&self) -> anyhow::Result<AtOnce> {
        let state =
            "SELECT (SELECT count(*) FROM members) || ' members, ' || (SELECT count(*) FROM changes) || ' changes'";
        let before = self.ask(state)?;
        let phase = self.all_at_once()?;
        let after = self.ask(state)?;
        ensure!(before == after && !before.starts_with("0 "), "something has changed: {before}, then {after}");
        Ok(phase)
    }

    /// Lets one import after the other be due, so many a second, while the servers run.
    pub(super) fn on_schedule(&self, rate: f64) -> anyhow::Result<Lags> {
        let _nodes = self.start()?;
        let from = self.ask(NOW)?.parse::<i64>()? + BEFORE;
        let due = format!("{from} + (numbered.number * (1000000 / {rate}))::bigint");
        self.ask(&format!(
            "{NUMBERED} UPDATE integrations SET due_at = {due} FROM numbered \
             WHERE integrations.programme_id = numbered.programme_id AND integrations.id = numbered.id"
        ))?;
        self.wait(from)?;
        let answer = self.ask(&format!(
            "{NUMBERED} SELECT imports.created_at - ({due}), imports.finished_at - ({due}) FROM imports \
             JOIN numbered ON numbered.programme_id = imports.programme_id AND numbered.id = imports.integration_id \
             WHERE imports.created_at >= {from}"
        ))?;
        let (mut late, mut done) = (Vec::new(), Vec::new());
        for line in answer.lines() {
            let Some((created, finished)) = line.split_once('|') else { bail!("{line:?} are not two times") };
            late.push(seconds(created.parse()?));
            done.push(seconds(finished.parse()?));
        }
        ensure!(late.iter().all(|late| *late >= 0.0), "an import was started before it was due");
        Ok(Lags { rate, late: Times::of(late), done: Times::of(done) })
    }

    fn start(&self) -> anyhow::Result<Vec<Started>> {
        let at_once = self.imports_at_once.to_string();
        let start = |_| {
            let mut command = self.installation.command(&["serve", "--work", "--imports-at-once", &at_once]);
            Started::new(command.stderr(Stdio::null()))
        };
        (0..self.count).map(start).collect()
    }

    /// Waits until every programme has completed an import that was started since.
    fn wait(&self, from: i64) -> anyhow::Result<()> {
        let states = format!("SELECT state, count(*) FROM imports WHERE created_at >= {from} GROUP BY state");
        let (mut known, mut since) = (0, clock());
        loop {
            thread::sleep(LOOK);
            let (mut completed, mut others) = (0, Vec::new());
            let answer = self.ask(&states)?;
            for line in answer.lines() {
                match line.split_once('|') {
                    Some(("completed", number)) => completed = number.parse::<u32>()?,
                    Some(("failed" | "on-hold", _)) | None => bail!("imports ended otherwise: {answer:?}"),
                    Some(_) => others.push(line),
                }
            }
            if completed >= self.programmes {
                return Ok(());
            }
            if completed > known {
                (known, since) = (completed, clock());
            }
            ensure!(since.elapsed() < PATIENCE, "nothing is completed any more: {completed} were, and {others:?}");
        }
    }

    /// The time on processors so far of the database server and of the source.
    fn used_by_others(&self) -> anyhow::Result<(f64, f64)> {
        let server = usage::first_process(self.database)?;
        Ok((usage::processors_of_family(server)?, usage::processors(self.sandbox)?))
    }

    fn ask(&self, statement: &str) -> anyhow::Result<String> {
        testkit::ask_postgres(self.database, statement).map_err(|problem| anyhow!(problem))
    }
}

impl AtOnce {
    /// How many were completed a second.
    pub(super) fn rate(&self) -> f64 {
        f64::from(self.imports) / self.seconds
    }

    /// A row of the table.
    pub(super) fn row(&self, what: &str) -> String {
        let each = |seconds: f64| seconds * 1_000.0 / f64::from(self.imports);
        let Used { nodes, database, source, peak } = self.used;
        format!(
            "| {what} | {} | {:.1} | {:.0} | {:.2} | {:.2} | {:.2} | {peak:.0} |\n",
            thousands(u64::from(self.imports)),
            self.seconds,
            self.rate(),
            each(nodes),
            each(database),
            each(source)
        )
    }
}

impl Lags {
    /// How late they were; `reached` is how many a second were got through when all were due at once.
    pub(super) fn table(&self, reached: f64) -> String {
        let share = self.rate / reached * 100.0;
        let rows = [("started", &self.late), ("completed", &self.done)].map(|(what, times)| {
            let [median, p99, most] = [50, 99, 100].map(|percent| times.rank(percent));
            format!("| {what} | {median:.2} | {p99:.2} | {most:.2} |\n")
        });
        format!(
            "\nOn schedule, {:.0} imports due a second ({share:.0} % of what was reached), in seconds after an import was \
             due:\n\n| | median | p99 | most |\n|---|---:|---:|---:|\n{}",
            self.rate,
            rows.concat()
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "a measuring takes less than 2^52 microseconds")]
fn seconds(micros: i64) -> f64 {
    micros as f64 / 1e6
}
