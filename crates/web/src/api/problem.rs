//! What the API answers when it does not do what it was asked: `application/problem+json` (RFC 9457).

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{ids::ImportId, scope::Scope};
use engine::EngineError;
use serde::Serialize;
use store::StoreError;
use utoipa::ToSchema;

use crate::Web;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $code:literal, $status:ident, $title:literal;)*) => {
        /// The kinds of problems.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Kind { $($(#[$doc])* $kind),* }

        impl Kind {
            fn parts(self) -> (&'static str, StatusCode, &'static str) {
                match self { $(Self::$kind => ($code, StatusCode::$status, $title)),* }
            }
        }

        /// The stable codes; help has a place for each.
        #[cfg(test)]
        pub(crate) const CODES: &[&str] = &[$($code),*];
    };
}

kinds! {
    /// No token was shown.
    TokenMissing = "api-token-missing", UNAUTHORIZED, "A token is needed";
    /// The token is not good, or not any more.
    TokenRefused = "api-token-refused", UNAUTHORIZED, "This token is not valid";
    /// The token is good for other things.
    ScopeMissing = "api-scope-missing", FORBIDDEN, "The token lacks a scope";
    /// A page of another site sent it.
    OtherSite = "api-other-site", FORBIDDEN, "Another site sent this";
    /// There is nothing, or nothing that this token may know of.
    NotFound = "api-not-found", NOT_FOUND, "Not found";
    /// The address is there for another method.
    Method = "api-method", METHOD_NOT_ALLOWED, "Not with this method";
    /// A parameter is not right.
    Query = "api-query", BAD_REQUEST, "A parameter is not right";
    /// The cursor is not one of this list.
    Cursor = "api-cursor", BAD_REQUEST, "The cursor is not valid";
    /// The body is not right.
    Body = "api-body", BAD_REQUEST, "The body is not right";
    /// The idempotency key is not right.
    Key = "api-idempotency-key", BAD_REQUEST, "The idempotency key is not right";
    /// The idempotency key came with another request before.
    KeyReused = "api-idempotency-key-reused", UNPROCESSABLE_ENTITY, "The idempotency key was used for another request";
    /// Another import of the integration is running.
    AlreadyRunning = "api-already-running", CONFLICT, "An import is already running";
    /// It cannot be done as things stand.
    NotPossible = "api-not-possible", CONFLICT, "Not possible now";
    /// The programme stands still.
    Suspended = "api-programme-suspended", SERVICE_UNAVAILABLE, "The programme is suspended";
    /// The body is too large.
    TooLarge = "api-too-large", PAYLOAD_TOO_LARGE, "The body is too large";
    /// The body did not come in time.
    TooSlow = "api-too-slow", REQUEST_TIMEOUT, "The body did not come in time";
    /// The program asks too often, or too much at once.
    TooMany = "api-too-many", TOO_MANY_REQUESTS, "Too many requests";
    /// There is too much to do.
    Overloaded = "api-overloaded", SERVICE_UNAVAILABLE, "Too much to do at the moment";
    /// Something went wrong on our side.
    Broken = "api-broken", INTERNAL_SERVER_ERROR, "Something went wrong on our side";
}

/// What to do when something went wrong on our side. The answer names the request in its header `x-request-id`.
pub(super) const TRY_AGAIN: &str =
    "Try again in a moment. If it happens again, tell whoever runs this server, with the x-request-id of this answer.";

/// Why something was not done. The door turns it into an answer: only there it is known which address
/// this server has.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    kind: Kind,
    detail: String,
    import: Option<ImportId>,
    scope: Option<Scope>,
    /// After how many seconds it is worth while to try again.
    retry_after: Option<u64>,
}

/// A problem, as it is answered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct Told {
    /// The address of a page about it, for people.
    #[serde(rename = "type")]
    #[schema(format = "uri", example = "https://rewards.example/help/problems/api-not-found")]
    about: String,
    /// What happened, in short.
    #[schema(example = "Not found")]
    title: &'static str,
    /// The status of the answer.
    #[schema(example = 404)]
    status: u16,
    /// What happened this time, and what to do.
    detail: String,
    /// The stable code, for programs.
    #[schema(example = "api-not-found")]
    code: &'static str,
    /// With `api-already-running`: the import that is running.
    #[serde(skip_serializing_if = "Option::is_none")]
    import: Option<uuid::Uuid>,
    /// With `api-scope-missing`: the scope that is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
}

impl Problem {
    pub(super) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), import: None, scope: None, retry_after: None }
    }

    /// One request too many, with the seconds until there is room for another.
    pub(super) fn too_often(seconds: u64) -> Self {
        let detail = format!("This token has asked too often. Try again in {seconds} s, and ask less often.");
        Self { retry_after: Some(seconds), ..Self::new(Kind::TooMany, detail) }
    }

    pub(super) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, detail)
    }

    pub(super) fn scope_missing(scope: Scope) -> Self {
        let detail = format!("This token does not have the scope “{scope}”. Make one that has it in the settings.");
        Self { scope: Some(scope), ..Self::new(Kind::ScopeMissing, detail) }
    }

    /// Something that must not happen; the detail is for the log.
    fn broken(detail: &str) -> Self {
        tracing::error!(detail, "the API could not answer");
        Self::new(Kind::Broken, TRY_AGAIN)
    }

    /// The answer.
    pub(super) fn told(self, web: &Web) -> Response {
        let (code, status, title) = self.kind.parts();
        let about = format!("{}/help/problems/{code}", web.engine.public_url().trim_end_matches('/'));
        let (import, scope) = (self.import.map(|import| import.0), self.scope.map(Scope::as_str));
        let told = Told { about, title, status: status.as_u16(), detail: self.detail, code, import, scope };
        let mut response = (status, Json(told)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        let challenge = match (self.kind, scope) {
            (Kind::TokenMissing, _) => "Bearer realm=\"Rollcall\"".to_owned(),
            (Kind::TokenRefused, _) => "Bearer realm=\"Rollcall\", error=\"invalid_token\"".to_owned(),
            (_, Some(scope)) => format!("Bearer realm=\"Rollcall\", error=\"insufficient_scope\", scope=\"{scope}\""),
            _ => return response,
        };
        if let Ok(challenge) = HeaderValue::from_str(&challenge) {
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.kind.parts().1.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::broken(&error.for_log())
    }
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::NotFound { .. } => Self::not_found(error.to_string()),
            EngineError::Refused(_) => Self::new(Kind::NotPossible, error.to_string()),
            EngineError::AlreadyRunning(import) => {
                let detail = "Wait until it has ended, or look at it: there is one at a time for each integration.";
                Self { import, ..Self::new(Kind::AlreadyRunning, detail) }
            }
            error => Self::broken(&error.for_log()),
        }
    }
}
