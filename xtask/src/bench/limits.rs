//! Within the limits of the real source: how much of what is allowed is used, and how soon an import is seen to move.

mod reading;
mod start;

use std::time::Duration;

use clap::Args;

use super::{
    Common,
    figures::Spread,
    programs::Bench,
    reach::{Reach, table},
    report::thousands,
};
use crate::commands::step;

#[derive(Args)]
#[command(next_help_heading = "Within the limits of the source")]
#[group(skip)]
pub(super) struct Wanted {
    /// For how many seconds requests are counted while one import reads
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u32).range(60..))]
    reading: u32,
    /// How often an import is started in the portal
    #[arg(long, value_name = "NUMBER", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    starts: u32,
    /// How many milliseconds the source takes for an answer while requests are counted
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 1_000)]
    answers_take: u32,
}

/// Between setting up and what is measured: the requests of setting up are over for a minute then, and no other process has
/// the count of requests any more.
const SETTLES: Duration = Duration::from_secs(62);

/// Requests that are allowed in a minute.
const ALLOWED: u32 = 300;

pub(super) fn run(common: &Common, wanted: &Wanted, bench: &Bench) -> anyhow::Result<(String, String)> {
    let mut reaches = Vec::new();
    for database in &common.database {
        let moved = step(&format!("{} starts, {database}", wanted.starts), || start::run(wanted, bench, *database))?;
        let what = format!("from *Start* to the first bar that is seen to move, {database}");
        reaches.push(Reach::at_most(what, 300.0, Spread::of(moved), " ms"));
    }
    // The database has no part in how fast the source may be asked.
    let database = common.database.first().copied().unwrap_or(super::Database::Sqlite);
    let title = format!("{} seconds of reading, {database}", wanted.reading);
    let read = step(&title, || reading::run(wanted, bench, database))?;
    reaches.push(Reach::at_least(
        "share of the allowed requests that was used",
        97.0,
        Spread::of([read.share()]),
        " %",
    ));
    reaches.push(Reach::at_most(
        "requests that were one too many (429)",
        0.0,
        Spread::of([f64::from(read.refused)]),
        "",
    ));
    let text = format!(
        "{}\n\nIn {} seconds {} requests were answered of {} that were allowed, the first {} people of a dry run. \
         Each answer took {} ms.",
        table(&reaches),
        wanted.reading,
        thousands(u64::from(read.answered)),
        thousands(u64::from(read.allowed)),
        thousands(u64::from(read.answered) * 100),
        thousands(u64::from(wanted.answers_take))
    );
    let Wanted { reading, starts, answers_take } = wanted;
    let databases = common.databases();
    Ok((format!("--reading {reading} --starts {starts} --answers-take {answers_take}{databases}"), text))
}
