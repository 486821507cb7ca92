//! Changes by hand: to one person, and to many at once.

use std::collections::BTreeMap;

use jiff::civil::{Date, time};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::{
    Company,
    generate::{EVERYTHING, Leaders},
    life::note,
    person::{Mailbox, Name, Person, Post, Role, Status, Told},
};
use crate::{
    attributes::{BUILT_IN, Custom, Kind, PARTS_OF_UNITS, bits},
    dice::{Dice, scatter},
};

/// What one person is to be.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Change {
    /// Values in people's words: `"2026-01-31"` becomes a date of the API's form, and `"Sales"` as
    /// a department, office, team or subcompany the object that the API has for it. Everything else is
    /// taken as it is, `""`, `null` and `[]` included.
    pub set: BTreeMap<String, Json>,
    /// Values that go into the answer exactly as they stand here.
    pub raw: BTreeMap<String, Json>,
    /// Attributes that are not shared for this person: absent from every answer.
    pub absent: Vec<String>,
    /// Attributes that go back to what the person would say by itself.
    pub reset: Vec<String>,
    /// For a new person: a copy of this one, its id included, instead of somebody without values.
    pub like: Option<i64>,
    /// For a new person: first in the list, not last.
    pub first: bool,
}

impl Change {
    /// A change that sets one value, in people's words.
    pub fn set(key: impl Into<String>, value: impl Into<Json>) -> Self {
        Self::default().and(key, value)
    }

    /// The same change with one more value.
    #[must_use]
    pub fn and(mut self, key: impl Into<String>, value: impl Into<Json>) -> Self {
        self.set.insert(key.into(), value.into());
        self
    }

    /// A change that makes one attribute absent.
    pub fn absent(key: impl Into<String>) -> Self {
        Self { absent: vec![key.into()], ..Self::default() }
    }
}

/// What many people are to be at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Mutation {
    /// Changes people alike: those with a status, or the first few of them.
    Change {
        /// What they are to be.
        change: Change,
        /// Only those with this status.
        #[serde(default)]
        status: Option<String>,
        /// Only so many of them, from the front of the list.
        #[serde(default)]
        first: Option<usize>,
    },
    /// Adds a number to every id.
    Renumber {
        /// The number.
        by: i64,
    },
    /// Hands e-mails on in a ring: each of these gets the address of the next, the last that of the first.
    PassEmails {
        /// The ids.
        ids: Vec<i64>,
    },
    /// The first people at work leave: they become inactive.
    Leave {
        /// How many.
        first: usize,
    },
    /// New people come to work today.
    Hire {
        /// How many.
        count: usize,
    },
    /// Somebody who left (or leaves now) comes back the way Personio has it: a new profile with the
    /// clean address, the old profile with a mangled one.
    Rehire {
        /// The old profile's id.
        id: i64,
    },
    /// Deletes profiles: every `nth` one.
    Drop {
        /// 2 drops half the people, 1 all of them.
        nth: usize,
    },
    /// Turns the list round.
    Reverse,
}

impl Company {
    /// Changes one person; whether there is one with that id (the first of them).
    pub fn change(&mut self, id: i64, change: &Change) -> bool {
        let Some(place) = self.place(id) else { return false };
        self.change_at(place, change);
        self.touch();
        true
    }

    /// Adds somebody: a person of whom only that is known which the change says, or one like
    /// another. Hands back the id; nothing keeps it from being another person's as well.
    pub fn append(&mut self, change: &Change) -> i64 {
        let person = match change.like.and_then(|id| self.person(id)) {
            Some(person) => person.clone(),
            None => self.blank(),
        };
        let place = if change.first { 0 } else { self.people.len() };
        self.people.insert(place, person);
        self.change_at(place, change);
        self.touch();
        self.people[place].id
    }

    /// Puts a person, of whom only that is known which the change says, in the place of another.
    pub fn replace(&mut self, id: i64, change: &Change) -> bool {
        let Some(place) = self.place(id) else { return false };
        self.people[place] = Person { id, ..self.blank() };
        self.change_at(place, change);
        self.touch();
        true
    }

    /// Deletes the first person with that id.
    pub fn remove(&mut self, id: i64) -> bool {
        let Some(place) = self.place(id) else { return false };
        self.people.remove(place);
        self.touch();
        true
    }

    /// Changes many people; how many it was.
    pub fn mutate(&mut self, mutation: &Mutation) -> usize {
        let count = match mutation {
            Mutation::Change { change, status, first } => {
                let status = status.as_deref();
                let mut places = self.places(|person| status.is_none_or(|status| person.status.word() == status));
                places.truncate(first.unwrap_or(usize::MAX));
                for &place in &places {
                    self.change_at(place, change);
                }
                places.len()
            }
            Mutation::Renumber { by } => self.renumber(*by),
            Mutation::PassEmails { ids } => self.pass_emails(ids),
            Mutation::Leave { first } => {
                let mut places = self.places(|person| person.status.employed());
                places.truncate(*first);
                for &place in &places {
                    self.leave(place, self.today);
                }
                places.len()
            }
            Mutation::Hire { count } => self.hire(*count),
            Mutation::Rehire { id } => self.come_back(*id),
            Mutation::Drop { nth } => {
                let before = self.people.len();
                let nth = (*nth).max(1);
                let mut place = 0;
                self.people.retain(|_| {
                    place += 1;
                    place % nth != 0
                });
                before - self.people.len()
            }
            Mutation::Reverse => {
                self.people.reverse();
                self.people.len()
            }
        };
        self.touch();
        count
    }

    fn renumber(&mut self, by: i64) -> usize {
        for person in &mut self.people {
            person.id = person.id.saturating_add(by);
            if person.supervisor != 0 {
                person.supervisor = person.supervisor.saturating_add(by);
            }
        }
        self.next_id = self.next_id.saturating_add(by.max(0));
        self.people.len()
    }

    fn pass_emails(&mut self, ids: &[i64]) -> usize {
        let addresses: Vec<Option<Json>> = ids.iter().map(|&id| self.value(id, "email")).collect();
        let mut passed = 0;
        for (at, &id) in ids.iter().enumerate() {
            let next = addresses[(at + 1) % addresses.len()].clone();
            let change = next.map_or_else(|| Change::absent("email"), |email| Change::set("email", email));
            passed += usize::from(self.change(id, &change));
        }
        passed
    }

    fn hire(&mut self, count: usize) -> usize {
        let mut dice = Dice::new(self.seed, 1_000_000 + self.version);
        let employed = self.people.iter().filter(|person| person.status.employed()).count();
        let leaders = Leaders::of(self);
        for _ in 0..count {
            let person = self.draw_newcomer(&mut dice, self.today, employed + count, &leaders);
            self.people.push(person);
        }
        count
    }

    fn come_back(&mut self, id: i64) -> usize {
        let Some(place) = self.place(id) else { return 0 };
        if self.people[place].status.employed() {
            self.leave(place, self.today);
        }
        let now = self.now();
        let told = self.people[place].told.clone();
        let mut back = self.rehire(place, self.today);
        back.modified = now;
        if back.blank {
            // What was told is all there is of this person: it moves on, and the address is mangled by hand.
            back.told = told;
            for key in ["termination_date", "termination_type"] {
                back.untell(key);
            }
            if back.told("hire_date").is_some() {
                back.tell("hire_date", Told::Day(back.hired));
            }
            let old = &mut self.people[place];
            if let Some(Told::Json(Json::String(email))) = old.told("email") {
                let mangled = format!("{email}_{:05x}", scatter(id.unsigned_abs()) % 0x10_0000);
                old.tell("email", Told::Json(mangled.into()));
            }
        }
        note(&mut self.people[place], now, bits(&["email"]));
        self.people.push(back);
        1
    }

    /// Somebody of whom nothing is known yet.
    fn blank(&mut self) -> Person {
        let now = self.now();
        Person {
            id: self.take_id(1),
            name: Name::new(0, false, 0, 0),
            mailbox: Mailbox::Company,
            number: 1,
            status: Status::Active,
            external: false,
            post: Post { department: 1, team: 0, office: 0, role: Role::Position(2) },
            supervisor: 0,
            hours: 400,
            hired: self.today,
            contract_end: None,
            left: None,
            born: self.today,
            created: self.today.to_datetime(time(9, 0, 0, 0)),
            modified: now,
            changed: EVERYTHING,
            trait_seed: 0,
            blank: true,
            told: BTreeMap::new(),
        }
    }

    fn change_at(&mut self, place: usize, change: &Change) {
        let now = self.now();
        for key in change.set.keys().chain(change.raw.keys()) {
            self.define_unknown(key);
        }
        let person = &mut self.people[place];
        let mut changed = 0;
        for (key, value) in &change.set {
            set(person, key, value);
            changed |= bits(&[key]);
        }
        for (key, value) in &change.raw {
            person.tell(key, Told::Json(value.clone()));
            changed |= bits(&[key]);
        }
        for key in &change.absent {
            person.tell(key, Told::Absent);
            changed |= bits(&[key]);
        }
        for key in &change.reset {
            person.untell(key);
            changed |= bits(&[key]);
        }
        note(person, now, changed);
        // Ids that are given out later stay clear of those that were chosen.
        self.next_id = self.next_id.max(person.id);
    }

    /// An attribute that nobody had so far becomes one of the company's own.
    fn define_unknown(&mut self, key: &str) {
        if BUILT_IN.iter().all(|definition| definition.key != key) && !self.custom.contains_key(key) {
            self.custom.insert(key.to_owned(), Custom { label: key.to_owned(), ..Custom::default() });
        }
    }
}

/// Sets one value, in people's words. What the person's life follows from is kept in step.
fn set(person: &mut Person, key: &str, value: &Json) {
    let kind = BUILT_IN.iter().find(|definition| definition.key == key).map(|definition| definition.kind);
    let unit = PARTS_OF_UNITS.iter().find(|(unit, _)| *unit == key);
    match (key, kind, value) {
        ("id", _, Json::Number(number)) if number.is_i64() => {
            person.id = number.as_i64().unwrap_or_default();
            person.untell(key);
        }
        ("status", _, Json::String(word)) if Status::from_word(word).is_some() => {
            person.status = Status::from_word(word).unwrap_or(person.status);
            person.untell(key);
        }
        (_, Some(Kind::Date), Json::String(text)) if text.parse::<Date>().is_ok() && text.len() == 10 => {
            let Ok(day) = text.parse() else { return };
            if key == "hire_date" {
                person.hired = day;
            }
            person.tell(key, Told::Day(day));
        }
        (_, _, Json::String(name)) if !name.is_empty() && unit.is_some() => {
            let id = name.bytes().fold(7_u64, |sum, byte| scatter(sum ^ u64::from(byte))) % 900_000;
            let kind = unit.map_or("", |(_, kind)| kind);
            person.tell(key, Told::Json(json!({ "type": kind, "attributes": { "id": id, "name": name } })));
        }
        _ => person.tell(key, Told::Json(value.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn company() -> Company {
        Company::generate(1, 50, jiff::civil::date(2026, 11, 23))
    }

    #[test]
    fn a_value_can_be_anything_or_nothing() {
        let mut company = company();
        let id = company.ids()[3];
        for value in [json!(""), json!(null), json!([]), json!(7), json!("Ada <Lovelace>")] {
            assert!(company.change(id, &Change::set("last_name", value.clone())));
            assert_eq!(company.value(id, "last_name"), Some(value));
        }
        company.change(id, &Change::absent("last_name"));
        assert_eq!(company.value(id, "last_name"), None);
        company.change(id, &Change { reset: vec!["last_name".into()], ..Change::default() });
        assert!(company.value(id, "last_name").is_some());
        assert!(!company.change(-1, &Change::default()));
    }

    #[test]
    fn peoples_words_become_the_apis() {
        let mut company = company();
        let id = company.append(&Change::set("department", "Sales").and("hire_date", "2022-07-01").and("shoe", "42"));
        assert_eq!(company.value(id, "department").expect("shared")["attributes"]["name"], "Sales");
        assert_eq!(company.value(id, "hire_date"), Some(json!("2022-07-01T00:00:00+02:00")));
        assert_eq!(company.value(id, "shoe"), Some(json!("42")));
        assert_eq!(company.value(id, "office"), Some(json!(null)));
        assert_eq!(company.value(id, "first_name"), Some(json!("")));
        assert_eq!(company.value(id, "status"), Some(json!("active")));
    }

    #[test]
    fn an_id_can_stand_twice() {
        let mut company = company();
        let id = company.ids()[0];
        let twin = company.append(&Change { like: Some(id), ..Change::default() });
        assert_eq!(twin, id);
        assert_eq!(company.ids().iter().filter(|&&other| other == id).count(), 2);
    }

    #[test]
    fn many_change_at_once() {
        let mut company = company();
        let ids = company.ids();
        assert_eq!(company.mutate(&Mutation::Leave { first: 10 }), 10);
        let change = Change::set("office", "Mond");
        let mutation = Mutation::Change { change, status: Some("active".into()), first: Some(3) };
        assert_eq!(company.mutate(&mutation), 3);
        assert_eq!(company.mutate(&Mutation::Hire { count: 4 }), 4);
        assert_eq!(company.mutate(&Mutation::Renumber { by: 1000 }), ids.len() + 4);
        assert_eq!(company.ids()[0], ids[0] + 1000);
        assert_eq!(company.mutate(&Mutation::Drop { nth: 2 }), usize::midpoint(ids.len(), 4));
    }

    #[test]
    fn emails_go_round() {
        let mut company = company();
        let ids = &company.ids()[..3];
        let before: Vec<_> = ids.iter().map(|&id| company.value(id, "email")).collect();
        company.mutate(&Mutation::PassEmails { ids: ids.to_vec() });
        let after: Vec<_> = ids.iter().map(|&id| company.value(id, "email")).collect();
        assert_eq!(after, [before[1].clone(), before[2].clone(), before[0].clone()]);
    }

    #[test]
    fn a_told_person_can_come_back_too() {
        let mut company = Company::empty(jiff::civil::date(2026, 11, 23));
        let ada = Change::set("first_name", "Ada").and("email", "ada@acme.example").and("status", "inactive");
        let ada = ada.and("id", 700).and("hire_date", "2020-07-01");
        let old = company.append(&ada);
        company.mutate(&Mutation::Rehire { id: old });
        let new = company.ids()[1];
        assert!(new > old);
        assert_eq!(company.value(new, "hire_date"), Some(json!("2026-11-23T00:00:00+01:00")));
        assert_eq!(company.value(new, "email"), Some(json!("ada@acme.example")));
        assert_eq!(company.value(new, "status"), Some(json!("active")));
        let mangled = company.value(old, "email").expect("shared");
        assert!(mangled.as_str().is_some_and(|email| email.starts_with("ada@acme.example_")));
    }
}
