//! What is wrong with settings, in words beside the field.

use domain::setup::{Flaw, Mistake, Place};

use crate::{tell, words::Words};

/// A flaw in words.
pub(super) fn text(words: Words, mistake: &Mistake) -> String {
    let phrase = words.of("mistake-", mistake.flaw.code());
    let phrase = match &mistake.flaw {
        Flaw::AttributeTwice { first, .. } => phrase.with("first", place(words, first)),
        Flaw::AttributeNotShared { attribute } => phrase.with("attribute", tell::attribute(words, attribute)),
        Flaw::EmployeeIdFixed { published } => phrase.with("attribute", tell::attribute(words, published)),
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
        Place::Field(field) => tell::field(words, field),
        Place::CustomFields => words.t("mapping-custom").to_string(),
        Place::Segment(_) => words.t("mapping-segment").to_string(),
        other => other.to_string(),
    }
}
