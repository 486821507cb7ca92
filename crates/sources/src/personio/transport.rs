//! One request and its answer over HTTP. Nothing is tried twice in here.

use std::{error::Error, time::Duration};

use futures::future::{BoxFuture, FutureExt};
use reqwest::{
    StatusCode, Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
    redirect::Policy,
};

use super::{
    address::Base,
    settings::{Settings, SettingsError},
};

/// More than any page of a hundred employees has; a larger answer is not one.
const LARGEST_BODY: usize = 32 * 1024 * 1024;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
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

/// The real one.
pub(super) struct Http(reqwest::Client);

impl Http {
    pub(super) fn new(settings: &Settings, base: &Base) -> Result<Self, SettingsError> {
        // One TLS provider in the process. Another part of it may have been first; that is fine.
        drop(rustls::crypto::ring::default_provider().install_default());
        let user_agent = HeaderValue::from_str(&settings.user_agent).map_err(|_| SettingsError::UserAgent)?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(APP_ID, HeaderValue::from_static("ROLLCALL"));
        let mut builder = reqwest::Client::builder()
            .default_headers(headers)
            .user_agent(user_agent)
            .connect_timeout(CONNECT_TIMEOUT)
            // A token sent to wherever an answer points is a token given away.
            .redirect(Policy::none())
            .referer(false)
            // Every request is counted (R6), so none is repeated behind the limiter's back.
            .retry(reqwest::retry::never())
            .https_only(!base.is_plain());
        if base.is_loopback() {
            builder = builder.no_proxy();
        }
        if base.is_plain() {
            // No certificate will be looked at; a machine without any still reaches itself.
            builder = builder.tls_certs_only([]);
        }
        builder.build().map(Self).map_err(|error| SettingsError::Tls { reason: innermost(&error) })
    }

    async fn exchange(&self, call: Call) -> Result<Answer, NoAnswer> {
        let request = match call {
            Call::Get { url, authorization } => self.0.get(url).header(AUTHORIZATION, authorization),
            Call::Post { url, json } => self.0.post(url).header(CONTENT_TYPE, "application/json").body(json),
        };
        let mut response = request.send().await.map_err(|error| broken(&error))?;
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
