//! Integrations and where they stand.

use axum::{Json, extract::Path};
use domain::import::{Purpose, State};
use serde::Serialize;
use store::{Integration, history::ImportFilter};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{asked::Page, caller::Caller, imports::ImportView, instant, problem::Problem};

/// An integration.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Integration)]
pub(super) struct IntegrationView {
    /// The HR system, by its name in addresses.
    #[schema(example = "personio")]
    source: String,
    /// `draft`, `live`, `paused`, `reconnect-needed` or `revoked`.
    #[schema(example = "live")]
    state: String,
    /// When it was last published.
    #[schema(format = DateTime)]
    published_at: Option<String>,
    /// The import that is running now.
    running_import: Option<Uuid>,
    /// The import that waits for an administrator's answer.
    held_import: Option<Uuid>,
    /// The newest import that has ended; previews do not count.
    last_import: Option<ImportView>,
    /// While it is paused, `by-hand` or `by-failures`: then it is tried once a day, and goes on by itself.
    paused_by: Option<String>,
    /// How many imports in a row have failed.
    failures: u32,
    /// When the next import begins by itself.
    #[schema(format = DateTime)]
    next_import_at: Option<String>,
}

async fn view(caller: &Caller, integration: Integration) -> Result<IntegrationView, Problem> {
    let engine = &caller.web.engine;
    let newest = async |states: &[State]| {
        let filter = ImportFilter {
            integration: Some(integration.number()),
            purpose: Some(Purpose::Apply),
            states: states.to_vec(),
            ..ImportFilter::default()
        };
        Ok::<_, Problem>(engine.imports_of(integration.programme(), &filter, None, 1).await?.pop())
    };
    let ended = [State::Completed, State::Failed, State::Rejected, State::Lapsed, State::Superseded];
    let last = newest(&ended).await?.map(|import| ImportView::of(&import, &integration.source)).transpose()?;
    let held = newest(&[State::OnHold]).await?;
    let running = engine.running_of(&integration).await?;
    let failures = integration.streak().map_or(0, |streak| streak.failures);
    Ok(IntegrationView {
        state: integration.state,
        published_at: integration.published_at.map(instant),
        running_import: running.map(|import| import.id),
        held_import: held.map(|import| import.id),
        last_import: last,
        paused_by: integration.paused_by,
        failures,
        next_import_at: integration.due_at.map(instant),
        source: integration.source,
    })
}

/// All integrations of the programme.
#[utoipa::path(
    get, path = "/api/v1/integrations", operation_id = "listIntegrations", tag = "integrations",
    responses((status = 200, description = "All of them, on one page", body = Page<IntegrationView>)),
    security(("token" = ["integrations:read"]))
)]
pub(super) async fn list(caller: Caller) -> Result<Json<Page<IntegrationView>>, Problem> {
    let mut views = Vec::new();
    for integration in caller.integrations().await? {
        views.push(view(&caller, integration).await?);
    }
    Ok(Json(Page::of(views, u64::MAX, |_| String::new(), Ok)?))
}

/// One integration.
#[utoipa::path(
    get, path = "/api/v1/integrations/{source}", operation_id = "showIntegration", tag = "integrations",
    params(("source" = String, Path, description = "The HR system", example = "personio")),
    responses((status = 200, description = "The integration", body = IntegrationView)),
    security(("token" = ["integrations:read"]))
)]
pub(super) async fn show(Path(source): Path<String>, caller: Caller) -> Result<Json<IntegrationView>, Problem> {
    let integration = caller.integration(&source).await?;
    Ok(Json(view(&caller, integration).await?))
}
