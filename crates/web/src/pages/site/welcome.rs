//! The page that an invitation leads to: whether it works, and the first password.

use askama::Template;
use axum::{Form, extract::Path, http::StatusCode};
use engine::site::{InvitationState, Invited};
use serde::Deserialize;

use super::{Message, Site, let_in};
use crate::{
    access::Guest,
    form::{Input, Secret, Summary, Wrongs, again},
    page::{Page, draw},
    routes::{Access, Route, get, post},
};

const PATH: &str = "/{programme}/welcome/{token}";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get(PATH, Access::Site, show),
        post(PATH, Access::Site, accept),
        post("/{programme}/welcome/{token}/again", Access::Site, ask_again),
    ]
}

#[derive(Template)]
#[template(path = "pages/site/welcome.html")]
struct Welcome {
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

/// The form where the invitation works, else why it does not.
async fn page(guest: &Guest, token: &str, wrongs: &Wrongs) -> Page {
    let words = guest.words;
    let Invited { first_name, email } = match guest.web.engine.member_invitation(&guest.programme, token).await? {
        InvitationState::Valid(invited) => invited,
        state => return dead(guest, token, &state),
    };
    let title = match first_name {
        Some(name) => words.t("welcome-title-name").with("name", name),
        None => words.t("welcome-title"),
    };
    let page = Welcome {
        site: Site::new(guest, title),
        email,
        summary: wrongs.summary(words),
        password: Input::new_password(words).strength(words).focused().told(wrongs),
    };
    if wrongs.is_empty() { draw(&page) } else { again(&page) }
}

fn dead(guest: &Guest, token: &str, state: &InvitationState) -> Page {
    let words = guest.words;
    let (title, text) = match state {
        InvitationState::Expired => ("welcome-expired", "welcome-expired-text"),
        InvitationState::Used => ("welcome-used", "welcome-used-text"),
        InvitationState::Replaced => ("welcome-replaced", "welcome-replaced-text"),
        InvitationState::Suspended => ("checked-title", "welcome-suspended-text"),
        InvitationState::Unknown | InvitationState::Valid(_) => ("link-dead", "welcome-unknown-text"),
    };
    let may_ask = matches!(state, InvitationState::Expired | InvitationState::Replaced);
    let link = |path, key| Some((guest.at(path), words.t(key).to_string()));
    let page = Message {
        act: may_ask.then(|| (guest.at(format_args!("welcome/{token}/again")), words.t("link-again").to_string())),
        to: match state {
            InvitationState::Used => link("sign-in", "sign-in"),
            InvitationState::Unknown => link("first-time", "first-time-title"),
            _ => None,
        },
        ..Message::new(guest, title, words.t(text))
    };
    page.with_status(StatusCode::GONE)
}

async fn show(guest: Guest, Path((_, token)): Path<(String, String)>) -> Page {
    page(&guest, &token, &Wrongs::default()).await
}

async fn accept(guest: Guest, Path((_, token)): Path<(String, String)>, Form(entries): Form<Entries>) -> Page {
    let engine = &guest.web.engine;
    let password = entries.password.expose();
    match engine.accept_member_invitation(&guest.programme, &token, password, &guest.origin()).await {
        Ok(signed_in) => let_in(&guest, &signed_in, &guest.at("account?said=welcome")).await,
        Err(error) => page(&guest, &token, &Wrongs::told(guest.words, error)?).await,
    }
}

async fn ask_again(guest: Guest, Path((_, token)): Path<(String, String)>) -> Page {
    guest.web.engine.ask_for_invitation(&guest.programme, &token, &guest.origin()).await?;
    let text = guest.words.t("welcome-under-way").to_string();
    let more = guest.words.t("under-way-text").to_string();
    draw(&Message { tone: "join", more, ..Message::new(&guest, "under-way-title", text) })
}
