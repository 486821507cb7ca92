//! The web front: health, and a page that says where to look, until the portal moves in.

use std::{future::Future, io, net::SocketAddr};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use engine::Engine;
use tokio::net::TcpListener;

const PLACEHOLDER: &str = include_str!("placeholder.html");

const STYLE: &str = include_str!("style.css");

/// Only what this server gives itself: no script, no frame, nothing from another host.
const POLICY: &str = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/// All routes.
pub fn router(engine: Engine) -> Router {
    Router::new()
        .route("/", get(placeholder))
        .route("/style.css", get(style))
        .route("/healthz", get(health))
        .fallback(not_here)
        .with_state(engine)
}

/// Serves until told to stop, and then finishes what was asked before.
pub async fn serve(
    listener: TcpListener,
    engine: Engine,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router(engine)).with_graceful_shutdown(stop).await
}

/// Where to listen; the port is taken at once, so that a second server is told so.
pub async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}

async fn placeholder() -> Response {
    page(StatusCode::OK)
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")], STYLE)
        .into_response()
}

async fn not_here() -> Response {
    page(StatusCode::NOT_FOUND)
}

fn page(status: StatusCode) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, Html(PLACEHOLDER)).into_response()
}

/// Whether this process can do its work: the database answers.
async fn health(State(engine): State<Engine>) -> Response {
    match engine.store().ping().await {
        Ok(_) => (StatusCode::OK, "ok\n").into_response(),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}
