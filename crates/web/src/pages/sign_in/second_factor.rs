//! The second step of signing in: a one-time code, or a recovery code.

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::HeaderMap,
};
use serde::Deserialize;

use super::{outcome, own, with_next};
use crate::{
    Web, access,
    access::Visitor,
    form::{Input, Summary, Wrongs, again},
    page::{Lone, Page, draw, go_on},
    routes::{Access, Route, get, post},
};

const PATH: &str = "/sign-in/second-factor";

pub(super) fn routes() -> Vec<Route> {
    vec![get(PATH, Access::Public, show), post(PATH, Access::Public, enter)]
}

#[derive(Template)]
#[template(path = "pages/sign_in/second_factor.html")]
struct SecondFactor {
    lone: Lone,
    action: String,
    summary: Summary,
    code: Input,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    code: String,
}

fn page(visitor: &Visitor, asked: &Asked, wrongs: &Wrongs) -> SecondFactor {
    let words = visitor.words;
    let code = Input::new("code", words.t("entry-code")).hint(words.t("entry-code-hint"));
    SecondFactor {
        lone: Lone::new(visitor, words.t("second-factor-title")),
        action: with_next(PATH, &asked.next),
        summary: wrongs.summary(words),
        // A recovery code has letters, so a phone shows all its keys.
        code: code.autocomplete("one-time-code").required().focused().told(wrongs),
    }
}

async fn show(State(web): State<Web>, visitor: Visitor, headers: HeaderMap, Query(asked): Query<Asked>) -> Page {
    if visitor.signed.is_some() {
        return Ok(go_on(own(&asked.next), ""));
    }
    let is_due = match access::token(&web, &headers) {
        Some(token) => web.engine.owes_second_factor(&token).await?,
        None => false,
    };
    if !is_due {
        return Ok(go_on(&with_next("/sign-in", &asked.next), ""));
    }
    draw(&page(&visitor, &asked, &Wrongs::default()))
}

async fn enter(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
    Form(entries): Form<Entries>,
) -> Page {
    let token = access::token(&web, &headers).unwrap_or_default();
    let came = web.engine.second_factor(&token, &entries.code, &visitor.origin()).await?;
    outcome(&web, &visitor, &came, &asked.next, |_| {
        again(&page(&visitor, &asked, &Wrongs::one("code", visitor.words.t("flaw-code-wrong"))))
    })
}
