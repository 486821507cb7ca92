//! How the API treats a client: what it may read, knobs, faults, credentials.

use std::collections::BTreeSet;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Refusal, Shared, tenant};
use crate::{
    fault::{Fault, Standing},
    knobs::Knobs,
};

/// The attributes that may be read; `null` is all of them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Readable {
    attributes: Option<BTreeSet<String>>,
}

pub(super) async fn readable(State(state): Shared, Path(client): Path<String>) -> Result<Json<Readable>, Refusal> {
    let attributes = tenant(&state, &client)?.at_desk(|desk| desk.readable.clone());
    Ok(Json(Readable { attributes }))
}

pub(super) async fn set_readable(
    State(state): Shared,
    Path(client): Path<String>,
    Json(readable): Json<Readable>,
) -> Result<StatusCode, Refusal> {
    tenant(&state, &client)?.rearrange(|desk| desk.readable = readable.attributes);
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn knobs(State(state): Shared, Path(client): Path<String>) -> Result<Json<Knobs>, Refusal> {
    Ok(Json(tenant(&state, &client)?.at_desk(|desk| desk.knobs.clone())))
}

pub(super) async fn set_knobs(
    State(state): Shared,
    Path(client): Path<String>,
    Json(knobs): Json<Knobs>,
) -> Result<Json<Knobs>, Refusal> {
    tenant(&state, &client)?.rearrange(|desk| desk.knobs = knobs.clone());
    Ok(Json(knobs))
}

/// Turns some knobs and leaves the others.
pub(super) async fn turn_knobs(
    State(state): Shared,
    Path(client): Path<String>,
    Json(turned): Json<Map<String, Value>>,
) -> Result<Json<Knobs>, Refusal> {
    tenant(&state, &client)?.rearrange(|desk| {
        let mut knobs = serde_json::to_value(&desk.knobs).map_err(|error| Refusal::bad(&error))?;
        merge(&mut knobs, Value::Object(turned));
        desk.knobs = serde_json::from_value(knobs).map_err(|error| Refusal::bad(&error))?;
        Ok(Json(desk.knobs.clone()))
    })
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

pub(super) async fn faults(State(state): Shared, Path(client): Path<String>) -> Result<Json<Vec<Standing>>, Refusal> {
    Ok(Json(tenant(&state, &client)?.at_desk(|desk| desk.faults.clone())))
}

/// Reads a fault, and does not overlook a word that means nothing.
fn parse(json: &Value) -> Result<Fault, Refusal> {
    let fault: Fault = serde_json::from_value(json.clone()).map_err(|error| Refusal::bad(&error))?;
    let known = serde_json::to_value(&fault).map_err(|error| Refusal::bad(&error))?;
    let unknown = json.as_object().and_then(|json| json.keys().find(|key| known.get(key.as_str()).is_none()));
    match unknown {
        Some(key) => Err(Refusal::bad(&format!("a fault of this kind has no {key:?}"))),
        None => Ok(fault),
    }
}

/// The number by which a fault can be taken back.
#[derive(Serialize)]
pub(super) struct Set {
    id: u64,
}

pub(super) async fn add_fault(
    State(state): Shared,
    Path(client): Path<String>,
    Json(fault): Json<Value>,
) -> Result<(StatusCode, Json<Set>), Refusal> {
    let fault = parse(&fault)?;
    let id = tenant(&state, &client)?.at_desk(|desk| desk.add_fault(fault));
    Ok((StatusCode::CREATED, Json(Set { id })))
}

pub(super) async fn set_faults(
    State(state): Shared,
    Path(client): Path<String>,
    Json(faults): Json<Vec<Value>>,
) -> Result<Json<Vec<Standing>>, Refusal> {
    let faults = faults.iter().map(parse).collect::<Result<Vec<_>, _>>()?;
    Ok(Json(tenant(&state, &client)?.at_desk(|desk| {
        desk.faults.clear();
        for fault in faults {
            desk.add_fault(fault);
        }
        desk.faults.clone()
    })))
}

pub(super) async fn clear_faults(State(state): Shared, Path(client): Path<String>) -> Result<StatusCode, Refusal> {
    tenant(&state, &client)?.at_desk(|desk| desk.faults.clear());
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn clear_fault(
    State(state): Shared,
    Path((client, number)): Path<(String, u64)>,
) -> Result<StatusCode, Refusal> {
    tenant(&state, &client)?.at_desk(|desk| desk.faults.retain(|standing| standing.id != number));
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Secret {
    secret: String,
    /// Whether tokens of the former secret stay good.
    #[serde(default)]
    keep_tokens: bool,
}

pub(super) async fn set_secret(
    State(state): Shared,
    Path(client): Path<String>,
    Json(new): Json<Secret>,
) -> Result<StatusCode, Refusal> {
    let tenant = tenant(&state, &client)?;
    tenant.at_desk(|desk| desk.secret = new.secret);
    if !new.keep_tokens {
        state.void_tokens(&tenant);
    }
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn expire_tokens(State(state): Shared, Path(client): Path<String>) -> Result<StatusCode, Refusal> {
    state.void_tokens(&*tenant(&state, &client)?);
    Ok(StatusCode::NO_CONTENT)
}
