//! `cargo xtask soak`: servers on a faster clock, random faults, and promises looked at all the while.

use std::process::Command;

use clap::Args;

use crate::commands::{cargo, command_step};

#[derive(Args)]
pub(crate) struct Wanted {
    /// How many minutes it lasts
    #[arg(long, default_value_t = 10.0)]
    minutes: f64,
    /// How many servers share the database
    #[arg(long, default_value_t = 2)]
    nodes: u8,
    /// What chance follows from: the same seed lets the same things happen
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// `sqlite` or `postgres`
    #[arg(long, default_value = "postgres")]
    database: String,
    /// Passed on: `--programmes`, `--people`, `--speed`, `--loud`
    #[arg(last = true)]
    more: Vec<String>,
}

pub(crate) fn run(wanted: &Wanted) -> anyhow::Result<()> {
    let packages = ["build", "--release", "--locked", "--package", "rollcall", "--package", "rollcall-soak"];
    command_step("cargo build --release", &mut cargo(packages))?;
    let built = testkit::target().join("release");
    let mut soak = Command::new(built.join("rollcall-soak"));
    soak.arg("--program").arg(built.join("rollcall"));
    soak.args(["--minutes", &wanted.minutes.to_string(), "--nodes", &wanted.nodes.to_string()]);
    soak.args(["--seed", &wanted.seed.to_string(), "--database", &wanted.database]);
    command_step(&format!("soak, seed {}", wanted.seed), soak.args(&wanted.more))
}
