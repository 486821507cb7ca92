//! Imports: the history, and one of them.

use axum::{Json, extract::Path};
use domain::{
    ids::{ImportId, IntegrationId},
    import::{Purpose, State},
};
use serde::{Deserialize, Serialize};
use store::{Import, history::ImportFilter};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    asked::{self, Asked, Page},
    caller::Caller,
    instant,
    problem::{Kind, Problem},
};

/// Which list a cursor belongs to.
const LIST: char = 'i';

/// An import.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Import)]
pub(super) struct ImportView {
    /// Its number.
    id: Uuid,
    /// The HR system.
    #[schema(example = "personio")]
    integration: String,
    /// `apply`, or `preview`: it only shows what would be done.
    #[schema(example = "apply")]
    purpose: String,
    /// What started it, such as `schedule`, `portal`, `command` or `api`.
    #[schema(example = "schedule")]
    trigger: String,
    /// Who started it: an administrator, or a token by its name.
    started_by: Option<String>,
    /// `queued`, `reading`, `planning`, `on-hold`, `applying`, `completed`, `failed`, `rejected`,
    /// `lapsed`, `superseded` or `previewed`.
    #[schema(example = "completed")]
    state: String,
    /// Whether it has come to its end.
    ended: bool,
    /// How far the present stage is.
    progress: Progress,
    /// When it was asked for.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it was put on hold.
    #[schema(format = DateTime)]
    held_at: Option<String>,
    /// When it ended.
    #[schema(format = DateTime)]
    finished_at: Option<String>,
    /// How long it worked, in milliseconds.
    duration_ms: i64,
    /// Current members before it.
    members_before: i64,
    /// What its plan comes to. Complete once the import is past `planning`.
    counts: Counts,
    /// The rules that put it on hold, such as `R40`.
    held_by: Vec<String>,
    /// The same in words.
    held_because: Vec<String>,
    /// `whole` or `without-leavers`, when an administrator approved it.
    approved: Option<String>,
    /// Who approved or rejected it.
    answered_by: Option<String>,
    /// Why it failed. Then nothing has changed.
    failure: Option<FailureView>,
}

/// How far an import is: people read while it is `reading`, changes made while it is `applying`.
#[derive(Debug, Serialize, ToSchema)]
struct Progress {
    /// So many are done.
    done: i64,
    /// Of so many; 0 while that is not known.
    total: i64,
}

/// What a plan comes to.
#[derive(Debug, Serialize, ToSchema)]
struct Counts {
    /// People read.
    read: u64,
    /// New accounts.
    join: u64,
    /// Accounts brought up to date.
    update: u64,
    /// Members who become leavers.
    leave: u64,
    /// Leavers who are members again.
    rejoin: u64,
    /// People with an error: nothing is done for them.
    reject: u64,
    /// Members with nothing new.
    unchanged: u64,
    /// People who are no members, and may not be.
    not_eligible: u64,
    /// People who are hired and not there yet.
    starts_later: u64,
    /// Errors.
    errors: u64,
    /// Warnings.
    warnings: u64,
}

/// Why an import failed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Failure)]
struct FailureView {
    /// The stable code.
    #[schema(example = "source-unreachable")]
    code: String,
    /// The same for people.
    detail: String,
}

impl ImportView {
    /// The import as answers have it; `source` is the HR system of its integration.
    pub(super) fn of(import: &Import, source: &str) -> Result<Self, Problem> {
        let state = import.state()?;
        let counts = import.counts()?;
        let parts =
            |text: &str, mark: char| text.split(mark).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let failure = import
            .failure_code
            .clone()
            .map(|code| FailureView { code, detail: import.failure.clone().unwrap_or_default() });
        Ok(Self {
            id: import.id,
            integration: source.to_owned(),
            purpose: import.purpose.clone(),
            trigger: import.trigger.clone(),
            started_by: import.person.clone(),
            state: import.state.clone(),
            ended: !state.is_running() && state != State::OnHold,
            progress: Progress { done: import.progress_done, total: import.progress_total },
            created_at: instant(import.created_at),
            held_at: import.held_at.map(instant),
            finished_at: import.finished_at.map(instant),
            duration_ms: import.duration_ms,
            members_before: import.members_before,
            counts: Counts {
                read: counts.read,
                join: counts.join,
                update: counts.update,
                leave: counts.leave,
                rejoin: counts.rejoin,
                reject: counts.reject,
                unchanged: counts.unchanged,
                not_eligible: counts.not_eligible,
                starts_later: counts.starts_later,
                errors: counts.errors,
                warnings: counts.warnings,
            },
            held_by: parts(&import.held_by, ','),
            held_because: parts(&import.held_because, '\n'),
            approved: import.approved.clone(),
            answered_by: import.answered_by.clone(),
            failure,
        })
    }
}

/// Which imports are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// Of this integration only, by HR system.
    integration: Option<String>,
    /// In one of these states, with commas between.
    #[param(example = "completed,failed")]
    state: Option<String>,
    /// `apply` or `preview`.
    purpose: Option<String>,
    /// Started by this.
    trigger: Option<String>,
    /// Asked for at this instant or later.
    #[param(format = DateTime)]
    from: Option<String>,
    /// Asked for before this instant.
    #[param(format = DateTime)]
    to: Option<String>,
    /// How many a page has: 1 to 200, or else 50.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

impl Wanted {
    fn filter(&self, integration: Option<IntegrationId>) -> Result<ImportFilter, Problem> {
        let states = self.state.iter().flat_map(|list| list.split(','));
        let purpose = match self.purpose.as_deref() {
            None => None,
            Some("apply") => Some(Purpose::Apply),
            Some("preview") => Some(Purpose::Preview),
            Some(other) => return Err(Problem::new(Kind::Query, format!("`purpose` cannot be “{other}”."))),
        };
        Ok(ImportFilter {
            integration,
            purpose,
            states: states.map(|state| asked::word("state", state)).collect::<Result<_, _>>()?,
            trigger: self.trigger.clone(),
            from: self.from.as_deref().map(|text| asked::instant("from", text)).transpose()?,
            to: self.to.as_deref().map(|text| asked::instant("to", text)).transpose()?,
        })
    }
}

/// The imports of the programme, the newest first.
#[utoipa::path(
    get, path = "/api/v1/imports", operation_id = "listImports", tag = "imports", params(Wanted),
    responses((status = 200, description = "A page of imports", body = Page<ImportView>)),
    security(("token" = ["imports:read"]))
)]
pub(super) async fn list(caller: Caller, Asked(wanted): Asked<Wanted>) -> Result<Json<Page<ImportView>>, Problem> {
    let size = asked::size(wanted.limit)?;
    let before = asked::id_of(LIST, wanted.cursor.as_deref())?.map(ImportId);
    let integrations = caller.integrations().await?;
    let named = match &wanted.integration {
        None => None,
        Some(source) => Some(caller.integration(source).await?.number()),
    };
    let filter = wanted.filter(named)?;
    let programme = caller.programme().number();
    let rows = caller.web.engine.imports_of(programme, &filter, before, size + 1).await?;
    let source = |import: &Import| {
        let found = integrations.iter().find(|integration| integration.id == import.integration_id);
        found.map(|integration| integration.source.as_str()).unwrap_or_default()
    };
    let place = |import: &Import| asked::after_id(LIST, import.id);
    Ok(Json(Page::of(rows, size, place, |import| ImportView::of(&import, source(&import)))?))
}

/// One import.
#[utoipa::path(
    get, path = "/api/v1/imports/{id}", operation_id = "showImport", tag = "imports",
    params(("id" = Uuid, Path, description = "The number of the import")),
    responses((status = 200, description = "The import", body = ImportView)),
    security(("token" = ["imports:read"]))
)]
pub(super) async fn show(Path(id): Path<String>, caller: Caller) -> Result<Json<ImportView>, Problem> {
    let import = caller.import(&id).await?;
    let integrations = caller.integrations().await?;
    let found = integrations.iter().find(|integration| integration.id == import.integration_id);
    let source = found.map(|integration| integration.source.as_str()).unwrap_or_default();
    Ok(Json(ImportView::of(&import, source)?))
}
