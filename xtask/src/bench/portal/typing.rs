//! Looking for members as somebody types: the list is asked for again with each letter.

use std::time::Duration;

use anyhow::ensure;
use testkit::{Line, Site, escaped};

use super::{super::times::Times, apis::Person, milliseconds};
use crate::{commands::clock, pages::programs::PROGRAMME};

/// How many letters somebody types at most.
const LETTERS: usize = 12;

/// What is looked for, in the order of the table.
const KINDS: [&str; 4] = ["first name", "last name", "e-mail", "employee ID"];

/// How long answers took, by what was typed.
pub(super) struct Typing(Vec<Typed>);

struct Typed {
    kind: &'static str,
    text: String,
    time: Duration,
}

impl Typing {
    pub(super) fn median(&self) -> f64 {
        Times::of(self.0.iter().map(|typed| milliseconds(typed.time))).rank(50)
    }

    pub(super) fn table(&self) -> String {
        let mut lines = vec!["| by | searches | median | p99 | slowest |\n|---|---:|---:|---:|---|".to_owned()];
        for kind in KINDS.map(Some).into_iter().chain([None]) {
            let these = || self.0.iter().filter(|typed| kind.is_none_or(|kind| kind == typed.kind));
            let times = Times::of(these().map(|typed| milliseconds(typed.time)));
            let slowest = these().max_by_key(|typed| typed.time);
            let slowest = slowest.map(|typed| format!("{:.1} (“{}”)", milliseconds(typed.time), typed.text));
            lines.push(format!(
                "| {} | {} | {:.1} | {:.1} | {} |",
                kind.unwrap_or("all"),
                times.count(),
                times.rank(50),
                times.rank(99),
                slowest.unwrap_or_default()
            ));
        }
        lines.join("\n")
    }
}

/// Looks for each of these people, by each of their values, letter by letter.
pub(super) fn run(site: &Site, people: &[Person]) -> anyhow::Result<Typing> {
    let mut line = Line::new(site);
    let list = format!("/manage/{PROGRAMME}/members");
    line.get(site, &list)?;
    let mut all = Vec::new();
    for (kind, value) in people.iter().flatten() {
        let value = value.to_lowercase();
        let ends = value.char_indices().map(|(at, letter)| at + letter.len_utf8()).take(LETTERS);
        for end in ends {
            let text = value[..end].to_owned();
            let address = format!("{list}?q={}", escaped(&text));
            let begin = clock();
            let answer = line.get(site, &address)?;
            all.push(Typed { kind, text, time: begin.elapsed() });
            ensure!(answer.status == 200, "{address} answered {}", answer.status);
        }
    }
    Ok(Typing(all))
}
