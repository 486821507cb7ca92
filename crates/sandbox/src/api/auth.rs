//! `POST /v1/auth`: a token for credentials.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;
use tokio::time::Instant;

use super::errors::ApiError;
use crate::{
    fault::{self, Endpoint, FaultKind},
    knobs::Language,
    log::Noted,
    state,
};

/// Credentials, wherever they stand.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Credentials {
    client_id: Option<String>,
    client_secret: Option<String>,
}

impl Credentials {
    fn both(self) -> Option<(String, String)> {
        self.client_id.zip(self.client_secret)
    }
}

pub(super) async fn token(
    State(state): State<Arc<state::State>>,
    headers: HeaderMap,
    Query(in_query): Query<Credentials>,
    body: Bytes,
) -> Response {
    let mut noted = Noted::default();
    let mut answer = match find(&headers, in_query, &body) {
        Some((place, client_id, secret)) => {
            noted.credentials_in = Some(place);
            noted.client_id = Some(client_id.clone());
            answer(&state, place, &client_id, &secret, &mut noted).await
        }
        None => ApiError::Invalid.into_response_in(Language::default()),
    };
    answer.extensions_mut().insert(noted);
    answer
}

/// The credentials, and where they stand.
fn find(headers: &HeaderMap, in_query: Credentials, body: &Bytes) -> Option<(&'static str, String, String)> {
    if let Some((client_id, secret)) = in_query.both() {
        return Some(("query", client_id, secret));
    }
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (place, credentials) = if content_type.starts_with("application/x-www-form-urlencoded") {
        ("form", parse_form(body)?)
    } else {
        ("json", serde_json::from_slice::<Credentials>(body).ok()?)
    };
    let (client_id, secret) = credentials.both()?;
    Some((place, client_id, secret))
}

fn parse_form(body: &Bytes) -> Option<Credentials> {
    let form = std::str::from_utf8(body).ok()?;
    let uri = format!("/?{form}").parse().ok()?;
    Query::<Credentials>::try_from_uri(&uri).ok().map(|Query(credentials)| credentials)
}

async fn answer(state: &state::State, place: &str, client_id: &str, secret: &str, noted: &mut Noted) -> Response {
    let Some(tenant) = state.tenant(client_id) else {
        return ApiError::UnknownClient.into_response_in(Language::default());
    };
    let (knobs, admitted, right, struck) = tenant.at_desk(|desk| {
        let admitted = desk.auth.admits_or_closes(Instant::now(), desk.knobs.auth_per_minute);
        let struck = if admitted { desk.strike(Endpoint::Auth, None) } else { Vec::new() };
        (desk.knobs.clone(), admitted, desk.secret == secret, struck)
    });
    noted.faults = struck.iter().map(FaultKind::name).collect();
    let language = knobs.errors;
    if !admitted {
        return ApiError::TooMany.into_response_in(language);
    }
    if let Some(answer) = fault::before(&struck, language).await {
        return answer;
    }
    if place == "query" && !knobs.query_credentials {
        return ApiError::CredentialsInQuery.into_response_in(language);
    }
    if !right || struck.contains(&FaultKind::CredentialsRevoked) {
        return ApiError::WrongSecret.into_response_in(language);
    }
    let (token, expires_in) = state.token(&tenant);
    let data = json!({ "token": token, "expires_in": expires_in, "scope": "employees:read" });
    let body = Json(json!({ "success": true, "data": data })).into_response();
    if struck.is_empty() {
        return body;
    }
    match axum::body::to_bytes(body.into_body(), usize::MAX).await {
        Ok(bytes) => fault::after(&struck, bytes),
        Err(_) => ApiError::Invalid.into_response_in(language),
    }
}
