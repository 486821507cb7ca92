//! Many members from a file: handed in.

use std::collections::HashMap;

use askama::Template;
use axum::{extract::Query, http::header, response::IntoResponse};
use domain::field::Field;
use engine::{UploadFile, spreadsheet};
use store::{Upload, uploads::UploadFilter};

use crate::{
    access::Manager,
    failure::Failure,
    form::{Entries, Summary, Wrongs, again},
    page::{Page, Said, Shell, draw, go_on},
    tell::{self, Badge},
    words::{Language, Words},
};

/// How many earlier uploads it lists.
const EARLIER: u64 = 10;

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
    badge: Badge,
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
        badge: tell::of_upload(manager.words, &upload),
        by: upload.uploaded_by,
    };
    let fields = engine.member_fields(&manager.programme).await?;
    Ok(HandIn {
        shell: manager.shell(manager.words.t("upload-title")),
        summary: wrongs.summary(manager.words),
        wrong: wrongs.beside("rows", manager.words.t("upload-rows")),
        rows: entries.text("rows").to_owned(),
        invite,
        columns: fields.into_iter().map(|(field, _)| tell::field(manager.words, &field)).collect(),
        earlier: engine
            .uploads(&manager.programme, &UploadFilter::default(), None, EARLIER)
            .await?
            .into_iter()
            .map(earlier)
            .collect(),
        at,
    })
}

/// `GET /manage/{programme}/members/upload`
pub(super) async fn new(manager: Manager, Query(said): Query<Said>) -> Page {
    let page = blank(&manager, &Entries::default(), false, &Wrongs::default()).await?;
    draw(&HandIn { shell: page.shell.saying(said.said.as_deref()), ..page })
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
