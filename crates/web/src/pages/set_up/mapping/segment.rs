//! The rows that say who may be a member, with the values that people have.

use domain::{
    eligibility::{Rule, join_values, same_value, split_values},
    guard::{self, Facts, Guard, Thresholds},
    plan::Counts,
};
use engine::setup::{Closing, Sample};

use super::filled;
use crate::{form::Wrongs, words::Words};

/// How many values are shown at once; the others are a click away.
const FIRST: usize = 12;

/// How many values are looked at.
const MOST: usize = 50;

/// How many members who would leave are named at once.
const NAMED: usize = 20;

/// A row of the segment.
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) excludes: bool,
    pub(super) attribute: String,
    /// Values that are not among the real ones.
    pub(super) typed: String,
    pub(super) first: Vec<Value>,
    pub(super) more: Vec<Value>,
    /// How many people have no value.
    pub(super) empty: u64,
    pub(super) wrong: Option<String>,
}

/// A value that people have.
pub(super) struct Value {
    pub(super) text: String,
    pub(super) people: u64,
    pub(super) is_ticked: bool,
}

/// The name of a row of the segment in the form.
pub(super) fn name(number: usize) -> String {
    format!("segment.{number}")
}

impl Row {
    pub(super) fn new(number: usize, filled: &filled::Row, sample: Option<&Sample>, wrong: &Wrongs) -> Self {
        let (empty, counts) = match sample {
            Some(sample) if !filled.attribute.is_empty() => sample.head_counts(&filled.attribute, MOST),
            _ => (0, Vec::new()),
        };
        let chosen = filled.values();
        let is_chosen = |text: &str| chosen.iter().any(|value| same_value(value, text));
        let value = |one: engine::setup::HeadCount| Value {
            is_ticked: is_chosen(&one.value),
            text: one.value,
            people: one.people,
        };
        let mut first: Vec<Value> = counts.into_iter().map(value).collect();
        let is_real = |text: &String| first.iter().any(|value| same_value(&value.text, text));
        // While nothing is known of the people, whatever was ticked is kept as typed.
        let typed = if first.is_empty() { chosen } else { split_values(&filled.typed) };
        let typed = join_values(typed.iter().filter(|text| !is_real(text)));
        let more = first.split_off(first.len().min(FIRST));
        Self {
            number,
            excludes: filled.rule == Rule::Exclude,
            attribute: filled.attribute.clone(),
            typed,
            first,
            more,
            empty,
            wrong: wrong.at(&name(number)).map(str::to_owned),
        }
    }

    /// The name in the form of one of its entries.
    pub(super) fn entry(&self, of: &str) -> String {
        format!("{}.{of}", name(self.number))
    }

    pub(super) fn has_values(&self) -> bool {
        !self.first.is_empty()
    }
}

/// Members who would be closed down.
pub(super) struct Leavers {
    pub(super) count: u64,
    pub(super) members: u64,
    pub(super) percent: u64,
    /// The first of them.
    pub(super) names: Vec<String>,
    /// All that are named.
    pub(super) all: Vec<String>,
    /// Whether everybody was looked at.
    pub(super) is_complete: bool,
    /// What the guard would say, if it holds an import for this.
    pub(super) guard: Option<String>,
}

impl Leavers {
    pub(super) fn new(words: Words, closing: &Closing, members: u64, limits: &Thresholds) -> Option<Self> {
        if closing.count == 0 {
            return None;
        }
        let counts = Counts { leave: closing.count, ..Counts::default() };
        let facts = Facts { counts, members, ..Facts::default() };
        let trips = guard::look(&facts, limits).contains(&Guard::R40);
        let text = words.n("mapping-guard", limits.leavers_count).count("percent", limits.leavers_percent);
        Some(Self {
            count: closing.count,
            members,
            percent: (closing.count * 100).checked_div(members).unwrap_or_default(),
            names: closing.names.iter().take(NAMED).cloned().collect(),
            all: closing.names.clone(),
            is_complete: closing.complete,
            guard: trips.then(|| text.to_string()),
        })
    }

    /// How many are not among the first.
    pub(super) fn others(&self) -> u64 {
        self.count.saturating_sub(self.names.len() as u64)
    }

    /// How many are not named at all.
    pub(super) fn unnamed(&self) -> u64 {
        self.count.saturating_sub(self.all.len() as u64)
    }
}
