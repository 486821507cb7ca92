//! Everything that is held about a member, to read and to take along.

use askama::Template;
use axum::{http::header, response::IntoResponse};
use engine::site::DeedCopy;
use serde_json::Value;

use super::{
    Site,
    account::{Shown, data},
};
use crate::{
    access::Guest,
    failure::Failure,
    page::{Page, draw},
    routes::{Access, Route, get},
    tell::{self, Change},
    when::Clock,
    words::Words,
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/{programme}/account/data", Access::Member, show),
        get("/{programme}/account/data.json", Access::Member, file),
    ]
}

#[derive(Template)]
#[template(path = "pages/site/data.html")]
struct Held {
    site: Site,
    data: Vec<Shown>,
    happened: Vec<Happened>,
    clock: Clock,
}

/// One thing that happened to the account.
struct Happened {
    at: i64,
    what: String,
    /// What is another since then, where a person did it.
    changes: Vec<Change>,
}

impl Happened {
    fn plainly(at: i64, what: impl Into<String>) -> Self {
        Self { at, what: what.into(), changes: Vec::new() }
    }

    fn by_somebody(words: Words, clock: &Clock, deed: &DeedCopy) -> Self {
        let text = |value: Option<&Value>| value.map(Value::to_string);
        let (before, after) = (text(deed.before.as_ref()), text(deed.after.as_ref()));
        let (changes, _) = tell::changes(words, clock, before.as_deref(), after.as_deref());
        Self { at: deed.at, what: told(words, deed), changes }
    }
}

/// What somebody did, to whom it was done; by its name in the log where there are no words for it.
fn told(words: Words, deed: &DeedCopy) -> String {
    let key = format!("happened-{}", deed.kind.replace('.', "-"));
    let what = if words.has(&key) { words.t(key).to_string() } else { tell::called(words, &deed.kind) };
    words.of("happened-by-", &deed.by).with("what", what).to_string()
}

async fn show(guest: Guest) -> Page {
    let words = guest.words;
    let copy = guest.web.engine.member_copy(guest.member()?).await?;
    let mut happened = vec![Happened::plainly(copy.account.created_at, words.t("data-made"))];
    happened.extend(copy.account.left_at.map(|at| Happened::plainly(at, words.t("data-left"))));
    let changes = copy.changes.iter().rev();
    happened.extend(changes.map(|change| Happened::plainly(change.at, words.of("data-import-", &change.kind))));
    let deeds = copy.deeds.iter().rev();
    happened.extend(deeds.map(|deed| Happened::by_somebody(words, &guest.clock, deed)));
    happened.sort_by_key(|one| one.at);
    draw(&Held {
        site: Site::new(&guest, words.t("data-title")),
        data: data(&guest).await?,
        happened,
        clock: guest.clock.clone(),
    })
}

async fn file(guest: Guest) -> Page {
    let copy = guest.web.engine.member_copy(guest.member()?).await?;
    let text = serde_json::to_string_pretty(&copy).map_err(|error| Failure::broken(&error.to_string()))?;
    let name = format!("attachment; filename=\"{}-my-data.json\"", guest.programme.slug);
    let headers = [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, text).into_response())
}
