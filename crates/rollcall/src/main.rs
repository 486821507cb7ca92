//! The command line: reads what was asked, wires the parts together, and prints what came of it.

mod cli;
mod commands;
mod config;
mod exit;
mod logging;
mod progress;
mod settings;
mod table;
mod world;

use std::process::ExitCode;

use cli::Command;
use settings::Asked;

fn main() -> ExitCode {
    let asked = match settings::asked() {
        Ok(asked) => asked,
        Err(wrong) => return exit::of_error(&wrong.into()),
    };
    let serves = matches!(asked.cli.command, Command::Serve(_));
    if let Err(error) = logging::begin(&asked.cli.log, serves) {
        return exit::of_error(&error.into());
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return exit::of_error(&error.into()),
    };
    match runtime.block_on(run(asked)) {
        Ok(code) => code,
        Err(error) => exit::of_error(&error),
    }
}

async fn run(asked: Asked) -> anyhow::Result<ExitCode> {
    let place = &asked.cli.place;
    match asked.cli.command {
        Command::Demo(wanted) => commands::demo::run(place, wanted).await,
        Command::Sandbox(wanted) => commands::sandbox::run(wanted).await,
        Command::Serve(wanted) => commands::serve::run(place, wanted).await,
        Command::Programme(wanted) => commands::programme::run(place, wanted).await,
        Command::Admin(wanted) => commands::admin::run(place, wanted).await,
        Command::Config(ref wanted) => commands::config::run(&asked, wanted).await,
        Command::Integration(wanted) => commands::integration::run(place, wanted).await,
        Command::Import(wanted) => commands::import::run(place, wanted).await,
        Command::Imports(wanted) => commands::imports::run(place, wanted).await,
        Command::Decide(wanted) => commands::decide::run(place, wanted).await,
        Command::Members { programme } => commands::members::run(place, &programme).await,
        Command::Outbox { programme, json } => commands::outbox::run(place, &programme, json).await,
        Command::Backup(wanted) => commands::backup::run(place, wanted).await,
        Command::Restore(wanted) => commands::restore::run(place, wanted).await,
        Command::Release(wanted) => commands::release::run(place, wanted).await,
        Command::Database(wanted) => commands::database::run(place, wanted).await,
        Command::Key(wanted) => commands::key::run(place, wanted).await,
        Command::Doctor { json } => commands::doctor::run(place, json).await,
    }
}
