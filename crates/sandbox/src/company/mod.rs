//! A made-up company: its people, and how they change.

mod edit;
mod generate;
mod life;
mod names;
pub(crate) mod org;
pub(crate) mod person;

use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};

use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};
use serde::{Deserialize, Serialize};

pub use edit::{Change, Mutation};
pub use life::Month;

use person::{Person, Status};

use crate::attributes::{self, Custom};

/// How many people a company has, by what they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Everybody the list holds.
    pub total: usize,
    /// At work.
    pub active: usize,
    /// Away for a longer time.
    pub leave: usize,
    /// Not started yet.
    pub onboarding: usize,
    /// Left.
    pub inactive: usize,
    /// Contractors, whatever their status.
    pub external: usize,
    /// Old profiles of people who came back, with a mangled address.
    pub mangled: usize,
    /// Employed people without a mailbox of the company's.
    pub no_mailbox: usize,
    /// Employed people with fewer than 35 hours a week.
    pub part_time: usize,
}

/// A company and everybody that its HR system knows.
///
/// The same seed, size and day always make the same company, and the same months happen to it.
#[derive(Debug, Clone)]
pub struct Company {
    name: String,
    domain: String,
    seed: u64,
    today: Date,
    /// How many months have passed since it was made.
    months: u32,
    people: Vec<Person>,
    next_id: i64,
    /// How many people ever had this local part, so that nobody gets another one's address.
    addresses: HashMap<Box<str>, u32>,
    /// Attributes that exist besides the built-in ones.
    custom: BTreeMap<String, Custom>,
    /// Moves with every change: what is remembered about an older state is void.
    version: u64,
    /// Where an id stands in `people`; built when first asked for.
    places: OnceLock<HashMap<i64, usize>>,
}

impl Company {
    /// A company without people, for tests that name everybody themselves.
    pub fn empty(today: Date) -> Self {
        Self {
            name: "Acme".to_owned(),
            domain: "acme.example".to_owned(),
            seed: 0,
            today,
            months: 0,
            people: Vec::new(),
            next_id: 1,
            addresses: HashMap::new(),
            custom: BTreeMap::new(),
            version: 0,
            places: OnceLock::new(),
        }
    }

    /// The same company with another name and domain, for several in one sandbox.
    #[must_use]
    pub fn named(self, name: impl Into<String>, domain: impl Into<String>) -> Self {
        Self { name: name.into(), domain: domain.into(), ..self }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The domain of its addresses.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The day it is there.
    pub fn today(&self) -> Date {
        self.today
    }

    /// How many people there are, by what they are.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { total: self.people.len(), ..Counts::default() };
        for person in &self.people {
            *match person.status {
                Status::Active => &mut counts.active,
                Status::Leave => &mut counts.leave,
                Status::Onboarding => &mut counts.onboarding,
                Status::Inactive => &mut counts.inactive,
            } += 1;
            counts.external += usize::from(person.external);
            counts.mangled += usize::from(person.mailbox == person::Mailbox::Mangled);
            if person.status.employed() {
                counts.no_mailbox += usize::from(person.mailbox == person::Mailbox::MadeUp);
                counts.part_time += usize::from(person.hours < 350);
            }
        }
        counts
    }

    /// Everybody's id, in the order of the list. An id stands here twice if two people share it.
    pub fn ids(&self) -> Vec<i64> {
        self.people.iter().map(|person| person.id).collect()
    }

    /// The ids of those with that status, in the order of the list.
    pub fn ids_with_status(&self, status: &str) -> Vec<i64> {
        let status = Status::from_word(status);
        self.people.iter().filter(|person| Some(person.status) == status).map(|person| person.id).collect()
    }

    /// The value of one attribute as the API would give it; `None` where it is not shared or there
    /// is no such person.
    pub fn value(&self, id: i64, key: &str) -> Option<serde_json::Value> {
        let context = attributes::Context::plain(self);
        attributes::shown(&context, self.person(id)?, key)
    }

    /// Attributes that exist besides the built-in ones.
    pub(crate) fn custom(&self) -> &BTreeMap<String, Custom> {
        &self.custom
    }

    /// Adds an attribute, or describes one of its own anew.
    pub fn define(&mut self, key: impl Into<String>, custom: Custom) {
        self.custom.insert(key.into(), custom);
        self.touch();
    }

    pub(crate) fn people(&self) -> &[Person] {
        &self.people
    }

    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// The first person with that id.
    pub(crate) fn person(&self, id: i64) -> Option<&Person> {
        self.people.get(self.place(id)?)
    }

    fn place(&self, id: i64) -> Option<usize> {
        let places = self.places.get_or_init(|| {
            let mut places = HashMap::with_capacity(self.people.len());
            for (place, person) in self.people.iter().enumerate() {
                places.entry(person.id).or_insert(place);
            }
            places
        });
        places.get(&id).copied()
    }

    /// To be called after every change: forgets what was worked out from the former state.
    fn touch(&mut self) {
        self.version += 1;
        self.places = OnceLock::new();
    }

    /// The moment of a change: within working hours of today, later ones later.
    fn now(&self) -> DateTime {
        let seconds = i64::try_from(self.version % 28_800).unwrap_or_default();
        self.today.at(9, 0, 0, 0).saturating_add(seconds.seconds())
    }

    /// Gives out the next number for people of that name.
    fn address_number(&mut self, local_part: &str) -> u32 {
        if let Some(number) = self.addresses.get_mut(local_part) {
            *number += 1;
            return *number;
        }
        self.addresses.insert(local_part.into(), 1);
        1
    }
}

/// That many days later, or earlier.
fn days_after(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}
