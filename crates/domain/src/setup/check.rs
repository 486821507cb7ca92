//! The checks that need nothing but the settings themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Flaw, Mistake, Place, custom_fields};
use crate::{
    email,
    field::{CustomField, Field, MOST_CUSTOM_FIELDS},
    guard::Thresholds,
    rules::Rules,
};

/// What a draft would take the place of.
#[derive(Debug, Clone, Copy)]
pub struct Published<'a> {
    /// The published rules.
    pub rules: &'a Rules,
    /// Whether the integration was revoked since: then custom fields may change.
    pub was_revoked: bool,
}

impl Draft {
    /// Everything that is wrong with the settings of *Initial Setup*.
    pub fn check_basics(&self) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        if let Some(domain) = self.no_mailbox_domains.iter().find(|domain| domain.contains('@') || domain.is_empty()) {
            let flaw = Flaw::NotADomain { domain: domain.clone() };
            mistakes.push(Mistake::new(Place::NoMailboxDomains, flaw));
        }
        let mut named = BTreeSet::new();
        for (number, recipient) in self.recipients.iter().enumerate() {
            let address = recipient.address.clone();
            if !email::is_valid(&address) {
                mistakes.push(Mistake::new(Place::Recipient(number), Flaw::NotAnAddress { address }));
            } else if !named.insert(email::key(&address)) {
                mistakes.push(Mistake::new(Place::Recipient(number), Flaw::RecipientTwice { address }));
            }
        }
        if let Err(error) = self.schedule.check() {
            mistakes.push(Mistake::new(Place::Schedule, Flaw::Schedule(error.to_string())));
        }
        mistakes.extend(check_guard(&self.guard));
        mistakes
    }

    /// Everything that is wrong with the settings of *Mapping*.
    pub fn check_mapping(&self, published: Option<Published<'_>>) -> Vec<Mistake> {
        let mut mistakes = self.check_attributes();
        if let Some(Published { rules, was_revoked }) = published {
            if rules.employee_id != self.employee_id {
                let flaw = Flaw::EmployeeIdFixed { published: rules.employee_id.clone() };
                mistakes.push(Mistake::new(Place::EmployeeId, flaw));
            }
            if !was_revoked && custom_fields(&rules.mapping) != self.custom_fields() {
                mistakes.push(Mistake::new(Place::CustomFields, Flaw::CustomFieldsFixed));
            }
        }
        for (number, row) in self.segment.iter().enumerate() {
            if row.attribute.trim().is_empty() || row.values.is_empty() {
                mistakes.push(Mistake::new(Place::Segment(number), Flaw::SegmentRowEmpty));
            } else if row.values.iter().any(|value| value.trim().is_empty()) {
                mistakes.push(Mistake::new(Place::Segment(number), Flaw::SegmentValueEmpty));
            }
        }
        mistakes
    }

    /// Everything that is wrong.
    pub fn check(&self, published: Option<Published<'_>>) -> Vec<Mistake> {
        [self.check_basics(), self.check_mapping(published)].concat()
    }

    fn check_attributes(&self) -> Vec<Mistake> {
        let employee_id = std::iter::once((Place::EmployeeId, self.employee_id.as_str()));
        let fields = self.mapping.iter().map(|(field, from)| (Place::Field(field.clone()), from.key.as_str()));
        let mut mistakes = once_each(employee_id.chain(fields));
        if !self.mapping.contains_key(&Field::Email) {
            mistakes.push(Mistake::new(Place::Field(Field::Email), Flaw::NotMapped { likely: "email" }));
        }
        let custom = self.custom_fields();
        if custom.len() > MOST_CUSTOM_FIELDS {
            let flaw = Flaw::TooManyCustomFields { count: custom.len() };
            mistakes.push(Mistake::new(Place::CustomFields, flaw));
        }
        for name in custom.keys() {
            if let Err(error) = CustomField::check_name(name) {
                mistakes.push(Mistake::new(Place::Field(Field::custom(name)), error));
            }
        }
        mistakes
    }
}

/// Each attribute feeds one thing; `named` pairs what is fed with the attribute's key.
pub fn once_each<'a>(named: impl IntoIterator<Item = (Place, &'a str)>) -> Vec<Mistake> {
    let mut used: BTreeMap<&str, Place> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for (place, attribute) in named {
        if attribute.trim().is_empty() {
            mistakes.push(Mistake::new(place, Flaw::AttributeMissing));
        } else if let Some(first) = used.get(attribute) {
            let flaw = Flaw::AttributeTwice { attribute: attribute.to_owned(), first: first.clone() };
            mistakes.push(Mistake::new(place, flaw));
        } else {
            used.insert(attribute, place);
        }
    }
    mistakes
}

/// Everything that is wrong with the thresholds of the guard.
pub fn check_guard(guard: &Thresholds) -> Vec<Mistake> {
    let shares = [
        ("leavers_percent", guard.leavers_percent),
        ("week_leavers_percent", guard.week_leavers_percent),
        ("short_read_percent", guard.short_read_percent),
        ("identity_percent", guard.identity_percent),
    ];
    let too_large = shares.into_iter().filter(|(_, share)| *share > 100);
    too_large.map(|(key, share)| Mistake::new(Place::Guard(key), Flaw::ShareTooLarge { share })).collect()
}
