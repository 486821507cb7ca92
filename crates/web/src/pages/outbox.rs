//! **Outbox**: the programme's mails, what became of each, and what it says.

mod act;
mod list;
mod show;

use domain::roles::Action;
use engine::PostState;
use store::Mail;

use crate::{
    access::Manager,
    routes::{Access, Route, get, post},
    tell::Badge,
    words::Words,
};

pub(super) fn routes() -> Vec<Route> {
    let (see, manage) = (Access::May(Action::SeeOutbox), Access::May(Action::ManageOutbox));
    vec![
        get("/manage/{programme}/outbox", see, list::show),
        get("/manage/{programme}/outbox/{mail}", see, show::show),
        get("/manage/{programme}/outbox/{mail}/mail", see, show::mail),
        get("/manage/{programme}/outbox/{mail}/source", see, show::source),
        post("/manage/{programme}/outbox/{mail}/again", manage, act::again),
        post("/manage/{programme}/outbox/{mail}/cancel", manage, act::cancel),
    ]
}

/// What a kind of mail is called. One that came into the database after these words were written has no others.
fn kind(words: Words, kind: &str) -> String {
    let key = format!("mail-kind-{kind}");
    if words.has(&key) { words.t(key).to_string() } else { kind.to_owned() }
}

/// Where a mail stands.
fn badge(words: Words, mail: &Mail) -> Badge {
    let (tone, icon, name) = match mail.state.as_str() {
        "sent" => ("join", "check", "sent"),
        "failed" => ("reject", "cross", "failed"),
        "cancelled" => ("", "minus", "cancelled"),
        "to-print" => ("", "edit", "to-print"),
        _ if mail.attempts > 0 => ("leave", "change", "again"),
        _ => ("update", "hand", "pending"),
    };
    Badge { tone, icon, text: words.of("mail-state-", name).to_string() }
}

/// Whether a mail is still to go, or could not.
fn is_open(mail: &Mail) -> bool {
    matches!(mail.state.as_str(), "pending" | "failed")
}

/// Why a mail did not go.
fn why(words: Words, mail: &Mail) -> Option<String> {
    let code = mail.failure_code.as_deref()?;
    let known = if words.has(&format!("mail-why-{code}")) { code } else { "other" };
    Some(words.of("mail-why-", known).to_string())
}

/// How mails leave, in a sentence; and what keeps all of them.
struct Way {
    text: String,
    standstill: Option<Standstill>,
}

struct Standstill {
    title: String,
    text: String,
    detail: String,
}

impl Way {
    fn new(manager: &Manager, state: PostState) -> Self {
        let (words, clock) = (manager.words, &manager.clock);
        let text = match &state.server {
            Some(server) => words.t("outbox-by-server").with("server", server).to_string(),
            None => words.t("outbox-by-folder").to_string(),
        };
        let standstill = state.standstill.map(|standstill| Standstill {
            title: words.of("outbox-standstill-", standstill.code).to_string(),
            text: words
                .t("outbox-standstill-text")
                .with("since", clock.moment(standstill.since))
                .with("again", clock.moment(standstill.again))
                .to_string(),
            detail: standstill.detail,
        });
        Self { text, standstill }
    }
}
