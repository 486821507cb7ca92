//! **Import History**: every import of an integration, whatever became of it (R53).

use askama::Template;
use axum::extract::{Path, Query};
use domain::{
    ids::ImportId,
    import::{Purpose, State},
    plan::Counts,
};
use serde::Deserialize;
use store::{Import, Integration, history::ImportFilter};
use uuid::Uuid;

use super::{Trail, with_query};
use crate::{
    access::Manager,
    page::{Page, Shell, draw},
    tell::{self, Badge},
    words::Words,
};

/// How many imports a page shows.
const MOST: usize = 25;

/// How imports can be told apart: a name in the address, and the states that it stands for.
const STATES: [(&str, &[State]); 6] = [
    ("running", &[State::Queued, State::Reading, State::Planning, State::Applying]),
    ("on-hold", &[State::OnHold]),
    ("completed", &[State::Completed]),
    ("failed", &[State::Failed]),
    ("not-applied", &[State::Rejected, State::Lapsed, State::Superseded]),
    ("previewed", &[State::Previewed]),
];

/// What can have started an import, as the filter lists it.
const TRIGGERS: [&str; 5] = ["schedule", "portal", "api", "command", "renumbered"];

/// Which imports are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    state: String,
    trigger: String,
    from: String,
    to: String,
    before: Option<Uuid>,
}

impl Asked {
    fn is_empty(&self) -> bool {
        [&self.state, &self.trigger, &self.from, &self.to].iter().all(|text| text.is_empty())
    }

    fn query<'a>(&'a self, before: &'a str) -> [(&'static str, &'a str); 5] {
        [("state", &self.state), ("trigger", &self.trigger), ("from", &self.from), ("to", &self.to), ("before", before)]
    }
}

#[derive(Template)]
#[template(path = "pages/imports/history.html")]
struct History {
    shell: Shell,
    trail: Trail,
    asked: Asked,
    states: Vec<Choice>,
    triggers: Vec<Choice>,
    rows: Vec<Row>,
    next: Option<String>,
    first: String,
    /// When the first import runs, where there has been none.
    first_run: Option<String>,
    may_run: bool,
}

struct Choice {
    key: &'static str,
    name: String,
    is_chosen: bool,
}

/// An import in the list.
struct Row {
    at: String,
    when: String,
    machine: String,
    trigger: String,
    badge: Badge,
    counts: Counts,
    /// What it did, in numbers; empty where there is no plan.
    impact: String,
    took: String,
}

impl Row {
    fn new(manager: &Manager, import: &Import) -> Result<Self, store::StoreError> {
        let (state, counts) = (import.state()?, import.counts()?);
        let has_plan = !state.is_running() && state != State::Failed;
        Ok(Self {
            at: manager.at(format_args!("imports/{}", import.number())),
            when: manager.clock.short(import.created_at),
            machine: crate::when::Clock::machine(import.created_at),
            trigger: tell::trigger(manager.words, import),
            badge: tell::of_import(manager.words, import),
            impact: if has_plan { impact(manager.words, &counts) } else { String::new() },
            counts,
            took: if import.duration_ms > 0 { manager.clock.lasting(import.duration_ms) } else { String::new() },
        })
    }
}

/// `24 join · 11 updates · 2 leave`
fn impact(words: Words, counts: &Counts) -> String {
    let Counts { join, update, leave, rejoin, reject, .. } = *counts;
    let parts = [
        ("impact-join", join),
        ("impact-update", update),
        ("impact-leave", leave),
        ("impact-rejoin", rejoin),
        ("impact-reject", reject),
    ];
    let some = parts.iter().filter(|(_, number)| *number > 0);
    let told: Vec<_> = some.map(|(key, number)| words.n(*key, number).to_string()).collect();
    if told.is_empty() { words.t("impact-none").to_string() } else { told.join(" · ") }
}

/// `GET /manage/{programme}/integrations/{source}/imports`
pub(super) async fn show(
    manager: Manager,
    Path((_, source)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Page {
    let words = manager.words;
    let integration = manager.integration(&source).await?;
    let most = u64::try_from(MOST + 1).unwrap_or(u64::MAX);
    let filter = filter(&manager, &integration, &asked);
    let engine = &manager.web.engine;
    let mut imports = engine.imports_of(manager.programme.number(), &filter, asked.before.map(ImportId), most).await?;
    let more = imports.len() > MOST;
    imports.truncate(MOST);
    let here = Trail::new(&manager, &integration).at + "/imports";
    let last = imports.last().map(|last| last.number().to_string()).filter(|_| more);
    let state = |(key, _): (&'static str, _)| Choice {
        key,
        name: words.of("history-state-", key).to_string(),
        is_chosen: asked.state == key,
    };
    let trigger = |key: &'static str| Choice {
        key,
        name: words.of("trigger-", key).to_string(),
        is_chosen: asked.trigger == key,
    };
    let first_run = engine.next_imports(&manager.programme, &integration, 1)?;
    let first_run = first_run.first().map(|next| manager.clock.moment_here(next.as_microsecond()));
    draw(&History {
        shell: manager.shell(words.t("history-title")),
        trail: Trail::new(&manager, &integration),
        states: STATES.into_iter().map(state).collect(),
        triggers: TRIGGERS.into_iter().map(trigger).collect(),
        rows: imports.iter().map(|import| Row::new(&manager, import)).collect::<Result<_, _>>()?,
        next: last.map(|last| with_query(&here, &asked.query(&last))),
        first: with_query(&here, &asked.query("")),
        first_run,
        may_run: manager.may(domain::roles::Action::RunImports),
        asked,
    })
}

fn filter(manager: &Manager, integration: &Integration, asked: &Asked) -> ImportFilter {
    let states = STATES.iter().find(|(key, _)| *key == asked.state).map(|(_, states)| states.to_vec());
    ImportFilter {
        integration: Some(integration.number()),
        // Previews are steps of a set-up; who looks for them finds them.
        purpose: (asked.state != "previewed").then_some(Purpose::Apply),
        states: states.unwrap_or_default(),
        trigger: Some(asked.trigger.clone()).filter(|trigger| !trigger.is_empty()),
        from: manager.clock.begin_of(&asked.from),
        // The last day is in it, however long it is.
        to: manager.clock.begin_of(&asked.to).map(|day| manager.clock.after_day_of(day)),
    }
}
