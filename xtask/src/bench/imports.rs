//! How long imports take, side by side with the least that reading and writing can cost and with other programs that could
//! be used instead.

pub(super) mod growth;
pub(super) mod peers;
mod place;
mod reach;
mod report;

use std::{
    fmt,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};

use self::{peers::Peer, place::Place};
use super::{
    Common, Database,
    figures::{Figures, Samples},
    programs::Bench,
};
use crate::{
    commands::step,
    pages::programs::{Installation, Started},
};

#[derive(Args)]
#[command(next_help_heading = "Imports")]
#[group(skip)]
pub(super) struct Wanted {
    /// How many people the made-up company employs; several with commas
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000, 100_000])]
    people: Vec<u32>,
    /// Which imports; each needs those before it
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = Job::ALL)]
    job: Vec<Job>,
    /// Measure other programs too (from 10,000 to 100,000 people); they are installed from PyPI into `target/peers`
    #[arg(long)]
    peers: bool,
}

impl Wanted {
    /// The Python that runs other programs, where they are wanted: it is installed then.
    pub(super) fn python(&self) -> anyhow::Result<Option<PathBuf>> {
        if self.peers { Ok(Some(peers::provide()?)) } else { Ok(None) }
    }
}

/// An import that is measured, in the order in which they follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Job {
    /// Everybody is new
    First,
    /// Nobody has changed
    Unchanged,
    /// One in a hundred has changed
    Changed,
}

impl Job {
    const ALL: [Self; 3] = [Self::First, Self::Unchanged, Self::Changed];
}

impl fmt::Display for Job {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::First => "first import",
            Self::Unchanged => "nothing changed",
            Self::Changed => "1 % changed",
        })
    }
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// Rollcall itself.
    Rollcall(Database),
    /// The least that reading can cost.
    Read,
    /// The same by Rollcall's own client, which makes records of what it parses.
    ReadByClient,
    /// The least that writing can cost.
    Write(Database),
    /// Another program.
    Peer(Peer),
}

impl fmt::Display for What {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rollcall(database) => write!(out, "**Rollcall, {database}**"),
            Self::Read => out.write_str("floor (a): read, parse, throw away"),
            Self::ReadByClient => out.write_str("the same by Rollcall's client"),
            Self::Write(database) => write!(out, "floor (b): write, {database}"),
            Self::Peer(peer) => write!(out, "{peer}"),
        }
    }
}

/// How many people other programs are asked to read.
const FOR_PEERS: RangeInclusive<u32> = 10_000..=100_000;

/// Measures all of it; tells what came of it.
pub(super) fn run(
    common: &Common,
    wanted: &Wanted,
    bench: &Bench,
    python: Option<&Path>,
) -> anyhow::Result<(String, String)> {
    let mut all = Vec::new();
    for people in &wanted.people {
        let runs = Runs { common, jobs: &wanted.job, bench, python, number: common.runs };
        all.push(step(&format!("{people} people"), || runs.measure(*people))?);
    }
    Ok((report::command(common, wanted), report::part(wanted, &all)))
}

/// What is measured in each run, and with what.
struct Runs<'a> {
    common: &'a Common,
    jobs: &'a [Job],
    bench: &'a Bench,
    /// Runs other programs, where they are measured.
    python: Option<&'a Path>,
    /// How many there are.
    number: u32,
}

impl Runs<'_> {
    /// All runs with so many people.
    fn measure(&self, people: u32) -> anyhow::Result<Samples> {
        let number = people.to_string();
        let source = Installation::new(&self.bench.rollcall, None);
        let arguments = ["sandbox", "--listen", "127.0.0.1:0", "--no-limits", "--employees", &number];
        let mut sandbox = Started::new(&mut source.command(&arguments))?;
        let base_url = sandbox.word_after("base_url")?;
        let mut samples = Samples::of(people);
        // The first to read waits for the pages to be built.
        samples.on_record = read(self.bench, &base_url, false)?.1;
        for run in 1..=self.number {
            println!("    run {run} of {}", self.number);
            self.once(&base_url, run, &mut samples)?;
        }
        Ok(samples)
    }

    /// One run: everything once, one after the other.
    fn once(&self, base_url: &str, run: u32, samples: &mut Samples) -> anyhow::Result<()> {
        let Self { common, bench, .. } = self;
        let places = common.database.iter().map(|database| Place::new(bench, *database, base_url));
        let places: Vec<Place<'_>> = places.collect::<anyhow::Result<_>>()?;
        let others = Peer::ALL.into_iter().filter(|peer| common.database.contains(&peer.database()));
        let peers: Vec<(Peer, peers::Place)> = match self.python.filter(|_| FOR_PEERS.contains(&samples.people)) {
            Some(python) => others.map(|peer| (peer, peers::Place::new(python, peer, base_url))).collect(),
            None => Vec::new(),
        };
        for job in Job::ALL {
            if self.jobs.iter().all(|wanted| *wanted < job) {
                break;
            }
            if job == Job::Changed {
                change(bench, base_url, samples.on_record / 100, run)?;
                // Pages are built anew.
                read(bench, base_url, false)?;
            }
            samples.add(What::Read, job, read(bench, base_url, false)?.0);
            samples.add(What::ReadByClient, job, read(bench, base_url, true)?.0);
            for place in &places {
                let (figures, counts) = place.import()?;
                counts.check(job, samples.on_record)?;
                samples.add(What::Rollcall(place.database), job, figures);
                if job == Job::First {
                    samples.add(What::Write(place.database), job, place.write()?);
                }
            }
            for (peer, place) in &peers {
                samples.add(What::Peer(*peer), job, place.import(bench, samples.on_record)?);
            }
        }
        Ok(())
    }
}

/// Reads everybody; tells how many there were.
fn read(bench: &Bench, base_url: &str, by_client: bool) -> anyhow::Result<(Figures, u64)> {
    let mut command = Command::new(&bench.bench);
    command.args(["read", "--base-url", base_url]).args(by_client.then_some("--by-client"));
    let figures = bench.measure(&command, None)?;
    let people = figures.output.trim().parse().with_context(|| format!("reading came to {:?}", figures.output))?;
    Ok((figures, people))
}

/// Lets something change for so many people.
fn change(bench: &Bench, base_url: &str, people: u64, run: u32) -> anyhow::Result<()> {
    let department = format!("Department {run}");
    let mut command = Command::new(&bench.bench);
    command.args(["change", "--base-url", base_url, "--people", &people.to_string(), "--department", &department]);
    ensure!(command.status()?.success(), "nobody could be changed in the sandbox");
    Ok(())
}
