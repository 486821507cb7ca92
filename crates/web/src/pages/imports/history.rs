//! **Import History**: every import of an integration, whatever became of it (R53), and every file of members that was
//! uploaded (R16).

use askama::Template;
use axum::extract::{Path, Query};
use domain::{
    ids::ImportId,
    import::{Purpose, State},
    plan::Counts,
    roles::Action,
};
use serde::Deserialize;
use store::{Import, Integration, Upload, history::ImportFilter, uploads::UploadFilter};
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

/// What stands for uploads among what can have started an import.
const UPLOAD: &str = "upload";

/// What can have started an import, as the filter lists it.
const TRIGGERS: [&str; 6] = ["schedule", "portal", "api", "command", "renumbered", UPLOAD];

/// The states of uploads that go by the same names; an upload never fails, and is never previewed.
const UPLOAD_STATES: [(&str, &[&str]); 4] = [
    ("running", &["received", "applying"]),
    ("on-hold", &["planned"]),
    ("completed", &["applied"]),
    ("not-applied", &["discarded"]),
];

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

/// An import or an upload in the list.
struct Row {
    /// Its number: newer ones have greater ones.
    number: Uuid,
    /// Its page, for whoever may look at it.
    at: Option<String>,
    when: String,
    machine: String,
    trigger: String,
    badge: Badge,
    counts: Counts,
    /// Where its errors and its warnings are looked at.
    problems: Option<[String; 2]>,
    /// What it did, in numbers; empty where there is no plan.
    impact: String,
    took: String,
}

impl Row {
    fn new(manager: &Manager, import: &Import) -> Result<Self, store::StoreError> {
        let (state, counts) = (import.state()?, import.counts()?);
        let has_plan = !state.is_running() && state != State::Failed;
        let at = manager.at(format_args!("imports/{}", import.number()));
        Ok(Self {
            number: import.id,
            problems: Some(["error", "warning"].map(|severity| format!("{at}/problems?severity={severity}"))),
            at: Some(at),
            when: manager.clock.short(import.created_at),
            machine: crate::when::Clock::machine(import.created_at),
            trigger: tell::trigger(manager.words, import),
            badge: tell::of_import(manager.words, import),
            impact: if has_plan { impact(manager.words, &counts) } else { String::new() },
            counts,
            took: if import.duration_ms > 0 { manager.clock.lasting(import.duration_ms) } else { String::new() },
        })
    }

    fn of_upload(manager: &Manager, upload: &Upload) -> Result<Self, store::StoreError> {
        let words = manager.words;
        let counts = upload.counts()?;
        let at = manager.may(Action::ManageMembers).then(|| manager.at(format_args!("members/upload/{}", upload.id)));
        let people = (upload.members_after > 0).then(|| {
            let told = words.t("upload-people").count("before", upload.members_before);
            told.count("after", upload.members_after).to_string()
        });
        let impact = (upload.state != "received").then(|| impact(words, &counts));
        Ok(Self {
            number: upload.id,
            problems: at.as_ref().map(|at| ["errors", "warnings"].map(|name| format!("{at}/{name}.csv"))),
            at,
            when: manager.clock.short(upload.uploaded_at),
            machine: crate::when::Clock::machine(upload.uploaded_at),
            trigger: words.t("history-upload").with("person", &upload.uploaded_by).to_string(),
            badge: tell::of_upload(words, upload),
            impact: impact.into_iter().chain(people).collect::<Vec<_>>().join(" · "),
            counts,
            took: String::new(),
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
    let before = asked.before.map(ImportId);
    let mut rows = Vec::new();
    if asked.trigger != UPLOAD {
        let imports = engine.imports_of(manager.programme.number(), &filter, before, most).await?;
        for import in &imports {
            rows.push(Row::new(&manager, import)?);
        }
    }
    if let Some(wanted) = wanted_uploads(&asked, &filter) {
        for upload in engine.uploads(&manager.programme, &wanted, before, most).await? {
            rows.push(Row::of_upload(&manager, &upload)?);
        }
    }
    // Both are numbered by time.
    rows.sort_by_key(|row| std::cmp::Reverse(row.number));
    let more = rows.len() > MOST;
    rows.truncate(MOST);
    let here = Trail::new(&manager, &integration).at + "/imports";
    let last = rows.last().map(|last| last.number.to_string()).filter(|_| more);
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
        rows,
        next: last.map(|last| with_query(&here, &asked.query(&last))),
        first: with_query(&here, &asked.query("")),
        first_run,
        may_run: manager.may(Action::RunImports),
        asked,
    })
}

/// Which uploads the filter lets through; none where it asks for something that no upload is.
fn wanted_uploads(asked: &Asked, filter: &ImportFilter) -> Option<UploadFilter> {
    if !asked.trigger.is_empty() && asked.trigger != UPLOAD {
        return None;
    }
    let states = UPLOAD_STATES.iter().find(|(key, _)| *key == asked.state).map(|(_, states)| *states);
    if states.is_none() && STATES.iter().any(|(key, _)| *key == asked.state) {
        return None;
    }
    let states = states.unwrap_or_default().iter().map(|state| (*state).to_owned()).collect();
    Some(UploadFilter { states, from: filter.from, to: filter.to })
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
