//! What is wrong with settings, in words beside the field.

use std::collections::BTreeMap;

use domain::setup::{Flaw, Mistake, Place};

use crate::{tell, words::Words};

/// Texts by the name of the field that they stand beside.
#[derive(Debug, Clone, Default)]
pub(super) struct Wrong(BTreeMap<String, String>);

impl Wrong {
    /// Adds a text beside a field, unless there is one.
    pub(super) fn add(&mut self, field: impl Into<String>, text: impl ToString) {
        self.0.entry(field.into()).or_insert_with(|| text.to_string());
    }

    /// The text beside this field.
    pub(super) fn at(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many fields are wrong.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }
}

/// A flaw in words.
pub(super) fn text(words: Words, mistake: &Mistake) -> String {
    let phrase = words.of("flaw-", mistake.flaw.code());
    let phrase = match &mistake.flaw {
        Flaw::AttributeTwice { first, .. } => phrase.with("first", place(words, first)),
        Flaw::AttributeNotShared { attribute } => phrase.with("attribute", attribute),
        Flaw::EmployeeIdFixed { published } => phrase.with("attribute", published),
        Flaw::TooManyCustomFields { count } => phrase.count("n", *count),
        Flaw::NotADomain { domain } => phrase.with("text", domain),
        Flaw::NotAnAddress { address } | Flaw::RecipientTwice { address } => phrase.with("text", address),
        Flaw::ShareTooLarge { share } => phrase.count("n", *share),
        _ => phrase,
    };
    phrase.to_string()
}

/// A part of the settings, by the name that the page gives it.
fn place(words: Words, place: &Place) -> String {
    match place {
        Place::EmployeeId => words.t("field-employee_id").to_string(),
        Place::Field(field) => tell::field(words, field, ""),
        Place::CustomFields => words.t("mapping-custom").to_string(),
        Place::Segment(_) => words.t("mapping-segment").to_string(),
        other => other.to_string(),
    }
}
