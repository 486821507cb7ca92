//! What an administrator has set, and has not published yet: the draft of an integration.
//!
//! A draft stands beside the published rules until it takes their place. What is wrong with it is
//! told for each field, with a stable code ([`Mistake`]); set-up files and pages share these checks.

mod check;
mod mistake;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    eligibility::SegmentRow,
    email,
    field::Field,
    guard::Thresholds,
    named::named,
    print::Print,
    rules::{Absent, MappedAttribute, Rules},
    schedule::Schedule,
};

pub use check::{Published, check_guard, once_each};
pub use mistake::{Flaw, Mistake, Mistakes, Place};

/// A step of the set-up, in the order in which they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// When it runs, the welcome e-mail, and who is told.
    InitialSetup,
    /// The credentials.
    Authorize,
    /// Fields, segment and custom fields.
    Mapping,
    /// The preview, and publishing.
    Review,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::InitialSetup, Self::Authorize, Self::Mapping, Self::Review];

    const NAMES: [(Self, &'static str); 4] = [
        (Self::InitialSetup, "initial-setup"),
        (Self::Authorize, "authorize"),
        (Self::Mapping, "mapping"),
        (Self::Review, "review"),
    ];

    /// Which of the four it is, from 1 on.
    pub fn number(self) -> usize {
        1 + Self::ALL.iter().position(|step| *step == self).unwrap_or_default()
    }
}

named!(Step, UnknownStep, "there is no step “{0}” of a set-up");

/// Somebody besides the owner who is told of imports (R51).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The e-mail address.
    pub address: String,
    /// Whether imports that completed without anything to look at are not told.
    #[serde(default)]
    pub failures_only: bool,
}

/// The settings of an integration as an administrator wants them, published or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The attribute that holds the employee ID (R10).
    pub employee_id: String,
    /// Which attribute feeds which field.
    pub mapping: BTreeMap<Field, MappedAttribute>,
    /// Who may be a member.
    pub segment: Vec<SegmentRow>,
    /// How many days before the hire date somebody may be a member (R20).
    pub early_days: Option<u16>,
    /// What becomes of members that are absent (R22).
    pub absent: Absent,
    /// Whether joiners get an invitation (R32).
    pub welcome_email: bool,
    /// Domains of made-up addresses (R32).
    pub no_mailbox_domains: Vec<String>,
    /// When an import waits for an administrator.
    pub guard: Thresholds,
    /// When imports run by themselves.
    pub schedule: Schedule,
    /// Who besides the owner is told of imports.
    pub recipients: Vec<Recipient>,
    /// The steps that were saved. Whether there are credentials, the integration itself says.
    pub saved: BTreeSet<Step>,
}

impl Draft {
    /// Where a set-up begins: nothing is mapped but the identity, which the source names.
    pub fn new(id_attribute: &str) -> Self {
        Self {
            employee_id: id_attribute.to_owned(),
            mapping: BTreeMap::new(),
            segment: Vec::new(),
            early_days: None,
            absent: Absent::default(),
            welcome_email: true,
            no_mailbox_domains: Vec::new(),
            guard: Thresholds::default(),
            schedule: Schedule::default(),
            recipients: Vec::new(),
            saved: BTreeSet::new(),
        }
    }

    /// A copy of what is published.
    pub fn of(rules: &Rules, schedule: Schedule, recipients: Vec<Recipient>) -> Self {
        Self {
            employee_id: rules.employee_id.clone(),
            mapping: rules.mapping.clone(),
            segment: rules.segment.clone(),
            early_days: rules.early_days,
            absent: rules.absent,
            welcome_email: rules.welcome_email,
            no_mailbox_domains: rules.no_mailbox_domains.clone(),
            guard: rules.guard,
            schedule,
            recipients,
            saved: BTreeSet::from([Step::InitialSetup, Step::Mapping]),
        }
    }

    /// The rules that this comes to once it is published; `status` is the attribute that holds the
    /// employment status.
    pub fn rules(&self, status: &str) -> Rules {
        Rules {
            employee_id: self.employee_id.clone(),
            status: status.to_owned(),
            mapping: self.mapping.clone(),
            segment: self.segment.clone(),
            early_days: self.early_days,
            absent: self.absent,
            welcome_email: self.welcome_email,
            no_mailbox_domains: self.no_mailbox_domains.iter().map(|domain| email::key(domain)).collect(),
            guard: self.guard,
        }
    }

    /// The first step that is still to be done. `authorised` is whether there are credentials.
    pub fn next_step(&self, authorised: bool) -> Step {
        let is_done = |step: &Step| match step {
            Step::Authorize => authorised,
            Step::Review => false,
            other => self.saved.contains(other),
        };
        Step::ALL.into_iter().find(|step| !is_done(step)).unwrap_or(Step::Review)
    }

    /// The custom fields: their names, and the attributes that feed them.
    pub fn custom_fields(&self) -> BTreeMap<&str, &str> {
        custom_fields(&self.mapping)
    }
}

fn custom_fields(mapping: &BTreeMap<Field, MappedAttribute>) -> BTreeMap<&str, &str> {
    let custom = mapping.iter().filter_map(|(field, from)| match field {
        Field::Custom(name) => Some((&**name, from.key.as_str())),
        _ => None,
    });
    custom.collect()
}

/// What changes when any of the rules does: a preview under these rules stands for an import under
/// the same, and under no others (R45). (For records, [`Rules::print`] says which still count.)
pub fn settings_print(rules: &Rules) -> Print {
    Print::of(serde_json::to_vec(rules).unwrap_or_default().as_slice())
}

#[cfg(test)]
mod tests;
