//! What all pages share: the frame around them, and how they are drawn.

use askama::Template;
use axum::{
    http::header,
    response::{Html, IntoResponse, Response},
};
use domain::roles::Action;

use crate::{
    access::{Manager, Visitor},
    failure::Failure,
    words::Words,
};

/// The frame of a page of the manager portal.
#[derive(Debug, Clone)]
pub(crate) struct Shell {
    pub(crate) words: Words,
    /// The page's title.
    pub(crate) title: String,
    pub(crate) programme: String,
    /// What addresses within the programme begin with, such as `/manage/acme`.
    pub(crate) base: String,
    pub(crate) person: String,
    pub(crate) role: &'static str,
    /// The programmes that they can change to; none where they look after this one only.
    pub(crate) others: Vec<Other>,
    /// How many things wait for an administrator.
    pub(crate) waiting: u64,
    pub(crate) sees_outbox: bool,
    pub(crate) sees_settings: bool,
    /// What to know about an installation that was restored and is held.
    pub(crate) held: Option<String>,
    /// A sentence about what was just done, if something was.
    pub(crate) said: Option<String>,
    /// After how many seconds a browser without script asks again, on a page that waits.
    pub(crate) refresh: Option<u32>,
    path: String,
}

impl Shell {
    pub(crate) fn new(manager: &Manager, title: String, path: &str) -> Self {
        Self {
            words: manager.words,
            title,
            programme: manager.programme.name.clone(),
            base: format!("/manage/{}", manager.programme.slug),
            person: manager.signed.administrator.name.clone(),
            role: manager.role.as_str(),
            others: others(manager),
            waiting: manager.waiting,
            sees_outbox: manager.may(Action::SeeOutbox),
            sees_settings: manager.may(Action::SeeSettings),
            held: manager.restored.as_ref().map(|restore| {
                manager.words.t("held-text").with("at", manager.clock.moment_here(restore.backup_at)).to_string()
            }),
            said: None,
            refresh: None,
            path: path.to_owned(),
        }
    }

    /// With a sentence about what was just done: the catalogue's under `said-` and this key.
    pub(crate) fn saying(mut self, said: Option<&str>) -> Self {
        let key = said.map(|said| format!("said-{said}")).filter(|key| self.words.has(key));
        self.said = key.map(|key| self.words.t(key).to_string());
        self
    }

    /// On a page that waits for something.
    pub(crate) fn waiting_for(mut self, is_waiting: bool) -> Self {
        self.refresh = is_waiting.then_some(3);
        self
    }

    /// Whether the page lies under this part of the navigation.
    pub(crate) fn under(&self, part: &str) -> bool {
        let rest = self.path.strip_prefix(&self.base).unwrap_or_default().trim_start_matches('/');
        rest.split('/').next().unwrap_or_default() == part
    }
}

/// How many other programmes the frame names; all of them have a page.
const NAMED: usize = 8;

/// Another programme that somebody looks after.
#[derive(Debug, Clone)]
pub(crate) struct Other {
    pub(crate) name: String,
    pub(crate) at: String,
    pub(crate) is_suspended: bool,
}

fn others(manager: &Manager) -> Vec<Other> {
    let places = manager.signed.places.iter().filter(|place| place.programme.id != manager.programme.id);
    places
        .take(NAMED)
        .map(|place| Other {
            name: place.programme.name.clone(),
            at: format!("/manage/{}", place.programme.slug),
            is_suspended: place.programme.is_suspended(),
        })
        .collect()
}

/// The frame of a page that stands by itself.
#[derive(Debug, Clone)]
pub(crate) struct Lone {
    pub(crate) words: Words,
    pub(crate) title: String,
    /// Whether it holds more than a short form.
    pub(crate) broad: bool,
}

impl Lone {
    pub(crate) fn new(visitor: &Visitor, title: impl Into<String>) -> Self {
        Self { words: visitor.words, title: title.into(), broad: false }
    }
}

/// What a page's handler comes back with.
pub(crate) type Page = Result<Response, Failure>;

/// Draws a page.
pub(crate) fn draw(template: &impl Template) -> Page {
    Ok(Html(template.render().map_err(|error| Failure::broken(&error.to_string()))?).into_response())
}

/// A mail brings its style along, runs nothing and fetches nothing. It is shown in a frame of ours only.
const MAIL_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; sandbox";

/// A mail's HTML, or its text, by itself: for a frame of a page.
pub(crate) fn draw_mail(mail: impl IntoResponse) -> Response {
    ([(header::CONTENT_SECURITY_POLICY, MAIL_POLICY)], mail).into_response()
}

/// Goes on to another page after something was done; `said` is the key of the sentence that it shows.
pub(crate) fn go_on(to: &str, said: &str) -> Response {
    let mark = if to.contains('?') { '&' } else { '?' };
    let to = if said.is_empty() { to.to_owned() } else { format!("{to}{mark}said={said}") };
    axum::response::Redirect::to(&to).into_response()
}

/// The query of a page that something led to.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub(crate) struct Said {
    /// What was just done.
    pub(crate) said: Option<String>,
}

/// An address with what is asked there; empty values are left out.
pub(crate) fn with_query(address: &str, query: &[(&str, &str)]) -> String {
    let query: Vec<_> = query.iter().filter(|(_, value)| !value.is_empty()).collect();
    if query.is_empty() {
        return address.to_owned();
    }
    format!("{address}?{}", serde_urlencoded::to_string(query).unwrap_or_default())
}
