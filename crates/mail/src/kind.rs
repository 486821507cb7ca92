//! Which mails there are.

use std::{fmt, str::FromStr};

use crate::MailError;

/// A kind of mail. Its name is what the outbox stores and what its wordings are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A joiner's invitation, the first one and every one sent again.
    Welcome,
    /// The invitation once more, for somebody who has not followed it.
    Reminder,
    /// A new password for a member.
    MemberReset,
    /// A link that shows whether an address is the member's own (R62).
    ConfirmAddress,
    /// A member's personal address was confirmed or taken away.
    AddressChanged,
    /// A leaver's access ends (R60).
    LeaverNotice,
    /// It ends soon (R60).
    LeaverReminder,
    /// The account is closed, and what it held is erased (R61).
    Closed,
    /// A leaver who had the notice is a member again (R38).
    Reopened,
    /// What an import did, in numbers.
    ImportSummary,
    /// An import that ended without changing anything.
    ImportFailed,
    /// An import that waits for an administrator.
    OnHold,
    /// The source refuses the stored credentials.
    ReconnectNeeded,
    /// The schedule has paused itself (R52).
    Paused,
    /// An integration has lost its owner (R56).
    OwnerLeft,
    /// An offer to look after a programme.
    AdministratorInvitation,
    /// A new password for an administrator.
    AdministratorReset,
    /// An administrator's second factor was switched off by whoever runs the installation.
    SecondFactorReset,
}

impl Kind {
    /// All of them: those to members, in the order in which somebody may get them, then those to administrators.
    pub const ALL: [Self; 18] = [
        Self::Welcome,
        Self::Reminder,
        Self::MemberReset,
        Self::ConfirmAddress,
        Self::AddressChanged,
        Self::LeaverNotice,
        Self::LeaverReminder,
        Self::Closed,
        Self::Reopened,
        Self::ImportSummary,
        Self::ImportFailed,
        Self::OnHold,
        Self::ReconnectNeeded,
        Self::Paused,
        Self::OwnerLeft,
        Self::AdministratorInvitation,
        Self::AdministratorReset,
        Self::SecondFactorReset,
    ];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Reminder => "reminder",
            Self::MemberReset => "member-reset",
            Self::ConfirmAddress => "confirm-address",
            Self::AddressChanged => "address-changed",
            Self::LeaverNotice => "leaver-notice",
            Self::LeaverReminder => "leaver-reminder",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::ImportSummary => "import-summary",
            Self::ImportFailed => "import-failed",
            Self::OnHold => "on-hold",
            Self::ReconnectNeeded => "reconnect-needed",
            Self::Paused => "paused",
            Self::OwnerLeft => "owner-left",
            Self::AdministratorInvitation => "administrator-invitation",
            Self::AdministratorReset => "administrator-reset",
            Self::SecondFactorReset => "second-factor-reset",
        }
    }

    /// Whether it goes to a member. These can be worded by a programme; the others speak of how Rollcall works.
    pub const fn is_for_members(self) -> bool {
        matches!(
            self,
            Self::Welcome
                | Self::Reminder
                | Self::MemberReset
                | Self::ConfirmAddress
                | Self::AddressChanged
                | Self::LeaverNotice
                | Self::LeaverReminder
                | Self::Closed
                | Self::Reopened
        )
    }

    /// Those to members, in the order in which somebody may get them.
    pub fn for_members() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|kind| kind.is_for_members())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = MailError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let kind = Self::ALL.into_iter().find(|kind| kind.name() == name);
        kind.ok_or_else(|| MailError::UnknownKind(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.to_string().parse::<Kind>().unwrap(), kind);
        }
        assert_eq!("wellcome".parse::<Kind>().unwrap_err().to_string(), "there is no mail called `wellcome`");
    }
}
