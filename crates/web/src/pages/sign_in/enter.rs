//! Signing in by e-mail address and password, and signing out.

use askama::Template;
use axum::{Form, extract::Query, extract::State, http::HeaderMap, response::IntoResponse};
use serde::Deserialize;

use super::{outcome, own, with_next};
use crate::{
    Web, access,
    access::Visitor,
    form::{Input, Secret, Wrongs, again},
    page::{Lone, Page, draw, go_on},
    routes::{Access, Route, get, post},
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/sign-in", Access::Public, show),
        post("/sign-in", Access::Public, enter),
        post("/sign-out", Access::Public, leave),
    ]
}

#[derive(Template)]
#[template(path = "pages/sign_in/enter.html")]
struct Enter {
    lone: Lone,
    said: Option<String>,
    is_refused: bool,
    action: String,
    email: Input,
    password: Input,
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
}

fn page(visitor: &Visitor, asked: &Asked, email: &str, is_refused: bool) -> Enter {
    let words = visitor.words;
    let key = asked.said.as_deref().map(|said| format!("said-{said}")).filter(|key| words.has(key));
    let address = Input::email("email", words.t("entry-email")).value(email).autocomplete("username").required();
    let password = Input::password("password", words.t("entry-password"), "current-password");
    // Whoever made a mistake most likely made it in the password.
    let (address, password) =
        if email.is_empty() { (address.focused(), password) } else { (address, password.focused()) };
    Enter {
        lone: Lone::new(visitor, words.t("sign-in-title")),
        said: key.filter(|_| !is_refused).map(|key| words.t(key).to_string()),
        is_refused,
        action: with_next("/sign-in", &asked.next),
        email: address.told(&Wrongs::default()),
        password: password.told(&Wrongs::default()),
    }
}

async fn show(visitor: Visitor, Query(asked): Query<Asked>) -> Page {
    if visitor.signed.is_some() {
        return Ok(go_on(own(&asked.next), ""));
    }
    draw(&page(&visitor, &asked, "", false))
}

async fn enter(
    State(web): State<Web>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
    Form(entries): Form<Entries>,
) -> Page {
    let came = web.engine.sign_in(&entries.email, entries.password.expose(), &visitor.origin()).await?;
    outcome(&web, &visitor, &came, &asked.next, |_| again(&page(&visitor, &asked, &entries.email, true)))
}

async fn leave(State(web): State<Web>, headers: HeaderMap) -> Page {
    if let Some(token) = access::token(&web, &headers) {
        web.engine.sign_out(&token).await?;
    }
    Ok((access::let_go(&web), go_on("/sign-in", "signed-out")).into_response())
}
