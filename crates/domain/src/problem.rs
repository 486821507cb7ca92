//! What can be wrong with one person, or with an import as a whole: a stable code, how grave it
//! is, and words that say what happened and how to put it right.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::field::{Field, Flaw};

/// How grave a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The person is skipped; an existing account stays untouched (R35).
    Error,
    /// The person goes on; something deserves a look.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $text:literal, $remedy:literal;)*) => {
        /// The stable name of a problem: files, help pages and tests go by it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant),* }

        impl Code {
            /// Every code, in the order in which the documentation lists them.
            pub const ALL: &[Code] = &[$(Self::$variant),*];

            /// The stable name, in kebab case.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// What is wrong, for an administrator.
            pub fn text(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// How to put it right, for an administrator.
            pub fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy),* }
            }
        }
    };
}

codes! {
    /// R35: no employee ID.
    EmployeeIdMissing = "employee-id-missing", "The record has no employee ID, so nobody can tell whose it is.", "Give the person an ID in the HR system.";
    /// R3: one ID, two different records.
    EmployeeIdDuplicate = "employee-id-duplicate", "Two different records have this employee ID.", "Find the two records in the HR system and give one of them another ID.";
    /// R35: no e-mail address.
    EmailMissing = "email-missing", "The person has no e-mail address.", "Enter an e-mail address in the HR system.";
    /// R35: not an address.
    EmailInvalid = "email-invalid", "This is not a valid e-mail address.", "Correct the address in the HR system.";
    /// R13: a member has the address and keeps it.
    EmailTaken = "email-taken", "Another member already uses this e-mail address and keeps it.", "Give one of the two another address in the HR system. If both are the same person and only one has an account, decide “same person”.";
    /// R13: two newcomers, one address.
    EmailDuplicate = "email-duplicate", "Several people who are to become members share this e-mail address.", "Give each of them an address of their own in the HR system.";
    /// R15: the address belonged to somebody who left.
    EmailOfFormerMember = "email-of-former-member", "A former member had this e-mail address, and it is not certain that this is the same person.", "Decide: the same person (the old account is reopened) or someone else (a new account; the former member's address is freed).";
    /// R16: a member that another source owns has the address.
    EmailOfAnotherSource = "email-of-another-source", "A member that another HR system looks after has this e-mail address.", "Remove the person from one of the two systems, or give them another address in one of them.";
    /// R63: an account with the address was erased on request.
    ErasedOnRequest = "erased-on-request", "An account with this e-mail address was erased on request, and its owner is kept out.", "Leave the person out. If they wish to come back, an owner of the programme lets them back first.";
    /// R10: the ID now stands for another human.
    IdentityChanged = "identity-changed", "The record with this employee ID now seems to describe another person.", "Decide: the same person (the account is updated) or someone else (a new account is made and the old one closed).";
    /// R15: somebody who left may be back.
    PossibleRehire = "possible-rehire", "A former member has the same names and date of birth under another e-mail address.", "Decide: the same person (the old account is reopened) or someone else (a new account).";
    /// R15: a member may be listed twice.
    PossibleDuplicate = "possible-duplicate", "A member has the same names and date of birth under another e-mail address.", "Decide: the same person (the account moves to this employee ID) or someone else (a new account).";
    /// R20: the status says nothing that can be acted on.
    StatusUnknown = "status-unknown", "The employment status is empty or not one that is known, so it cannot be told whether the person may be a member.", "Set the status in the HR system.";
    /// R21: the segment cannot be decided.
    SegmentNotShared = "segment-not-shared", "The HR system did not share a value that decides who may be a member.", "Allow the attribute for these credentials in the HR system.";
    /// R35: more than the field holds.
    TooLong = "too-long", "The value is longer than the field holds.", "Shorten the value in the HR system.";
    /// R35: a character the field does not take.
    CharactersNotAllowed = "characters-not-allowed", "The value holds characters that this field does not take.", "Correct the value in the HR system.";
    /// R35: no such day.
    DateUnreadable = "date-unreadable", "This is not a day of the calendar.", "Correct the date in the HR system.";
    /// R35: a day out of range.
    DateOutOfRange = "date-out-of-range", "The date is too early or too late for this field.", "Correct the date in the HR system.";
    /// R35: not a number.
    NumberUnreadable = "number-unreadable", "This is not a number.", "Correct the value in the HR system.";
    /// R35: a word that is not known.
    ValueNotInList = "value-not-in-list", "The value is none of those that the field knows.", "Choose another value in the HR system, or map another attribute.";
    /// R35: not a language tag.
    LanguageUnknown = "language-unknown", "This is not a language tag such as “en-GB” or “de”.", "Use language tags in the HR system, or map another attribute.";
    /// R21: no value where one decides.
    SegmentValueEmpty = "segment-value-empty", "The person has no value where one decides who may be a member.", "Enter the value in the HR system.";
    /// R12: an address went from one employee to another.
    EmailMoved = "email-moved", "This e-mail address belonged to another employee until now.", "Nothing to do if the address was handed over on purpose.";
    /// R11: an open invitation lost its address.
    InvitationAddressChanged = "invitation-address-changed", "The person was invited under another address. That invitation no longer works, and no new one was sent.", "Tell the person: a new invitation has to be sent to the new address.";
    /// R61: a new account for somebody whose account was closed.
    PreviouslyClosed = "previously-closed", "The person had an account before, which was closed and erased. They got a new one.", "Nothing to do: what the old account held is gone, and the invitation is on its way like any other.";
    /// R24: an administrator brought the member back.
    KeptByHand = "kept-by-hand", "By the HR system this person would leave; an administrator brought them back, and they stay until their record changes.", "Nothing to do: they leave once their record changes and still says so.";
    /// R24: an administrator locked the member in.
    LockedIn = "locked-in", "By the HR system this person would leave; an administrator locked them in.", "Nothing to do: the lock ends by itself on its last day.";
    /// R30: the member changed between plan and apply.
    ChangedMeanwhile = "changed-meanwhile", "The member was changed by someone else after the plan was made, so this change was skipped.", "Nothing to do: the next import looks at the person again.";
    /// R2: people moved while they were read.
    ReadUnsettled = "read-unsettled", "The HR system's list changed while it was being read. Nobody was taken for a leaver because they were missing.", "Nothing to do: the next import looks again.";
    /// A mapped attribute that nobody has any more.
    AttributeNotShared = "attribute-not-shared", "No record held this attribute. Members keep the values they have.", "Allow the attribute for these credentials in the HR system, or correct the mapping.";
}

impl Code {
    /// How grave the problem is where the code alone decides; a value's flaw depends on its field.
    pub fn severity(self) -> Severity {
        if self <= Self::SegmentNotShared { Severity::Error } else { Severity::Warning }
    }

    /// Whether an administrator's answer settles it (R18).
    pub fn asks_for_decision(self) -> bool {
        matches!(
            self,
            Self::IdentityChanged
                | Self::EmailOfFormerMember
                | Self::EmailTaken
                | Self::PossibleRehire
                | Self::PossibleDuplicate
        )
    }

    /// The code for a value's flaw.
    pub fn of_flaw(flaw: Flaw) -> Self {
        match flaw {
            Flaw::TooLong { .. } => Self::TooLong,
            Flaw::Characters => Self::CharactersNotAllowed,
            Flaw::Address => Self::EmailInvalid,
            Flaw::Date => Self::DateUnreadable,
            Flaw::DateRange => Self::DateOutOfRange,
            Flaw::Number => Self::NumberUnreadable,
            Flaw::Word => Self::ValueNotInList,
            Flaw::Language => Self::LanguageUnknown,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is no problem's code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no problem with the code “{0}”")]
pub struct UnknownCode(String);

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text).ok_or_else(|| UnknownCode(text.to_owned()))
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One problem of one person (or, without a person, of the import).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub code: Code,
    /// How grave it is here.
    pub severity: Severity,
    /// Where it is: a field's name, or an attribute's key.
    pub field: Option<String>,
    /// The value as the source has it, for the person's own data only (R61).
    pub value: Option<String>,
    /// The other person it is about, by employee ID (never by name or address, R61).
    pub other: Option<String>,
}

impl Problem {
    /// A problem that is as grave as its code says.
    pub fn new(code: Code) -> Self {
        Self { code, severity: code.severity(), field: None, value: None, other: None }
    }

    /// A bad value of a field: an error where the field is mandatory, else a warning (R35).
    pub fn flaw(field: &Field, flaw: Flaw, value: &str) -> Self {
        let severity = if field.is_mandatory() { Severity::Error } else { Severity::Warning };
        Self { severity, ..Self::new(Code::of_flaw(flaw)) }.at(field.to_string()).with_value(value)
    }

    /// With the field or attribute that it is about.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// With the value that it is about, cut where nobody would read on.
    #[must_use]
    pub fn with_value(mut self, value: &str) -> Self {
        self.value = Some(value.chars().take(300).collect());
        self
    }

    /// With the other person that it is about.
    #[must_use]
    pub fn about(mut self, employee_id: Option<&str>) -> Self {
        self.other = employee_id.map(str::to_owned);
        self
    }

    /// Whether the person is skipped because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_read_back() {
        for code in Code::ALL {
            assert_eq!(code.as_str().parse(), Ok(*code));
            assert!(code.text().ends_with('.') && code.remedy().ends_with('.'), "{code}");
        }
        assert!("nonsense".parse::<Code>().is_err());
    }

    #[test]
    fn r35_a_flaw_is_an_error_in_a_mandatory_field_only() {
        assert!(Problem::flaw(&Field::Email, Flaw::Address, "x").is_error());
        assert!(!Problem::flaw(&Field::PersonalEmail, Flaw::Address, "x").is_error());
    }

    #[test]
    fn r18_every_decision_is_about_a_rejected_person() {
        let asking: Vec<_> = Code::ALL.iter().filter(|code| code.asks_for_decision()).collect();
        assert_eq!(asking.len(), 5);
        assert!(asking.iter().all(|code| code.severity() == Severity::Error));
    }
}
