//! What may be entered for a person or a programme.

use domain::{email, programme};

use crate::proof::Flaw;

/// The most characters of a person's or a token's name.
const LONGEST_NAME: usize = 100;

/// The most characters of an e-mail address.
const LONGEST_EMAIL: usize = 200;

pub(super) fn check_name(name: &str) -> Result<(), Flaw> {
    one_line(name, LONGEST_NAME)
}

pub(super) fn check_email(address: &str) -> Result<(), Flaw> {
    one_line(address, LONGEST_EMAIL)?;
    if email::is_valid(address.trim()) { Ok(()) } else { Err(Flaw::EmailInvalid) }
}

pub(crate) fn check_programme_name(name: &str) -> Result<(), Flaw> {
    one_line(name, programme::LONGEST_NAME)
}

pub(crate) fn check_slug(slug: &str) -> Result<(), Flaw> {
    if programme::is_reserved(slug) {
        Err(Flaw::SlugReserved)
    } else if programme::is_slug(slug) {
        Ok(())
    } else {
        Err(Flaw::SlugInvalid)
    }
}

pub(crate) fn check_time_zone(name: &str) -> Result<(), Flaw> {
    if programme::is_time_zone(name) { Ok(()) } else { Err(Flaw::TimeZoneUnknown) }
}

fn one_line(text: &str, longest: usize) -> Result<(), Flaw> {
    if text.trim().is_empty() {
        Err(Flaw::Missing)
    } else if text.trim().chars().count() > longest {
        Err(Flaw::TooLong)
    } else if text.trim().chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        Err(Flaw::ControlCharacter)
    } else {
        Ok(())
    }
}
