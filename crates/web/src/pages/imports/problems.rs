//! The problems of an import, each with how to put it right.

use askama::Template;
use axum::extract::{Path, Query};
use domain::{
    plan::Counts,
    problem::{Code, Severity},
    roles::Action,
};
use serde::Deserialize;
use store::{ProblemRow, problems::ProblemCount};

use super::{Trail, found, with_query};
use crate::{
    access::Manager,
    page::{Page, Shell, draw},
    tell::{self, Labels},
    words::Words,
};

/// How many problems a page shows.
const MOST: usize = 50;

/// The ways to an import's problems.
pub(super) struct Links {
    /// The address of the import's page.
    pub(super) at: String,
    pub(super) warnings: u64,
    pub(super) errors: u64,
    /// `3 errors · 12 warnings`; empty where there are none.
    pub(super) text: String,
}

impl Links {
    pub(super) fn new(words: Words, at: String, counts: &Counts) -> Self {
        let Counts { errors, warnings, .. } = *counts;
        let parts = [("problems-errors", errors), ("problems-warnings", warnings)];
        let told =
            parts.iter().filter(|(_, number)| *number > 0).map(|(key, number)| words.n(*key, number).to_string());
        Self { at, warnings, errors, text: told.collect::<Vec<_>>().join(" · ") }
    }
}

/// Which problems are asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// With this code only.
    #[serde(default)]
    code: String,
    /// Of this severity only.
    #[serde(default)]
    severity: String,
    /// Behind the problem with this number.
    after: Option<i64>,
}

#[derive(Template)]
#[template(path = "pages/imports/problems.html")]
struct Problems {
    shell: Shell,
    trail: Trail,
    when: String,
    links: Links,
    kinds: Vec<Kind>,
    rows: Vec<Row>,
    next: Option<String>,
    is_later: bool,
    first: String,
}

/// A kind of problem, and how often it occurs.
struct Kind {
    name: String,
    number: i64,
    address: String,
    is_chosen: bool,
}

struct Row {
    name: String,
    employee_id: String,
    severity: &'static str,
    text: String,
    remedy: String,
    /// The field, and the value in it.
    place: String,
    value: String,
    /// The other person, by employee ID.
    other: String,
    help: String,
    try_again: Option<String>,
    /// Whether somebody has to decide.
    asks: bool,
}

/// `GET /manage/{programme}/imports/{id}/problems`
pub(super) async fn show(manager: Manager, Path((_, id)): Path<(String, String)>, Query(asked): Query<Asked>) -> Page {
    let (import, integration) = found(&manager, &id).await?;
    let engine = &manager.web.engine;
    let at = manager.at(format_args!("imports/{}", import.number()));
    let here = format!("{at}/problems");
    let (code, severity) = (asked.code.parse::<Code>().ok(), severity(&asked.severity));
    let most = u64::try_from(MOST + 1).unwrap_or(u64::MAX);
    let mut problems = engine.problems_page(&import, severity, code, asked.after, most).await?;
    let more = problems.len() > MOST;
    problems.truncate(MOST);
    let last = problems.last().map(|last| last.number.to_string()).filter(|_| more);
    let filter = [("severity", asked.severity.as_str()), ("code", asked.code.as_str())];
    let try_at = manager.may(Action::TryPerson).then(|| Trail::new(&manager, &integration).at + "/try");
    let labels = Labels::of(&manager).await?;
    let rows = problems.iter().filter_map(|problem| row(manager.words, &labels, problem, try_at.as_deref())).collect();
    draw(&Problems {
        shell: manager.shell(manager.words.t("problems-title")),
        trail: Trail::new(&manager, &integration),
        when: manager.clock.short(import.created_at),
        links: Links::new(manager.words, at, &import.counts()?),
        kinds: kinds(manager.words, engine.problem_counts(&import).await?, &here, &asked),
        rows,
        next: last.map(|last| with_query(&here, &[filter[0], filter[1], ("after", &last)])),
        is_later: asked.after.is_some(),
        first: with_query(&here, &filter),
    })
}

fn severity(name: &str) -> Option<Severity> {
    [Severity::Error, Severity::Warning].into_iter().find(|severity| severity.to_string() == name)
}

fn kinds(words: Words, counts: Vec<ProblemCount>, here: &str, asked: &Asked) -> Vec<Kind> {
    let is_all = asked.code.is_empty() && asked.severity.is_empty();
    let sum = counts.iter().map(|count| count.number).sum();
    let all = Kind { name: words.t("tab-all").to_string(), number: sum, address: here.to_owned(), is_chosen: is_all };
    let kind = |count: ProblemCount| Kind {
        name: words.of("short-", &count.code).to_string(),
        number: count.number,
        address: with_query(here, &[("severity", &count.severity), ("code", &count.code)]),
        is_chosen: asked.code == count.code && (asked.severity.is_empty() || asked.severity == count.severity),
    };
    std::iter::once(all).chain(counts.into_iter().map(kind)).collect()
}

/// A problem as the page tells it; a code that is not known any more is left out.
fn row(words: Words, labels: &Labels, problem: &ProblemRow, try_at: Option<&str>) -> Option<Row> {
    let code: Code = problem.code.parse().ok()?;
    let (text, remedy) = tell::problem(words, code);
    let employee_id = problem.employee_id.clone().unwrap_or_default();
    Some(Row {
        name: problem.name.clone(),
        severity: if problem.severity == Severity::Error.to_string() { "error" } else { "warning" },
        text,
        remedy,
        place: problem.field.as_deref().map(|field| labels.place(words, field)).unwrap_or_default(),
        value: problem.value.clone().unwrap_or_default(),
        other: problem.other.clone().unwrap_or_default(),
        help: format!("/help/problems/{code}"),
        try_again: try_at.filter(|_| !employee_id.is_empty()).map(|at| with_query(at, &[("person", &employee_id)])),
        asks: code.asks_for_decision() && problem.severity == Severity::Error.to_string(),
        employee_id,
    })
}
