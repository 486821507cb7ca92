//! The roll: who is a member, and who has been called in this read. A few dozen bytes a person,
//! whatever the number of fields.

use std::collections::HashMap;

use domain::{
    plan::Outcome,
    print::{Print, WidePrint},
};

/// What is known of one employee ID.
#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    /// The record that the member was last brought in step with; `None` is zero.
    known: i64,
    /// The record of this read; zero until the person is called.
    called: i64,
    marks: u8,
    outcome: Option<Outcome>,
}

const MEMBER: u8 = 1;
const MATCHED: u8 = 2;
const SEEN_AGAIN: u8 = 4;
/// A leaver whose absence has been noted: nothing more is to be said of them.
const GONE: u8 = 8;

/// What calling somebody comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    /// Nothing has changed since the last import: no need to look.
    Unchanged,
    /// Has to be looked at; whether the employee ID is a member's.
    Look {
        /// Whether there is a member with this employee ID.
        member: bool,
    },
    /// Called before in this read, with the same record.
    Same,
    /// Called before in this read, with another record (R3).
    Different,
}

/// By employee ID. Its bytes, since a number of 128 bits would round an entry up to a multiple of 16.
type Key = [u8; 16];

fn key(id: WidePrint) -> Key {
    id.0.to_le_bytes()
}

fn key_of(employee_id: &str) -> Key {
    key(WidePrint::of(employee_id))
}

/// For no more people memory is set aside on the source's word.
const MOST_EXPECTED: u64 = 2_000_000;

/// All members of the integration, and everybody whom the source has named.
#[derive(Debug, Default)]
pub(super) struct Roll(HashMap<Key, Entry>);

impl Roll {
    /// Enters a member. `known` is the record that they are in step with, if that is certain.
    pub(super) fn enter(&mut self, employee_id: &str, known: Option<Print>) {
        let entry = self.0.entry(key_of(employee_id)).or_default();
        entry.known = known.map_or(0, |print| print.0);
        entry.marks |= MEMBER;
    }

    /// A leaver of whom it has been noted that the source no longer holds them.
    pub(super) fn is_gone(&mut self, employee_id: &str) {
        if let Some(entry) = self.0.get_mut(&key_of(employee_id)) {
            entry.marks |= GONE;
        }
    }

    /// The employee ID no longer leads to the member who has it (R18).
    pub(super) fn let_go(&mut self, employee_id: &str) {
        if let Some(entry) = self.0.get_mut(&key_of(employee_id)) {
            *entry = Entry::default();
        }
    }

    /// Somebody who has to be looked at even if the record is as it was.
    pub(super) fn look(&mut self, employee_id: &str) {
        if let Some(entry) = self.0.get_mut(&key_of(employee_id)) {
            entry.known = 0;
        }
    }

    /// The source says how many it will name. Growing would take the memory of both sizes for a moment.
    pub(super) fn expect(&mut self, people: u64) {
        let people = usize::try_from(people.min(MOST_EXPECTED)).unwrap_or_default();
        self.0.reserve(people.saturating_sub(self.0.len()));
    }

    /// Calls somebody whom the source has named.
    pub(super) fn call(&mut self, id: WidePrint, print: Print) -> Call {
        let entry = self.0.entry(key(id)).or_default();
        if entry.called != 0 {
            return if entry.called == print.0 { Call::Same } else { Call::Different };
        }
        entry.called = print.0;
        entry.marks |= MATCHED;
        if entry.known == print.0 && entry.known != 0 {
            entry.outcome = Some(Outcome::Unchanged);
            return Call::Unchanged;
        }
        Call::Look { member: entry.marks & MEMBER != 0 }
    }

    /// A new read begins: nobody has been called yet.
    pub(super) fn begin(&mut self) {
        self.0.retain(|_, entry| entry.marks & MEMBER != 0);
        for entry in self.0.values_mut() {
            entry.called = 0;
            entry.outcome = None;
            entry.marks &= MEMBER | GONE;
        }
    }

    /// When the IDs were renumbered, being named by ID says nothing (R43): only a match does.
    pub(super) fn unmatch(&mut self, id: WidePrint) {
        if let Some(entry) = self.0.get_mut(&key(id)) {
            entry.marks &= !MATCHED;
        }
    }

    /// The member with this (old) employee ID was recognised by e-mail and names.
    pub(super) fn matched(&mut self, employee_id: &str) {
        if let Some(entry) = self.0.get_mut(&key_of(employee_id)) {
            entry.marks |= MATCHED;
        }
    }

    /// Notes what became of somebody.
    pub(super) fn note(&mut self, id: WidePrint, outcome: Outcome) {
        if let Some(entry) = self.0.get_mut(&key(id)) {
            entry.outcome = Some(outcome);
        }
    }

    /// Whether the source has named somebody with this employee ID.
    pub(super) fn was_called(&self, employee_id: &str) -> bool {
        self.0.get(&key_of(employee_id)).is_some_and(|entry| entry.called != 0)
    }

    /// What became of somebody, so far.
    pub(super) fn outcome(&self, employee_id: &str) -> Option<Outcome> {
        self.0.get(&key_of(employee_id)).and_then(|entry| entry.outcome)
    }

    /// Somebody whom a second read of the IDs has named (R2).
    pub(super) fn seen_again(&mut self, id: WidePrint) {
        if let Some(entry) = self.0.get_mut(&key(id)) {
            entry.marks |= SEEN_AGAIN;
        }
    }

    /// Whether a member's person was not named.
    pub(super) fn is_missing(&self, employee_id: &str) -> bool {
        self.0.get(&key_of(employee_id)).is_some_and(|entry| missing(*entry))
    }

    /// Whether there is anybody like that.
    pub(super) fn misses_anybody(&self) -> bool {
        self.0.values().any(|entry| missing(*entry))
    }
}

fn missing(entry: Entry) -> bool {
    entry.marks & MEMBER != 0 && entry.marks & (MATCHED | SEEN_AGAIN | GONE) == 0
}
