//! What every request with a token goes through: the token, the limits, the faults.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use tokio::time::Instant;

use super::errors::ApiError;
use crate::{
    fault::{self, Endpoint, FaultKind},
    knobs::{Knobs, Language, TokenInAnswers},
    log::Noted,
    state::{State, Tenant},
};

/// A request that was let in.
pub(super) struct Visit<'a> {
    state: &'a State,
    pub(super) tenant: Arc<Tenant>,
    pub(super) knobs: Knobs,
    /// The version of the settings when it was let in.
    pub(super) settings: u64,
    token: String,
    /// The faults that strike it.
    pub(super) struck: Vec<FaultKind>,
}

/// Lets a request in, or turns it away with an answer.
pub(super) async fn enter<'a>(
    state: &'a State,
    headers: &HeaderMap,
    endpoint: Endpoint,
    page: impl FnOnce(&Knobs) -> Option<u64>,
) -> Result<Visit<'a>, Response> {
    let token = bearer(headers).unwrap_or_default().to_owned();
    let Some(tenant) = state.tenant_of_token(&token) else {
        return Err(ApiError::BadToken.into_response_in(Language::default()));
    };
    let (knobs, settings, admitted, struck) = tenant.at_desk(|desk| {
        let Knobs { per_second, per_minute, .. } = desk.knobs;
        let admitted = desk.employees.admits(Instant::now(), per_second, per_minute);
        let page = page(&desk.knobs);
        let struck = if admitted { desk.strike(endpoint, page) } else { Vec::new() };
        (desk.knobs.clone(), desk.version, admitted, struck)
    });
    let visit = Visit { state, tenant, knobs, settings, token, struck };
    if !admitted {
        return Err(visit.refuse(ApiError::TooMany));
    }
    tokio::time::sleep(Duration::from_millis(visit.knobs.latency_ms)).await;
    if visit.struck.iter().any(|fault| matches!(fault, FaultKind::TokenRefused | FaultKind::CredentialsRevoked)) {
        state.void_token(&visit.token);
        return Err(visit.refuse(ApiError::BadToken));
    }
    match fault::before(&visit.struck, visit.knobs.errors).await {
        Some(answer) => Err(visit.noting(answer)),
        None => Ok(visit),
    }
}

/// The token of an `Authorization` header.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

impl Visit<'_> {
    /// A good answer with that body, or what a fault makes of it.
    pub(super) fn answer(&self, body: Bytes) -> Response {
        let mut answer = fault::after(&self.struck, body);
        let token = match self.knobs.token_in_answers {
            TokenInAnswers::Same => Some(self.token.clone()),
            TokenInAnswers::Next => {
                self.state.void_token(&self.token);
                Some(self.state.token(&self.tenant).0)
            }
            TokenInAnswers::None => None,
        };
        if let Some(Ok(value)) = token.map(|token| HeaderValue::from_str(&format!("Bearer {token}"))) {
            answer.headers_mut().insert(header::AUTHORIZATION, value);
        }
        self.noting(answer)
    }

    /// An error.
    pub(super) fn refuse(&self, error: ApiError) -> Response {
        let mut answer = error.into_response_in(self.knobs.errors);
        if let (ApiError::TooMany, Some(seconds)) = (error, self.knobs.retry_after) {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        self.noting(answer)
    }

    /// The same answer, with what the log is to know of it.
    fn noting(&self, mut answer: Response) -> Response {
        answer.extensions_mut().insert(Noted {
            client_id: Some(self.tenant.client_id.clone()),
            credentials_in: None,
            faults: self.struck.iter().map(FaultKind::name).collect(),
        });
        answer
    }
}
