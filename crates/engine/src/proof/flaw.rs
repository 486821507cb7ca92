//! What can be wrong with an entry.

use std::fmt;

use domain::password::Weakness;

use crate::{EngineError, EngineResult};

macro_rules! flaws {
    ($($flaw:ident = $code:literal: $words:literal;)*) => {
        /// What is wrong with an entry. The codes are stable: pages have words for each in every language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Flaw { $(#[doc = $words] $flaw),* }

        impl Flaw {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$flaw),*];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$flaw => $code),* }
            }
        }

        impl fmt::Display for Flaw {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$flaw => $words),* })
            }
        }
    };
}

flaws! {
    Missing = "missing": "Something has to be entered here.";
    TooLong = "too-long": "This is too long.";
    ControlCharacter = "control-character": "This must be one line of ordinary text.";
    SlugInvalid = "slug-invalid": "Use 1 to 40 small letters, digits and hyphens.";
    SlugReserved = "slug-reserved": "This word is taken by an address of Rollcall's own. Choose another.";
    TimeZoneUnknown = "time-zone-unknown": "There is no such time zone. Use a name such as Europe/Berlin.";
    EmailInvalid = "email-invalid": "This is not an e-mail address.";
    SameAddress = "same-address": "This is the address that you sign in with. Enter another one.";
    AlreadyHere = "already-here": "This person looks after the programme already.";
    EmailKnown = "email-known": "There is an administrator with this address already.";
    PasswordTooShort = "password-too-short": "Use at least 12 characters.";
    PasswordTooLong = "password-too-long": "Use at most 256 characters.";
    PasswordLikePerson = "password-like-person": "This is too close to your name or e-mail address.";
    PasswordLikeProgramme = "password-like-programme": "This is too close to the programme's name.";
    PasswordCommon = "password-common": "This is among the first passwords that anybody would try.";
    PasswordWrong = "password-wrong": "The password is not right.";
    TooManyAttempts = "too-many-attempts": "There were too many attempts. Wait a while, then try again.";
    CodeWrong = "code-wrong": "The code is not right, or was used before. Enter the newest one.";
    SecondFactorOn = "second-factor-on": "The second factor is switched on already. Switch it off first.";
    SecondFactorNotBegun = "second-factor-not-begun": "Begin with a new key, then enter its code.";
    LastOwner = "last-owner": "This is the programme's last owner. Make somebody else an owner first.";
    NotThere = "not-there": "This is not there any more.";
    LinkUnknown = "link-unknown": "This link is not known.";
    LinkUsed = "link-used": "This link was used already.";
    LinkExpired = "link-expired": "This link has expired.";
    LinkReplaced = "link-replaced": "A newer link took the place of this one.";
    LinkSuspended = "link-suspended": "Access is being checked.";
    NotTyped = "not-typed": "This is not what was asked for.";
    NoScopes = "no-scopes": "Choose at least one thing that the token may do.";
    InThePast = "in-the-past": "Choose a time that is still to come.";
    NotADay = "not-a-day": "Enter a day such as 2026-11-23.";
    TooFarAway = "too-far-away": "This is too far away.";
    NotUtf8 = "not-utf8": "The text is not in UTF-8. Save the file as “CSV UTF-8”.";
    NotATable = "not-a-table": "This is no table with a heading and a line for each person.";
    NoEmailColumn = "no-email-column": "No column has the heading “email”.";
    TooManyLines = "too-many-lines": "A file may have at most 100,000 people. Split it.";
    ExcludedAlready = "excluded-already": "This employee ID is excluded already.";
}

impl From<Weakness> for Flaw {
    fn from(weakness: Weakness) -> Self {
        match weakness {
            Weakness::TooShort => Self::PasswordTooShort,
            Weakness::TooLong => Self::PasswordTooLong,
            Weakness::LikePerson => Self::PasswordLikePerson,
            Weakness::LikeProgramme => Self::PasswordLikeProgramme,
            Weakness::Common => Self::PasswordCommon,
        }
    }
}

/// Something wrong with one field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, such as `email`.
    pub field: &'static str,
    /// What is wrong with it.
    pub flaw: Flaw,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.flaw)
    }
}

/// One entry is wrong.
pub(crate) fn wrong(field: &'static str, flaw: Flaw) -> EngineError {
    EngineError::Entries(vec![FieldError { field, flaw }])
}

/// Gathers what is wrong, so that all of it is told at once.
#[derive(Debug, Default)]
pub(crate) struct Flaws(Vec<FieldError>);

impl Flaws {
    /// Notes what is wrong with a field, if anything is.
    pub(crate) fn note(&mut self, field: &'static str, outcome: Result<(), Flaw>) {
        if let Err(flaw) = outcome {
            self.0.push(FieldError { field, flaw });
        }
    }

    /// All that was noted, if anything was.
    pub(crate) fn result(self) -> EngineResult<()> {
        if self.0.is_empty() { Ok(()) } else { Err(EngineError::Entries(self.0)) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_flaw_has_a_code_of_its_own_and_words() {
        let codes: HashSet<&str> = Flaw::ALL.iter().map(|flaw| flaw.code()).collect();
        assert_eq!(codes.len(), Flaw::ALL.len());
        assert!(Flaw::ALL.iter().all(|flaw| flaw.to_string().ends_with('.')));
    }
}
