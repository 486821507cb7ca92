//! Single people.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Refusal, Shared, found, tenant};
use crate::{
    attributes::{Context, readable, shown},
    company::{Change, Company, person::Person},
};

#[derive(Deserialize)]
pub(super) struct Filter {
    status: Option<String>,
    #[serde(default)]
    offset: usize,
    #[serde(default = "hundred")]
    limit: usize,
}

fn hundred() -> usize {
    100
}

/// Every attribute that the person shares, by its key.
fn flat(company: &Company, person: &Person) -> Map<String, Value> {
    let context = Context::plain(company);
    let columns = readable(company, None);
    let pairs =
        columns.iter().filter_map(|column| Some((column.key().to_owned(), shown(&context, person, column.key())?)));
    pairs.collect()
}

pub(super) async fn list(
    State(state): Shared,
    Path(client): Path<String>,
    Query(filter): Query<Filter>,
) -> Result<Json<Vec<Map<String, Value>>>, Refusal> {
    Ok(Json(tenant(&state, &client)?.look(|company| {
        let wanted = |person: &&Person| filter.status.as_ref().is_none_or(|status| person.status.word() == status);
        let people = company.people().iter().filter(wanted).skip(filter.offset).take(filter.limit);
        people.map(|person| flat(company, person)).collect()
    })))
}

pub(super) async fn one(
    State(state): Shared,
    Path((client, id)): Path<(String, i64)>,
) -> Result<Json<Map<String, Value>>, Refusal> {
    let person = tenant(&state, &client)?.look(|company| company.person(id).map(|person| flat(company, person)));
    person.map(Json).ok_or_else(|| Refusal(StatusCode::NOT_FOUND, "there is nobody with that id".to_owned()))
}

/// The id of somebody who was added.
#[derive(Serialize)]
pub(super) struct Appended {
    id: i64,
}

pub(super) async fn append(
    State(state): Shared,
    Path(client): Path<String>,
    Json(change): Json<Change>,
) -> Result<(StatusCode, Json<Appended>), Refusal> {
    let id = tenant(&state, &client)?.change(|company| company.append(&change));
    Ok((StatusCode::CREATED, Json(Appended { id })))
}

pub(super) async fn replace(
    State(state): Shared,
    Path((client, id)): Path<(String, i64)>,
    Json(change): Json<Change>,
) -> Result<StatusCode, Refusal> {
    found(tenant(&state, &client)?.change(|company| company.replace(id, &change)))
}

pub(super) async fn change(
    State(state): Shared,
    Path((client, id)): Path<(String, i64)>,
    Json(change): Json<Change>,
) -> Result<StatusCode, Refusal> {
    found(tenant(&state, &client)?.change(|company| company.change(id, &change)))
}

pub(super) async fn remove(
    State(state): Shared,
    Path((client, id)): Path<(String, i64)>,
) -> Result<StatusCode, Refusal> {
    found(tenant(&state, &client)?.change(|company| company.remove(id)))
}
