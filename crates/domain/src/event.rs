//! What others are told of a member.

use serde::{Deserialize, Serialize};

use crate::named::named;

/// Something that happened to a member, as subscribers are told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// They have an account.
    Joined,
    /// Their values or their employee ID changed.
    Updated,
    /// They became a leaver.
    Left,
    /// They are a member again.
    Rejoined,
    /// Their account is closed, and their data erased.
    Closed,
}

impl Event {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Joined, Self::Updated, Self::Left, Self::Rejoined, Self::Closed];

    const NAMES: [(Self, &'static str); 5] = [
        (Self::Joined, "joined"),
        (Self::Updated, "updated"),
        (Self::Left, "left"),
        (Self::Rejoined, "rejoined"),
        (Self::Closed, "closed"),
    ];
}

named!(Event, UnknownEvent, "there is no event “{0}”");
