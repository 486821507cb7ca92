//! **Import data now**: what it will do, and **Start**.

use askama::Template;
use axum::extract::Path;
use domain::import::Purpose;
use engine::{EngineError, import::Request};

use super::{Live, Trail};
use crate::{
    access::Manager,
    page::{Page, Shell, draw, go_on},
    tell,
};

#[derive(Template)]
#[template(path = "pages/imports/start.html")]
struct Start {
    shell: Shell,
    trail: Trail,
    /// The import that is running already.
    running: Option<Live>,
    /// Why it cannot be started as things stand.
    refused: Option<String>,
    /// When the last one was completed.
    last: Option<String>,
    members: u64,
    is_first: bool,
    is_held: bool,
    welcome: bool,
}

/// `GET /manage/{programme}/integrations/{source}/imports/new`
pub(super) async fn show(manager: Manager, Path((_, source)): Path<(String, String)>) -> Page {
    let integration = manager.integration(&source).await?;
    let engine = &manager.web.engine;
    let health = engine.health(integration.clone()).await?;
    let running = match &health.running {
        Some(import) => {
            let page = manager.at(format_args!("imports/{}", import.number()));
            Some(Live::new(&manager, import, &source)?.linked(page))
        }
        None => None,
    };
    let refused = match engine.check_may_import(&integration, Purpose::Apply) {
        Ok(()) => None,
        Err(EngineError::Refused(refusal)) => Some(tell::refusal(manager.words, &refusal)),
        Err(error) => return Err(error.into()),
    };
    let last = health.last.as_ref().and_then(|last| last.finished_at).map(|at| manager.clock.moment_here(at));
    let heads = engine.heads(&manager.programme, Some(integration.number())).await?;
    draw(&Start {
        shell: manager.shell(manager.words.t("start-title")).waiting_for(running.is_some()),
        trail: Trail::new(&manager, &integration),
        running,
        refused,
        is_first: last.is_none(),
        last,
        members: heads.current(),
        is_held: health.held.is_some(),
        welcome: integration.rules().is_ok_and(|rules| rules.welcome_email),
    })
}

/// `POST /manage/{programme}/integrations/{source}/imports`: one that is running already is shown instead.
pub(super) async fn start(manager: Manager, Path((_, source)): Path<(String, String)>) -> Page {
    let integration = manager.integration(&source).await?;
    let request = Request { purpose: Purpose::Apply, trigger: "portal", renumbered: false };
    let started = manager.web.engine.start_import(&manager.programme, &integration, request, &manager.actor()).await;
    let (import, said) = match started {
        Ok(import) => (import, ""),
        Err(EngineError::AlreadyRunning(Some(running))) => (running, "already-running"),
        Err(error) => return Err(error.into()),
    };
    Ok(go_on(&manager.at(format_args!("imports/{import}")), said))
}
