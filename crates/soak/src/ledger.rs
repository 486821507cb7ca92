//! What was promised, and what is the case.

mod apply;
mod mails;

use std::{collections::BTreeMap, fmt};

use serde_json::Value;

use crate::facts::{Facts, Import, UNFINISHED};

/// A promise that was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The promise, with the rule.
    pub promise: &'static str,
    /// What is the case instead: numbers of rows, no people's values.
    pub detail: String,
}

impl Broken {
    pub(crate) fn new(promise: &'static str, detail: impl Into<String>) -> Self {
        Self { promise, detail: detail.into() }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.promise, self.detail)
    }
}

/// How an import stood when it was last looked at.
#[derive(Debug, Clone, PartialEq)]
struct Known {
    state: String,
    counts: Value,
}

/// Remembers what was seen, and holds what is seen now against it and against the rules.
#[derive(Debug, Default)]
pub struct Ledger {
    imports: BTreeMap<String, Known>,
    by_hand: bool,
    looks: usize,
}

impl Ledger {
    /// One that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Members are brought back by hand as well: then their state says less about the last import.
    pub fn people_act(&mut self) {
        self.by_hand = true;
    }

    /// How often it has looked.
    pub fn looks(&self) -> usize {
        self.looks
    }

    /// What holds at any moment, also while imports run and after whatever broke off.
    pub fn look(&mut self, facts: &Facts) -> Vec<Broken> {
        self.looks += 1;
        let mut broken = self.history(facts);
        broken.extend(one_at_a_time(facts));
        broken.extend(apply::look(facts, self.by_hand));
        broken.extend(mails::look(facts));
        let miscounts = facts.miscounts.iter();
        broken.extend(miscounts.map(|detail| Broken::new("pages tell how many there are", detail)));
        broken
    }

    /// What holds of mails that arrived, each by its number: it was promised, and nothing was sent twice but what was
    /// under way when something broke off, `doubtful` mails at most (R50).
    pub fn look_at_post(&self, facts: &Facts, arrived: &BTreeMap<String, usize>, doubtful: usize) -> Vec<Broken> {
        mails::arrived(facts, arrived, doubtful)
    }

    /// What holds once everything is done and every server has stopped, besides: nothing is left lying about.
    pub fn look_when_quiet(&mut self, facts: &Facts, arrived: &BTreeMap<String, usize>) -> Vec<Broken> {
        let mut broken = self.look(facts);
        for (id, import) in facts.imports.iter().filter(|(_, import)| UNFINISHED.contains(&import.state.as_str())) {
            broken.push(Broken::new("imports come to an end (R54)", format!("{id} is {}", import.state)));
        }
        for (programme, kind) in &facts.leases {
            broken.push(Broken::new("leases are given up", format!("{kind} of {programme} is still held")));
        }
        broken.extend(mails::lost(facts, arrived));
        broken
    }

    /// R53: nothing disappears from the history, and what has ended stays as it ended.
    fn history(&mut self, facts: &Facts) -> Vec<Broken> {
        const PROMISE: &str = "the history is complete (R53)";
        let mut broken = Vec::new();
        for (id, before) in &self.imports {
            let Some(now) = facts.imports.get(id) else {
                broken.push(Broken::new(PROMISE, format!("{id} was {} and is gone", before.state)));
                continue;
            };
            let changed = before.state != now.state || before.counts != now.counts;
            if has_ended(&before.state) && changed {
                let detail = format!("{id} was {} and is {}, or counts otherwise", before.state, now.state);
                broken.push(Broken::new(PROMISE, detail));
            }
            if before.state == "applying" && !["applying", "completed"].contains(&now.state.as_str()) {
                let detail = format!("{id} was applying and is {}", now.state);
                broken.push(Broken::new("an import that applies only goes on (R30)", detail));
            }
        }
        let known = |import: &Import| Known { state: import.state.clone(), counts: import.counts.clone() };
        self.imports = facts.imports.iter().map(|(id, import)| (id.clone(), known(import))).collect();
        broken
    }
}

fn has_ended(state: &str) -> bool {
    state != "on-hold" && !UNFINISHED.contains(&state)
}

/// R39.
fn one_at_a_time(facts: &Facts) -> Vec<Broken> {
    let mut running: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut held: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, import) in &facts.imports {
        let of = match import.state.as_str() {
            "on-hold" => &mut held,
            state if UNFINISHED.contains(&state) => &mut running,
            _ => continue,
        };
        of.entry(&import.integration).or_default().push(id);
    }
    let several = |(of, promise): (BTreeMap<&str, Vec<&str>>, &'static str)| {
        let several = of.into_values().filter(|imports| imports.len() > 1);
        several.map(move |imports| Broken::new(promise, imports.join(" and "))).collect::<Vec<_>>()
    };
    let both = [(running, "one import at a time (R39)"), (held, "a newer plan takes the place of one on hold (R46)")];
    both.into_iter().flat_map(several).collect()
}

#[cfg(test)]
mod tests;
