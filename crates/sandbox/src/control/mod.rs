//! The control address: sets people, attributes and faults of a running sandbox, as JSON.
//!
//! A tool for this machine: whoever reaches it may do everything. `GET /_sandbox` explains it.

mod companies;
mod people;
mod treatment;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    log::Request,
    state::{self, Tenant, lock},
};

type Shared = State<Arc<state::State>>;

/// The routes under `/_sandbox`.
pub(crate) fn routes() -> Router<Arc<state::State>> {
    Router::new()
        .route("/", get(help))
        .route("/log", get(log).delete(clear_log))
        .route("/companies", get(companies::all))
        .route("/companies/{client}", get(companies::one).put(companies::put).delete(companies::delete))
        .route("/companies/{client}/month", post(companies::month))
        .route("/companies/{client}/mutate", post(companies::mutate))
        .route("/companies/{client}/attributes/{key}", put(companies::define))
        .route("/companies/{client}/people", get(people::list).post(people::append))
        .route(
            "/companies/{client}/people/{id}",
            get(people::one).put(people::replace).patch(people::change).delete(people::remove),
        )
        .route("/companies/{client}/readable", get(treatment::readable).put(treatment::set_readable))
        .route(
            "/companies/{client}/knobs",
            get(treatment::knobs).put(treatment::set_knobs).patch(treatment::turn_knobs),
        )
        .route(
            "/companies/{client}/faults",
            get(treatment::faults)
                .post(treatment::add_fault)
                .put(treatment::set_faults)
                .delete(treatment::clear_faults),
        )
        .route("/companies/{client}/faults/{number}", axum::routing::delete(treatment::clear_fault))
        .route("/companies/{client}/secret", put(treatment::set_secret))
        .route("/companies/{client}/tokens", axum::routing::delete(treatment::expire_tokens))
}

async fn help() -> &'static str {
    include_str!("help.txt")
}

#[derive(Deserialize)]
struct LogQuery {
    client: Option<String>,
}

async fn log(State(state): Shared, Query(query): Query<LogQuery>) -> Json<Vec<Request>> {
    let mut requests = lock(&state.log).requests();
    if query.client.is_some() {
        requests.retain(|request| request.client_id == query.client);
    }
    Json(requests)
}

async fn clear_log(State(state): Shared) -> StatusCode {
    lock(&state.log).clear();
    StatusCode::NO_CONTENT
}

/// Why the control address did not do as it was told.
struct Refusal(StatusCode, String);

impl Refusal {
    fn bad(message: &impl ToString) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, message.to_string())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

fn tenant(state: &state::State, client: &str) -> Result<Arc<Tenant>, Refusal> {
    let missing = || Refusal(StatusCode::NOT_FOUND, format!("there is no company for the client id {client:?}"));
    state.tenant(client).ok_or_else(missing)
}

/// What happened to a person that may not be there.
fn found(found: bool) -> Result<StatusCode, Refusal> {
    let missing = || Refusal(StatusCode::NOT_FOUND, "there is nobody with that id".to_owned());
    found.then_some(StatusCode::NO_CONTENT).ok_or_else(missing)
}
