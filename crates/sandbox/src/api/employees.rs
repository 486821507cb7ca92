//! A single employee, and the attributes that may be read.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use serde::Serialize;

use super::{errors::ApiError, gate};
use crate::{
    attributes::{Column, Context, Written, readable},
    fault::{Endpoint, FaultKind},
    state,
};

/// What every good answer looks like.
#[derive(Serialize)]
struct Good<T> {
    success: bool,
    data: T,
}

fn good<T: Serialize>(data: T) -> Bytes {
    serde_json::to_vec(&Good { success: true, data }).unwrap_or_default().into()
}

/// `GET /v1/company/employees/attributes`
pub(super) async fn attributes(State(state): State<Arc<state::State>>, headers: HeaderMap) -> Response {
    let visit = match gate::enter(&state, &headers, Endpoint::Attributes, |_| None).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let allowed = visit.tenant.at_desk(|desk| desk.readable.clone());
    let withdrawn = |column: &Column<'_>| {
        visit
            .struck
            .iter()
            .any(|fault| matches!(fault, FaultKind::Withdrawn { attribute, person: None } if attribute == column.key()))
    };
    let body = visit.tenant.look(|company| {
        let mut columns = readable(company, allowed.as_ref());
        columns.retain(|column| !withdrawn(column));
        good(&columns)
    });
    visit.answer(body)
}

/// `GET /v1/company/employees/{id}`
pub(super) async fn one(
    State(state): State<Arc<state::State>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let visit = match gate::enter(&state, &headers, Endpoint::Employee, |_| None).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let allowed = visit.tenant.at_desk(|desk| desk.readable.clone());
    let body = visit.tenant.look(|company| {
        let person = company.person(id.parse().ok()?)?;
        let context = Context::new(company, visit.knobs.writing, &state.base_url);
        let columns = readable(company, allowed.as_ref());
        Some(good(&Written { context: &context, columns: &columns, person, withheld: &[] }))
    });
    match body {
        Some(body) => visit.answer(body),
        None => visit.refuse(ApiError::NotFound),
    }
}
