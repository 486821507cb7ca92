//! What happened, in numbers.

use std::{collections::BTreeMap, fmt, time::Duration};

use crate::ledger::Broken;

/// A promise that was broken, and when.
#[derive(Debug, Clone)]
pub struct Violation {
    /// How far it was into the run.
    pub at: Duration,
    /// What was broken.
    pub broken: Broken,
}

/// A run from beginning to end.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What chance followed from.
    pub seed: u64,
    /// How long it ran.
    pub lasted: Duration,
    /// How many days passed for the servers.
    pub days: f64,
    /// How often what happened.
    pub happened: BTreeMap<&'static str, usize>,
    /// How many imports ended in which state.
    pub imports: BTreeMap<String, usize>,
    /// Members by state.
    pub members: BTreeMap<String, usize>,
    /// Mails that arrived, and how many of them once more.
    pub mails: (usize, usize),
    /// The longest that a server took to stop when it was told to.
    pub longest_stop: Duration,
    /// How often all promises were looked at.
    pub looks: usize,
    /// Those that were broken.
    pub violations: Vec<Violation>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |of: &BTreeMap<String, usize>| {
            of.iter().map(|(name, times)| format!("{times} {name}")).collect::<Vec<_>>().join(", ")
        };
        writeln!(f, "seed {}, {:.0} s, {:.1} days", self.seed, self.lasted.as_secs_f64(), self.days)?;
        writeln!(f, "imports: {}", list(&self.imports))?;
        writeln!(f, "members: {}", list(&self.members))?;
        writeln!(f, "mails: {} arrived, {} of them once more", self.mails.0, self.mails.1)?;
        for (what, times) in &self.happened {
            writeln!(f, "  {times:>6} × {what}")?;
        }
        writeln!(f, "longest stop of a server: {:.1} s", self.longest_stop.as_secs_f64())?;
        writeln!(f, "promises looked at {} times, broken {}", self.looks, self.violations.len())?;
        for Violation { at, broken } in &self.violations {
            writeln!(f, "  after {:.1} s: {broken}", at.as_secs_f64())?;
        }
        Ok(())
    }
}
