//! Whether a link works.

use super::flaw::{Flaw, wrong};
use crate::{EngineError, EngineResult};

/// Whether a link works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkState<T> {
    /// It does, and this is what it is about.
    Valid(T),
    /// It was used.
    Used,
    /// It no longer does; its owner may ask for a new one.
    Expired,
    /// It never did, or was replaced or withdrawn.
    Unknown,
}

impl<T> LinkState<T> {
    /// What the link is about, or what is wrong with it.
    pub(crate) fn valid(self) -> EngineResult<T> {
        let flaw = match self {
            Self::Valid(about) => return Ok(about),
            Self::Used => Flaw::LinkUsed,
            Self::Expired => Flaw::LinkExpired,
            Self::Unknown => Flaw::LinkUnknown,
        };
        Err(wrong("link", flaw))
    }

    /// What the link is about, or the same state of a link about something else.
    pub(crate) fn about<U>(self) -> Result<T, LinkState<U>> {
        match self {
            Self::Valid(about) => Ok(about),
            Self::Used => Err(LinkState::Used),
            Self::Expired => Err(LinkState::Expired),
            Self::Unknown => Err(LinkState::Unknown),
        }
    }

    pub(crate) fn map<U>(self, map: impl FnOnce(T) -> U) -> LinkState<U> {
        self.about().map_or_else(|state| state, |about| LinkState::Valid(map(about)))
    }
}

/// A link was used or replaced between being looked at and being used up.
pub(crate) fn lost() -> EngineError {
    wrong("link", Flaw::LinkUsed)
}
