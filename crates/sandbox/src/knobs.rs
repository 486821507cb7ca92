//! What differs between accounts of the API, or is not known for sure.

use serde::{Deserialize, Serialize};

use crate::attributes::Writing;

/// How the API behaves towards one client. The defaults are what is documented; where nothing is,
/// what public clients report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Knobs {
    /// Whether `POST /v1/auth` accepts the credentials in the query string. Personio is about to
    /// refuse them (403) and some public clients still send them so: accepted unless set.
    pub query_credentials: bool,
    /// For how many seconds a token is good.
    pub token_expires_in: u64,
    /// What a good answer has in its `Authorization` header.
    pub token_in_answers: TokenInAnswers,
    /// The page size where none is asked for.
    pub default_limit: u64,
    /// The largest page.
    pub max_limit: u64,
    /// What happens to whoever asks for a larger one.
    pub over_limit: OverLimit,
    /// Requests for employees in any second, 0 for any number.
    pub per_second: u32,
    /// Requests for employees in any minute, 0 for any number.
    pub per_minute: u32,
    /// Requests for a token in any minute, 0 for any number; one more, and a minute is lost.
    pub auth_per_minute: u32,
    /// Seconds to wait that an answer 429 names in `Retry-After`; Personio sends no such header.
    pub retry_after: Option<u64>,
    /// Milliseconds that each answer about employees takes, however many are under way; tokens and refusals (401, 429)
    /// come at once.
    pub latency_ms: u64,
    /// The language of error messages.
    pub errors: Language,
    /// How values are written.
    pub writing: Writing,
    /// Whether answers are kept and given again while nobody changes: for benchmarks.
    pub prerender: bool,
}

impl Default for Knobs {
    fn default() -> Self {
        Self {
            query_credentials: true,
            token_expires_in: 86_400,
            token_in_answers: TokenInAnswers::Same,
            default_limit: 50,
            max_limit: 100,
            over_limit: OverLimit::Clamp,
            per_second: 15,
            per_minute: 300,
            auth_per_minute: 60,
            retry_after: None,
            latency_ms: 0,
            errors: Language::German,
            writing: Writing::default(),
            prerender: false,
        }
    }
}

impl Knobs {
    /// The same, without any limit of requests: for benchmarks, and tests of something else.
    #[must_use]
    pub fn unlimited(self) -> Self {
        Self { per_second: 0, per_minute: 0, auth_per_minute: 0, ..self }
    }
}

/// What happens to whoever asks for a page larger than the largest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OverLimit {
    /// The largest page comes, and the answer's `limit` says so.
    #[default]
    Clamp,
    /// The largest page comes, and the answer's `limit` is what was asked for.
    ClampSilently,
    /// 400.
    Refuse,
}

/// What a good answer has in its `Authorization` header.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenInAnswers {
    /// The token of the request.
    #[default]
    Same,
    /// The token of the next request, as it once was: each is good for one request only.
    Next,
    /// There is no such header.
    None,
}

/// The language of error messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// German, as in the specification.
    #[default]
    #[serde(rename = "de")]
    German,
    /// English.
    #[serde(rename = "en")]
    English,
}
