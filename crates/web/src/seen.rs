//! Every request has a name, which the log, the answer and the page of an error show, and leaves one line.
//!
//! A line names the route's template. Addresses hold tokens, and queries names: they are never logged.

use std::{
    net::{IpAddr, SocketAddr},
    panic::AssertUnwindSafe,
};

use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use futures::FutureExt;
use tokio::time::Instant;
use tracing::Instrument;

use crate::{Web, failure::Failure, meters::One, refuse::refuse};

/// What the request is called in the answer.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The name of what was asked where there is no route.
const NOWHERE: &str = "none";

tokio::task_local! {
    static NAME: String;
}

/// The name of the request that is being answered.
pub(crate) fn name() -> Option<String> {
    NAME.try_with(Clone::clone).ok()
}

/// Whom a request is from, once it was found out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Client(pub(crate) IpAddr);

/// Names a request, finds out whom it is from, and notes how it was answered.
pub(crate) async fn see(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().cloned();
    let route = path.as_ref().map_or(NOWHERE, MatchedPath::as_str);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if let Some(peer) = peer {
        let client = Client(web.house.options.proxies.client(peer, request.headers()));
        request.extensions_mut().insert(client);
    }
    let _one = One::of(&web.house.meters.under_way);
    let name = web.engine.request_id();
    // At the level of errors, so that it is there whichever lines are wanted.
    let span = tracing::error_span!("request", id = name, method = told(&method), route);
    let (headers, is_api) = (request.headers().clone(), crate::is_api(&request));
    let answer = async {
        let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        let mut response = match answered {
            Ok(response) => response,
            // The hook for panics has said where it was.
            Err(_) => refuse(&web, is_api, &headers, Failure::broken("a panic")),
        };
        let status = response.status().as_u16();
        let took = begun.elapsed();
        let milliseconds = took.as_secs_f64() * 1_000.0;
        if is_frequent(route) {
            tracing::debug!(status, milliseconds, "answered");
        } else {
            tracing::info!(status, milliseconds, "answered");
        }
        web.house.meters.answered(told(&method), route, status, took);
        if let Ok(value) = HeaderValue::from_str(&self::name().unwrap_or_default()) {
            response.headers_mut().insert(HEADER, value);
        }
        response
    };
    NAME.scope(name, answer.instrument(span)).await
}

/// A method, as it is logged: whoever asks may send any word.
fn told(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        _ => "other",
    }
}

/// What is asked for all the time, by machines and with every page.
fn is_frequent(route: &str) -> bool {
    matches!(route, "/healthz" | "/readyz" | "/assets/{version}/{name}")
}
