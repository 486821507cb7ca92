//! Mails: written once for what causes them, delivered once as far as that can be.

use std::collections::BTreeMap;

use super::{Broken, apply::is_applied};
use crate::facts::Facts;

const ONCE: &str = "each mail is written once (R50, R51, R62)";

pub(super) fn look(facts: &Facts) -> Vec<Broken> {
    let mut broken = Vec::new();
    let mut about: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    let mut notices: BTreeMap<&str, usize> = BTreeMap::new();
    for mail in facts.mails.values() {
        if mail.member.is_empty() && !mail.import.is_empty() {
            *about.entry((&mail.import, &mail.kind, &mail.recipient)).or_default() += 1;
        }
        if mail.kind == "leaver-notice" && mail.state != "cancelled" {
            *notices.entry(&mail.member).or_default() += 1;
        }
    }
    for ((import, kind, _), times) in about.iter().filter(|(_, times)| **times > 1) {
        broken.push(Broken::new(ONCE, format!("{kind} about {import} to one recipient, {times} times")));
    }
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for change in facts.changes.iter().filter(|change| change.kind == "leave") {
        let made = facts.imports.get(&change.import).is_some_and(|import| is_applied(import, change));
        *left.entry(&change.member).or_default() += usize::from(made);
    }
    for (member, times) in notices {
        let allowed = left.get(member).copied().unwrap_or_default();
        if times > allowed {
            broken.push(Broken::new(ONCE, format!("{times} notices to {member}, who left {allowed} times")));
        }
    }
    let completed = |id: &str| facts.imports.get(id).is_some_and(|import| import.state == "completed");
    let summed_up = |id: &str| about.keys().any(|(import, kind, _)| *import == id && *kind == "import-summary");
    for (id, import) in &facts.imports {
        if import.purpose == "apply" && completed(id) != summed_up(id) {
            let detail = format!("{id} is {}, and a summary was written or was not", import.state);
            broken.push(Broken::new("each import is summed up (R51)", detail));
        }
    }
    broken
}

pub(super) fn arrived(facts: &Facts, arrived: &BTreeMap<String, usize>, doubtful: usize) -> Vec<Broken> {
    let mut broken = Vec::new();
    for id in arrived.keys().filter(|id| !facts.mails.contains_key(*id)) {
        broken.push(Broken::new("nothing is sent but what was written (R50)", format!("mail {id}")));
    }
    let again: usize = arrived.values().map(|times| times - 1).sum();
    if again > doubtful {
        let twice: Vec<&str> = arrived.iter().filter(|(_, times)| **times > 1).map(|(id, _)| id.as_str()).collect();
        let detail = format!("{again} arrived once more, {doubtful} may have: {}", twice.join(", "));
        broken.push(Broken::new("no mail is sent twice (R50)", detail));
    }
    broken
}

/// What is noted as sent and did not arrive, or arrived and is neither noted as sent nor as one that may have gone.
/// Mails to closed accounts are forgotten.
pub(super) fn lost(facts: &Facts, arrived: &BTreeMap<String, usize>) -> Vec<Broken> {
    const PROMISE: &str = "what is noted as sent arrived (R50)";
    let mut broken = Vec::new();
    for (id, mail) in &facts.mails {
        let is_closed = facts.members.get(&mail.member).is_some_and(|member| member.state == "closed");
        let arrived = arrived.contains_key(id);
        let is_true = if arrived { mail.state == "sent" || mail.may_have_gone } else { mail.state != "sent" };
        if !is_closed && !is_true {
            let but = if arrived { "arrived" } else { "did not arrive" };
            broken.push(Broken::new(PROMISE, format!("mail {id} ({}) is {} and {but}", mail.kind, mail.state)));
        }
    }
    broken
}
