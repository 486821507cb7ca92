//! Choosing a new password, by the link from a mail.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
};
use engine::administrators::LinkState;
use serde::Deserialize;

use super::{DeadLink, dead_link};
use crate::{
    Web,
    access::Visitor,
    form::{Input, Secret, Summary, Wrongs, again},
    page::{Lone, Page, draw, go_on},
    routes::{Access, Route, get, post},
};

const PATH: &str = "/reset/{token}";

pub(super) fn routes() -> Vec<Route> {
    vec![get(PATH, Access::Public, show), post(PATH, Access::Public, keep)]
}

#[derive(Template)]
#[template(path = "pages/sign_in/reset.html")]
struct Reset {
    lone: Lone,
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
async fn page(web: &Web, visitor: &Visitor, token: &str, wrongs: &Wrongs) -> Page {
    let words = visitor.words;
    let email = match web.engine.reset_state(token).await? {
        LinkState::Valid(email) => email,
        state => {
            let text = match state {
                LinkState::Used => "reset-used",
                LinkState::Expired => "reset-expired",
                _ => "link-unknown",
            };
            return dead_link(&DeadLink {
                lone: Lone::new(visitor, words.t("link-dead")),
                text: words.t(text).to_string(),
                again: None,
                other: Some(("/forgotten", words.t("reset-again").to_string())),
            });
        }
    };
    let password = Input::new_password(words).focused().told(wrongs);
    let lone = Lone::new(visitor, words.t("reset-title"));
    let page = Reset { lone, email, summary: wrongs.summary(words), password };
    if wrongs.is_empty() { draw(&page) } else { again(&page) }
}

async fn show(State(web): State<Web>, visitor: Visitor, Path(token): Path<String>) -> Page {
    page(&web, &visitor, &token, &Wrongs::default()).await
}

async fn keep(
    State(web): State<Web>,
    visitor: Visitor,
    Path(token): Path<String>,
    Form(entries): Form<Entries>,
) -> Page {
    match web.engine.reset_password(&token, entries.password.expose(), &visitor.origin()).await {
        Ok(()) => Ok(go_on("/sign-in", "password-reset")),
        Err(error) => page(&web, &visitor, &token, &Wrongs::told(visitor.words, error)?).await,
    }
}
