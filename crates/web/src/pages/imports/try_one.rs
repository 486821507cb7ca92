//! **Try one person**: what becomes of one record, step by step. Nothing is written.

use askama::Template;
use axum::extract::{Path, Query};
use domain::{
    eligibility::{Eligibility, NotEligible, Rule, SegmentRow},
    plan::{Kind, Outcome},
    problem::Problem,
    rules::Told,
};
use engine::{Candidate, EngineError, Read, Shares, Trial, TriedPerson};
use serde::Deserialize;

use super::{Trail, with_query};
use crate::{
    access::Manager,
    page::{Page, Shell, draw},
    tell::{self, Labels},
    when::Clock,
    words::Words,
};

/// Who is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// A name, an e-mail address or an employee ID.
    #[serde(default)]
    person: String,
}

#[derive(Template)]
#[template(path = "pages/imports/try_one.html")]
struct TryOne {
    shell: Shell,
    trail: Trail,
    typed: String,
    /// Why the HR system could not be asked.
    failed: Option<String>,
    read: Option<ReadStep>,
    steps: Option<Steps>,
}

/// Whether somebody was read.
enum ReadStep {
    /// This person.
    Person { name: String, id: String },
    /// Several to choose from.
    Several(Vec<(Candidate, String)>),
    /// Nobody; why, and what that means.
    Nobody { text: String, member: Option<String> },
}

/// The other four steps.
struct Steps {
    shared: Vec<SharedLine>,
    mapped: Vec<MappedLine>,
    /// Whether they may be a member: the colour, the icon and the sentence.
    eligible: (&'static str, &'static str, String),
    segment: Vec<(String, String)>,
    outcome: (&'static str, &'static str, String),
    changes: Vec<ChangeLine>,
    problems: Vec<ProblemLine>,
}

struct SharedLine {
    attribute: String,
    key: String,
    value: String,
    is_shared: bool,
    is_needed: bool,
}

struct MappedLine {
    field: String,
    attribute: String,
    value: String,
    problem: Option<String>,
}

struct ChangeLine {
    label: String,
    before: Option<String>,
    after: Option<String>,
}

struct ProblemLine {
    text: String,
    remedy: String,
    help: String,
}

/// `GET /manage/{programme}/integrations/{source}/try`
pub(super) async fn show(
    manager: Manager,
    Path((_, source)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Page {
    let integration = manager.integration(&source).await?;
    let words = manager.words;
    let trail = Trail::new(&manager, &integration);
    let typed: String = asked.person.trim().chars().take(200).collect();
    let mut page =
        TryOne { shell: manager.shell(words.t("try-title")), typed, failed: None, read: None, steps: None, trail };
    if !page.typed.is_empty() {
        let labels = Labels::of(&manager).await?;
        match manager.web.engine.try_person(&manager.programme, &integration, &page.typed).await {
            Ok(trial) => {
                page.read = Some(read(words, &trial, &page.trail));
                let (clock, source) = (&manager.clock, &page.trail.source);
                page.steps = trial.person.as_ref().map(|person| steps(words, clock, &labels, person, source));
            }
            Err(EngineError::Source(error)) => {
                let (code, source) = (error.code(), page.trail.source.as_str());
                let text = tell::failure_text(words, code, source);
                page.failed = Some(format!("{text} {}", tell::failure_remedy(words, code, source)));
            }
            Err(error) => return Err(error.into()),
        }
    }
    draw(&page)
}

fn read(words: Words, trial: &Trial, trail: &Trail) -> ReadStep {
    match &trial.read {
        Read::Person { employee_id, name } => {
            ReadStep::Person { name: name.clone(), id: employee_id.clone().unwrap_or_default() }
        }
        Read::Several(people) => {
            let at = format!("{}/try", trail.at);
            let link = |one: &Candidate| (one.clone(), with_query(&at, &[("person", &one.employee_id)]));
            ReadStep::Several(people.iter().map(link).collect())
        }
        Read::Nobody { read, everybody, member, absent_leave } => {
            let text = match (read, everybody) {
                (None, _) => words.t("try-nobody"),
                (Some(read), true) => words.n("try-nobody-of-all", *read),
                (Some(read), false) => words.n("try-nobody-of-some", *read),
            };
            let text = text.with("typed", &trial.typed).with("source", &trail.source).to_string();
            let member = member.as_ref().map(|member| {
                let key = if *absent_leave { "try-absent-leaves" } else { "try-absent-stays" };
                words
                    .t(key)
                    .with("name", domain::names::display(&member.fields))
                    .with("source", &trail.source)
                    .to_string()
            });
            ReadStep::Nobody { text, member }
        }
    }
}

fn steps(words: Words, clock: &Clock, labels: &Labels, person: &TriedPerson, source: &str) -> Steps {
    let shared = person.shared.iter().map(|one| SharedLine {
        attribute: labels.attribute(words, &one.key),
        key: one.key.clone(),
        value: shares(words, &one.shares),
        is_shared: one.shares != Shares::Nothing,
        is_needed: one.indispensable,
    });
    let mapped = person.mapped.iter().map(|one| MappedLine {
        field: labels.field(words, &one.field, source),
        attribute: labels.attribute(words, &one.attribute),
        value: match &one.told {
            Some(Told::Value(value)) => tell::value(words, clock, &one.field, value),
            Some(Told::Empty) => words.t("people-empty").to_string(),
            None => words.t("try-keeps").to_string(),
        },
        problem: one.problem.as_ref().map(|problem| tell::problem(words, problem.code).0),
    });
    let segment = person.segment.iter().map(|(row, value)| (rule(words, labels, row), shares(words, value)));
    let change = person.change.as_ref();
    let lines = change.into_iter().flat_map(|change| {
        let told = matches!(change.kind, Kind::Update | Kind::Leave | Kind::Rejoin);
        change.before.iter().filter(move |_| told).map(|(field, before)| ChangeLine {
            label: labels.field(words, field, source),
            before: before.as_deref().map(|value| tell::value(words, clock, field, value)),
            after: change.after.get(field).map(|value| tell::value(words, clock, field, value)),
        })
    });
    Steps {
        shared: shared.collect(),
        mapped: mapped.collect(),
        eligible: eligible(words, labels, &person.eligible),
        segment: segment.collect(),
        outcome: outcome(words, labels, person),
        changes: lines.filter(|line| line.before != line.after).collect(),
        problems: person.problems.iter().map(|problem| line(words, problem)).collect(),
    }
}

fn line(words: Words, problem: &Problem) -> ProblemLine {
    let (text, remedy) = tell::problem(words, problem.code);
    ProblemLine { text, remedy, help: format!("/help/problems/{}", problem.code) }
}

fn shares(words: Words, shares: &Shares) -> String {
    match shares {
        Shares::Value(value) => value.clone(),
        Shares::Empty => words.t("people-empty").to_string(),
        Shares::Nothing => words.t("try-not-shared").to_string(),
    }
}

fn rule(words: Words, labels: &Labels, row: &SegmentRow) -> String {
    let key = if row.rule == Rule::Include { "segment-include" } else { "segment-exclude" };
    words
        .t(key)
        .with("attribute", labels.attribute(words, &row.attribute))
        .with("values", row.values.join(", "))
        .to_string()
}

fn eligible(words: Words, labels: &Labels, eligible: &Eligibility) -> (&'static str, &'static str, String) {
    match eligible {
        Eligibility::Eligible => ("join", "check", words.t("try-eligible").to_string()),
        Eligibility::Not(NotEligible::Inactive) => ("leave", "cross", words.t("try-inactive").to_string()),
        Eligibility::Not(NotEligible::OutsideSegment(key)) => {
            let text = words.t("try-outside").with("attribute", labels.attribute(words, key));
            ("leave", "cross", text.to_string())
        }
        Eligibility::StartsLater => ("update", "hand", words.t("try-starts-later").to_string()),
        Eligibility::Unreadable(problem) => ("reject", "warning", tell::problem(words, problem.code).0),
    }
}

fn outcome(words: Words, labels: &Labels, person: &TriedPerson) -> (&'static str, &'static str, String) {
    let (tone, icon, key) = match person.outcome {
        Outcome::Changed(Kind::Join) => ("join", "plus", "try-join"),
        Outcome::Changed(Kind::Update) => ("update", "change", "try-update"),
        Outcome::Changed(Kind::Leave) => ("leave", "leave", "try-leave"),
        Outcome::Changed(Kind::Rejoin) => ("join", "return", "try-rejoin"),
        Outcome::Changed(Kind::Reject) => ("reject", "warning", "try-reject"),
        Outcome::Changed(Kind::Refresh) | Outcome::Unchanged => ("", "check", "try-unchanged"),
        Outcome::NotEligible => ("", "minus", "try-not-eligible"),
        Outcome::Excluded => ("", "minus", "try-excluded"),
        Outcome::StartsLater => ("", "hand", "try-later"),
    };
    let reason = person.change.as_ref().and_then(|change| change.reason.as_ref());
    let reason = reason.map(|reason| format!(" {}.", labels.reason(words, reason))).unwrap_or_default();
    (tone, icon, format!("{}{reason}", words.t(key)))
}
