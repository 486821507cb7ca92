//! The members' site: what a member meets from the invitation to the closed account.

mod account;
mod close;
mod data;
mod enter;
mod first_time;
mod look;
mod own_email;
mod reset;
mod second_factor;
mod welcome;

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};
use engine::administrators::{SignIn, Token};

use crate::{
    access::Guest,
    form::Wrongs,
    page::{Page, draw, go_on},
    routes::Route,
    words::{Language, Words},
};

pub(super) fn routes() -> Vec<Route> {
    let areas = [
        look::routes(),
        welcome::routes(),
        enter::routes(),
        first_time::routes(),
        reset::routes(),
        account::routes(),
        close::routes(),
        own_email::routes(),
        data::routes(),
        second_factor::routes(),
    ];
    areas.into_iter().flatten().collect()
}

/// The frame of a page of the site.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) words: Words,
    /// The page's title.
    pub(crate) title: String,
    pub(crate) programme: String,
    /// What addresses of the site begin with, such as `/acme`.
    pub(crate) base: String,
    /// Whether somebody is signed in.
    pub(crate) is_signed: bool,
    pub(crate) privacy_notice: String,
    pub(crate) imprint: String,
    pub(crate) help_contact: String,
    /// Where the choice of another language leads back to.
    pub(crate) path: String,
    /// A sentence about what was just done, if something was.
    pub(crate) said: Option<String>,
}

impl Site {
    pub(crate) fn new(guest: &Guest, title: impl Into<String>) -> Self {
        let settings = guest.settings.clone();
        Self {
            words: guest.words,
            title: title.into(),
            programme: guest.programme.name.clone(),
            base: format!("/{}", guest.programme.slug),
            is_signed: guest.signed.is_some(),
            privacy_notice: settings.privacy_notice,
            imprint: settings.imprint,
            help_contact: settings.help_contact,
            path: guest.path.clone(),
            said: None,
        }
    }

    /// With a sentence about what was just done: the catalogue's under `said-` and this key.
    fn saying(mut self, said: Option<&str>) -> Self {
        let key = said.map(|said| format!("said-{said}")).filter(|key| self.words.has(key));
        self.said = key.map(|key| self.words.t(key).to_string());
        self
    }

    /// The other language: its tag, and its name in itself.
    pub(crate) fn other_language(&self) -> (&'static str, &'static str) {
        match self.words.language {
            Language::English => ("de", "Deutsch"),
            Language::German => ("en", "English"),
        }
    }
}

/// A page with a heading, a sentence or two, and at most one thing to do.
#[derive(Template)]
#[template(path = "pages/site/message.html")]
struct Message {
    site: Site,
    /// `join`, `leave` or nothing: how the sentence is coloured.
    tone: &'static str,
    text: String,
    more: String,
    /// Something to do with one press: where, and what it is called.
    act: Option<(String, String)>,
    /// Somewhere to go.
    to: Option<(String, String)>,
}

impl Message {
    fn new(guest: &Guest, title: &str, text: impl Into<String>) -> Self {
        Self {
            site: Site::new(guest, guest.words.t(title.to_owned())),
            tone: "",
            text: text.into(),
            more: String::new(),
            act: None,
            to: None,
        }
    }

    fn with_status(&self, status: StatusCode) -> Page {
        Ok((status, draw(self)?).into_response())
    }
}

/// Where to go after signing in: to a page of this site.
fn own<'a>(guest: &Guest, next: &'a str) -> &'a str {
    let inside = next.strip_prefix(&format!("/{}/", guest.programme.slug));
    let is_own = inside.is_some_and(|rest| !rest.contains(['\\', '\r', '\n', '\t']) && !rest.starts_with('/'));
    if is_own { next } else { "" }
}

/// The address of a page of the site that goes on to `next` afterwards.
fn with_next(guest: &Guest, page: &str, next: &str) -> String {
    match own(guest, next) {
        "" => guest.at(page),
        next => guest.at(format_args!("{page}?{}", serde_urlencoded::to_string([("next", next)]).unwrap_or_default())),
    }
}

/// Goes on as somebody who has just been let in, with a token that the browser keeps. A language that they chose
/// before is theirs from now on, unless they had chosen one already.
async fn let_in(guest: &Guest, token: &Token, to: &str) -> Page {
    let engine = &guest.web.engine;
    if let Some(chosen) = guest.chosen
        && let Some(signed) = engine.member_session(&guest.programme, token.as_str()).await?
        && signed.language().is_none()
    {
        engine.choose_language(&signed, chosen.spoken(), &guest.origin()).await?;
    }
    Ok((guest.keep(token), go_on(to, "")).into_response())
}

/// Goes on after an attempt to sign in, or says why not: the page again with what is wrong.
async fn outcome(guest: &Guest, came: &SignIn, next: &str, again: impl FnOnce(Wrongs) -> Page) -> Page {
    match came {
        SignIn::In(token) => {
            let to = own(guest, next);
            let account = guest.at("account");
            let_in(guest, token, if to.is_empty() { &account } else { to }).await
        }
        SignIn::SecondFactor(token) => let_in(guest, token, &with_next(guest, "sign-in/code", next)).await,
        SignIn::Refused => again(Wrongs::default()),
        SignIn::Wait { seconds } => wait(guest, *seconds),
        SignIn::Expired => Ok(go_on(&with_next(guest, "sign-in", next), "sign-in-expired")),
    }
}

/// Says how long to wait, and nothing about whom.
fn wait(guest: &Guest, seconds: u64) -> Page {
    let words = guest.words;
    let text = words.n("wait-minutes", seconds.div_ceil(60)).to_string();
    let page = Message {
        tone: "leave",
        more: words.t("site-wait-text").to_string(),
        to: Some((guest.at("sign-in"), words.t("back-to-sign-in").to_string())),
        ..Message::new(guest, "wait-title", text)
    };
    let page = page.with_status(StatusCode::TOO_MANY_REQUESTS)?;
    Ok(([(header::RETRY_AFTER, seconds.to_string())], page).into_response())
}
