//! Many small programmes on one PostgreSQL: how many imports they get through, and how late the schedule starts them.
//!
//! What is due stands in the database, so a phase begins with writing there when each programme's next import is due.
//! Everything else is the program's own work: finding what is due, starting it, reading, comparing, writing.

mod phase;

use clap::Args;

use self::phase::{AtOnce, Lags, Nodes};
use super::{
    figures::Spread,
    programs::Bench,
    reach::{Reach, table},
    report::thousands,
};
use crate::{
    commands::step,
    many,
    pages::programs::{Installation, Started},
};

#[derive(Args)]
#[command(next_help_heading = "Many small programmes")]
#[group(skip)]
pub(super) struct Wanted {
    /// How many programmes there are
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..))]
    programmes: u32,
    /// How many people the company of each of them employs
    #[arg(long, value_name = "NUMBER", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    people_each: u32,
    /// How many servers share the work
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    nodes: u32,
    /// How many imports each of them works on at once
    #[arg(long, value_name = "NUMBER", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..))]
    imports_at_once: u32,
}

/// The least time that a schedule is spread over, in seconds: several looks at what is due. Few programmes are therefore due
/// more slowly than at half of the rate that was reached.
const SPREAD_OVER: f64 = 30.0;

pub(super) fn run(wanted: &Wanted, bench: &Bench) -> anyhow::Result<(String, String)> {
    let database = testkit::postgres_url();
    let installation = Installation::new(&bench.rollcall, Some(database.clone()));
    let people = wanted.people_each.to_string();
    let arguments = ["sandbox", "--listen", "127.0.0.1:0", "--no-limits", "--employees", &people];
    let mut sandbox = Started::new(&mut installation.command(&arguments))?;
    let base_url = sandbox.word_after("base_url")?;
    let programmes = thousands(u64::from(wanted.programmes));
    // Imports of a month away begin by themselves only when they are told to be due.
    let set_up = || many::set_up(&installation, wanted.programmes, &base_url, "monthly");
    step(&format!("{programmes} programmes"), set_up)?;
    let nodes = Nodes {
        installation: &installation,
        database: &database,
        sandbox: sandbox.process(),
        programmes: wanted.programmes,
        count: wanted.nodes,
        imports_at_once: wanted.imports_at_once,
    };
    let first = step("first imports", || nodes.all_at_once())?;
    let unchanged = step("unchanged imports", || nodes.all_unchanged())?;
    let rate = (unchanged.rate() / 2.0).min(f64::from(wanted.programmes) / SPREAD_OVER);
    let lags = step("imports on schedule", || nodes.on_schedule(rate))?;
    let options = format!(
        "--programmes {} --people-each {} --nodes {} --imports-at-once {}",
        wanted.programmes, wanted.people_each, wanted.nodes, wanted.imports_at_once
    );
    Ok((options, told(wanted, &first, &unchanged, &lags)))
}

fn told(wanted: &Wanted, first: &AtOnce, unchanged: &AtOnce, lags: &Lags) -> String {
    let reaches = [
        Reach::at_least("first imports", 100.0, Spread::of([first.rate()]), "/s"),
        Reach::at_least("unchanged imports", 300.0, Spread::of([unchanged.rate()]), "/s"),
        Reach::at_most(
            format!("how late the schedule starts an import, p99, at {:.0} a second", lags.rate),
            5.0,
            Spread::of([lags.late.rank(99)]),
            " s",
        ),
    ];
    let mut text = format!(
        "{} programmes of {} people at work each; {} with {} imports at once.\n\n{}\n\n",
        thousands(u64::from(wanted.programmes)),
        wanted.people_each,
        if wanted.nodes == 1 { "one `serve`".to_owned() } else { format!("{} times `serve`", wanted.nodes) },
        wanted.imports_at_once,
        table(&reaches)
    );
    text.push_str(
        "| | imports | s | a second | `serve`, ms of CPU each | PostgreSQL, ms of CPU each | source, ms of CPU each | \
         peak of a `serve`, MB |\n|---|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    for (what, phase) in [("first imports, all due at once", first), ("nothing changed, all due at once", unchanged)] {
        text.push_str(&phase.row(what));
    }
    text.push_str(&lags.table(unchanged.rate()));
    text
}
