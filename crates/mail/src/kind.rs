//! Which mails there are.

use std::{fmt, str::FromStr};

use crate::MailError;

/// A kind of mail. Its name is what the outbox stores and what its templates are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A joiner's invitation.
    Welcome,
    /// What an import did, in numbers.
    ImportSummary,
    /// An import that ended without changing anything.
    ImportFailed,
    /// An import that waits for an administrator.
    OnHold,
    /// The source refuses the stored credentials.
    ReconnectNeeded,
    /// An offer to look after a programme.
    AdministratorInvitation,
    /// A new password for an administrator.
    AdministratorReset,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Welcome,
        Self::ImportSummary,
        Self::ImportFailed,
        Self::OnHold,
        Self::ReconnectNeeded,
        Self::AdministratorInvitation,
        Self::AdministratorReset,
    ];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::ImportSummary => "import-summary",
            Self::ImportFailed => "import-failed",
            Self::OnHold => "on-hold",
            Self::ReconnectNeeded => "reconnect-needed",
            Self::AdministratorInvitation => "administrator-invitation",
            Self::AdministratorReset => "administrator-reset",
        }
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
