//! `GET /healthz` and `GET /readyz`: for whoever watches over the process. Words, and nothing about anybody.

use std::time::Duration;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use tokio::time::timeout;

use crate::Web;

/// A database that does not answer within this time does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether the process lives: it answers.
pub(crate) async fn lives() -> &'static str {
    "ok\n"
}

/// Whether requests can be sent here: the process is not about to stop, the database answers and has the schema
/// that is needed, and the work in the background goes on. An installation that was restored and waits for its release
/// serves its pages, so it is ready, and says that it is held.
pub(crate) async fn ready(State(web): State<Web>) -> Response {
    match hindrance(&web).await {
        None => {
            let is_held = matches!(timeout(PATIENCE, web.engine.restored()).await, Ok(Ok(Some(_))));
            (StatusCode::OK, if is_held { "ready\nheld: true\n" } else { "ready\n" }).into_response()
        }
        Some(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")).into_response(),
    }
}

async fn hindrance(web: &Web) -> Option<&'static str> {
    if *web.stopping.borrow() {
        return Some("stopping");
    }
    match timeout(PATIENCE, web.engine.store().is_current()).await {
        Ok(Ok(true)) => {}
        Ok(Ok(false)) => return Some("the database's schema is older than this program"),
        Ok(Err(error)) => {
            tracing::error!(error = error.for_log(), "the database does not answer");
            return Some("the database does not answer");
        }
        Err(_) => {
            tracing::error!(error = "no answer in time", "the database does not answer");
            return Some("the database does not answer");
        }
    }
    if !web.engine.pulse().is_felt() {
        return Some("the work in the background stands still");
    }
    None
}
