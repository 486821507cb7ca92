//! Where something stands, as an icon with a word: never colour alone.

use std::fmt;

use askama::filters::{HtmlSafe, escape, Html};
use domain::{import::State, integration};
use store::{Import, Integration};

use crate::{icons::icon, words::Words};

/// A state as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Badge {
    /// Which colour goes with it.
    pub(crate) tone: &'static str,
    /// Which icon.
    pub(crate) icon: &'static str,
    /// The words.
    pub(crate) text: String,
}

impl fmt::Display for Badge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = escape(&self.text, Html).map_err(|_| fmt::Error)?;
        write!(f, r#"<span class="badge {}">{}{text}</span>"#, self.tone, icon(self.icon))
    }
}

impl HtmlSafe for Badge {}

/// Where an import stands. One that left somebody out says so.
pub(crate) fn of_import(words: Words, import: &Import) -> Badge {
    let state = import.state().unwrap_or(State::Failed);
    let has_errors = import.counts().is_ok_and(|counts| counts.errors > 0);
    let (tone, icon, name) = match state {
        State::Queued => ("update", "hand", "queued"),
        State::Reading => ("update", "change", "reading"),
        State::Planning => ("update", "change", "planning"),
        State::Applying => ("update", "change", "applying"),
        State::OnHold => ("leave", "pause", "on-hold"),
        State::Completed if has_errors => ("leave", "warning", "completed-with-errors"),
        State::Completed => ("join", "check", "completed"),
        State::Failed => ("reject", "cross", "failed"),
        State::Rejected => ("", "cross", "rejected"),
        State::Lapsed => ("", "hand", "lapsed"),
        State::Superseded => ("", "change", "superseded"),
        State::Previewed => ("", "search", "previewed"),
    };
    Badge { tone, icon, text: words.of("import-", name).to_string() }
}

/// Where an integration stands; a plan that waits for an answer goes first.
pub(crate) fn of_integration(words: Words, integration: &Integration, is_held: bool) -> Badge {
    use integration::State;
    let state = integration.state.parse().unwrap_or(State::Revoked);
    let (tone, icon, name) = match state {
        _ if is_held => ("leave", "pause", "on-hold"),
        State::Draft => ("", "edit", "draft"),
        State::Live => ("join", "check", "live"),
        State::Paused => ("", "pause", "paused"),
        State::ReconnectNeeded => ("reject", "warning", "reconnect-needed"),
        State::Revoked => ("reject", "lock", "revoked"),
    };
    Badge { tone, icon, text: words.of("health-", name).to_string() }
}
