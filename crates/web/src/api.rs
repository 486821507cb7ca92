//! The API under `/api/v1`: what the portal does with integrations, imports and members, for programs.

use axum::http::{HeaderMap, StatusCode};
use domain::scope::Scope;

use crate::Web;

pub(crate) const CODES: [&str; 0] = [];

/// A program that asks.
#[derive(Debug, Clone)]
pub(crate) struct Caller;

/// Whose token it is, if its scope allows this.
pub(crate) async fn caller(_: &Web, _: &HeaderMap, _: Scope) -> Result<Caller, StatusCode> {
    Err(StatusCode::UNAUTHORIZED)
}
