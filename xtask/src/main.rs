//! What a person would otherwise script. Run it as `cargo xtask <command>`.

mod audit;
mod axe;
mod bench;
mod commands;
mod components;
mod deb;
mod debian;
mod fuzz;
mod instructions;
mod many;
mod nodes;
mod older;
mod pages;
#[cfg(test)]
mod security;
mod soak;
mod test;
mod tests_run;
mod walkthrough;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Tasks of this repository", version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Everything that has to hold before a change is merged: format, lints, tests. The same command runs in CI.
    Test {
        /// Passed on to `cargo test`, for example part of a test's name.
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Licences, advisories and origins of the dependencies, by cargo-deny.
    Audit(audit::Wanted),
    /// The Debian package, by cargo-deb.
    Deb(deb::Wanted),
    /// What breaks a parser that reads what others wrote: libFuzzer looks for it, guided by which code runs.
    Fuzz(fuzz::Wanted),
    /// How long every page of the portal takes in a large programme, on SQLite and PostgreSQL, in a release build.
    Pages(pages::Wanted),
    /// How fast imports, many programmes, the portal and the API are, beside what is to be reached, in a release build;
    /// written into `docs/benchmarks.md`.
    Bench(bench::Wanted),
    /// How many instructions the hot path of an import takes, compared with the committed figures, as `test` does at its end.
    Instructions,
    /// Days of random faults, in a release build: servers killed, connections cut, a source that lies; fails on a broken promise.
    Soak(soak::Wanted),
    /// A database as a version of the program leaves it, as SQL, for the test that opens it with later versions.
    OlderDatabase(older::Wanted),
    /// Several nodes and many programmes on one PostgreSQL, a simulated day, a node killed again and again: whether every
    /// import that was due ran once, and how late.
    Nodes(nodes::Wanted),
    /// The pictures and the film of the guide, made anew from the browser test that sets everything up.
    Walkthrough,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().task {
        Task::Test { arguments } => test::run(&arguments),
        Task::Audit(wanted) => audit::run(&wanted),
        Task::Deb(wanted) => deb::run(&wanted),
        Task::Fuzz(wanted) => fuzz::run(&wanted),
        Task::Pages(wanted) => pages::run(&wanted),
        Task::Bench(wanted) => bench::run(&wanted),
        Task::Instructions => instructions::check(),
        Task::Soak(wanted) => soak::run(&wanted),
        Task::OlderDatabase(wanted) => older::run_it(&wanted),
        Task::Nodes(wanted) => nodes::run(&wanted),
        Task::Walkthrough => walkthrough::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
