//! Imports: where a run stands, and what started it.

use serde::{Deserialize, Serialize};

use crate::named::named;

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Asked for, not begun.
    Queued,
    /// The source is being read; nothing has changed.
    Reading,
    /// Everybody has been read; the plan is being settled. Nothing has changed.
    Planning,
    /// The plan waits for an administrator. Nothing has changed.
    OnHold,
    /// Changes are being made; from here an import only goes on (R30).
    Applying,
    /// Done.
    Completed,
    /// Ended without changing anything.
    Failed,
    /// An administrator said no to the plan.
    Rejected,
    /// Nobody answered in time.
    Lapsed,
    /// A newer plan took its place (R46).
    Superseded,
    /// A preview: the plan was made, to be looked at.
    Previewed,
}

impl State {
    const NAMES: [(Self, &'static str); 11] = [
        (Self::Queued, "queued"),
        (Self::Reading, "reading"),
        (Self::Planning, "planning"),
        (Self::OnHold, "on-hold"),
        (Self::Applying, "applying"),
        (Self::Completed, "completed"),
        (Self::Failed, "failed"),
        (Self::Rejected, "rejected"),
        (Self::Lapsed, "lapsed"),
        (Self::Superseded, "superseded"),
        (Self::Previewed, "previewed"),
    ];

    /// Every state.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::NAMES.into_iter().map(|(state, _)| state)
    }

    /// Whether somebody is, or should be, working on it.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Queued | Self::Reading | Self::Planning | Self::Applying)
    }
}

named!(State, UnknownState, "there is no import state “{0}”");

/// What an import is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To bring the members in step.
    Apply,
    /// To show what would be done.
    Preview,
}

impl Purpose {
    /// The name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Apply => "apply",
            Self::Preview => "preview",
        }
    }
}
