//! Integrations: where a programme's connection to an HR system stands.

use serde::{Deserialize, Serialize};

use crate::named::named;

/// Where an integration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Being set up; it has never been published.
    Draft,
    /// Published: it runs on its schedule.
    Live,
    /// Published, and its schedule stands still; a person's import is always tried (R52).
    Paused,
    /// The source refuses the credentials: its schedule stands still until a read succeeds (R5).
    ReconnectNeeded,
    /// The credentials were removed by an administrator; no import is possible.
    Revoked,
}

impl State {
    const NAMES: [(Self, &'static str); 5] = [
        (Self::Draft, "draft"),
        (Self::Live, "live"),
        (Self::Paused, "paused"),
        (Self::ReconnectNeeded, "reconnect-needed"),
        (Self::Revoked, "revoked"),
    ];

    /// Every state.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::NAMES.into_iter().map(|(state, _)| state)
    }

    /// Whether an import may be asked for: it is published, and there are credentials.
    pub fn can_import(self) -> bool {
        matches!(self, Self::Live | Self::Paused | Self::ReconnectNeeded)
    }
}

named!(State, UnknownState, "there is no integration state “{0}”");

/// Why the schedule of an integration that is [`State::Paused`] stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pause {
    /// An administrator stopped it; it stands still until one lets it go on.
    ByHand,
    /// Imports kept failing (R52); it tries once a day, and goes on by itself when one succeeds.
    ByFailures,
}

impl Pause {
    const NAMES: [(Self, &'static str); 2] = [(Self::ByHand, "by-hand"), (Self::ByFailures, "by-failures")];
}

named!(Pause, UnknownPause, "there is no pause “{0}”");
