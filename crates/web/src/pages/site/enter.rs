//! How members sign in, by e-mail address and password and a code where one is due, and out.

use askama::Template;
use axum::{Form, extract::Query, http::HeaderMap, response::IntoResponse};
use serde::Deserialize;

use super::{Site, outcome, own, with_next};
use crate::{
    access::Guest,
    form::{Input, Secret, Summary, Wrongs, again},
    page::{Page, draw, go_on},
    routes::{Access, Route, get, post},
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/{programme}/sign-in", Access::Site, show),
        post("/{programme}/sign-in", Access::Site, enter),
        get("/{programme}/sign-in/code", Access::Site, show_code),
        post("/{programme}/sign-in/code", Access::Site, enter_code),
        post("/{programme}/sign-out", Access::Site, leave),
    ]
}

#[derive(Template)]
#[template(path = "pages/site/enter.html")]
struct Enter {
    site: Site,
    is_refused: bool,
    action: String,
    email: Input,
    password: Input,
}

#[derive(Template)]
#[template(path = "pages/site/code.html")]
struct SecondStep {
    site: Site,
    action: String,
    summary: Summary,
    code: Input,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    next: String,
    said: Option<String>,
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: Secret,
    #[serde(default)]
    code: String,
}

fn page(guest: &Guest, asked: &Asked, email: &str, is_refused: bool) -> Enter {
    let words = guest.words;
    let address = Input::email("email", words.t("entry-email")).value(email).autocomplete("username").required();
    let password = Input::password("password", words.t("entry-password"), "current-password");
    // Whoever made a mistake most likely made it in the password.
    let (address, password) =
        if email.is_empty() { (address.focused(), password) } else { (address, password.focused()) };
    Enter {
        site: Site::new(guest, words.t("sign-in-title")).saying(asked.said.as_deref().filter(|_| !is_refused)),
        is_refused,
        action: with_next(guest, "sign-in", &asked.next),
        email: address.told(&Wrongs::default()),
        password: password.told(&Wrongs::default()),
    }
}

/// Whoever is signed in already goes where they wanted to.
fn onwards(guest: &Guest, asked: &Asked) -> Option<Page> {
    guest.signed.as_ref()?;
    let (to, account) = (own(guest, &asked.next), guest.at("account"));
    Some(Ok(go_on(if to.is_empty() { &account } else { to }, "")))
}

async fn show(guest: Guest, Query(asked): Query<Asked>) -> Page {
    onwards(&guest, &asked).unwrap_or_else(|| draw(&page(&guest, &asked, "", false)))
}

async fn enter(guest: Guest, Query(asked): Query<Asked>, Form(entries): Form<Entries>) -> Page {
    let engine = &guest.web.engine;
    let password = entries.password.expose();
    let came = engine.sign_member_in(&guest.programme, &entries.email, password, &guest.origin()).await?;
    outcome(&guest, &came, &asked.next, |_| again(&page(&guest, &asked, &entries.email, true))).await
}

fn code_page(guest: &Guest, asked: &Asked, wrongs: &Wrongs) -> SecondStep {
    let words = guest.words;
    let code = Input::new("code", words.t("entry-code")).hint(words.t("entry-code-hint"));
    SecondStep {
        site: Site::new(guest, words.t("second-factor-title")),
        action: with_next(guest, "sign-in/code", &asked.next),
        summary: wrongs.summary(words),
        // A recovery code has letters, so a phone shows all its keys.
        code: code.autocomplete("one-time-code").required().focused().told(wrongs),
    }
}

async fn show_code(guest: Guest, headers: HeaderMap, Query(asked): Query<Asked>) -> Page {
    if let Some(page) = onwards(&guest, &asked) {
        return page;
    }
    let is_due = match guest.token(&headers) {
        Some(token) => guest.web.engine.member_owes_second_factor(&guest.programme, &token).await?,
        None => false,
    };
    if !is_due {
        return Ok(go_on(&with_next(&guest, "sign-in", &asked.next), ""));
    }
    draw(&code_page(&guest, &asked, &Wrongs::default()))
}

async fn enter_code(
    guest: Guest,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
    Form(entries): Form<Entries>,
) -> Page {
    let token = guest.token(&headers).unwrap_or_default();
    let engine = &guest.web.engine;
    let came = engine.member_second_factor(&guest.programme, &token, &entries.code, &guest.origin()).await?;
    outcome(&guest, &came, &asked.next, |_| {
        again(&code_page(&guest, &asked, &Wrongs::one("code", guest.words.t("flaw-code-wrong"))))
    })
    .await
}

async fn leave(guest: Guest, headers: HeaderMap) -> Page {
    if let Some(token) = guest.token(&headers) {
        guest.web.engine.sign_member_out(&guest.programme, &token).await?;
    }
    Ok((guest.let_go(), go_on(&guest.at("sign-in"), "signed-out")).into_response())
}
