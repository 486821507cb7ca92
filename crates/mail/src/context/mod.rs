//! What each mail is told. The mails to administrators are given numbers only, no member's data (R51).
//!
//! Instants and days are text, written by the caller in the mail's language and the programme's zone
//! ([`Language::moment`](crate::Language::moment), [`Language::day`](crate::Language::day)).

mod administrators;
mod members;

use serde::Serialize;

pub use administrators::{
    AdministratorInvitation, AdministratorReset, ImportFailed, ImportSummary, OnHold, OwnerLeft, Paused,
    ReconnectNeeded, SecondFactorReset,
};
pub use members::{AddressChanged, Closed, ConfirmAddress, Invitation, Leaving, MemberReset, Reopened};

/// The programme that a mail speaks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Programme {
    /// As the administrators wrote it.
    pub name: String,
    /// The colour of buttons and links, such as `#14553f`; white writing is readable on it.
    pub colour: String,
    /// Whom members turn to; empty where nobody is named.
    pub help_contact: String,
    /// The address of the privacy notice; empty where there is none.
    pub privacy_notice: String,
    /// The address of the imprint; empty where there is none.
    pub imprint: String,
}

impl Programme {
    /// A programme that has set nothing but its name and colour.
    pub fn new(name: impl Into<String>, colour: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            colour: colour.into(),
            help_contact: String::new(),
            privacy_notice: String::new(),
            imprint: String::new(),
        }
    }
}

/// What one mail is told: its fields are the variables of its wording.
pub trait Context: Serialize {
    /// The programme that it speaks for.
    fn programme(&self) -> &Programme;

    /// How to address the reader, where that is known.
    fn first_name(&self) -> Option<&str> {
        None
    }

    /// Where its button leads; a mail without one has no button.
    fn link(&self) -> Option<&str> {
        None
    }

    /// Why an import failed, where that is what the mail tells: its code, the source's name, and how it was told.
    fn failure(&self) -> Option<(&str, &str, &str)> {
        None
    }

    /// How many days are left, where that is what the mail is about.
    fn days_left(&self) -> Option<u64> {
        None
    }
}
