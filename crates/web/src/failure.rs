//! When a page cannot be shown: what happened, and what to do.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use engine::{EngineError, Refusal};
use store::StoreError;

use crate::{
    access::{Guest, Manager, Visitor},
    page::{Lone, Shell},
    pages::site::Site,
    seen, tell,
    words::Words,
};

/// Why a page is not shown. A handler that comes back with it is answered by the door, which knows
/// in whose words and in which frame.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    /// There is nothing at this address, or nothing that the visitor may know of.
    NotFound,
    /// The programme stands still.
    Suspended,
    /// The visitor's role may not.
    NotAllowed,
    /// It cannot be done as things stand.
    Refused(Refusal),
    /// It has to wait for the import that is running.
    AlreadyRunning,
    /// What was sent cannot be read.
    Unreadable,
    /// What was sent is more than there is room for.
    TooLarge,
    /// What was sent did not come in time.
    TooSlow,
    /// Whoever asks has asked too much at once.
    TooMany,
    /// There is too much to do at the moment.
    Overloaded,
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
            Self::Refused(_) | Self::AlreadyRunning | Self::Unreadable => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Suspended | Self::Overloaded => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The name of the request, where somebody may have to look for it in the log.
    fn request(&self) -> Option<String> {
        if matches!(self, Self::Broken | Self::Overloaded) { seen::name() } else { None }
    }

    fn title(&self, words: Words) -> String {
        let phrase = match self {
            Self::NotFound => words.t("failure-not-found"),
            Self::Suspended => words.t("failure-suspended"),
            Self::NotAllowed => words.t("failure-not-allowed"),
            Self::Refused(_) | Self::AlreadyRunning | Self::Unreadable => words.t("failure-refused"),
            Self::TooLarge => words.t("failure-too-large"),
            Self::TooSlow => words.t("failure-too-slow"),
            Self::TooMany => words.t("failure-too-many"),
            Self::Overloaded => words.t("failure-overloaded"),
            Self::Broken => words.t("failure-broken"),
        };
        phrase.to_string()
    }

    fn text(self, words: Words) -> String {
        match self {
            Self::NotFound => words.t("failure-not-found-text").to_string(),
            Self::Suspended => words.t("failure-suspended-text").to_string(),
            Self::NotAllowed => words.t("failure-not-allowed-text").to_string(),
            Self::Refused(refusal) => tell::refusal(words, &refusal),
            Self::AlreadyRunning => words.t("failure-already-running-text").to_string(),
            Self::Unreadable => words.t("form-unreadable").to_string(),
            Self::TooLarge => words.t("failure-too-large-text").to_string(),
            Self::TooSlow => words.t("failure-too-slow-text").to_string(),
            Self::TooMany => words.t("failure-too-many-text").to_string(),
            Self::Overloaded => words.t("failure-overloaded-text").to_string(),
            Self::Broken => words.t("failure-broken-text").to_string(),
        }
    }

    /// The page that says so: in the frame of the portal where the visitor is let in, else by itself.
    pub(crate) fn page(self, visitor: &Visitor, manager: Option<&Manager>) -> Response {
        let (status, words) = (self.status(), visitor.words);
        let (title, request) = (self.title(words), self.request());
        let text = self.text(words);
        let html = match manager {
            Some(manager) => Framed { shell: manager.shell(&title), text, request }.render(),
            None => Alone { lone: Lone::new(visitor, &title), text, request }.render(),
        };
        (status, Html(html.unwrap_or_default())).into_response()
    }
}

impl Failure {
    /// The page that says so to a member, or to whoever comes to their site.
    pub(crate) fn site_page(self, guest: &Guest) -> Response {
        let (status, words) = (self.status(), guest.words);
        let request = self.request();
        // Members are told what it means to them.
        let (title, text) = match self {
            Self::Suspended => (words.t("site-suspended").to_string(), words.t("site-suspended-text").to_string()),
            failure => (failure.title(words), failure.text(words)),
        };
        let is_open = !guest.programme.is_suspended();
        let page = OnSite { site: Site::new(guest, title), text, request, is_open };
        (status, Html(page.render().unwrap_or_default())).into_response()
    }
}

#[derive(Template)]
#[template(path = "pages/site/failure.html")]
struct OnSite {
    site: Site,
    text: String,
    request: Option<String>,
    /// Whether there is another page to go to.
    is_open: bool,
}

#[derive(Template)]
#[template(path = "failure_alone.html")]
struct Alone {
    lone: Lone,
    text: String,
    request: Option<String>,
}

#[derive(Template)]
#[template(path = "failure_framed.html")]
struct Framed {
    shell: Shell,
    text: String,
    request: Option<String>,
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
        Self::broken(&error.for_log())
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::NotFound { .. } => Self::NotFound,
            EngineError::Refused(refusal) => Self::Refused(refusal),
            EngineError::AlreadyRunning(_) => Self::AlreadyRunning,
            error => Self::broken(&error.for_log()),
        }
    }
}
