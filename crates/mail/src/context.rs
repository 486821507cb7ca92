//! What each mail is told. The mails to administrators are given numbers only, no personal data (R51).
//!
//! `when` is text, written by the caller in the programme's zone and naming it, such as
//! `Monday 12 May 2026, 06:00 (Europe/London)`. A mail with a `link` has a button; without one it names the command to run
//! for the `import` instead.

use std::fmt;

use serde::Serialize;

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

/// For [`Kind::Welcome`](crate::Kind::Welcome). Not printable in full: the link is a key to the account.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Welcome {
    /// The programme joined.
    pub programme: Programme,
    /// How to address the person, where the source shares it.
    pub first_name: Option<String>,
    /// Where the password is chosen.
    pub link: String,
}

impl fmt::Debug for Welcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Welcome").field("programme", &self.programme).finish_non_exhaustive()
    }
}

/// For [`Kind::ImportSummary`](crate::Kind::ImportSummary).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportSummary {
    /// The programme kept in step.
    pub programme: Programme,
    /// The HR system's name.
    pub source: String,
    /// When the import ran.
    pub when: String,
    /// People read from the source.
    pub read: u64,
    /// New members.
    pub join: u64,
    /// Members whose data changed.
    pub update: u64,
    /// Members who became leavers.
    pub leave: u64,
    /// Leavers who are members again.
    pub rejoin: u64,
    /// People left as they are because of an error.
    pub reject: u64,
    /// Members with nothing new.
    pub unchanged: u64,
    /// People who are not members and need not be.
    pub not_eligible: u64,
    /// People whose first day is still to come.
    pub starts_later: u64,
    /// Problems that stopped a person.
    pub errors: u64,
    /// Problems that stopped nobody.
    pub warnings: u64,
    /// The import's id.
    pub import: String,
    /// The import's page.
    pub link: Option<String>,
}

/// For [`Kind::ImportFailed`](crate::Kind::ImportFailed).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportFailed {
    /// The programme kept in step.
    pub programme: Programme,
    /// The HR system's name.
    pub source: String,
    /// When the import ran.
    pub when: String,
    /// What happened, as a sentence.
    pub failure: String,
    /// The problem's stable code.
    pub code: String,
    /// The import's id.
    pub import: String,
    /// The import's page.
    pub link: Option<String>,
}

/// For [`Kind::OnHold`](crate::Kind::OnHold).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OnHold {
    /// The programme kept in step.
    pub programme: Programme,
    /// The HR system's name.
    pub source: String,
    /// When the import was planned.
    pub when: String,
    /// Why it is held, a sentence for each guard that tripped.
    pub reasons: Vec<String>,
    /// People who would join.
    pub join: u64,
    /// Members who would be updated.
    pub update: u64,
    /// Members who would become leavers.
    pub leave: u64,
    /// Leavers who would be members again.
    pub rejoin: u64,
    /// People who would be left as they are because of an error.
    pub reject: u64,
    /// Members there are now.
    pub members: u64,
    /// The import's id.
    pub import: String,
    /// The import's page.
    pub link: Option<String>,
}

/// For [`Kind::ReconnectNeeded`](crate::Kind::ReconnectNeeded).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReconnectNeeded {
    /// The programme kept in step.
    pub programme: Programme,
    /// The HR system's name.
    pub source: String,
    /// What the source answered, as a sentence.
    pub detail: String,
    /// The id of the import that was refused.
    pub import: String,
    /// Where to authorise again.
    pub link: Option<String>,
}

/// For [`Kind::AdministratorInvitation`](crate::Kind::AdministratorInvitation). Not printable in full: the link is a key.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AdministratorInvitation {
    /// The programme to look after.
    pub programme: Programme,
    /// How to address the person.
    pub name: String,
    /// Who invites them.
    pub invited_by: String,
    /// Until when the link works.
    pub until: String,
    /// Where the invitation is accepted.
    pub link: String,
}

impl fmt::Debug for AdministratorInvitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdministratorInvitation").field("programme", &self.programme).finish_non_exhaustive()
    }
}

/// For [`Kind::AdministratorReset`](crate::Kind::AdministratorReset). Not printable in full: the link is a key.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AdministratorReset {
    /// One of the programmes that the person looks after.
    pub programme: Programme,
    /// Until when the link works.
    pub until: String,
    /// Where the new password is chosen.
    pub link: String,
}

impl fmt::Debug for AdministratorReset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdministratorReset").field("programme", &self.programme).finish_non_exhaustive()
    }
}
