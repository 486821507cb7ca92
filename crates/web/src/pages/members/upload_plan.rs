//! What an uploaded file does, line by line: looked at, answered, applied or put aside (R16, R30).

use askama::Template;
use axum::extract::{Path, Query};
use domain::{field::Field, problem::Severity};
use engine::{Like, LineAnswer, answers_of, changed_by_line, problems_of};
use serde::Deserialize;
use store::{
    Upload, UploadRow,
    uploads::{Lines, UploadCount},
};
use uuid::Uuid;

use crate::{
    access::Manager,
    download,
    failure::Failure,
    form::{Entries, Input, Summary, Wrongs, again},
    page::{Page, Shell, draw, go_on, with_query},
    pages::imports::{InWords, Line},
    tell::{self, Badge, Labels},
};

/// How many lines a page shows.
const MOST: usize = 50;

/// The kinds of lines, as the plan lists them, each with the colour that goes with it.
const KINDS: [(&str, &str); 6] = [
    ("join", "join"),
    ("update", "update"),
    ("rejoin", "rejoin"),
    ("unchanged", ""),
    ("asked", "leave"),
    ("reject", "reject"),
];

/// Which lines are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    kind: String,
    after: i32,
    said: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/members/upload_plan.html")]
struct Plan {
    shell: Shell,
    at: String,
    by: String,
    badge: Badge,
    state: String,
    /// How many lines are planned or applied, of how many.
    done: i64,
    total: i64,
    applied: Option<String>,
    /// Members before and after.
    people: Option<(i64, i64)>,
    invite: bool,
    kinds: Vec<Kind>,
    skipped: u64,
    /// Lines that wait for a word.
    open: u64,
    /// How many accounts would be made or changed.
    to_do: u64,
    errors: u64,
    warnings: u64,
    rows: Vec<Row>,
    next: Option<String>,
    is_later: bool,
    first: String,
    /// What has to be typed, where there are that many joiners.
    joiners: Option<Input>,
    summary: Summary,
}

impl Plan {
    fn is_working(&self) -> bool {
        matches!(self.state.as_str(), "received" | "applying")
    }
}

/// Lines of one kind.
struct Kind {
    name: String,
    tone: &'static str,
    number: u64,
    address: String,
    is_chosen: bool,
}

struct Row {
    line: i32,
    name: String,
    email: String,
    kind: String,
    tone: &'static str,
    is_skipped: bool,
    /// The answers that somebody can press.
    answers: Vec<Choice>,
    member: Option<String>,
    lines: Vec<Line>,
    problems: Vec<Told>,
}

/// An answer, by its stable name and in words.
struct Choice {
    name: &'static str,
    text: String,
}

/// A problem in words, and where the one is whom it is about.
struct Told {
    text: String,
    who: Option<Who>,
}

/// Somebody whom a line's person may be.
struct Who {
    text: String,
    address: String,
}

async fn found(manager: &Manager, id: &str) -> Result<Upload, Failure> {
    let id = Uuid::try_parse(id).map_err(|_| Failure::not_found())?;
    Ok(manager.web.engine.upload(&manager.programme, id).await?)
}

/// `GET /manage/{programme}/members/upload/{upload}`
pub(super) async fn show(manager: Manager, Path((_, id)): Path<(String, String)>, Query(asked): Query<Asked>) -> Page {
    let upload = found(&manager, &id).await?;
    draw(&page(&manager, &upload, &asked, "", &Wrongs::default()).await?)
}

async fn page(
    manager: &Manager,
    upload: &Upload,
    asked: &Asked,
    typed: &str,
    wrongs: &Wrongs,
) -> Result<Plan, Failure> {
    let (words, engine) = (manager.words, &manager.web.engine);
    let at = manager.at(format_args!("members/upload/{}", upload.id));
    let counts = engine.upload_counts(upload).await?;
    let labels = Labels::of(manager).await?;
    let kind = KINDS.iter().map(|(kind, _)| *kind).find(|kind| *kind == asked.kind);
    let lines = match kind {
        None => Lines::All,
        Some("asked") => Lines::Asked,
        Some(kind) => Lines::Of(kind),
    };
    let most = u64::try_from(MOST + 1).unwrap_or(u64::MAX);
    let mut rows = engine.upload_rows(upload, lines, asked.after, most).await?;
    let more = rows.len() > MOST;
    rows.truncate(MOST);
    let last = rows.last().filter(|_| more).map(|last| last.line.to_string());
    let of_kind = |(name, tone): (&str, &'static str)| Kind {
        name: words.of("upload-kind-", name).to_string(),
        tone,
        number: if name == "asked" { in_state(&counts, name) } else { sum(&counts, |count| count.kind == name) },
        address: with_query(&at, &[("kind", name)]),
        is_chosen: kind == Some(name),
    };
    let all = Kind {
        name: words.t("upload-kind-all").to_string(),
        tone: "",
        number: sum(&counts, |_| true),
        address: at.clone(),
        is_chosen: kind.is_none(),
    };
    let is_working = matches!(upload.state.as_str(), "received" | "applying");
    let is_open = upload.state == "planned";
    let joiners = if is_open { engine.upload_asks_for_joiners(&manager.programme, upload).await? } else { None };
    let known = upload.counts().unwrap_or_default();
    Ok(Plan {
        shell: manager.shell(words.t("upload-plan-title")).saying(asked.said.as_deref()).waiting_for(is_working),
        by: words
            .t("upload-by")
            .with("person", &upload.uploaded_by)
            .with("when", manager.clock.moment_here(upload.uploaded_at))
            .to_string(),
        badge: tell::of_upload(words, upload),
        state: upload.state.clone(),
        done: upload.progress_done,
        total: upload.progress_total,
        applied: upload.applied_at.map(|at| manager.clock.moment_here(at)),
        people: (upload.state == "applied" && upload.members_after > 0)
            .then_some((upload.members_before, upload.members_after)),
        invite: upload.invite,
        kinds: std::iter::once(all).chain(KINDS.into_iter().map(of_kind).filter(|kind| kind.number > 0)).collect(),
        skipped: in_state(&counts, "skipped"),
        open: in_state(&counts, "asked"),
        to_do: in_state(&counts, "planned"),
        errors: known.errors,
        warnings: known.warnings,
        rows: rows.iter().map(|one| row(manager, &labels, upload, one)).collect::<Result<_, _>>()?,
        next: last.map(|last| with_query(&at, &[("kind", kind.unwrap_or_default()), ("after", &last)])),
        is_later: asked.after > 0,
        first: with_query(&at, &[("kind", kind.unwrap_or_default())]),
        joiners: joiners.map(|joiners| {
            let label = words.n("upload-joiners", joiners);
            Input::new("joiners", label).keys("numeric").short().required().value(typed).told(wrongs)
        }),
        summary: wrongs.summary(words),
        at,
    })
}

fn sum(counts: &[UploadCount], these: impl Fn(&UploadCount) -> bool) -> u64 {
    counts.iter().filter(|count| these(count)).map(|count| u64::try_from(count.number).unwrap_or_default()).sum()
}

fn in_state(counts: &[UploadCount], state: &str) -> u64 {
    sum(counts, |count| count.state == state)
}

fn row(manager: &Manager, labels: &Labels, upload: &Upload, row: &UploadRow) -> Result<Row, Failure> {
    let words = manager.words;
    let after = row.values()?;
    let line = |(field, before): (Field, Option<String>)| {
        let told = |value: &String| tell::value(words, &manager.clock, &field, value);
        Line {
            label: tell::field(words, &field),
            before: before.as_ref().map(told),
            after: after.get(&field).map(told),
        }
    };
    let is_known = matches!(row.kind.as_str(), "update" | "rejoin");
    let changes = if is_known { changed_by_line(row)? } else { Vec::new() };
    let problem = |problem: engine::LineProblem| {
        let text = tell::problem(words, problem.code).0;
        // What is said of somebody like them is about the person, not about one value.
        let text = match problem.other {
            Some(_) => text,
            None => format!("{}: {text}", labels.place(words, &problem.field)),
        };
        Told { text, who: problem.other.map(|other| who(manager, upload, other)) }
    };
    let answers = if upload.state == "planned" { answers_of(row) } else { Vec::new() };
    let kind = if row.state == "asked" { "asked" } else { row.kind.as_str() };
    Ok(Row {
        line: row.line,
        name: row.name.clone(),
        email: after.get(&Field::Email).cloned().unwrap_or_default(),
        kind: words.of("upload-kind-", kind).to_string(),
        tone: KINDS.iter().find(|(name, _)| *name == kind).map_or("", |(_, tone)| tone),
        is_skipped: row.state == "skipped",
        // The first one holds already.
        answers: answers.into_iter().skip(1).map(|answer| choice(manager, row, answer)).collect(),
        member: row
            .member_id
            .filter(|_| row.state == "done" || is_known)
            .map(|id| manager.at(format_args!("members/{id}"))),
        lines: changes.into_iter().map(line).collect(),
        problems: problems_of(row).into_iter().map(problem).collect(),
    })
}

fn choice(manager: &Manager, row: &UploadRow, answer: LineAnswer) -> Choice {
    let key = match answer {
        LineAnswer::Same => "upload-same",
        // Nobody has their address: they are like somebody, and that is all.
        LineAnswer::Another if row.as_new.is_none() => "upload-add-all-the-same",
        LineAnswer::Another => "upload-another",
        LineAnswer::Open => "upload-leave-out",
    };
    Choice { name: answer.as_str(), text: manager.words.t(key).to_string() }
}

fn who(manager: &Manager, upload: &Upload, other: Like) -> Who {
    match other {
        Like::Member(member) => Who {
            text: manager.words.t("upload-who").to_string(),
            address: manager.at(format_args!("members/{member}")),
        },
        Like::Line(line) => Who {
            text: manager.words.t("upload-who-line").with("line", line).to_string(),
            address: with_query(
                &manager.at(format_args!("members/upload/{}", upload.id)),
                &[("after", &(line - 1).to_string())],
            ),
        },
    }
}

/// `POST /manage/{programme}/members/upload/{upload}`
pub(super) async fn apply(manager: Manager, Path((_, id)): Path<(String, String)>, entries: Entries) -> Page {
    let upload = found(&manager, &id).await?;
    let typed: String = entries.get("joiners").chars().filter(char::is_ascii_digit).collect();
    match manager.web.engine.apply_upload(&manager.programme, upload.id, typed.parse().ok(), &manager.actor()).await {
        Ok(()) => Ok(go_on(&manager.at(format_args!("members/upload/{}", upload.id)), "")),
        Err(error @ engine::EngineError::Settings(_)) => {
            let wrongs = Wrongs::told(manager.words, error)?;
            again(&page(&manager, &upload, &Asked::default(), entries.get("joiners"), &wrongs).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /manage/{programme}/members/upload/{upload}/discard`
pub(super) async fn discard(manager: Manager, Path((_, id)): Path<(String, String)>) -> Page {
    let upload = found(&manager, &id).await?;
    manager.web.engine.discard_upload(&manager.programme, upload.id, &manager.actor()).await?;
    Ok(go_on(&manager.at("members/upload"), "upload-discarded"))
}

/// `POST /manage/{programme}/members/upload/{upload}/lines/{line}`
pub(super) async fn answer(
    manager: Manager,
    Path((_, id, line)): Path<(String, String, String)>,
    entries: Entries,
) -> Page {
    let upload = found(&manager, &id).await?;
    let line = line.parse().map_err(|_| Failure::not_found())?;
    let (answer, said) = match entries.get("answer") {
        "same" => (LineAnswer::Same, "upload-line-same"),
        "another" => (LineAnswer::Another, "upload-line-added"),
        _ => (LineAnswer::Open, "upload-line-left-out"),
    };
    let engine = &manager.web.engine;
    engine.answer_upload_line(&manager.programme, upload.id, line, answer, &manager.actor()).await?;
    let at = manager.at(format_args!("members/upload/{}", upload.id));
    let rest = engine.upload_rows(&upload, Lines::Asked, 0, 1).await?;
    // Whoever goes through the questions meets the next one.
    let to = if rest.is_empty() { at } else { with_query(&at, &[("kind", "asked")]) };
    Ok(go_on(&to, said))
}

/// `GET /manage/{programme}/members/upload/{upload}/errors.csv`
pub(super) async fn errors(manager: Manager, Path((_, id)): Path<(String, String)>) -> Page {
    file(manager, &id, Severity::Error, "errors").await
}

/// `GET /manage/{programme}/members/upload/{upload}/warnings.csv`
pub(super) async fn warnings(manager: Manager, Path((_, id)): Path<(String, String)>) -> Page {
    file(manager, &id, Severity::Warning, "warnings").await
}

async fn file(manager: Manager, id: &str, severity: Severity, name: &str) -> Page {
    let upload = found(&manager, id).await?;
    let words = manager.words;
    let labels = Labels::of(&manager).await?;
    let day = manager.clock.machine_day(upload.uploaded_at);
    let name = format!("{}-upload-{day}-{name}.csv", manager.programme.slug);
    Ok(download::csv(&name, move |to| async move {
        let lines = manager.web.engine.upload_problems_file(&upload, severity, InWords::of_upload(words, labels));
        download::write(Ok(lines), to).await;
    }))
}
