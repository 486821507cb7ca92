//! What needs an administrator, each with the way to where it is done.

use domain::roles::Action;
use engine::Need;
use store::Integration;

use super::Trail;
use crate::{access::Manager, pages::set_up, tell};

/// Something to do.
pub(crate) struct Task {
    pub(crate) tone: &'static str,
    pub(crate) title: String,
    pub(crate) text: String,
    /// Where it is done.
    pub(crate) at: String,
    /// What the way there is called.
    pub(crate) link: String,
    /// Whether who reads this may go there.
    pub(crate) may: bool,
}

/// What is to be done about these integrations.
pub(crate) fn tasks(manager: &Manager, integrations: &[Integration], needs: &[Need]) -> Vec<Task> {
    needs.iter().filter_map(|need| task(manager, integrations, need)).collect()
}

fn task(manager: &Manager, integrations: &[Integration], need: &Need) -> Option<Task> {
    let words = manager.words;
    let (Need::AnswerHold { integration, .. }
    | Need::Reconnect { integration }
    | Need::Decide { integration, .. }
    | Need::Paused { integration, .. }
    | Need::TakeOver { integration, .. }
    | Need::LookAtFailure { integration, .. }) = need;
    let integration = integrations.iter().find(|one| one.number() == *integration)?;
    let trail = Trail::new(manager, integration);
    let source = trail.source.as_str();
    Some(match need {
        Need::AnswerHold { import, leavers, lapses_at, .. } => Task {
            tone: "leave",
            title: words.t("need-hold").with("source", source).to_string(),
            text: words.n("need-hold-text", *leavers).with("until", manager.clock.moment_here(*lapses_at)).to_string(),
            at: manager.at(format_args!("imports/{import}")),
            link: words.t("need-hold-link").to_string(),
            may: true,
        },
        Need::Reconnect { .. } => Task {
            tone: "reject",
            title: words.t("need-reconnect").with("source", source).to_string(),
            text: words.t("need-reconnect-text").to_string(),
            at: set_up::address(manager, &integration.source, domain::setup::Step::Authorize),
            link: words.t("need-reconnect-link").to_string(),
            may: manager.may(Action::SetUp),
        },
        Need::Decide { people, .. } => Task {
            tone: "leave",
            title: words.n("decide-waiting", *people).to_string(),
            text: words.t("decide-waiting-text").to_string(),
            at: format!("{}/decisions", trail.at),
            link: words.t("decide-go").to_string(),
            may: true,
        },
        Need::Paused { failing, import, .. } => Task {
            tone: "reject",
            title: words.t("need-paused").with("source", source).to_string(),
            text: words
                .n("need-paused-text", failing.failures)
                .with("since", manager.clock.moment_here(failing.since))
                .with("when", manager.clock.moment_here(failing.next_try.unwrap_or(failing.since)))
                .to_string(),
            at: import.map_or_else(|| format!("{}/imports", trail.at), |it| manager.at(format_args!("imports/{it}"))),
            link: words.t("need-failure-link").to_string(),
            may: true,
        },
        Need::TakeOver { owner, .. } => Task {
            tone: "leave",
            title: words.t("need-owner").with("source", source).to_string(),
            text: words.t("need-owner-text").with("owner", owner).to_string(),
            at: format!("{}?ask=hand-over", trail.at),
            link: words.t("need-owner-link").to_string(),
            may: manager.may(Action::HandOver),
        },
        Need::LookAtFailure { import, code, .. } => Task {
            tone: "reject",
            title: words.t("need-failure").with("source", source).to_string(),
            text: tell::failure_text(words, code, source),
            at: manager.at(format_args!("imports/{import}")),
            link: words.t("need-failure-link").to_string(),
            may: true,
        },
    })
}
