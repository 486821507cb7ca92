//! Choosing a new password, by the link from a mail.

use askama::Template;
use axum::{Form, extract::Path, http::StatusCode};
use engine::administrators::LinkState;
use serde::Deserialize;

use super::{Message, Site};
use crate::{
    access::Guest,
    form::{Input, Secret, Summary, Wrongs, again},
    page::{Page, draw, go_on},
    routes::{Access, Route, get, post},
};

const PATH: &str = "/{programme}/reset/{token}";

pub(super) fn routes() -> Vec<Route> {
    vec![get(PATH, Access::Site, show), post(PATH, Access::Site, keep)]
}

#[derive(Template)]
#[template(path = "pages/site/reset.html")]
struct Reset {
    site: Site,
    email: String,
    summary: Summary,
    password: Input,
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    password: Secret,
}

/// The form where the link works, else why it does not.
async fn page(guest: &Guest, token: &str, wrongs: &Wrongs) -> Page {
    let words = guest.words;
    let email = match guest.web.engine.member_reset_state(&guest.programme, token).await? {
        LinkState::Valid(email) => email,
        state => {
            let text = match state {
                LinkState::Used => "reset-used",
                LinkState::Expired => "reset-expired",
                _ => "link-unknown",
            };
            let to = Some((guest.at("forgotten"), words.t("reset-again").to_string()));
            let page = Message { to, ..Message::new(guest, "link-dead", words.t(text)) };
            return page.with_status(StatusCode::GONE);
        }
    };
    let page = Reset {
        site: Site::new(guest, words.t("reset-title")),
        email,
        summary: wrongs.summary(words),
        password: Input::new_password(words).strength(words).focused().told(wrongs),
    };
    if wrongs.is_empty() { draw(&page) } else { again(&page) }
}

async fn show(guest: Guest, Path((_, token)): Path<(String, String)>) -> Page {
    page(&guest, &token, &Wrongs::default()).await
}

async fn keep(guest: Guest, Path((_, token)): Path<(String, String)>, Form(entries): Form<Entries>) -> Page {
    match guest.web.engine.reset_member_password(&guest.programme, &token, entries.password.expose()).await {
        Ok(()) => Ok(go_on(&guest.at("sign-in"), "password-reset")),
        Err(error) => page(&guest, &token, &Wrongs::told(guest.words, error)?).await,
    }
}
