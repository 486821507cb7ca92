//! How much longer an import takes for each person where there are very many.

use clap::Args;

use super::{
    super::{Common, programs::Bench},
    Job, Runs, reach, report,
};
use crate::commands::step;

#[derive(Args)]
#[command(next_help_heading = "Imports of few and of very many")]
#[group(skip)]
pub(in super::super) struct Wanted {
    /// How many people are few
    #[arg(long, default_value_t = 10_000)]
    few: u32,
    /// How many are very many
    #[arg(long, default_value_t = 1_000_000)]
    many: u32,
    /// How often very many are measured; a run with a million takes a quarter of an hour
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    runs_of_many: u32,
}

/// Measures all of it; tells what came of it.
pub(in super::super) fn run(common: &Common, wanted: &Wanted, bench: &Bench) -> anyhow::Result<(String, String)> {
    let runs = |number| Runs { common, jobs: &Job::ALL, bench, python: None, number };
    let measure = |people, number| step(&format!("{people} people"), || runs(number).measure(people));
    let few = measure(wanted.few, common.runs)?;
    let many = measure(wanted.many, wanted.runs_of_many)?;
    let Wanted { few: of_few, many: of_many, runs_of_many } = wanted;
    let command = format!(
        "--few {of_few} --many {of_many} --runs {} --runs-of-many {runs_of_many}{}",
        common.runs,
        common.databases()
    );
    Ok((command, report::growth(&reach::growth(&few, &many), &[few, many])))
}
