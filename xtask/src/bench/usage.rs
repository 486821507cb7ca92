//! What processes that go on use of the machine, as the system tells.

use std::{fs, path::PathBuf};

use anyhow::{Context, anyhow};

/// Clock ticks a second, in which Linux tells the time on processors.
const TICKS: f64 = 100.0;

/// The memory that a process has in use, in megabytes.
pub(super) fn resident(process: u32) -> anyhow::Result<f64> {
    of_status(process, "VmRSS:")
}

/// The most memory that a process ever had in use, in megabytes.
pub(super) fn peak(process: u32) -> anyhow::Result<f64> {
    of_status(process, "VmHWM:")
}

fn of_status(process: u32, name: &str) -> anyhow::Result<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status"))?;
    let kilobytes = text.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next());
    let kilobytes: f64 = kilobytes.context("/proc does not tell what memory a process has in use")?.parse()?;
    Ok(kilobytes * 1_024.0 / 1e6)
}

/// A process as `/proc` tells of it: its parent, and the time on processors of itself and of its children that have ended,
/// in seconds.
fn of_stat(process: u32) -> Option<(u32, f64, f64)> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name stands in brackets and may hold anything.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let seconds = |at: usize| Some(fields.get(at)?.parse::<f64>().ok()? / TICKS);
    Some((fields.get(1)?.parse().ok()?, seconds(11)? + seconds(12)?, seconds(13)? + seconds(14)?))
}

/// The time on processors of a process, in seconds.
pub(super) fn processors(process: u32) -> anyhow::Result<f64> {
    of_stat(process).map(|(_, own, _)| own).context("/proc does not tell of a process's time on processors")
}

/// The same of a process with all its children, those that have ended too.
pub(super) fn processors_of_family(first: u32) -> anyhow::Result<f64> {
    let (_, own, ended) = of_stat(first).context("/proc does not tell of a process's time on processors")?;
    let processes = fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let children = processes.filter_map(of_stat).filter(|(parent, ..)| *parent == first);
    Ok(own + ended + children.map(|(_, own, ended)| own + ended).sum::<f64>())
}

/// The process of a PostgreSQL server that all its others descend from.
pub(super) fn first_process(url: &str) -> anyhow::Result<u32> {
    let directory = testkit::ask_postgres(url, "SHOW data_directory").map_err(|problem| anyhow!(problem))?;
    let file = PathBuf::from(directory).join("postmaster.pid");
    let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let line = text.lines().next().unwrap_or_default();
    line.trim().parse().with_context(|| format!("{} names no process", file.display()))
}
