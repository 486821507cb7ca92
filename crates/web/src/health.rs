//! `GET /healthz`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::Web;

/// Whether this process can do its work: the database answers.
pub(crate) async fn health(State(web): State<Web>) -> Response {
    match web.engine.store().ping().await {
        Ok(_) => (StatusCode::OK, "ok\n").into_response(),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}
