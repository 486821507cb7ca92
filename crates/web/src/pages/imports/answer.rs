//! An import on hold: why it waits, what its leavers share, and the answers, each told in numbers first.

use std::collections::BTreeSet;

use askama::Template;
use axum::{Form, extract::Path};
use domain::{
    guard::{Guard, Thresholds},
    hold::{Shared, SharedChange},
    ids::ImportId,
    import::State,
    plan::{Counts, Reason},
    roles::Action,
};
use engine::{EngineError, HoldAnswer};
use serde::Deserialize;
use store::{Import, Integration};

use super::found;
use crate::{
    access::Manager,
    failure::Failure,
    page::{Page, go_on},
    tell::{self, Finding, Labels},
    words::Words,
};

/// What an administrator can answer.
const ANSWERS: [(&str, HoldAnswer); 4] = [
    ("reject", HoldAnswer::Reject),
    ("renumbered", HoldAnswer::Renumbered),
    ("without-leavers", HoldAnswer::WithoutLeavers),
    ("approve", HoldAnswer::Approve),
];

/// The part of a page that is about the hold.
#[derive(Template)]
#[template(path = "pages/imports/hold.html")]
pub(super) struct Hold {
    words: Words,
    findings: Vec<Finding>,
    shared: Vec<String>,
    reasons: Vec<String>,
    /// Until when it waits.
    until: String,
    /// The newer import that took its place.
    pub(super) superseded_by: Option<ImportId>,
    source: String,
    choices: Vec<Choice>,
    /// The address of the page.
    at: String,
}

/// The buttons of a hold, at the foot of the page.
#[derive(Template)]
#[template(path = "pages/imports/hold_foot.html")]
struct Foot<'a> {
    hold: &'a Hold,
}

/// An answer that can be given.
struct Choice {
    name: &'static str,
    button: String,
    title: String,
    /// What it will do, in numbers.
    will: Vec<String>,
    is_main: bool,
    is_asked: bool,
}

impl Hold {
    /// Why this import waits; `None` for one that the guard never held. `ask` is the answer whose dialog
    /// is open.
    pub(super) async fn of(
        manager: &Manager,
        import: &Import,
        integration: &Integration,
        ask: Option<&str>,
    ) -> Result<Option<Self>, Failure> {
        let words = manager.words;
        let counts = import.counts()?;
        let Some(hold) = manager.web.engine.hold_of(import).await? else { return Ok(None) };
        let (facts, shared) = (&hold.findings.facts, &hold.findings.shared);
        let guards = guards(&import.held_by);
        let rules = integration.rules().ok();
        let limits = rules.as_ref().map_or_else(Thresholds::default, |rules| rules.guard);
        let welcome = rules.is_some_and(|rules| rules.welcome_email);
        let labels = Labels::of(manager).await?;
        let since = hold.since.map(|since| manager.clock.moment(since));
        let may = manager.may(Action::AnswerHolds) && import.state()? == State::OnHold;
        let is_open = |name: &str| match name {
            "renumbered" => hold.may_be_renumbered,
            "without-leavers" => counts.leave > 0,
            _ => true,
        };
        let choice = |name: &'static str| Choice {
            name,
            button: words.of("answer-", name).to_string(),
            title: words.of("ask-", name).to_string(),
            will: will(words, name, &counts, welcome),
            is_main: name == "approve",
            is_asked: ask == Some(name),
        };
        let choices = ANSWERS.iter().map(|(name, _)| *name).filter(|name| may && is_open(name)).map(choice).collect();
        Ok(Some(Self {
            words,
            findings: guards.iter().map(|guard| tell::finding(words, *guard, facts, &limits)).collect(),
            shared: in_common(words, &labels, shared, since.as_deref()),
            reasons: reasons(words, &labels, shared),
            until: manager.clock.moment_here(hold.lapses_at),
            superseded_by: hold.superseded_by,
            source: tell::source(&integration.source),
            choices,
            at: manager.at(format_args!("imports/{}", import.number())),
        }))
    }

    /// What would happen, as the page's title.
    pub(super) fn title(&self) -> &str {
        self.findings.first().map_or("", |finding| finding.title.as_str())
    }

    /// What that is measured by.
    pub(super) fn lead(&self) -> &str {
        self.findings.first().map_or("", |finding| finding.text.as_str())
    }

    /// The buttons.
    pub(super) fn foot(&self) -> impl Template + '_ {
        Foot { hold: self }
    }

    /// Why it waited, of one that waits no longer.
    pub(super) fn was_held(&self) -> Vec<String> {
        self.findings.iter().map(|finding| finding.title.clone()).collect()
    }

    fn others(&self) -> &[Finding] {
        self.findings.get(1..).unwrap_or_default()
    }
}

pub(crate) fn guards(held_by: &str) -> BTreeSet<Guard> {
    let all = [Guard::R40, Guard::R41, Guard::R42, Guard::R43, Guard::R44];
    all.into_iter().filter(|guard| held_by.split(',').any(|name| name == guard.to_string())).collect()
}

/// `43 of the 48 have “extern” as Employment type now; it was “internal” …`
fn in_common(words: Words, labels: &Labels, shared: &Shared, before: Option<&str>) -> Vec<String> {
    // What concerns less than a quarter of them is no pattern.
    let telling = shared.changes.iter().filter(|change| change.leavers >= 2 && change.leavers * 4 >= shared.leavers);
    let sentence = |change: &SharedChange| {
        let value = |value: &Option<String>| match value.as_deref() {
            Some(value) if !value.is_empty() => words.t("hold-value").with("value", value).to_string(),
            _ => words.t("hold-no-value").to_string(),
        };
        let since = before.map(|when| words.t("hold-since").with("when", when).to_string()).unwrap_or_default();
        let key = if change.leavers == shared.leavers { "hold-shared-all" } else { "hold-shared" };
        let phrase = words.t(key).count("some", change.leavers).count("all", shared.leavers);
        let phrase = phrase.with("attribute", labels.attribute(words, &change.attribute));
        let phrase = phrase.with("before", value(&change.before)).with("after", value(&change.after));
        format!("{phrase} {since}").trim_end().to_owned()
    };
    telling.take(3).map(sentence).collect()
}

/// `43 outside the segment: Employment type`
fn reasons(words: Words, labels: &Labels, shared: &Shared) -> Vec<String> {
    let known = shared.reasons.iter().filter_map(|(name, number)| Some((name.parse::<Reason>().ok()?, *number)));
    known.map(|(reason, number)| format!("{}: {}", labels.reason(words, &reason), words.num(number))).collect()
}

/// What an answer will do.
fn will(words: Words, answer: &str, counts: &Counts, welcome: bool) -> Vec<String> {
    let mut will = Vec::new();
    let mut add = |key: &'static str, number: u64| {
        if number > 0 {
            will.push(words.n(key, number).to_string());
        }
    };
    match answer {
        "approve" | "without-leavers" => {
            add(if welcome { "will-join-welcome" } else { "will-join" }, counts.join);
            add("will-update", counts.update);
            add("will-rejoin", counts.rejoin);
            add(if answer == "approve" { "will-leave" } else { "will-not-leave" }, counts.leave);
            if counts.reject > 0 {
                add("will-not-judge", counts.reject);
            }
        }
        "renumbered" => will.push(words.t("will-plan-again").to_string()),
        _ => will.push(words.n("will-reject", counts.leave).to_string()),
    }
    will
}

/// The answer as the form sends it.
#[derive(Debug, Deserialize)]
pub(super) struct Given {
    // Whether there is such an import is answered before what is said of it.
    #[serde(default)]
    answer: String,
}

/// `POST /manage/{programme}/imports/{id}/answer`
pub(super) async fn answer(manager: Manager, Path((_, id)): Path<(String, String)>, Form(given): Form<Given>) -> Page {
    let (import, _) = found(&manager, &id).await?;
    let known = ANSWERS.iter().find(|(name, _)| *name == given.answer);
    let (name, answer) = known.ok_or_else(Failure::not_found)?;
    let answered = manager.web.engine.answer_hold(import.number(), *answer, &manager.actor()).await;
    if let Err(EngineError::Refused(_)) = &answered {
        // Somebody was faster, or it has lapsed: its own page says so best.
        let (now, _) = found(&manager, &id).await?;
        if now.state()? != State::OnHold {
            return Ok(go_on(&manager.at(format_args!("imports/{}", now.number())), "hold-too-late"));
        }
    }
    Ok(go_on(&manager.at(format_args!("imports/{}", answered?)), said(name)))
}

fn said(answer: &str) -> &'static str {
    match answer {
        "reject" => "hold-rejected",
        "renumbered" => "hold-renumbered",
        _ => "hold-approved",
    }
}
