//! When a page cannot be shown: what happened, and what to do.

use askama::Template;
use axum::{
    http::{StatusCode, header},
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
    /// A part of the address cannot be read.
    Address,
    /// The address is there for something else than what was asked of it.
    Method,
    /// The programme stands still.
    Suspended,
    /// The visitor's role may not.
    NotAllowed,
    /// It was sent by a page of another site.
    OtherSite,
    /// It cannot be done as things stand.
    Refused(Refusal),
    /// It has to wait for the import that is running.
    AlreadyRunning,
    /// What was sent cannot be read.
    Unreadable,
    /// What was sent is not in a form that is understood.
    MediaType,
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

    /// What an answer that is no page says: ours, or the framework's with its own few words or with none.
    pub(crate) fn of(response: &mut Response) -> Option<Self> {
        if let Some(failure) = response.extensions_mut().remove::<Self>() {
            return Some(failure);
        }
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("text/html") || kind.contains("json") {
            return None;
        }
        match response.status() {
            StatusCode::BAD_REQUEST => Some(Self::Address),
            // Roles are asked by our own doors; the guard against other sites is the only one that says this.
            StatusCode::FORBIDDEN => Some(Self::OtherSite),
            StatusCode::NOT_FOUND => Some(Self::NotFound),
            StatusCode::METHOD_NOT_ALLOWED => Some(Self::Method),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::TooLarge),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Self::MediaType),
            StatusCode::UNPROCESSABLE_ENTITY => Some(Self::Unreadable),
            StatusCode::INTERNAL_SERVER_ERROR => Some(Self::broken("an answer without a page")),
            _ => None,
        }
    }

    /// The status of the answer, and what it is called in the catalogue.
    fn parts(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::Address => (StatusCode::BAD_REQUEST, "address"),
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, "method"),
            Self::Suspended => (StatusCode::SERVICE_UNAVAILABLE, "suspended"),
            Self::NotAllowed => (StatusCode::FORBIDDEN, "not-allowed"),
            Self::OtherSite => (StatusCode::FORBIDDEN, "other-site"),
            Self::Refused(_) => (StatusCode::CONFLICT, "refused"),
            Self::AlreadyRunning => (StatusCode::CONFLICT, "already-running"),
            Self::Unreadable => (StatusCode::BAD_REQUEST, "unreadable"),
            Self::MediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too-slow"),
            Self::TooMany => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
            Self::Overloaded => (StatusCode::SERVICE_UNAVAILABLE, "overloaded"),
            Self::Broken => (StatusCode::INTERNAL_SERVER_ERROR, "broken"),
        }
    }

    fn status(&self) -> StatusCode {
        self.parts().0
    }

    /// The name of the request, where somebody may have to look for it in the log.
    fn request(&self) -> Option<String> {
        if matches!(self, Self::Broken | Self::Overloaded) { seen::name() } else { None }
    }

    fn title(&self, words: Words) -> String {
        words.of("failure-", self.parts().1).to_string()
    }

    fn text(&self, words: Words) -> String {
        match self {
            Self::Refused(refusal) => tell::refusal(words, refusal),
            failure => words.t(format!("failure-{}-text", failure.parts().1)).to_string(),
        }
    }

    /// The page that says so: in the frame of the portal where the visitor is let in, else by itself.
    pub(crate) fn page(self, visitor: &Visitor, manager: Option<&Manager>) -> Response {
        let (status, words) = (self.status(), visitor.words);
        let (title, request) = (self.title(words), self.request());
        let text = self.text(words);
        let html = if let Some(manager) = manager {
            Framed { shell: manager.shell(&title), text, request }.render()
        } else {
            let is_suspended = matches!(self, Self::Suspended);
            Alone { lone: Lone::new(visitor, &title), text, request, is_suspended }.render()
        };
        (status, Html(html.unwrap_or_default())).into_response()
    }
}

impl Failure {
    /// The page that says so to a member, or to whoever comes to their site.
    pub(crate) fn site_page(self, guest: &Guest) -> Response {
        // Wherever they went, it is not open.
        let failure = if guest.programme.is_suspended() { Self::Suspended } else { self };
        let (status, words) = (failure.status(), guest.words);
        let request = failure.request();
        // Members are told what it means to them.
        let (title, text) = match failure {
            Self::Suspended => (words.t("site-suspended").to_string(), words.t("site-suspended-text").to_string()),
            failure => {
                let own = format!("site-failure-{}-text", failure.parts().1);
                let text = if words.has(&own) { words.t(own).to_string() } else { failure.text(words) };
                (failure.title(words), text)
            }
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
    /// Home would lead back to this page, where there is no other programme.
    is_suspended: bool,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn every_failure_has_words() {
        let all = [
            Failure::NotFound,
            Failure::Address,
            Failure::Method,
            Failure::Suspended,
            Failure::NotAllowed,
            Failure::OtherSite,
            Failure::AlreadyRunning,
            Failure::Unreadable,
            Failure::MediaType,
            Failure::TooLarge,
            Failure::TooSlow,
            Failure::TooMany,
            Failure::Overloaded,
            Failure::Broken,
        ];
        for words in Language::ALL.map(Words::new) {
            for failure in &all {
                let (_, name) = failure.parts();
                assert!(words.has(&format!("failure-{name}")) && words.has(&format!("failure-{name}-text")), "{name}");
            }
            assert!(words.has("failure-refused"));
        }
    }
}
