//! Companies, and what happens to all of their people.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Refusal, Shared, tenant};
use crate::{
    attributes::Custom,
    company::{Change, Company, Counts, Month, Mutation},
    knobs::Knobs,
    state::Tenant,
};

/// A company to be made.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCompany {
    secret: String,
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    employees: usize,
    today: Option<Date>,
    name: Option<String>,
    domain: Option<String>,
    /// People who are nothing but what is said here, besides those who are drawn.
    #[serde(default)]
    people: Vec<BTreeMap<String, Value>>,
    #[serde(default)]
    knobs: Knobs,
    readable: Option<BTreeSet<String>>,
}

/// A company as it stands.
#[derive(Serialize)]
pub(super) struct Overview {
    client_id: String,
    name: String,
    domain: String,
    today: Date,
    counts: Counts,
}

fn overview(tenant: &Tenant) -> Overview {
    tenant.look(|company| Overview {
        client_id: tenant.client_id.clone(),
        name: company.name().to_owned(),
        domain: company.domain().to_owned(),
        today: company.today(),
        counts: company.counts(),
    })
}

pub(super) async fn all(State(state): Shared) -> Json<Vec<Overview>> {
    Json(state.tenants().iter().map(|tenant| overview(tenant)).collect())
}

pub(super) async fn one(State(state): Shared, Path(client): Path<String>) -> Result<Json<Overview>, Refusal> {
    Ok(Json(overview(&*tenant(&state, &client)?)))
}

pub(super) async fn put(
    State(state): Shared,
    Path(client): Path<String>,
    Json(new): Json<NewCompany>,
) -> Result<Json<Overview>, Refusal> {
    let today = new.today.unwrap_or(state.today);
    let mut company =
        if new.employees == 0 { Company::empty(today) } else { Company::generate(new.seed, new.employees, today) };
    if new.name.is_some() || new.domain.is_some() {
        let name = new.name.unwrap_or_else(|| company.name().to_owned());
        let domain = new.domain.unwrap_or_else(|| company.domain().to_owned());
        company = company.named(name, domain);
    }
    for set in new.people {
        company.append(&Change { set, ..Change::default() });
    }
    let made = Tenant::new(&client, &new.secret, company, new.knobs);
    made.at_desk(|desk| desk.readable = new.readable);
    state.put_tenant(made);
    Ok(Json(overview(&*tenant(&state, &client)?)))
}

pub(super) async fn delete(State(state): Shared, Path(client): Path<String>) -> Result<StatusCode, Refusal> {
    tenant(&state, &client)?;
    state.remove_tenant(&client);
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
pub(super) struct Months {
    #[serde(default = "one_month")]
    count: u32,
}

fn one_month() -> u32 {
    1
}

/// What happened in the months that passed.
#[derive(Serialize)]
pub(super) struct Passed {
    today: Date,
    months: Vec<Month>,
    counts: Counts,
}

pub(super) async fn month(
    State(state): Shared,
    Path(client): Path<String>,
    Query(months): Query<Months>,
) -> Result<Json<Passed>, Refusal> {
    Ok(Json(tenant(&state, &client)?.change(|company| {
        let months = (0..months.count).map(|_| company.month_passes()).collect();
        Passed { today: company.today(), months, counts: company.counts() }
    })))
}

/// How many people something happened to.
#[derive(Serialize)]
pub(super) struct Changed {
    changed: usize,
}

pub(super) async fn mutate(
    State(state): Shared,
    Path(client): Path<String>,
    Json(mutation): Json<Mutation>,
) -> Result<Json<Changed>, Refusal> {
    let changed = tenant(&state, &client)?.change(|company| company.mutate(&mutation));
    Ok(Json(Changed { changed }))
}

pub(super) async fn define(
    State(state): Shared,
    Path((client, key)): Path<(String, String)>,
    Json(custom): Json<Custom>,
) -> Result<StatusCode, Refusal> {
    tenant(&state, &client)?.change(|company| company.define(key, custom));
    Ok(StatusCode::NO_CONTENT)
}
