//! What processes use, as `/proc` tells it.

use std::{fs, time::Duration};

/// The process that all others of a PostgreSQL server descend from. They are not those of whoever asks the server.
#[derive(Debug, Clone, Copy)]
pub struct Server(pub u32);

/// What processes have used since they started.
#[derive(Debug, Clone, Copy, Default)]
pub struct Used {
    /// Time on processors.
    pub cpu: Duration,
    /// Bytes that were to be written to disk.
    pub written: u64,
}

/// How many ticks a second `/proc` counts processor time in; Linux has the same number on every machine.
const TICKS: u64 = 100;

/// What this process has used so far, and the programs that it ran to their end; `None` where `/proc` does not tell.
pub fn own() -> Option<Used> {
    of(std::process::id())
}

/// What a process has used, and its children that have ended: those are counted with whoever waited for them.
fn of(process: u32) -> Option<Used> {
    let stat = Stat::of(process)?;
    Some(Used { cpu: ticks(stat.cpu + stat.cpu_of_children), written: written(process)? })
}

impl Server {
    /// What all its processes have used so far; `None` where `/proc` does not tell.
    pub fn used(&self) -> Option<Used> {
        let mut used = of(self.0)?;
        for entry in fs::read_dir("/proc").ok()?.flatten() {
            let Some(process) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
            if let Some(stat) = Stat::of(process).filter(|stat| stat.parent == self.0) {
                used.cpu += ticks(stat.cpu);
                used.written += written(process).unwrap_or_default();
            }
        }
        Some(used)
    }
}

fn ticks(ticks: u64) -> Duration {
    Duration::from_millis(ticks * 1_000 / TICKS)
}

/// A part of `/proc/…/stat`; times are in ticks.
#[derive(Debug, PartialEq, Eq)]
struct Stat {
    parent: u32,
    cpu: u64,
    cpu_of_children: u64,
}

impl Stat {
    fn of(process: u32) -> Option<Self> {
        Self::parse(&fs::read_to_string(format!("/proc/{process}/stat")).ok()?)
    }

    /// The name comes second, in brackets, and may hold anything.
    fn parse(text: &str) -> Option<Self> {
        let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
        let number = |field: usize| fields.get(field)?.parse::<u64>().ok();
        Some(Self {
            parent: fields.get(1)?.parse().ok()?,
            cpu: number(11)? + number(12)?,
            cpu_of_children: number(13)? + number(14)?,
        })
    }
}

/// Bytes that a process was to write to disk.
fn written(process: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/io")).ok()?;
    text.lines().find_map(|line| line.strip_prefix("write_bytes: "))?.parse().ok()
}

/// The most memory that a process has had in use, in bytes; `None` once it has ended.
pub fn peak(process: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let kilobytes: u64 =
        text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1_024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_and_spaces_is_passed_over() {
        let text = "42 (postgres: a) b) S 7 1 1 0 -1 4194560 1 2 3 4 50 20 30 10 20 0 1 0 100 0 0";
        assert_eq!(Stat::parse(text), Some(Stat { parent: 7, cpu: 70, cpu_of_children: 40 }));
        assert_eq!(Stat::parse("nonsense"), None);
    }

    #[test]
    fn this_process_is_one() {
        assert!(own().is_some());
        assert!(peak(std::process::id()).is_some_and(|peak| peak > 1_000_000));
    }
}
