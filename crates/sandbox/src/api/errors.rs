//! Errors in the form of the API, version 1.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::knobs::Language;

/// What the API refuses, or fails at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ApiError {
    /// The secret is not that of the client id.
    WrongSecret,
    /// There is no such client id.
    UnknownClient,
    /// The credentials stand in the query string, which is refused.
    CredentialsInQuery,
    /// The token is missing, unknown or no longer good.
    BadToken,
    /// There is no such person or page.
    NotFound,
    /// The page is larger than the largest.
    LimitTooLarge,
    /// A parameter makes no sense.
    Invalid,
    /// Too many requests.
    TooMany,
    /// Any other status.
    Other(StatusCode),
}

impl ApiError {
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::BadToken,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::UNPROCESSABLE_ENTITY => Self::Invalid,
            StatusCode::TOO_MANY_REQUESTS => Self::TooMany,
            other => Self::Other(other),
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::WrongSecret | Self::CredentialsInQuery => StatusCode::FORBIDDEN,
            Self::UnknownClient | Self::BadToken => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::LimitTooLarge => StatusCode::BAD_REQUEST,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Other(status) => status,
        }
    }

    /// German and English.
    fn messages(self) -> [&'static str; 2] {
        match self {
            Self::WrongSecret => ["Das Passwort des API-Zugangs ist falsch", "The secret is wrong"],
            Self::UnknownClient => ["Der API-Zugang ist unbekannt", "The client is unknown"],
            Self::CredentialsInQuery => {
                ["Zugangsdaten gehören in den Text der Anfrage", "Credentials belong into the body of the request"]
            }
            Self::BadToken => ["Das Token ist nicht gültig", "The token is not valid"],
            Self::NotFound => ["Das gibt es nicht", "There is no such thing"],
            Self::LimitTooLarge => ["Der Parameter limit ist zu groß", "The parameter limit is too large"],
            Self::Invalid => ["Ein Parameter ist nicht gültig", "A parameter is not valid"],
            Self::TooMany => ["Zu viele Anfragen", "Too many requests"],
            Self::Other(_) => ["Etwas ist schiefgegangen", "Something is wrong on our side"],
        }
    }

    pub(crate) fn into_response_in(self, language: Language) -> Response {
        let [german, english] = self.messages();
        let message = match language {
            Language::German => german,
            Language::English => english,
        };
        let status = self.status();
        let error = json!({ "code": status.as_u16(), "message": message });
        (status, Json(json!({ "success": false, "error": error }))).into_response()
    }
}

/// An error that the HTTP status does not show, with a code that is not one either.
pub(crate) fn error_within() -> Response {
    let error = json!({ "code": 0, "message": "sandbox.forbidden.exception" });
    Json(json!({ "success": false, "error": error })).into_response()
}
