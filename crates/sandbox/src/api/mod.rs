//! The API, version 1: what Rollcall's connector and public clients talk to.

mod auth;
mod employees;
pub(crate) mod errors;
mod gate;
pub(crate) mod limits;
pub(crate) mod list;

use std::sync::Arc;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};

use crate::{knobs::Language, state::State};
use errors::ApiError;
pub(crate) use gate::bearer;

/// The routes under `/v1`.
pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/auth", post(auth::token))
        .route("/company/employees", get(list::list))
        .route("/company/employees/attributes", get(employees::attributes))
        .route("/company/employees/custom-attributes", get(employees::attributes))
        .route("/company/employees/{id}", get(employees::one))
        .fallback(not_found)
}

async fn not_found() -> Response {
    ApiError::NotFound.into_response_in(Language::default())
}
