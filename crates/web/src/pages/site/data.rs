//! Everything that is held about a member, to read and to take along.

use askama::Template;
use axum::{http::header, response::IntoResponse};

use super::{
    Site,
    account::{Shown, data},
};
use crate::{
    access::Guest,
    failure::Failure,
    page::{Page, draw},
    routes::{Access, Route, get},
    when::Clock,
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
    happened: Vec<(i64, String)>,
    clock: Clock,
}

async fn show(guest: Guest) -> Page {
    let words = guest.words;
    let copy = guest.web.engine.member_copy(guest.member()?).await?;
    let mut happened = vec![(copy.account.created_at, words.t("data-made").to_string())];
    happened.extend(copy.account.left_at.map(|at| (at, words.t("data-left").to_string())));
    for change in &copy.changes {
        happened.push((change.at, words.of("kind-", &change.kind).to_string()));
    }
    happened.sort_unstable();
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
