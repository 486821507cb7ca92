//! The first run: the link that the server prints makes the first programme and its owner.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
};
use engine::administrators::{FirstRun, LinkState};
use serde::Deserialize;

use super::{DeadLink, dead_link, let_in};
use crate::{
    Web,
    access::Visitor,
    form::{Choice, Input, Secret, Summary, Wrongs, again},
    page::{Lone, Page, draw},
    routes::{Access, Route, get, post},
    words::Language,
};

const PATH: &str = "/first-run/{token}";

pub(super) fn routes() -> Vec<Route> {
    vec![get(PATH, Access::Public, show), post(PATH, Access::Public, make)]
}

#[derive(Template)]
#[template(path = "pages/sign_in/first_run.html")]
struct Begin {
    lone: Lone,
    summary: Summary,
    programme: Input,
    time_zone: Choice,
    name: Input,
    email: Input,
    password: Input,
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    programme: String,
    #[serde(default)]
    time_zone: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: Secret,
}

fn page(visitor: &Visitor, entries: Option<&Entries>, wrongs: &Wrongs) -> Begin {
    let words = visitor.words;
    let text = |get: fn(&Entries) -> &String| entries.map(get).cloned().unwrap_or_default();
    let zone = Choice::zone("time_zone", words.t("entry-time-zone")).hint(words.t("entry-time-zone-hint"));
    let zone = match entries {
        Some(entries) => zone.value(&entries.time_zone),
        None if words.language == Language::German => zone.value("Europe/Berlin").guessed(),
        None => zone.value("Europe/London").guessed(),
    };
    let programme = Input::new("programme", words.t("entry-programme")).hint(words.t("entry-programme-hint"));
    let name = Input::new("name", words.t("entry-your-name")).autocomplete("name");
    let email = Input::email("email", words.t("entry-your-email")).autocomplete("username");
    Begin {
        lone: Lone::new(visitor, words.t("first-run-title")),
        summary: wrongs.summary(words),
        programme: programme.value(text(|it| &it.programme)).required().focused().told(wrongs),
        time_zone: zone.told(wrongs),
        name: name.value(text(|it| &it.name)).required().told(wrongs),
        email: email.value(text(|it| &it.email)).required().told(wrongs),
        password: Input::new_password(words).told(wrongs),
    }
}

fn dead(visitor: &Visitor, state: &LinkState<()>) -> Page {
    let words = visitor.words;
    let is_done = *state == LinkState::Used;
    dead_link(&DeadLink {
        lone: Lone::new(visitor, words.t(if is_done { "first-run-used" } else { "first-run-dead" })),
        text: words.t(if is_done { "first-run-used-text" } else { "first-run-dead-text" }).to_string(),
        again: None,
        other: is_done.then(|| ("/sign-in", words.t("sign-in").to_string())),
    })
}

async fn show(State(web): State<Web>, visitor: Visitor, Path(token): Path<String>) -> Page {
    match web.engine.first_run_state(&token).await? {
        LinkState::Valid(()) => draw(&page(&visitor, None, &Wrongs::default())),
        state => dead(&visitor, &state),
    }
}

async fn make(
    State(web): State<Web>,
    visitor: Visitor,
    Path(token): Path<String>,
    Form(entries): Form<Entries>,
) -> Page {
    let wanted = FirstRun {
        programme: entries.programme.clone(),
        slug: None,
        time_zone: entries.time_zone.clone(),
        name: entries.name.clone(),
        email: entries.email.clone(),
        password: entries.password.expose().to_owned(),
        language: visitor.words.language.spoken(),
    };
    match web.engine.first_run(&token, &wanted, &visitor.origin()).await {
        Ok(token) => Ok(let_in(&web, &token, "/")),
        Err(error) => {
            let wrongs = Wrongs::told(visitor.words, error)?;
            match web.engine.first_run_state(&token).await? {
                LinkState::Valid(()) => again(&page(&visitor, Some(&entries), &wrongs)),
                state => dead(&visitor, &state),
            }
        }
    }
}
