//! Who may do what: one table, role × action. Pages, the API and the tests read it, and a page shows it.

use serde::{Deserialize, Serialize};

use crate::named::named;

/// What an administrator is in a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// May do everything.
    Owner,
    /// Sets integrations up, runs imports and answers those on hold.
    Integrations,
    /// Looks after members.
    Members,
    /// Looks, and changes nothing.
    ReadOnly,
}

impl Role {
    /// All of them, the mightiest first.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Integrations, Self::Members, Self::ReadOnly];

    const NAMES: [(Self, &'static str); 4] = [
        (Self::Owner, "owner"),
        (Self::Integrations, "integrations"),
        (Self::Members, "members"),
        (Self::ReadOnly, "read-only"),
    ];

    /// Whether this role may do that.
    pub fn may(self, action: Action) -> bool {
        action.roles().contains(&self)
    }
}

named!(Role, UnknownRole, "there is no role “{0}”");

macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident = $name:literal: $roles:expr;)*) => {
        /// What can be done in a programme.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])* $action),* }

        impl Action {
            /// All of them, as the page lists them.
            pub const ALL: &[Self] = &[$(Self::$action),*];

            const NAMES: &[(Self, &'static str)] = &[$((Self::$action, $name)),*];

            /// The roles that may do it.
            fn roles(self) -> &'static [Role] {
                use Role::{Integrations, Members, Owner, ReadOnly};
                match self { $(Self::$action => &$roles),* }
            }
        }
    };
}

actions! {
    /// Look at the programme's home page.
    SeeHome = "see-home": [Owner, Integrations, Members, ReadOnly];
    /// Look at integrations and their settings.
    SeeIntegrations = "see-integrations": [Owner, Integrations, Members, ReadOnly];
    /// Set an integration up, authorise, publish, pause and revoke it.
    SetUp = "set-up": [Owner, Integrations];
    /// Start an import or a preview.
    RunImports = "run-imports": [Owner, Integrations];
    /// Answer an import on hold.
    AnswerHolds = "answer-holds": [Owner, Integrations];
    /// Answer “same person or someone else?”, and take an answer back.
    Decide = "decide": [Owner, Integrations, Members];
    /// Bring the leavers of an import back.
    RestoreLeavers = "restore-leavers": [Owner, Integrations, Members];
    /// Try one person against the HR system.
    TryPerson = "try-person": [Owner, Integrations];
    /// Look at imports, the people in them and their files.
    SeeImports = "see-imports": [Owner, Integrations, Members, ReadOnly];
    /// Look at members.
    SeeMembers = "see-members": [Owner, Integrations, Members, ReadOnly];
    /// Look after members: resend, exclude, lock in, reopen.
    ManageMembers = "manage-members": [Owner, Members];
    /// Look at mails, and what became of them.
    SeeOutbox = "see-outbox": [Owner, Members];
    /// Let a mail go again, or keep it from going.
    ManageOutbox = "manage-outbox": [Owner, Members];
    /// Have a member erased, and let somebody back who was erased on request.
    EraseMembers = "erase-members": [Owner];
    /// Make somebody else the owner of an integration.
    HandOver = "hand-over": [Owner];
    /// Look at the programme's settings.
    SeeSettings = "see-settings": [Owner, Integrations, Members, ReadOnly];
    /// Change the programme's settings.
    ChangeSettings = "change-settings": [Owner];
    /// Invite administrators, change their roles, remove them.
    ManageAdministrators = "manage-administrators": [Owner];
    /// Make and revoke API tokens.
    ManageTokens = "manage-tokens": [Owner];
    /// Say where changes of members are told, and look at what was.
    ManageEvents = "manage-events": [Owner];
    /// Look at the audit log.
    SeeAudit = "see-audit": [Owner];
}

named!(Action, UnknownAction, "there is no action “{0}”");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_matrix() {
        let mut matrix = String::new();
        for action in Action::ALL {
            let may = |role: Role| if role.may(*action) { role.as_str() } else { "-" };
            let row: Vec<String> = Role::ALL.iter().map(|role| format!("{:<13}", may(*role))).collect();
            matrix.push_str(format!("{:<22} {}", action.as_str(), row.concat()).trim_end());
            matrix.push('\n');
        }
        insta::assert_snapshot!(matrix);
    }

    #[test]
    fn the_owner_may_do_everything_and_a_reader_changes_nothing() {
        assert!(Action::ALL.iter().all(|action| Role::Owner.may(*action)));
        assert!(
            Action::ALL
                .iter()
                .filter(|action| Role::ReadOnly.may(**action))
                .all(|action| { action.as_str().starts_with("see-") })
        );
    }
}
