//! Members: all of them, one, and what imports did to one.

use std::collections::BTreeMap;

use axum::{Json, extract::Path};
use domain::ids::{ImportId, IntegrationId, MemberId};
use serde::{Deserialize, Serialize};
use store::{
    Import, Integration,
    members::{Listed, MemberFilter},
    plan::PlanRow,
};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    asked::{self, Asked, Page},
    caller::Caller,
    instant,
    people::ChangeView,
    problem::Problem,
};

/// Which lists cursors belong to.
const MEMBERS: char = 'm';
const HISTORY: char = 'h';

/// A member.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Member)]
pub(super) struct MemberView {
    /// The number of the account; it stays when names, address and employee ID change.
    id: Uuid,
    /// The HR system that looks after the account; none for one made by another route.
    #[schema(example = "personio")]
    integration: Option<String>,
    /// The identity within that HR system.
    employee_id: Option<String>,
    /// `not-invited`, `invited`, `active`, `leaver` or `closed`.
    #[schema(example = "active")]
    state: String,
    /// The values, by field: `email`, `first_name`, …, and `custom.` and the name of a custom field. A field
    /// without a value is left out.
    fields: BTreeMap<String, String>,
    /// When the account was made.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it last changed.
    #[schema(format = DateTime)]
    updated_at: String,
    /// Since when the member is a leaver.
    #[schema(format = DateTime)]
    left_at: Option<String>,
    /// Why they are one (see the changes of an import).
    left_because: Option<String>,
    /// The import that made them one.
    left_by: Option<Uuid>,
}

fn view(listed: Listed, integrations: &[Integration]) -> MemberView {
    let Listed { member, created_at, updated_at, left_at, left_by, leave_reason, .. } = listed;
    let shown = member.fields.into_iter().filter(|(field, _)| field.is_shown());
    MemberView {
        id: member.id.0,
        integration: member.integration.and_then(|id| source(integrations, id)),
        employee_id: member.employee_id,
        state: member.state.to_string(),
        fields: shown.map(|(field, value)| (field.to_string(), value)).collect(),
        created_at: instant(created_at),
        updated_at: instant(updated_at),
        left_at: left_at.map(instant),
        left_because: leave_reason,
        left_by: left_by.map(|import| import.0),
    }
}

fn source(integrations: &[Integration], id: IntegrationId) -> Option<String> {
    integrations.iter().find(|integration| integration.id == id.0).map(|integration| integration.source.clone())
}

/// Which members are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// In this state only.
    #[param(example = "active")]
    state: Option<String>,
    /// The beginning of a name, an address or an employee ID.
    q: Option<String>,
    /// How many a page has: 1 to 200, or else 50.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// The members of the programme, by last name.
#[utoipa::path(
    get, path = "/api/v1/members", operation_id = "listMembers", tag = "members", params(Wanted),
    responses((status = 200, description = "A page of members", body = Page<MemberView>)),
    security(("token" = ["members:read"]))
)]
pub(super) async fn list(caller: Caller, Asked(wanted): Asked<Wanted>) -> Result<Json<Page<MemberView>>, Problem> {
    let size = asked::size(wanted.limit)?;
    let after = asked::id_of(MEMBERS, wanted.cursor.as_deref())?.map(MemberId);
    let state = wanted.state.as_deref().map(|state| asked::word("state", state)).transpose()?;
    let filter = MemberFilter {
        typed: wanted.q.unwrap_or_default(),
        states: state.into_iter().collect(),
        ..MemberFilter::default()
    };
    let integrations = caller.integrations().await?;
    let programme = caller.programme().number();
    let rows = caller.web.engine.members_page(programme, &filter, after, size + 1).await?;
    let place = |listed: &Listed| asked::after_id(MEMBERS, listed.member.id.0);
    Ok(Json(Page::of(rows, size, place, |listed| Ok(view(listed, &integrations)))?))
}

/// A member of this programme; another programme's is not there.
async fn member(caller: &Caller, id: &str) -> Result<Listed, Problem> {
    let id = Uuid::try_parse(id).map_err(|_| Problem::not_found("This is no number of a member."))?;
    Ok(caller.web.engine.member(caller.programme().number(), MemberId(id)).await?)
}

/// One member.
#[utoipa::path(
    get, path = "/api/v1/members/{id}", operation_id = "showMember", tag = "members",
    params(("id" = Uuid, Path, description = "The number of the account")),
    responses((status = 200, description = "The member", body = MemberView)),
    security(("token" = ["members:read"]))
)]
pub(super) async fn show(Path(id): Path<String>, caller: Caller) -> Result<Json<MemberView>, Problem> {
    let listed = member(&caller, &id).await?;
    Ok(Json(view(listed, &caller.integrations().await?)))
}

/// What an import planned for a member, and what became of the plan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HistoryEntry)]
pub(super) struct Entry {
    /// The import.
    import: Uuid,
    /// When it ended, or was asked for if it has not.
    #[schema(format = DateTime)]
    at: String,
    /// Where the import stands. The change was made if this is `completed` and it was not skipped.
    #[schema(example = "completed")]
    import_state: String,
    /// The change.
    change: ChangeView,
}

/// Which part of the history is asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct WantedHistory {
    /// How many a page has: 1 to 200, or else 50.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// What imports planned for a member, the newest first.
#[utoipa::path(
    get, path = "/api/v1/members/{id}/history", operation_id = "showHistory", tag = "members",
    params(("id" = Uuid, Path, description = "The number of the account"), WantedHistory),
    responses((status = 200, description = "A page of changes", body = Page<Entry>)),
    security(("token" = ["members:read"]))
)]
pub(super) async fn history(
    Path(id): Path<String>,
    caller: Caller,
    Asked(wanted): Asked<WantedHistory>,
) -> Result<Json<Page<Entry>>, Problem> {
    let id = member(&caller, &id).await?.member.id;
    let size = asked::size(wanted.limit)?;
    let before = asked::id_of(HISTORY, wanted.cursor.as_deref())?.map(ImportId);
    let programme = caller.programme().number();
    let rows = caller.web.engine.member_history(programme, id, before, size + 1).await?;
    let place = |(import, _): &(Import, PlanRow)| asked::after_id(HISTORY, import.id);
    let entry = |(import, row): (Import, PlanRow)| {
        Ok(Entry {
            import: import.id,
            at: instant(import.finished_at.unwrap_or(import.created_at)),
            import_state: import.state,
            change: ChangeView::of(row),
        })
    };
    Ok(Json(Page::of(rows, size, place, entry)?))
}
