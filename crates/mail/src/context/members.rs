//! What the mails to members are told. Those with a link are not printable in full: it is a key to the account.

use std::fmt;

use serde::Serialize;

use super::{Context, Programme};

/// For [`Kind::Welcome`](crate::Kind::Welcome) and [`Kind::Reminder`](crate::Kind::Reminder).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Invitation {
    /// The programme joined.
    pub programme: Programme,
    /// How to address the person, where the source shares it.
    pub first_name: Option<String>,
    /// The last day on which the link works.
    pub until: String,
    /// Where the password is chosen.
    pub link: String,
}

/// For [`Kind::MemberReset`](crate::Kind::MemberReset).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct MemberReset {
    /// The member's programme.
    pub programme: Programme,
    /// How to address the person, where the source shares it.
    pub first_name: Option<String>,
    /// Until when the link works.
    pub until: String,
    /// Where the new password is chosen.
    pub link: String,
}

/// For [`Kind::ConfirmAddress`](crate::Kind::ConfirmAddress).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ConfirmAddress {
    /// The member's programme.
    pub programme: Programme,
    /// How to address the person, where the source shares it.
    pub first_name: Option<String>,
    /// Until when the link works.
    pub until: String,
    /// Where the address is confirmed.
    pub link: String,
}

/// For [`Kind::AddressChanged`](crate::Kind::AddressChanged). It names no address: it may be read at work.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AddressChanged {
    /// The member's programme.
    pub programme: Programme,
    /// How to address the person, where the source shares it.
    pub first_name: Option<String>,
    /// Where they see to their account.
    pub link: String,
}

/// For [`Kind::LeaverNotice`](crate::Kind::LeaverNotice) and [`Kind::LeaverReminder`](crate::Kind::LeaverReminder).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Leaving {
    /// The programme that the person leaves.
    pub programme: Programme,
    /// How to address the person, where the source shares it.
    pub first_name: Option<String>,
    /// The last day of access.
    pub ends_on: String,
    /// How many days that is from today; 0 on the last day.
    pub days_left: u64,
    /// Where they sign in to see to what is still open.
    pub link: String,
}

/// For [`Kind::Closed`](crate::Kind::Closed). There is nowhere left to go: it has no link.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Closed {
    /// The programme that the person has left.
    pub programme: Programme,
    /// How to address the person, where the source shared it.
    pub first_name: Option<String>,
    /// The day on which the account was closed.
    pub closed_on: String,
}

/// For [`Kind::Reopened`](crate::Kind::Reopened).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Reopened {
    /// The programme that the person is back in.
    pub programme: Programme,
    /// How to address the person, where the source shares it.
    pub first_name: Option<String>,
    /// Where they sign in.
    pub link: String,
}

/// The context of a mail to a member, printed without anything that is theirs.
macro_rules! to_members {
    ($($name:ident { $($method:item)* })*) => {$(
        impl Context for $name {
            fn programme(&self) -> &Programme {
                &self.programme
            }

            fn first_name(&self) -> Option<&str> {
                self.first_name.as_deref()
            }

            $($method)*
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field("programme", &self.programme).finish_non_exhaustive()
            }
        }
    )*};
}

to_members! {
    Invitation {
        fn link(&self) -> Option<&str> {
            Some(&self.link)
        }
    }
    MemberReset {
        fn link(&self) -> Option<&str> {
            Some(&self.link)
        }
    }
    ConfirmAddress {
        fn link(&self) -> Option<&str> {
            Some(&self.link)
        }
    }
    AddressChanged {
        fn link(&self) -> Option<&str> {
            Some(&self.link)
        }
    }
    Leaving {
        fn link(&self) -> Option<&str> {
            Some(&self.link)
        }
        fn days_left(&self) -> Option<u64> {
            Some(self.days_left)
        }
    }
    Closed {}
    Reopened {
        fn link(&self) -> Option<&str> {
            Some(&self.link)
        }
    }
}
