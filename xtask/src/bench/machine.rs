//! What was measured, and on what.

use std::{fs, path::Path, process::Command};

use super::{imports::peers, programs::Bench};

/// Lines that say so.
pub(super) fn of(bench: &Bench, python: Option<&Path>) -> anyhow::Result<Vec<String>> {
    let mut lines = vec![
        format!("Machine: {}, {}, Linux {}", processors(), memory(), said("uname", &["-r"])),
        format!("Rollcall: {} ({})", said(&bench.rollcall, &["--version"]), said("rustc", &["--version"])),
        format!("Commit: {}", said("git", &["describe", "--always", "--dirty"])),
    ];
    if testkit::postgres_is_installed() {
        let version = testkit::ask_postgres(&testkit::postgres_url(), "SHOW server_version");
        lines.push(format!("PostgreSQL: {}, on the same machine", version.unwrap_or_else(|_| "unknown".to_owned())));
    }
    if let Some(python) = python {
        lines.push(format!("Peers: {}, {}", said(python, &["--version"]), peers::versions()?.join(", ")));
    }
    Ok(lines)
}

fn processors() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let names = text.lines().filter_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let names: Vec<&str> = names.map(|(_, name)| name).collect();
    format!("{} × {}", names.len(), names.first().copied().unwrap_or("unknown processor"))
}

fn memory() -> String {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = text.lines().find_map(|line| line.strip_prefix("MemTotal:")?.split_whitespace().next());
    let kilobytes: u64 = kilobytes.and_then(|number| number.parse().ok()).unwrap_or_default();
    format!("{} GB of memory", kilobytes / 1_000_000)
}

/// What a program says in its first line.
fn said(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(crate::commands::root()).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or("unknown").to_owned()
}
