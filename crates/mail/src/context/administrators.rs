//! What the mails to administrators are told.

use std::fmt;

use serde::Serialize;

use super::{Context, Programme};

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
    /// The import's page.
    pub link: String,
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
    /// The import's page.
    pub link: String,
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
    /// The guards that tripped, by their stable names, `R40` to `R44`.
    pub guards: Vec<String>,
    /// Members who would have left within seven days, these included.
    pub week_leavers: u64,
    /// People read from the source.
    pub read: u64,
    /// How many were read the last time.
    pub last_read: u64,
    /// Members who would turn into somebody else.
    pub identity_changes: u64,
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
    /// The import's page.
    pub link: String,
}

/// For [`Kind::ReconnectNeeded`](crate::Kind::ReconnectNeeded).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReconnectNeeded {
    /// The programme kept in step.
    pub programme: Programme,
    /// The HR system's name.
    pub source: String,
    /// What the source answered, as a sentence.
    pub failure: String,
    /// The stable code of that problem.
    pub code: String,
    /// Where to authorise again.
    pub link: String,
}

/// For [`Kind::Paused`](crate::Kind::Paused).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paused {
    /// The programme kept in step.
    pub programme: Programme,
    /// The HR system's name.
    pub source: String,
    /// How many imports in a row have failed.
    pub failures: u64,
    /// When the first of them failed.
    pub since: String,
    /// What happened the last time, as a sentence.
    pub failure: String,
    /// The stable code of that problem.
    pub code: String,
    /// The last import's page.
    pub link: String,
}

/// For [`Kind::OwnerLeft`](crate::Kind::OwnerLeft).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnerLeft {
    /// The programme kept in step.
    pub programme: Programme,
    /// The HR system's name.
    pub source: String,
    /// Who looked after the integration: a colleague of the readers.
    pub owner: String,
    /// Where somebody takes it over.
    pub link: String,
}

/// For [`Kind::AdministratorInvitation`](crate::Kind::AdministratorInvitation). Not printable in full: the link is a key.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AdministratorInvitation {
    /// The programme to look after.
    pub programme: Programme,
    /// How to address the person.
    pub name: String,
    /// Who invites them; none where whoever runs the installation did, by a command.
    pub invited_by: Option<String>,
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

/// For [`Kind::SecondFactorReset`](crate::Kind::SecondFactorReset).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecondFactorReset {
    /// One of the programmes that the person looks after.
    pub programme: Programme,
    /// When it was switched off.
    pub when: String,
    /// Where it is set up anew.
    pub link: String,
}

macro_rules! to_administrators {
    ($($name:ident $(($failure:ident))?),* $(,)?) => {$(
        impl Context for $name {
            fn programme(&self) -> &Programme {
                &self.programme
            }

            fn link(&self) -> Option<&str> {
                Some(&self.link)
            }

            $(fn failure(&self) -> Option<(&str, &str, &str)> {
                Some((&self.code, &self.source, &self.$failure))
            })?
        }
    )*};
}

to_administrators!(
    ImportSummary,
    ImportFailed(failure),
    OnHold,
    ReconnectNeeded(failure),
    Paused(failure),
    OwnerLeft,
    AdministratorInvitation,
    AdministratorReset,
    SecondFactorReset,
);
