//! The people in an import: what it would do, does or did to each, and what was wrong.

use axum::{Json, extract::Path};
use domain::{
    plan::{Change, Kind as ChangeKind},
    problem::{Code, Severity},
};
use serde::{Deserialize, Serialize};
use store::{ProblemRow, plan::PlanRow};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    asked::{self, Asked, Page},
    caller::Caller,
    problem::{Kind, Problem},
};

/// Which lists cursors belong to.
const CHANGES: char = 'c';
const PROBLEMS: char = 'p';

/// What an import would do, does or did to one person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Change)]
pub(super) struct ChangeView {
    /// `join`, `update`, `leave`, `rejoin` or `reject`.
    #[schema(example = "update")]
    kind: &'static str,
    /// The account; the one to be made for a join, none for a rejected newcomer.
    member: Option<Uuid>,
    /// The employee ID afterwards.
    employee_id: Option<String>,
    /// The person's name, as the HR system has it.
    name: String,
    /// Why somebody leaves: `inactive`, `absent`, `excluded`, `id-reassigned`, or `outside-segment:` and
    /// the attribute.
    reason: Option<String>,
    /// The account's state afterwards.
    state: Option<String>,
    /// Whether it was not done, since the member had changed meanwhile or the leavers were left out.
    skipped: bool,
    /// The values that change.
    values: Vec<Value>,
}

/// A value that changes.
#[derive(Debug, Serialize, ToSchema)]
struct Value {
    /// The field, such as `last_name` or `custom.cost_centre`; `seen.` and an attribute for what the HR
    /// system said of it.
    #[schema(example = "last_name")]
    field: String,
    /// The value before, if there was one.
    before: Option<String>,
    /// The value afterwards, if there is one.
    after: Option<String>,
}

impl ChangeView {
    pub(super) fn of(row: PlanRow) -> Self {
        let values = values(&row.change);
        let Change { kind, employee_id, name, reason, state, .. } = row.change;
        Self {
            kind: kind.as_str(),
            member: row.account.map(|id| id.0),
            employee_id,
            name,
            reason: reason.map(|reason| reason.to_string()),
            state: state.map(|state| state.to_string()),
            skipped: row.skipped,
            values,
        }
    }
}

/// All values of somebody who joins; of others those that change.
fn values(change: &Change) -> Vec<Value> {
    let value = |field: &domain::field::Field, before: Option<String>| Value {
        field: field.to_string(),
        before,
        after: change.after.get(field).cloned(),
    };
    if change.kind == ChangeKind::Join {
        return change.after.keys().map(|field| value(field, None)).collect();
    }
    change.before.iter().map(|(field, before)| value(field, before.clone())).collect()
}

/// Which changes are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct WantedChanges {
    /// Of this kind only.
    #[param(example = "leave")]
    kind: Option<String>,
    /// The beginning of a name, an address or an employee ID.
    q: Option<String>,
    /// How many a page has: 1 to 200, or else 50.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// What an import would do, does or did, person by person, by kind and name. A failed import keeps no plan.
#[utoipa::path(
    get, path = "/api/v1/imports/{id}/changes", operation_id = "listChanges", tag = "imports",
    params(("id" = Uuid, Path, description = "The number of the import"), WantedChanges),
    responses((status = 200, description = "A page of changes", body = Page<ChangeView>)),
    security(("token" = ["imports:read"]))
)]
pub(super) async fn changes(
    Path(id): Path<String>,
    caller: Caller,
    Asked(wanted): Asked<WantedChanges>,
) -> Result<Json<Page<ChangeView>>, Problem> {
    let import = caller.import(&id).await?;
    let size = asked::size(wanted.limit)?;
    let after = asked::number_of(CHANGES, wanted.cursor.as_deref())?;
    let kind = wanted.kind.as_deref().map(|kind| asked::word("kind", kind)).transpose()?;
    if kind == Some(ChangeKind::Refresh) {
        return Err(Problem::new(Kind::Query, "`kind` cannot be “refresh”."));
    }
    let typed = wanted.q.as_deref().unwrap_or_default();
    let rows = caller.web.engine.plan_page(&import, kind, typed, after, size + 1).await?;
    let place = |row: &PlanRow| asked::after_number(CHANGES, row.number);
    Ok(Json(Page::of(rows, size, place, |row| Ok(ChangeView::of(row)))?))
}

/// What is wrong with one person, or with the import.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RowProblem)]
pub(super) struct ProblemView {
    /// The stable code.
    #[schema(example = "date-unreadable")]
    code: String,
    /// `error`: nothing is done for the person; `warning`: they go on.
    #[schema(example = "warning")]
    severity: String,
    /// The person's employee ID; none where the problem is that there is none, or of the import.
    employee_id: Option<String>,
    /// The person's name, as the HR system has it.
    name: String,
    /// The person's account, if there is one.
    member: Option<Uuid>,
    /// Where it is: a field, or an attribute.
    field: Option<String>,
    /// The value, as the HR system has it.
    value: Option<String>,
    /// The employee ID of the other person it is about.
    other_employee_id: Option<String>,
    /// What is wrong.
    text: &'static str,
    /// How to put it right.
    remedy: &'static str,
}

impl ProblemView {
    fn of(row: ProblemRow) -> Self {
        let code: Option<Code> = row.code.parse().ok();
        Self {
            code: row.code,
            severity: row.severity,
            employee_id: row.employee_id,
            name: row.name,
            member: row.member_id,
            field: row.field,
            value: row.value,
            other_employee_id: row.other,
            text: code.map(Code::text).unwrap_or_default(),
            remedy: code.map(Code::remedy).unwrap_or_default(),
        }
    }
}

/// Which problems are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct WantedProblems {
    /// `error` or `warning`.
    severity: Option<String>,
    /// With this code only.
    #[param(example = "date-unreadable")]
    code: Option<String>,
    /// How many a page has: 1 to 200, or else 50.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// What is wrong in an import, errors before warnings.
#[utoipa::path(
    get, path = "/api/v1/imports/{id}/problems", operation_id = "listProblems", tag = "imports",
    params(("id" = Uuid, Path, description = "The number of the import"), WantedProblems),
    responses((status = 200, description = "A page of problems", body = Page<ProblemView>)),
    security(("token" = ["imports:read"]))
)]
pub(super) async fn problems(
    Path(id): Path<String>,
    caller: Caller,
    Asked(wanted): Asked<WantedProblems>,
) -> Result<Json<Page<ProblemView>>, Problem> {
    let import = caller.import(&id).await?;
    let size = asked::size(wanted.limit)?;
    let after = asked::number_of(PROBLEMS, wanted.cursor.as_deref())?;
    let severity = match wanted.severity.as_deref() {
        None => None,
        Some("error") => Some(Severity::Error),
        Some("warning") => Some(Severity::Warning),
        Some(other) => return Err(Problem::new(Kind::Query, format!("`severity` cannot be “{other}”."))),
    };
    let code = wanted.code.as_deref().map(|code| asked::word("code", code)).transpose()?;
    let rows = caller.web.engine.problems_page(&import, severity, code, after, size + 1).await?;
    let place = |row: &ProblemRow| asked::after_number(PROBLEMS, row.number);
    Ok(Json(Page::of(rows, size, place, |row| Ok(ProblemView::of(row)))?))
}
