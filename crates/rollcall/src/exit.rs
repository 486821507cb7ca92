//! Exit statuses: what scripts go by.

use std::{io::Write, process::ExitCode};

use domain::import::State;
use engine::{EngineError, care::BackupError, import::Report};

use crate::table::plain;

/// People were rejected; everything else was done.
const REJECTED: u8 = 3;
/// The plan waits for an administrator.
const ON_HOLD: u8 = 4;
/// Nothing has changed.
const FAILED: u8 = 5;
/// Another import is running.
const RUNNING: u8 = 6;
/// The command was not right.
const USAGE: u8 = 2;

/// The status of an import.
pub(crate) fn of_report(report: &Report) -> ExitCode {
    ExitCode::from(match report.state {
        State::Completed if report.counts.reject > 0 => REJECTED,
        State::Completed => 0,
        State::OnHold => ON_HOLD,
        _ => FAILED,
    })
}

/// The installation waits for somebody to release it.
pub(crate) fn held() -> ExitCode {
    ExitCode::from(ON_HOLD)
}

/// Somebody who stopped reading our output is no error.
pub(crate) fn unless_unread(printed: anyhow::Result<()>) -> anyhow::Result<()> {
    match printed {
        Err(error) if is_unread(&error) => Ok(()),
        printed => printed,
    }
}

fn is_unread(error: &anyhow::Error) -> bool {
    let broken_pipe = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    };
    error.chain().any(broken_pipe)
}

/// A line on the error output. Where nobody reads that either, nothing is left to say it to; `eprintln!` would panic, and
/// hide the status.
fn tell(line: &str) {
    drop(writeln!(std::io::stderr(), "{line}"));
}

/// Prints an error to the error output, and gives its status.
pub(crate) fn of_error(error: &anyhow::Error) -> ExitCode {
    if is_unread(error) {
        return ExitCode::SUCCESS;
    }
    // What a source or a database said may stand in it; our own messages may have several lines.
    tell(&format!("error: {}", format!("{error:#}").lines().map(plain).collect::<Vec<_>>().join("\n")));
    if let Some(EngineError::AlreadyRunning(Some(import))) = error.downcast_ref() {
        tell(&format!("Look at it with `rollcall imports show {import}`."));
    }
    ExitCode::from(match error.downcast_ref::<EngineError>() {
        Some(EngineError::AlreadyRunning(_)) => RUNNING,
        Some(
            EngineError::NotFound { .. }
            | EngineError::Refused(_)
            | EngineError::SetUp(_)
            | EngineError::Mistakes(_)
            | EngineError::Entries(_)
            | EngineError::Settings(_)
            | EngineError::Publish(_)
            | EngineError::Key(_)
            | EngineError::Restore(_)
            | EngineError::Backup(BackupError::File { .. } | BackupError::Foreign { .. } | BackupError::Newer { .. }),
        ) => USAGE,
        None if error.downcast_ref::<Usage>().is_some() => USAGE,
        _ => 1,
    })
}

/// The command was not right, in a way that only showed when it was tried.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Usage(pub(crate) String);
