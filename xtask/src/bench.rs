//! `cargo xtask bench`: how fast Rollcall is, part by part, beside what is to be reached. What came of a part becomes its
//! stretch of `docs/benchmarks.md`.

mod figures;
mod imports;
mod limits;
mod machine;
mod portal;
mod program;
mod programmes;
mod programs;
mod reach;
mod report;
mod times;
mod usage;

use std::{fmt, path::PathBuf};

use clap::{Args, ValueEnum};

use self::programs::Bench;
use crate::commands::step;

#[derive(Args)]
pub(crate) struct Wanted {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    imports: imports::Wanted,
    #[command(flatten)]
    growth: imports::growth::Wanted,
    #[command(flatten)]
    programmes: programmes::Wanted,
    #[command(flatten)]
    limits: limits::Wanted,
    #[command(flatten)]
    portal: portal::Wanted,
}

/// What is said once for all parts.
#[derive(Args)]
struct Common {
    /// What is measured, in this order
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = Part::ALL)]
    part: Vec<Part>,
    /// How often imports and the program itself are measured
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Which databases; many small programmes are measured on PostgreSQL alone
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Database::Sqlite, Database::Postgres])]
    database: Vec<Database>,
    /// A directory with `rollcall` and `rollcall-bench`, instead of a release build of this repository
    #[arg(long, value_name = "DIRECTORY")]
    programs: Option<PathBuf>,
    /// The page whose stretches between marks are written anew
    #[arg(long, value_name = "FILE", default_value = "docs/benchmarks.md")]
    output: PathBuf,
}

impl Common {
    /// The option that chooses the databases, with a space before it; nothing where all are measured.
    fn databases(&self) -> String {
        let all = Database::value_variants();
        if all.iter().all(|one| self.database.contains(one)) {
            return String::new();
        }
        let names = self.database.iter().filter_map(ValueEnum::to_possible_value);
        let names: Vec<String> = names.map(|value| value.get_name().to_owned()).collect();
        format!(" --database {}", names.join(","))
    }
}

/// A part of the measuring, which can be measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Single imports, beside floors and other programs
    Imports,
    /// Single imports of few people and of very many: how much longer one of many takes
    Growth,
    /// The program itself: its size, its start, its memory
    Program,
    /// Many small programmes on one PostgreSQL
    Programmes,
    /// Reading under the limits of the real source, and how soon an import is seen to move
    Limits,
    /// The portal and the API of a large programme
    Portal,
}

impl Part {
    const ALL: [Self; 6] = [Self::Imports, Self::Growth, Self::Program, Self::Programmes, Self::Limits, Self::Portal];
}

impl fmt::Display for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Imports => "imports",
            Self::Growth => "growth",
            Self::Program => "program",
            Self::Programmes => "programmes",
            Self::Limits => "limits",
            Self::Portal => "portal",
        })
    }
}

/// Where members are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    /// A new, empty one of its own; none where it is a file of the installation.
    fn url(self) -> Option<String> {
        (self == Self::Postgres).then(testkit::postgres_url)
    }
}

impl fmt::Display for Database {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

pub(crate) fn run(wanted: &Wanted) -> anyhow::Result<()> {
    let common = &wanted.common;
    for part in &common.part {
        report::check(&common.output, *part)?;
    }
    let bench = Bench::of(common.programs.as_deref())?;
    for part in &common.part {
        let python = if *part == Part::Imports { wanted.imports.python()? } else { None };
        let measure = || match part {
            Part::Imports => imports::run(common, &wanted.imports, &bench, python.as_deref()),
            Part::Growth => imports::growth::run(common, &wanted.growth, &bench),
            Part::Program => program::run(common, &bench),
            Part::Programmes => programmes::run(&wanted.programmes, &bench),
            Part::Limits => limits::run(common, &wanted.limits, &bench),
            Part::Portal => portal::run(common, &wanted.portal, &bench),
        };
        let (options, text) = step(&part.to_string(), measure)?;
        let stretch = report::stretch(*part, &machine::of(&bench, python.as_deref())?, &options, &text);
        println!("{stretch}");
        report::write(&common.output, *part, &stretch)?;
    }
    Ok(())
}
