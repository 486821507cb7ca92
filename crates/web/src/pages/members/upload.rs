//! Many members from a file: handed in, planned, looked at, and then applied.

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::header,
    response::IntoResponse,
};
use domain::field::Field;
use engine::{UploadFile, changed_by_line, problems_of, spreadsheet};
use serde::Deserialize;
use store::{Upload, UploadRow};
use uuid::Uuid;

use crate::{
    access::Manager,
    failure::Failure,
    form::{Entries, Summary, Wrongs, again},
    page::{Page, Said, Shell, draw, go_on, with_query},
    pages::imports::Line,
    tell::{self, Labels},
    words::{Language, Words},
};

/// How many lines a page shows.
const MOST: usize = 50;

/// How many earlier uploads it lists.
const EARLIER: u64 = 10;

/// The kinds of lines, as the plan lists them, each with the colour that goes with it.
const KINDS: [(&str, &str); 4] = [("join", "join"), ("update", "update"), ("unchanged", ""), ("reject", "reject")];

#[derive(Template)]
#[template(path = "pages/members/upload.html")]
struct HandIn {
    shell: Shell,
    at: String,
    summary: Summary,
    wrong: Option<String>,
    rows: String,
    invite: bool,
    columns: Vec<String>,
    earlier: Vec<Earlier>,
}

/// An upload of before.
struct Earlier {
    at: String,
    when: String,
    by: String,
    is_applied: bool,
}

/// The field that each heading stands for: its name, or what it is called in any language that pages are in.
async fn columns(manager: &Manager) -> Result<HashMap<String, Field>, Failure> {
    let fields = manager.web.engine.member_fields(&manager.programme).await?;
    let mut columns = HashMap::new();
    for (field, _) in fields {
        for language in [Language::English, Language::German] {
            columns.insert(tell::field(Words::new(language), &field).to_lowercase(), field.clone());
        }
        if let Field::Custom(name) = &field {
            columns.insert(name.to_lowercase(), field.clone());
        }
        columns.insert(field.to_string(), field);
    }
    Ok(columns)
}

async fn blank(manager: &Manager, entries: &Entries, invite: bool, wrongs: &Wrongs) -> Result<HandIn, Failure> {
    let engine = &manager.web.engine;
    let at = manager.at("members/upload");
    let earlier = |upload: Upload| Earlier {
        at: format!("{at}/{}", upload.id),
        when: manager.clock.moment(upload.uploaded_at),
        by: upload.uploaded_by,
        is_applied: upload.applied_at.is_some(),
    };
    let fields = engine.member_fields(&manager.programme).await?;
    Ok(HandIn {
        shell: manager.shell(manager.words.t("upload-title")),
        summary: wrongs.summary(manager.words),
        wrong: wrongs.at("rows").map(str::to_owned),
        rows: entries.text("rows").to_owned(),
        invite,
        columns: fields.into_iter().map(|(field, _)| tell::field(manager.words, &field)).collect(),
        earlier: engine.uploads(&manager.programme, EARLIER).await?.into_iter().map(earlier).collect(),
        at,
    })
}

/// `GET /manage/{programme}/members/upload`
pub(super) async fn new(manager: Manager) -> Page {
    draw(&blank(&manager, &Entries::default(), false, &Wrongs::default()).await?)
}

/// `GET /manage/{programme}/members/upload/template.csv`
pub(super) async fn template(manager: Manager) -> Page {
    let fields = manager.web.engine.member_fields(&manager.programme).await?;
    let line = spreadsheet::line(fields.iter().map(|(field, _)| tell::field(manager.words, field)));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"members.csv\""),
    ];
    // The mark by which spreadsheets know the writing.
    Ok((headers, format!("\u{feff}{line}")).into_response())
}

/// `POST /manage/{programme}/members/upload`
pub(super) async fn hand_in(manager: Manager, entries: Entries) -> Page {
    let (columns, invite) = (columns(&manager).await?, entries.has("invite"));
    let file = UploadFile { text: entries.text("rows"), columns: &columns, invite };
    match manager.web.engine.stage_upload(&manager.programme, file, &manager.actor()).await {
        Ok(id) => Ok(go_on(&manager.at(format_args!("members/upload/{id}")), "")),
        Err(error) => {
            let wrongs = Wrongs::told(manager.words, error)?;
            again(&blank(&manager, &entries, invite, &wrongs).await?)
        }
    }
}

/// Which lines are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    kind: String,
    after: i32,
}

#[derive(Template)]
#[template(path = "pages/members/upload_plan.html")]
struct Plan {
    shell: Shell,
    at: String,
    by: String,
    applied: Option<String>,
    invite: bool,
    kinds: Vec<Kind>,
    skipped: i64,
    /// How many accounts would be made or changed.
    to_do: i64,
    rows: Vec<Row>,
    next: Option<String>,
    is_later: bool,
    first: String,
}

/// Lines of one kind.
struct Kind {
    name: String,
    tone: &'static str,
    number: i64,
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
    member: Option<String>,
    lines: Vec<Line>,
    problems: Vec<String>,
}

/// `GET /manage/{programme}/members/upload/{upload}`
pub(super) async fn plan(
    manager: Manager,
    Path((_, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Query(said): Query<Said>,
) -> Page {
    let id = Uuid::try_parse(&id).map_err(|_| Failure::not_found())?;
    let upload = manager.web.engine.upload(&manager.programme, id).await?;
    draw(&planned(&manager, &upload, &asked, said.said.as_deref()).await?)
}

async fn planned(manager: &Manager, upload: &Upload, asked: &Asked, said: Option<&str>) -> Result<Plan, Failure> {
    let (words, engine) = (manager.words, &manager.web.engine);
    let at = manager.at(format_args!("members/upload/{}", upload.id));
    let counts = engine.upload_counts(upload).await?;
    let kind = KINDS.iter().map(|(kind, _)| *kind).find(|kind| *kind == asked.kind);
    let most = u64::try_from(MOST + 1).unwrap_or(u64::MAX);
    let mut rows = engine.upload_rows(upload, kind, asked.after, most).await?;
    let more = rows.len() > MOST;
    rows.truncate(MOST);
    let last = rows.last().filter(|_| more).map(|last| last.line.to_string());
    let number = |name: &str| counts.iter().filter(|count| count.kind == name).map(|count| count.number).sum();
    let of_kind = |(name, tone): (&str, &'static str)| Kind {
        name: words.of("upload-kind-", name).to_string(),
        tone,
        number: number(name),
        address: with_query(&at, &[("kind", name)]),
        is_chosen: kind == Some(name),
    };
    let all = Kind {
        name: words.t("upload-kind-all").to_string(),
        tone: "",
        number: counts.iter().map(|count| count.number).sum(),
        address: at.clone(),
        is_chosen: kind.is_none(),
    };
    let in_state = |state: &str| counts.iter().filter(|count| count.state == state).map(|count| count.number).sum();
    Ok(Plan {
        shell: manager.shell(words.t("upload-plan-title")).saying(said),
        by: words
            .t("upload-by")
            .with("person", &upload.uploaded_by)
            .with("when", manager.clock.moment_here(upload.uploaded_at))
            .to_string(),
        applied: upload.applied_at.map(|at| manager.clock.moment_here(at)),
        invite: upload.invite,
        kinds: std::iter::once(all).chain(KINDS.into_iter().map(of_kind).filter(|kind| kind.number > 0)).collect(),
        skipped: in_state("skipped"),
        to_do: in_state("planned"),
        rows: rows.iter().map(|one| row(manager, upload, one)).collect::<Result<_, _>>()?,
        next: last.map(|last| with_query(&at, &[("kind", kind.unwrap_or_default()), ("after", &last)])),
        is_later: asked.after > 0,
        first: with_query(&at, &[("kind", kind.unwrap_or_default())]),
        at,
    })
}

fn row(manager: &Manager, upload: &Upload, row: &UploadRow) -> Result<Row, Failure> {
    let words = manager.words;
    let after = row.values()?;
    let line = |(field, before): (Field, Option<String>)| Line {
        label: tell::field(words, &field),
        before,
        after: after.get(&field).cloned(),
    };
    let changes = if row.kind == "update" { changed_by_line(row)? } else { Vec::new() };
    let problem = |problem: engine::LineProblem| {
        let text = tell::problem(words, problem.code).0;
        format!("{}: {text}", Labels::default().place(words, &problem.field))
    };
    let is_there = upload.applied_at.is_some() || row.kind != "join";
    Ok(Row {
        line: row.line,
        name: row.name.clone(),
        email: after.get(&Field::Email).cloned().unwrap_or_default(),
        kind: words.of("upload-kind-", &row.kind).to_string(),
        tone: KINDS.iter().find(|(kind, _)| *kind == row.kind).map_or("", |(_, tone)| tone),
        is_skipped: row.state == "skipped",
        member: row
            .member_id
            .filter(|_| is_there && row.state != "skipped")
            .map(|id| manager.at(format_args!("members/{id}"))),
        lines: changes.into_iter().map(line).collect(),
        problems: problems_of(row).into_iter().map(problem).collect(),
    })
}

/// `POST /manage/{programme}/members/upload/{upload}`
pub(super) async fn apply(manager: Manager, Path((_, id)): Path<(String, String)>) -> Page {
    let id = Uuid::try_parse(&id).map_err(|_| Failure::not_found())?;
    manager.web.engine.apply_upload(&manager.programme, id, &manager.actor()).await?;
    Ok(go_on(&manager.at(format_args!("members/upload/{id}")), "upload-applied"))
}
