//! A forgotten password: the answer is the same for every address.

use askama::Template;
use axum::{Form, extract::State};
use serde::Deserialize;

use crate::{
    Web,
    access::Visitor,
    form::Input,
    page::{Lone, Page, draw},
    routes::{Access, Route, get, post},
};

pub(super) fn routes() -> Vec<Route> {
    vec![get("/forgotten", Access::Public, show), post("/forgotten", Access::Public, ask)]
}

#[derive(Template)]
#[template(path = "pages/sign_in/forgotten.html")]
struct Forgotten {
    lone: Lone,
    email: Input,
}

/// What is said whoever asked.
#[derive(Template)]
#[template(path = "pages/sign_in/under_way.html")]
pub(super) struct UnderWay {
    pub(super) lone: Lone,
    pub(super) text: String,
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    email: String,
}

async fn show(visitor: Visitor) -> Page {
    let words = visitor.words;
    let email = Input::email("email", words.t("entry-email")).autocomplete("username").required().focused();
    draw(&Forgotten { lone: Lone::new(&visitor, words.t("forgotten-title")), email })
}

async fn ask(State(web): State<Web>, visitor: Visitor, Form(entries): Form<Entries>) -> Page {
    web.engine.forgot_password(&entries.email, &visitor.origin()).await?;
    let words = visitor.words;
    draw(&UnderWay {
        lone: Lone::new(&visitor, words.t("under-way-title")),
        text: words.t("forgotten-under-way").with("email", entries.email.trim()).to_string(),
    })
}
