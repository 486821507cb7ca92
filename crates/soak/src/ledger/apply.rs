//! A plan that was applied, and what became of members: each row is made once, or not at all.

use std::collections::BTreeMap;

use super::Broken;
use crate::facts::{Change, Facts, Import, Mail};

const EFFECTS: &str = "what a plan counts is what it did (R30, R53)";
const ONCE: &str = "nothing is lost and nothing made twice (R54)";
const INVITED: &str = "one invitation a joining (R32, R50)";

/// Whether the row has been made.
pub(super) fn is_applied(import: &Import, change: &Change) -> bool {
    let is_so_far = match import.state.as_str() {
        "completed" => true,
        "applying" => change.position <= import.cursor,
        _ => false,
    };
    let is_left_out = import.approved == "without-leavers" && change.kind == "leave";
    import.purpose == "apply" && is_so_far && change.try_number == import.try_number && !change.skipped && !is_left_out
}

/// The rows that were made about one member, in the order of their imports.
#[derive(Default)]
struct Story<'a> {
    joins: usize,
    others: i64,
    welcomes: Vec<&'a str>,
    last: Option<(&'a str, &'a str)>,
}

pub(super) fn look(facts: &Facts, by_hand: bool) -> Vec<Broken> {
    let mut broken = Vec::new();
    let mut counted: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut stories: BTreeMap<&str, Story<'_>> = BTreeMap::new();
    for change in &facts.changes {
        let Some(import) = facts.imports.get(&change.import) else {
            broken
                .push(Broken::new("the history is complete (R53)", format!("{} has rows and is gone", change.import)));
            continue;
        };
        if !is_applied(import, change) {
            continue;
        }
        *counted.entry((&change.import, &change.kind)).or_default() += 1;
        let story = stories.entry(&change.member).or_default();
        if change.kind == "join" {
            story.joins += 1;
            story.welcomes.extend(change.welcome.then_some(change.import.as_str()));
        } else {
            story.others += 1;
        }
        if story.last.is_none_or(|(before, _)| before <= change.import.as_str()) {
            story.last = Some((&change.import, &change.kind));
        }
    }
    for (id, import) in facts.imports.iter().filter(|(_, import)| import.purpose == "apply") {
        let does = |kind| counted.get(&(id.as_str(), kind)).copied().unwrap_or_default();
        for kind in ["join", "update", "leave", "rejoin"] {
            let said = import.counts[kind].as_u64().unwrap_or_default();
            let is_wrong = match import.state.as_str() {
                "completed" => said != does(kind),
                "failed" => said != 0 || does(kind) != 0,
                _ => false,
            };
            if is_wrong {
                let detail = format!("{id} ({}) counts {said} {kind} and holds {}", import.state, does(kind));
                broken.push(Broken::new(EFFECTS, detail));
            }
        }
    }
    broken.extend(stories.iter().filter_map(|(member, story)| {
        let is_there = facts.members.contains_key(*member);
        (story.joins > 0 && !is_there).then(|| Broken::new(ONCE, format!("member {member} joined and is not there")))
    }));
    broken.extend(members(facts, &stories, by_hand));
    broken.extend(invitations(facts, &stories));
    broken
}

fn members(facts: &Facts, stories: &BTreeMap<&str, Story<'_>>, by_hand: bool) -> Vec<Broken> {
    let mut broken = Vec::new();
    let none = Story::default();
    for (id, member) in &facts.members {
        // What an import has nothing to do with, or has been erased, has no story to be told.
        if member.integration.is_empty() || member.state == "closed" {
            continue;
        }
        let story = stories.get(id.as_str()).unwrap_or(&none);
        if story.joins != 1 {
            broken.push(Broken::new(ONCE, format!("member {id} joined {} times", story.joins)));
        }
        let made = member.version - 1;
        if made < story.others || (!by_hand && made != story.others) {
            let detail = format!("member {id} was changed {made} times, and plans did so {} times", story.others);
            broken.push(Broken::new(ONCE, detail));
        }
        let left = story.last.is_some_and(|(_, kind)| kind == "leave");
        if !by_hand && left != (member.state == "leaver") {
            let detail = format!("member {id} is {}, and the last import said {:?}", member.state, story.last);
            broken.push(Broken::new(ONCE, detail));
        }
    }
    broken
}

fn invitations(facts: &Facts, stories: &BTreeMap<&str, Story<'_>>) -> Vec<Broken> {
    let mut broken = Vec::new();
    let mut written: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let welcome = |mail: &&Mail| mail.kind == "welcome" && !mail.import.is_empty();
    for mail in facts.mails.values().filter(welcome) {
        *written.entry((&mail.member, &mail.import)).or_default() += 1;
    }
    for (member, story) in stories {
        for import in &story.welcomes {
            if written.remove(&(*member, *import)) != Some(1) {
                broken.push(Broken::new(INVITED, format!("member {member}, who joined by {import}")));
            }
        }
    }
    let left = written.into_keys();
    broken.extend(left.map(|(member, import)| Broken::new(INVITED, format!("{member} did not join by {import}"))));
    broken
}
