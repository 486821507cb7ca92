//! `cargo xtask nodes`: several nodes on one PostgreSQL, many programmes with an hourly schedule, a clock that goes
//! faster than the machine's, and a node killed again and again. None of the imports may run twice, and none be missed.

use std::{path::PathBuf, process::Stdio, thread, time::Duration};

use anyhow::{anyhow, bail};
use clap::Args;

use crate::{
    commands::{cargo, clock, command_step, step},
    many,
    pages::programs::{Installation, Started},
};

#[derive(Args)]
pub(crate) struct Wanted {
    /// How many nodes share the work
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    nodes: u32,
    /// How many programmes there are
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..))]
    programmes: u32,
    /// How many people each has
    #[arg(long, default_value_t = 100)]
    people: u32,
    /// How many hours are simulated
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(2..))]
    hours: u32,
    /// How much faster the clock of the nodes goes than the machine's
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    speed: u32,
    /// After how many simulated minutes a node is killed, one after the other; 0 for never
    #[arg(long, default_value_t = 10)]
    kill_every: u32,
    /// The program to measure, instead of a release build of this repository
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
}

/// How long a node is away that was killed.
const AWAY: Duration = Duration::from_secs(2);

/// Every import that its schedule started, in microseconds: when it was due within the hour (each integration has an
/// offset of its own, which its next time shows), when it began and when it ended.
const IMPORTS: &str = "SELECT imports.programme_id, integrations.due_at % 3600000000, imports.created_at, \
                       COALESCE(imports.finished_at, 0), imports.state FROM imports \
                       JOIN integrations ON integrations.programme_id = imports.programme_id \
                       AND integrations.id = imports.integration_id \
                       WHERE imports.trigger = 'schedule' ORDER BY imports.programme_id, imports.created_at";

/// The times of one programme's imports, in microseconds of the simulated clock.
struct Import {
    programme: String,
    offset: i64,
    created: i64,
    finished: i64,
    state: String,
}

impl Import {
    /// Which of the programme's times it belongs to: hours since 1970.
    fn hour(&self) -> i64 {
        (self.created - self.offset).div_euclid(HOUR)
    }
}

/// What was simulated: how many nodes were killed, and from when to when imports have to have begun.
struct Day {
    kills: u32,
    from: i64,
    to: i64,
}

pub(crate) fn run(wanted: &Wanted) -> anyhow::Result<()> {
    let program = if let Some(program) = &wanted.program {
        program.clone()
    } else {
        command_step("cargo build --release", &mut cargo(["build", "--release", "--locked", "--package", "rollcall"]))?;
        testkit::target().join("release/rollcall")
    };
    let database = testkit::postgres_url();
    let installation = Installation::new(&program, Some(database.clone()));
    let people = wanted.people.to_string();
    let arguments = ["sandbox", "--listen", "127.0.0.1:0", "--no-limits", "--employees", &people];
    let mut sandbox = Started::new(&mut installation.command(&arguments))?;
    let base_url = sandbox.word_after("base_url")?;
    step(&format!("{} programmes", wanted.programmes), || {
        many::set_up(&installation, wanted.programmes, &base_url, "hourly")
    })?;
    let day = step(&format!("{} simulated hours", wanted.hours), || simulate(&installation, wanted, &database))?;
    let imports = imports(&database)?;
    report(wanted, &day, &imports)
}

/// Runs the nodes, and kills one after the other.
fn simulate(installation: &Installation, wanted: &Wanted, database: &str) -> anyhow::Result<Day> {
    let since = ask(database, "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")?;
    let from: i64 = ask(database, &format!("SELECT (EXTRACT(EPOCH FROM '{since}'::timestamptz) * 1000000)::bigint"))?
        .trim()
        .parse()?;
    let node = || {
        let mut command = installation.command(&["serve", "--work"]);
        command.env("ROLLCALL_CLOCK_SINCE", &since).env("ROLLCALL_CLOCK_SPEED", wanted.speed.to_string());
        Started::new(command.stderr(Stdio::null()))
    };
    let mut nodes = Vec::new();
    for _ in 0..wanted.nodes {
        nodes.push(node()?);
    }
    let real = |simulated: u32| Duration::from_secs(u64::from(simulated)) / wanted.speed;
    let (begin, day) = (clock(), real(wanted.hours * 3_600));
    let mut kills = 0;
    while begin.elapsed() < day {
        let left = day.saturating_sub(begin.elapsed());
        if wanted.kill_every == 0 {
            thread::sleep(left);
            break;
        }
        thread::sleep(real(wanted.kill_every * 60).min(left));
        let index = (kills % wanted.nodes) as usize;
        // Dropping it kills it, in the middle of whatever it does.
        drop(nodes.remove(index));
        kills += 1;
        thread::sleep(AWAY);
        nodes.insert(index, node()?);
    }
    // What was due is finished, and nothing new begins that counts.
    thread::sleep(Duration::from_secs(30));
    Ok(Day { kills, from, to: from + i64::from(wanted.hours) * HOUR })
}

fn ask(database: &str, statement: &str) -> anyhow::Result<String> {
    testkit::ask_postgres(database, statement).map_err(|problem| anyhow!(problem))
}

fn imports(database: &str) -> anyhow::Result<Vec<Import>> {
    let answer = ask(database, IMPORTS)?;
    answer
        .lines()
        .map(|line| {
            let [programme, offset, created, finished, state] = line.split('|').collect::<Vec<_>>()[..] else {
                bail!("{line:?} is no import")
            };
            let (programme, state) = (programme.to_owned(), state.to_owned());
            let (created, finished) = (created.parse()?, finished.parse()?);
            Ok(Import { programme, offset: offset.parse()?, created, finished, state })
        })
        .collect()
}

const MICROS: i64 = 1_000_000;
const HOUR: i64 = 3_600 * MICROS;

/// Prints what came of it; an error names the promise that was broken.
fn report(wanted: &Wanted, day: &Day, imports: &[Import]) -> anyhow::Result<()> {
    let (mut twice, mut missed, mut open, mut run) = (0, 0, 0, 0);
    let (mut late, mut took) = (Vec::new(), Vec::new());
    for of_one in imports.chunk_by(|one, other| one.programme == other.programme) {
        let offset = of_one.first().map(|import| import.offset).unwrap_or_default();
        // What was due while the programmes were set up is caught up with at the start, and counts for nothing here.
        let (first, last) = ((day.from - offset).div_euclid(HOUR) + 1, (day.to - offset).div_euclid(HOUR));
        let counted: Vec<_> = of_one.iter().filter(|import| (first..=last).contains(&import.hour())).collect();
        let mut hours: Vec<i64> = counted.iter().map(|import| import.hour()).collect();
        hours.dedup();
        twice += counted.len() - hours.len();
        missed += usize::try_from(last - first + 1).unwrap_or_default().saturating_sub(hours.len());
        for import in counted {
            run += 1;
            open += u32::from(import.state != "completed");
            late.push((import.created - offset).rem_euclid(HOUR) / i64::from(wanted.speed));
            took.push((import.finished - import.created).max(0) / i64::from(wanted.speed));
        }
    }
    if run == 0 {
        bail!("no import ran");
    }
    let programmes = imports.chunk_by(|one, other| one.programme == other.programme).count();
    println!("\n{run} imports of {programmes} programmes on {} nodes, {} killed", wanted.nodes, day.kills);
    println!("twice {twice}, missed {missed}, not completed {open}");
    println!("| of the machine's time, ms | median | p99 | most |\n|---|---:|---:|---:|");
    for (what, times) in [("started late", &mut late), ("from start to end", &mut took)] {
        times.sort_unstable();
        let rank = |percent: usize| times[(times.len() * percent).div_ceil(100).max(1) - 1] / 1_000;
        println!("| {what} | {} | {} | {} |", rank(50), rank(99), rank(100));
    }
    if twice + missed > 0 || open > 0 || programmes < wanted.programmes as usize {
        bail!("a promise was broken: {twice} twice, {missed} missed, {open} not completed, {programmes} programmes");
    }
    Ok(())
}
