//! What something used of the machine.

use std::{
    ffi::OsString,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::process::{self, Server, Used};

/// What a program, or a part of one, used.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// From begin to end, in seconds.
    pub wall: f64,
    /// Time on processors, in seconds.
    pub cpu: f64,
    /// The most memory that was in use, in bytes.
    pub peak: u64,
    /// Bytes that were to be written to disk.
    pub written: u64,
    /// Time of a database server on processors meanwhile, in seconds.
    pub server_cpu: f64,
    /// Bytes that a database server was to write meanwhile.
    pub server_written: u64,
    /// How the program ended.
    pub code: i32,
    /// What it printed.
    pub output: String,
}

/// Measures a part of this program.
#[derive(Debug)]
pub struct Section<'a> {
    begin: Instant,
    before: Used,
    server: Option<(&'a Server, Used)>,
}

impl<'a> Section<'a> {
    /// Begins to measure this program, the programs that it runs, and a server.
    pub fn begin(server: Option<&'a Server>) -> anyhow::Result<Self> {
        let server = server.map(|server| Some((server, server.used()?)));
        let server = server.map(|used| used.context("/proc does not tell what the server uses")).transpose()?;
        let before = process::own().context("/proc does not tell what this program uses")?;
        Ok(Self { before, server, begin: clock() })
    }

    /// Ends it.
    pub fn end(self) -> anyhow::Result<Measured> {
        let wall = self.begin.elapsed();
        let after = process::own().context("/proc does not tell what this program uses")?;
        let mut measured = Measured {
            wall: wall.as_secs_f64(),
            cpu: after.cpu.saturating_sub(self.before.cpu).as_secs_f64(),
            peak: process::peak(std::process::id()).unwrap_or_default(),
            written: after.written.saturating_sub(self.before.written),
            ..Measured::default()
        };
        if let Some((server, before)) = self.server {
            let after = server.used().context("the server has ended")?;
            measured.server_cpu = after.cpu.saturating_sub(before.cpu).as_secs_f64();
            measured.server_written = after.written.saturating_sub(before.written);
        }
        Ok(measured)
    }
}

/// How often it is looked at how much memory a program has had in use. What it takes after the last look is missed.
const LOOK: Duration = Duration::from_millis(5);

/// Runs a program to its end.
pub fn program(command: &[OsString], server: Option<&Server>) -> anyhow::Result<Measured> {
    let (program, arguments) = command.split_first().context("no program was named")?;
    let section = Section::begin(server)?;
    let child = Command::new(program).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let child = child.with_context(|| format!("{} did not run", Path::new(program).display()))?;
    let looking = thread::spawn({
        let process = child.id();
        move || {
            let mut most = 0;
            while let Some(peak) = process::peak(process) {
                most = peak;
                thread::sleep(LOOK);
            }
            most
        }
    });
    let output = child.wait_with_output()?;
    let mut measured = section.end()?;
    measured.peak = looking.join().unwrap_or_default();
    measured.code = output.status.code().unwrap_or(-1);
    measured.output = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(measured)
}

#[expect(clippy::disallowed_methods, reason = "how long something takes is what is asked here")]
fn clock() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_measured_to_its_end() {
        let command = ["sh", "-c", "sleep 0.1; echo here; exit 3"].map(OsString::from);
        let measured = program(&command, None).unwrap();
        assert_eq!((measured.code, measured.output.as_str()), (3, "here\n"));
        assert!(measured.wall > 0.0 && measured.peak > 0);
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = program(&["/no/such/program".into()], None).unwrap_err();
        assert!(error.to_string().contains("/no/such/program"));
    }
}
