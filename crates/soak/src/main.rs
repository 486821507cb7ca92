//! `cargo xtask soak` runs this program.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::{Parser, ValueEnum};
use soak::story::{self, Wanted};

/// Runs servers through days of random faults, and looks at what was promised
#[derive(Parser)]
#[command(name = "rollcall-soak", version)]
struct Cli {
    /// The program that is tried
    #[arg(long)]
    program: PathBuf,
    /// How many minutes it lasts
    #[arg(long, default_value_t = 10.0)]
    minutes: f64,
    /// How many servers share the database
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=16))]
    nodes: u8,
    /// What chance follows from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Which database
    #[arg(long, value_enum, default_value_t = Kind::Postgres)]
    database: Kind,
    /// How many programmes there are
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    programmes: u16,
    /// How many people each company employs at first
    #[arg(long, default_value_t = 80)]
    people: usize,
    /// How many seconds pass for the servers in one of the machine's
    #[arg(long, default_value_t = 1_440)]
    speed: u32,
    /// Say what happens as it does
    #[arg(long)]
    loud: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Sqlite,
    Postgres,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let wanted = Wanted {
        program: cli.program,
        lasting: Duration::from_secs_f64(cli.minutes * 60.0),
        nodes: cli.nodes.into(),
        seed: cli.seed,
        postgres: cli.database == Kind::Postgres,
        programmes: cli.programmes.into(),
        people: cli.people,
        speed: cli.speed,
        loud: cli.loud,
    };
    match story::run(&wanted) {
        Ok(report) => {
            println!("{report}");
            if report.violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
