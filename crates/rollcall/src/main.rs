//! The command line: reads what was asked, wires the parts together, and prints what came of it.

mod cli;
mod commands;
mod config;
mod exit;
mod logging;
mod progress;
mod table;
mod world;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let serves = matches!(cli.command, Command::Serve(_));
    if let Err(error) = logging::begin(&cli.log, serves) {
        return exit::of_error(&error.into());
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return exit::of_error(&error.into()),
    };
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(error) => exit::of_error(&error),
    }
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let place = &cli.place;
    match cli.command {
        Command::Demo(wanted) => commands::demo::run(place, wanted).await,
        Command::Sandbox(wanted) => commands::sandbox::run(wanted).await,
        Command::Serve(wanted) => commands::serve::run(place, wanted).await,
        Command::Integration(wanted) => commands::integration::run(place, wanted).await,
        Command::Import(wanted) => commands::import::run(place, wanted).await,
        Command::Imports(wanted) => commands::imports::run(place, wanted).await,
        Command::Decide(wanted) => commands::decide::run(place, wanted).await,
        Command::Members { programme } => commands::members::run(place, &programme).await,
        Command::Outbox { programme, json } => commands::outbox::run(place, &programme, json).await,
        Command::Doctor => commands::doctor::run(place).await,
    }
}
