//! Where something stands, as an icon with a word: never colour alone.

use std::fmt;

use askama::filters::{Html, HtmlSafe, escape};
use domain::{import::State, member};
use store::{Import, Upload};

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

/// Where an upload stands. One with lines that were left out says so.
pub(crate) fn of_upload(words: Words, upload: &Upload) -> Badge {
    let has_errors = upload.counts().is_ok_and(|counts| counts.reject > 0);
    let (tone, icon, name) = match upload.state.as_str() {
        "received" => ("update", "change", "received"),
        "applying" => ("update", "change", "applying"),
        "applied" if has_errors => ("leave", "warning", "applied-in-part"),
        "applied" => ("join", "check", "applied"),
        "discarded" => ("", "cross", "discarded"),
        _ => ("leave", "pause", "planned"),
    };
    Badge { tone, icon, text: words.of("upload-is-", name).to_string() }
}

/// Where a member stands. Of a leaver `day` tells how many days they have been one, and after how many the
/// account is closed.
pub(crate) fn of_member(words: Words, state: member::State, day: Option<(i64, u32)>) -> Badge {
    let (tone, icon) = match state {
        member::State::NotInvited => ("", "hand"),
        member::State::Invited => ("update", "mail"),
        member::State::Active => ("join", "check"),
        member::State::Leaver => ("leave", "leave"),
        member::State::Closed => ("", "cross"),
    };
    let text = match day {
        Some((day, most)) => words.t("member-leaver-day").count("day", day).count("most", most).to_string(),
        None => words.of("member-", state).to_string(),
    };
    Badge { tone, icon, text }
}
