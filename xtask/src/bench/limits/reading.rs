//! One long import that only reads, counted by its source.

use std::{process::Stdio, thread, time::Duration};

use anyhow::{Context, bail};
use serde_json::Value;
use testkit::Site;

use super::{
    super::{Database, programs::Bench},
    ALLOWED, SETTLES, Wanted,
};
use crate::pages::programs::{Installation, PROGRAMME, Started};

/// Where people and attributes are read, which is what the limits are about.
const LIMITED: &str = "/v1/company/employees";

/// How long is waited for the first request.
const PATIENCE: u32 = 60;

/// What the source counted.
pub(super) struct Read {
    pub(super) answered: u32,
    pub(super) allowed: u32,
    pub(super) refused: u32,
}

impl Read {
    /// How much of what was allowed was used, in per cent.
    pub(super) fn share(&self) -> f64 {
        f64::from(self.answered) * 100.0 / f64::from(self.allowed)
    }
}

/// Lets a dry run read: it makes a plan in the end and changes nothing, and is ended before that.
pub(super) fn run(wanted: &Wanted, bench: &Bench, database: Database) -> anyhow::Result<Read> {
    let installation = Installation::new(&bench.rollcall, database.url());
    // A hundred on each page; and a list has a fifth more people than are at work.
    let employees = (wanted.reading * ALLOWED / 60 * 100).to_string();
    let takes = wanted.answers_take.to_string();
    let arguments = ["sandbox", "--listen", "127.0.0.1:0", "--employees", &employees, "--answers-take", &takes];
    let mut sandbox = Started::new(&mut installation.command(&arguments))?;
    let base_url = sandbox.word_after("base_url")?;
    installation.set_up_within_limits(&base_url)?;
    thread::sleep(SETTLES);
    let source = Site::new(base_url.trim_end_matches("/v1"));
    let mark = log(&source)?.last().map_or(0, |request| number(request, "number"));
    let mut dry_run = installation.command(&["import", PROGRAMME, "--dry-run", "--json"]);
    let mut dry_run = Started::new(dry_run.stderr(Stdio::null()))?;
    let new = || -> anyhow::Result<Vec<Value>> {
        Ok(log(&source)?.into_iter().filter(|request| number(request, "number") > mark).collect())
    };
    let begin = first(&new)?;
    let end = begin + u64::from(wanted.reading) * 1_000;
    // What was asked for at the end is answered so much later.
    for _ in 0..wanted.reading + 2 + wanted.answers_take.div_ceil(1_000) {
        thread::sleep(Duration::from_secs(1));
        if dry_run.has_ended()? {
            bail!("the dry run ended before {} s were over", wanted.reading);
        }
    }
    let of_log = new()?;
    drop(dry_run);
    let count = |status: u64, wanted: &dyn Fn(&Value) -> bool| {
        let with = of_log.iter().filter(|request| number(request, "status") == status && wanted(request));
        u32::try_from(with.count()).unwrap_or(u32::MAX)
    };
    let is_counted = |request: &Value| is_limited(request) && (begin..end).contains(&number(request, "at_ms"));
    Ok(Read {
        answered: count(200, &is_counted),
        allowed: wanted.reading * ALLOWED / 60,
        refused: count(429, &|_| true),
    })
}

/// When the first request came, in milliseconds of the source's clock.
fn first(new: &dyn Fn() -> anyhow::Result<Vec<Value>>) -> anyhow::Result<u64> {
    for _ in 0..PATIENCE {
        if let Some(request) = new()?.iter().find(|request| is_limited(request)) {
            return Ok(number(request, "at_ms"));
        }
        thread::sleep(Duration::from_secs(1));
    }
    bail!("the dry run asked for nobody within {PATIENCE} s")
}

fn log(source: &Site) -> anyhow::Result<Vec<Value>> {
    let answer = source.get("/_sandbox/log")?;
    serde_json::from_slice(&answer.body).context("the source's log is no list")
}

fn number(request: &Value, name: &str) -> u64 {
    request[name].as_u64().unwrap_or_default()
}

fn is_limited(request: &Value) -> bool {
    request["path"].as_str().is_some_and(|path| path.starts_with(LIMITED))
}
