//! The first time without an invitation at hand, and a forgotten password: a link goes by mail, or the code of a
//! letter lets somebody in. The answer is the same for every address.

use askama::Template;
use axum::{Form, response::IntoResponse, response::Redirect};
use serde::Deserialize;

use super::{Message, Site, wait};
use crate::{
    access::Guest,
    form::{Input, Summary, Wrongs, again},
    page::{Page, draw},
    routes::{Access, Route, get, post},
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/{programme}/first-time", Access::Site, show_first_time),
        post("/{programme}/first-time", Access::Site, send_first_time),
        post("/{programme}/first-time/code", Access::Site, redeem),
        get("/{programme}/forgotten", Access::Site, show_forgotten),
        post("/{programme}/forgotten", Access::Site, send_forgotten),
    ]
}

#[derive(Template)]
#[template(path = "pages/site/first_time.html")]
struct FirstTime {
    site: Site,
    summary: Summary,
    email: Input,
    code: Input,
}

#[derive(Template)]
#[template(path = "pages/site/forgotten.html")]
struct Forgotten {
    site: Site,
    email: Input,
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    email: String,
    #[serde(default)]
    code: String,
}

fn email(guest: &Guest) -> Input {
    Input::email("email", guest.words.t("entry-your-email")).autocomplete("username").required()
}

fn first_time(guest: &Guest, entered: &str, wrongs: &Wrongs) -> FirstTime {
    let words = guest.words;
    let code = Input::new("code", words.t("first-time-code")).hint(words.t("first-time-code-hint")).required();
    FirstTime {
        site: Site::new(guest, words.t("first-time-title")),
        summary: wrongs.summary(words),
        email: email(guest),
        code: code.short().value(entered).told(wrongs),
    }
}

async fn show_first_time(guest: Guest) -> Page {
    draw(&first_time(&guest, "", &Wrongs::default()))
}

async fn show_forgotten(guest: Guest) -> Page {
    draw(&Forgotten { site: Site::new(&guest, guest.words.t("forgotten-title")), email: email(&guest).focused() })
}

async fn send_first_time(guest: Guest, Form(entries): Form<Entries>) -> Page {
    send(&guest, &entries, "first-time-under-way").await
}

async fn send_forgotten(guest: Guest, Form(entries): Form<Entries>) -> Page {
    send(&guest, &entries, "site-forgotten-under-way").await
}

async fn send(guest: &Guest, entries: &Entries, key: &str) -> Page {
    guest.web.engine.let_member_in(&guest.programme, &entries.email).await?;
    let text = guest.words.t(key.to_owned()).with("email", entries.email.trim()).to_string();
    let more = guest.words.t("under-way-text").to_string();
    let to = Some((guest.at("sign-in"), guest.words.t("back-to-sign-in").to_string()));
    draw(&Message { tone: "join", more, to, ..Message::new(guest, "under-way-title", text) })
}

async fn redeem(guest: Guest, Form(entries): Form<Entries>) -> Page {
    match guest.web.engine.redeem_code(&guest.programme, &entries.code, &guest.origin()).await? {
        Ok(token) => Ok(Redirect::to(&guest.at(format_args!("welcome/{token}"))).into_response()),
        Err(Some(seconds)) => wait(&guest, seconds),
        Err(None) => {
            let wrongs = Wrongs::one("code", guest.words.t("first-time-code-wrong"));
            again(&first_time(&guest, entries.code.trim(), &wrongs))
        }
    }
}
