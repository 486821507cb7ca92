//! When a page cannot be shown: what happened, and what to do.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use engine::EngineError;
use store::StoreError;

use crate::{
    access::{Guest, Manager, Visitor},
    page::{Lone, Shell},
    pages::site::Site,
    words::Words,
};

/// Why a page is not shown. A handler that comes back with it is answered by the door, which knows
/// in whose words and in which frame.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    /// There is nothing at this address, or nothing that the visitor may know of.
    NotFound,
    /// The visitor's role may not.
    NotAllowed,
    /// It cannot be done as things stand; the text says why and what to do.
    Refused(String),
    /// Something went wrong on our side.
    Broken,
}

impl Failure {
    pub(crate) fn not_found() -> Self {
        Self::NotFound
    }

    /// Something that must not happen; the detail is for the log.
    pub(crate) fn broken(detail: &str) -> Self {
        tracing::error!(detail, "a page could not be shown");
        Self::Broken
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotAllowed => StatusCode::FORBIDDEN,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn title(&self, words: Words) -> String {
        let phrase = match self {
            Self::NotFound => words.t("failure-not-found"),
            Self::NotAllowed => words.t("failure-not-allowed"),
            Self::Refused(_) => words.t("failure-refused"),
            Self::Broken => words.t("failure-broken"),
        };
        phrase.to_string()
    }

    fn text(self, words: Words) -> String {
        match self {
            Self::NotFound => words.t("failure-not-found-text").to_string(),
            Self::NotAllowed => words.t("failure-not-allowed-text").to_string(),
            Self::Refused(text) => text,
            Self::Broken => words.t("failure-broken-text").to_string(),
        }
    }

    /// The page that says so: in the frame of the portal where the visitor is let in, else by itself.
    pub(crate) fn page(self, visitor: &Visitor, manager: Option<&Manager>) -> Response {
        let (status, words) = (self.status(), visitor.words);
        let title = self.title(words);
        let text = self.text(words);
        let html = match manager {
            Some(manager) => Framed { shell: manager.shell(&title), text }.render(),
            None => Alone { lone: Lone::new(visitor, &title), text }.render(),
        };
        (status, Html(html.unwrap_or_default())).into_response()
    }
}

impl Failure {
    /// The page that says so to a member, or to whoever comes to their site.
    pub(crate) fn site_page(self, guest: &Guest) -> Response {
        let (status, words) = (self.status(), guest.words);
        let page = OnSite { site: Site::new(guest, self.title(words)), text: self.text(words) };
        (status, Html(page.render().unwrap_or_default())).into_response()
    }
}

#[derive(Template)]
#[template(path = "pages/site/failure.html")]
struct OnSite {
    site: Site,
    text: String,
}

#[derive(Template)]
#[template(path = "failure_alone.html")]
struct Alone {
    lone: Lone,
    text: String,
}

#[derive(Template)]
#[template(path = "failure_framed.html")]
struct Framed {
    shell: Shell,
    text: String,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::broken(&error.to_string())
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::NotFound { .. } => Self::NotFound,
            EngineError::Refused { .. } | EngineError::AlreadyRunning(_) => Self::Refused(error.to_string()),
            error => Self::broken(&error.to_string()),
        }
    }
}
