//! One request and its answer over HTTP. Nothing is tried twice in here.

use std::{
    error::Error,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::future::{BoxFuture, FutureExt};
use reqwest::{
    StatusCode, Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT},
    redirect::Policy,
};

use super::{
    address::Base,
    settings::{Settings, SettingsError},
};

/// More than any page of a hundred employees has; a larger answer is not one.
const LARGEST_BODY: usize = 32 * 1024 * 1024;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a connection that nobody uses is kept for the next.
const KEPT_OPEN: Duration = Duration::from_secs(15);
const APP_ID: HeaderName = HeaderName::from_static("x-personio-app-id");

/// A request. It holds secrets, hence no `Debug`.
#[derive(Clone)]
pub(super) enum Call {
    /// Reads a resource with a token.
    Get { url: Url, authorization: HeaderValue },
    /// Sends JSON in the body, where credentials belong: addresses end up in logs.
    Post { url: Url, json: Vec<u8> },
}

/// A whole answer.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// Why there is no whole answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// The connection was not made, or broke.
    Broken(String),
    /// The body goes on beyond what is read of one.
    TooLarge(String),
}

/// How requests get to the source.
pub(super) trait Transport: Send + Sync {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Answer, NoAnswer>>;
}

/// How sources are reached. Clones share connections, and the certificates that answers are checked against: reading those
/// anew for each of many small imports took longer than the imports.
#[derive(Debug, Clone, Default)]
pub struct Connections(Arc<Mutex<Vec<(Way, reqwest::Client)>>>);

/// What tells one way to a source from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Way {
    is_plain: bool,
    is_loopback: bool,
}

impl Connections {
    fn to(&self, base: &Base) -> Result<reqwest::Client, SettingsError> {
        let way = Way { is_plain: base.is_plain(), is_loopback: base.is_loopback() };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = known.iter().find(|(other, _)| *other == way) {
            return Ok(client.clone());
        }
        let client = way.client().map_err(|error| SettingsError::Tls { reason: innermost(&error) })?;
        known.push((way, client.clone()));
        Ok(client)
    }
}

impl Way {
    fn client(self) -> reqwest::Result<reqwest::Client> {
        // One TLS provider in the process. Another part of it may have been first; that is fine.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(APP_ID, HeaderValue::from_static("ROLLCALL"));
        let mut builder = reqwest::Client::builder()
            .default_headers(headers)
            .connect_timeout(CONNECT_TIMEOUT)
            // Sooner than those who are asked close it: a request on a connection that is just being closed fails.
            .pool_idle_timeout(KEPT_OPEN)
            // A token sent to wherever an answer points is a token given away.
            .redirect(Policy::none())
            .referer(false)
            // Every request is counted (R6), so none is repeated behind the limiter's back.
            .retry(reqwest::retry::never())
            .https_only(!self.is_plain);
        if self.is_loopback {
            builder = builder.no_proxy();
        }
        if self.is_plain {
            // No certificate will be looked at; a machine without any still reaches itself.
            builder = builder.tls_certs_only([]);
        }
        builder.build()
    }
}

/// The real one.
pub(super) struct Http {
    client: reqwest::Client,
    user_agent: HeaderValue,
}

impl Http {
    pub(super) fn new(settings: &Settings, base: &Base) -> Result<Self, SettingsError> {
        let user_agent = HeaderValue::from_str(&settings.user_agent).map_err(|_| SettingsError::UserAgent)?;
        Ok(Self { client: settings.connections.to(base)?, user_agent })
    }

    async fn exchange(&self, call: Call) -> Result<Answer, NoAnswer> {
        let request = match call {
            Call::Get { url, authorization } => self.client.get(url).header(AUTHORIZATION, authorization),
            Call::Post { url, json } => self.client.post(url).header(CONTENT_TYPE, "application/json").body(json),
        };
        let mut response = request.header(USER_AGENT, &self.user_agent).send().await.map_err(|error| broken(&error))?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| broken(&error))? {
            if body.len() + chunk.len() > LARGEST_BODY {
                let detail = format!("the answer is larger than {} MiB", LARGEST_BODY / 1024 / 1024);
                return Err(NoAnswer::TooLarge(detail));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status: response.status(), headers: std::mem::take(response.headers_mut()), body })
    }
}

impl Transport for Http {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Answer, NoAnswer>> {
        self.exchange(call).boxed()
    }
}

fn broken(error: &reqwest::Error) -> NoAnswer {
    let what = if error.is_timeout() {
        "connecting took too long"
    } else if error.is_connect() {
        "no connection"
    } else if error.is_body() || error.is_decode() {
        "the answer was cut off"
    } else {
        "the connection broke"
    };
    NoAnswer::Broken(format!("{what} ({})", innermost(error)))
}

/// The cause of causes. The outer ones repeat the address with its query.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    let mut text = "no cause given".to_owned();
    while let Some(error) = cause {
        text = error.to_string();
        cause = error.source();
    }
    text
}
