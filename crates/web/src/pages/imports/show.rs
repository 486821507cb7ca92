//! One import: under way, on hold or at its end, with the people in its plan.

use askama::Template;
use axum::extract::{Path, Query};
use domain::{
    import::{Purpose, State},
    plan::Kind,
    roles::Action,
};
use store::{Import, Integration};

use super::{Live, People, Trail, Wanted, answer::Hold, found, problems::Links, tally, tally::Tally};
use crate::{
    access::Manager,
    failure::Failure,
    page::{Page, Said, Shell, draw},
    tell::{self, Badge},
};

/// What the address asks for besides people.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Asked {
    /// The dialog that is open, for browsers without script.
    pub(super) ask: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/imports/show.html")]
struct Show {
    shell: Shell,
    trail: Trail,
    badge: Badge,
    /// When, by whom, and how long.
    about: String,
    live: Option<Live>,
    hold: Option<Hold>,
    notes: Vec<Note>,
    /// Where another import is started, after one that failed.
    again: Option<String>,
    tally: Option<Tally>,
    links: Links,
    restore: Option<Restore>,
    people: Option<People>,
    questions: u64,
}

/// What is to be said of how an import ended.
pub(super) struct Note {
    tone: &'static str,
    title: String,
    text: String,
    /// Where there is more, and what the link is called.
    link: Option<(String, String)>,
}

/// Bringing the leavers of an import back.
struct Restore {
    number: u64,
    at: String,
    is_asked: bool,
}

/// `GET /manage/{programme}/imports/{id}`
pub(super) async fn show(
    manager: Manager,
    Path((_, id)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
    Query(asked): Query<Asked>,
    Query(said): Query<Said>,
) -> Page {
    let (import, integration) = found(&manager, &id).await?;
    let page = page(&manager, &import, &integration, &wanted, &asked, said.said.as_deref()).await?;
    draw(&page)
}

async fn page(
    manager: &Manager,
    import: &Import,
    integration: &Integration,
    wanted: &Wanted,
    asked: &Asked,
    said: Option<&str>,
) -> Result<Show, Failure> {
    let words = manager.words;
    let engine = &manager.web.engine;
    let state = import.state()?;
    let counts = import.counts()?;
    let at = manager.at(format_args!("imports/{}", import.number()));
    let has_plan = matches!(
        state,
        State::OnHold | State::Completed | State::Rejected | State::Lapsed | State::Superseded | State::Previewed
    );
    let usual = if counts.leave > 0 && state == State::OnHold { Some(Kind::Leave) } else { None };
    let people = if has_plan
        && import.people_removed_at.is_none()
        && (counts.changes() + counts.reject > 0 || import.approved_without_leavers())
    {
        Some(People::of(manager, import, &integration.source, at.clone(), wanted, usual).await?)
    } else {
        None
    };
    let hold = Hold::of(manager, import, integration, asked.ask.as_deref()).await?;
    let title = match (&hold, state) {
        (Some(hold), State::OnHold) => hold.title().to_owned(),
        _ => words.t("import-title").with("when", manager.clock.short(import.created_at)).to_string(),
    };
    let restorable = if state == State::Completed && counts.leave > 0 && manager.may(Action::RestoreLeavers) {
        engine.restorable_leavers(import).await?
    } else {
        0
    };
    let restore = Restore {
        number: restorable,
        at: format!("{at}/restore-leavers"),
        is_asked: asked.ask.as_deref() == Some("restore"),
    };
    Ok(Show {
        shell: manager.shell(title).saying(said).waiting_for(state.is_running()),
        trail: Trail::new(manager, integration),
        badge: tell::of_import(words, import),
        about: about(manager, import),
        live: state.is_running().then(|| Live::new(manager, import, &integration.source)).transpose()?,
        notes: notes(manager, import, integration, hold.as_ref())?,
        tally: has_plan.then(|| tally(words, &counts)),
        links: Links::new(words, at, &counts),
        again: (state == State::Failed && import.purpose == Purpose::Apply.as_str() && manager.may(Action::RunImports))
            .then(|| format!("{}/imports/new", Trail::new(manager, integration).at)),
        restore: (restorable > 0).then_some(restore),
        questions: if state == State::Completed { questions(manager, import, integration).await? } else { 0 },
        hold: hold.filter(|_| state == State::OnHold),
        people,
    })
}

/// How many questions about people wait, where this is the import that asked them.
async fn questions(manager: &Manager, import: &Import, integration: &Integration) -> Result<u64, Failure> {
    let open = manager.web.engine.open_questions(integration, None, 1).await?;
    let is_ours = open.first().is_some_and(|question| question.problem.import_id == import.id);
    if is_ours { Ok(manager.web.engine.count_open_questions(integration).await?) } else { Ok(0) }
}

/// `Monday 23 November, 06:04 (Europe/Berlin) · Import data now · Ines Hartmann · 12 s`
fn about(manager: &Manager, import: &Import) -> String {
    let mut parts = vec![manager.clock.moment_here(import.created_at), tell::trigger(manager.words, import)];
    if import.finished_at.is_some() && import.duration_ms > 0 {
        let took = manager.words.t("import-took").with("time", manager.clock.lasting(import.duration_ms));
        parts.push(took.to_string());
    }
    parts.join(" · ")
}

fn notes(
    manager: &Manager,
    import: &Import,
    integration: &Integration,
    hold: Option<&Hold>,
) -> Result<Vec<Note>, Failure> {
    let words = manager.words;
    let source = tell::source(&integration.source);
    let note = |tone, title: String, text: String| Note { tone, title, text, link: None };
    let state = import.state()?;
    let mut notes = Vec::new();
    let answered = import.answered_by.clone().unwrap_or_default();
    match state {
        State::Failed => {
            let code = import.failure_code.as_deref().unwrap_or_default();
            let (text, remedy) = (tell::failure_text(words, code, &source), tell::failure_remedy(words, code, &source));
            let link = Some((format!("/help/problems/failures#{code}"), words.t("import-failure-help").to_string()));
            let title = words.t("import-failed-title").to_string();
            notes.push(Note { link, ..note("reject", title, format!("{text} {remedy}")) });
        }
        State::Rejected => {
            let text = words.t("import-rejected-text").with("person", answered).to_string();
            notes.push(note("", words.t("import-rejected-title").to_string(), text));
        }
        State::Lapsed => {
            let text = words.t("import-lapsed-text").to_string();
            notes.push(note("", words.t("import-lapsed-title").to_string(), text));
        }
        State::Superseded => {
            let link = hold.and_then(|hold| hold.superseded_by).map(|newer| {
                (manager.at(format_args!("imports/{newer}")), words.t("import-superseded-link").to_string())
            });
            let title = words.t("import-superseded-title").to_string();
            notes.push(Note { link, ..note("", title, words.t("import-superseded-text").to_string()) });
        }
        State::Previewed => {
            let text = words.t("import-previewed-text").to_string();
            notes.push(note("update", words.t("import-previewed-title").to_string(), text));
        }
        State::Completed if import.approved.is_some() => {
            let key = if import.approved_without_leavers() { "import-approved-without" } else { "import-approved" };
            notes.push(note(
                "",
                words.t("import-approved-title").to_string(),
                words.t(key).with("person", answered).to_string(),
            ));
        }
        // Of whoever cannot be judged it is not known whether they agree.
        State::Completed
            if import.purpose == Purpose::Apply.as_str()
                && matches!(import.counts()?, counts if counts.changes() == 0 && counts.reject == 0) =>
        {
            notes.push(note(
                "join",
                words.t("import-nothing-title").to_string(),
                words.t("import-nothing-text").with("source", source).to_string(),
            ));
        }
        _ => {}
    }
    if let Some(at) = import.people_removed_at {
        let text = words.t("import-people-removed-text").with("day", manager.clock.day(at)).to_string();
        notes.push(note("", words.t("import-people-removed-title").to_string(), text));
    }
    if let Some(hold) = hold.filter(|_| state != State::OnHold) {
        notes.push(note("", words.t("import-was-held").to_string(), hold.was_held().join(" · ")));
    }
    Ok(notes)
}
