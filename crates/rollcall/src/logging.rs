//! The log: to the error output, as lines for people or JSON for programs. Nothing in it is about anybody.

use std::{
    io::{IsTerminal, stderr},
    panic,
};

use tracing_subscriber::{EnvFilter, fmt};

use crate::{
    cli::{Log, LogFormat},
    exit::Usage,
};

/// What is logged where nothing else is said. While serving that is a line for each request and each step of an
/// import; a statement that took long is not worth one, nor is each step of the schema.
const WHILE_SERVING: &str = "info,sqlx=error,sea_orm_migration=warn";
const OTHERWISE: &str = "warn";

/// Begins to log.
pub(crate) fn begin(wanted: &Log, serves: bool) -> Result<(), Usage> {
    let usual = if serves { WHILE_SERVING } else { OTHERWISE };
    let level = wanted.log.as_deref().filter(|level| !level.trim().is_empty()).unwrap_or(usual);
    let filter = EnvFilter::try_new(level).map_err(|_| {
        Usage(
            "What is to be logged (ROLLCALL_LOG or --log) is not understood. Write error, warn, info or debug, or such as rollcall_engine=debug.".into(),
        )
    })?;
    let lines = fmt().with_env_filter(filter).with_writer(stderr);
    match wanted.log_format {
        LogFormat::Text => lines.with_ansi(stderr().is_terminal()).init(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).init(),
    }
    panic::set_hook(Box::new(told));
    Ok(())
}

/// A panic is told by its place, and by its words where they stand in the code: others are made of what was at hand.
fn told(panic: &panic::PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let words = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or_default();
    tracing::error!(place, words, "something that must not happen has happened");
}
