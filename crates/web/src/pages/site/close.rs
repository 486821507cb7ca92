//! Closing one's own account: what goes, and the address typed so that nobody does it by mistake (R63).

use askama::Template;
use axum::Form;
use serde::Deserialize;

use super::Site;
use crate::{
    access::Guest,
    failure::Failure,
    form::{Input, Summary, Wrongs, again},
    page::{Page, draw, go_on},
    routes::{Access, Route, get, post},
};

const PATH: &str = "/{programme}/account/close";

pub(super) fn routes() -> Vec<Route> {
    vec![get(PATH, Access::CurrentMember, show), post(PATH, Access::CurrentMember, close)]
}

#[derive(Template)]
#[template(path = "pages/site/close.html")]
struct Close {
    site: Site,
    email: String,
    days: u32,
    summary: Summary,
    typed: Input,
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    typed: String,
}

fn page(guest: &Guest, entered: &str, wrongs: &Wrongs) -> Result<Close, Failure> {
    let words = guest.words;
    Ok(Close {
        site: Site::new(guest, words.t("close-title")),
        email: guest.member()?.email().to_owned(),
        days: guest.settings.close_down.erase_days,
        summary: wrongs.summary(words),
        typed: Input::email("typed", words.t("close-typed")).value(entered).required().told(wrongs),
    })
}

async fn show(guest: Guest) -> Page {
    draw(&page(&guest, "", &Wrongs::default())?)
}

async fn close(guest: Guest, Form(entries): Form<Entries>) -> Page {
    match guest.web.engine.close_member_account(guest.member()?, &entries.typed, &guest.origin()).await {
        Ok(_) => Ok(go_on(&guest.at("account"), "closing")),
        Err(error) => again(&page(&guest, &entries.typed, &Wrongs::told(guest.words, error)?)?),
    }
}
