//! Imports: an integration's dashboard, starting one and watching it, the history, what one did to whom,
//! answers to those on hold, and decisions about people.

mod answer;
mod dashboard;
mod decisions;
mod events;
mod files;
mod history;
mod needs;
mod people;
mod problems;
mod progress;
mod restore;
mod show;
mod start;
mod tally;
mod try_one;

use domain::roles::Action;
use store::{Import, Integration};
use uuid::Uuid;

pub(crate) use answer::guards;
pub(crate) use dashboard::over_time;
pub(crate) use files::InWords;
pub(crate) use needs::{Task, tasks};
pub(crate) use people::{Line, People, Wanted, changed};
pub(crate) use progress::Live;
pub(crate) use tally::tally;

use crate::{
    access::Manager,
    failure::Failure,
    page::with_query,
    routes::{Access, Route, get, post},
    tell,
};

pub(super) fn routes() -> Vec<Route> {
    let may = Access::May;
    vec![
        get("/manage/{programme}/integrations/{source}", may(Action::SeeIntegrations), dashboard::show),
        post("/manage/{programme}/integrations/{source}/pause", may(Action::SetUp), dashboard::pause),
        post("/manage/{programme}/integrations/{source}/resume", may(Action::SetUp), dashboard::resume),
        post("/manage/{programme}/integrations/{source}/hand-over", may(Action::HandOver), dashboard::hand_over),
        get("/manage/{programme}/integrations/{source}/imports", may(Action::SeeImports), history::show),
        get("/manage/{programme}/integrations/{source}/imports/new", may(Action::RunImports), start::show),
        post("/manage/{programme}/integrations/{source}/imports", may(Action::RunImports), start::start),
        get("/manage/{programme}/integrations/{source}/decisions", may(Action::SeeImports), decisions::show),
        post("/manage/{programme}/integrations/{source}/decisions", may(Action::Decide), decisions::decide),
        post("/manage/{programme}/integrations/{source}/decisions/revoke", may(Action::Decide), decisions::revoke),
        get("/manage/{programme}/integrations/{source}/try", may(Action::TryPerson), try_one::show),
        get("/manage/{programme}/imports/{id}", may(Action::SeeImports), show::show),
        get("/manage/{programme}/imports/{id}/events", may(Action::SeeImports), events::follow),
        get("/manage/{programme}/imports/{id}/problems", may(Action::SeeImports), problems::show),
        get("/manage/{programme}/imports/{id}/warnings.csv", may(Action::SeeImports), files::warnings),
        get("/manage/{programme}/imports/{id}/errors.csv", may(Action::SeeImports), files::errors),
        post("/manage/{programme}/imports/{id}/answer", may(Action::AnswerHolds), answer::answer),
        post("/manage/{programme}/imports/{id}/restore-leavers", may(Action::RestoreLeavers), restore::restore),
    ]
}

/// An import of the manager's programme by the number in the address, with its integration.
async fn found(manager: &Manager, id: &str) -> Result<(Import, Integration), Failure> {
    let import = manager.import(Uuid::try_parse(id).map_err(|_| Failure::not_found())?).await?;
    let integrations = manager.web.engine.store().integrations(manager.programme.number()).await?;
    let integration = integrations.into_iter().find(|integration| integration.id == import.integration_id);
    Ok((import, integration.ok_or_else(Failure::not_found)?))
}

/// Where a page lies: the way back to the integration.
#[derive(Debug, Clone)]
pub(crate) struct Trail {
    /// The HR system's name.
    pub(crate) source: String,
    /// The address of the integration's dashboard.
    pub(crate) at: String,
}

impl Trail {
    /// The way to this integration.
    pub(crate) fn new(manager: &Manager, integration: &Integration) -> Self {
        let at = manager.at(format_args!("integrations/{}", integration.source));
        Self { source: tell::source(&integration.source), at }
    }
}
