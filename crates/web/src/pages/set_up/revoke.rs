//! **Revoke**: the credentials are taken away at once.

use askama::Template;
use axum::extract::{Path, Query};
use domain::{import::State, roles::Action, setup::Step};
use serde::Deserialize;

use super::{
    address,
    frame::{Bench, Frame},
};
use crate::{
    access::Manager,
    page::{Page, Shell, draw, go_on},
    routes::{Access, Route, get, post},
};

pub(super) fn routes() -> Vec<Route> {
    let path = "/manage/{programme}/integrations/{source}/set-up/revoke";
    vec![get(path, Access::May(Action::SetUp), ask), post(path, Access::May(Action::SetUp), revoke)]
}

#[derive(Deserialize)]
struct Asked {
    /// Why: `custom-fields` when it is the first step to changing them.
    #[serde(rename = "for")]
    reason: Option<String>,
}

/// Where an import stands that a revocation ends.
const OPEN: [State; 4] = [State::Queued, State::Reading, State::Planning, State::OnHold];

#[derive(Template)]
#[template(path = "pages/set_up/revoke.html")]
struct Revoke {
    shell: Shell,
    frame: Frame,
    /// Current members, of whom none changes.
    members: u64,
    /// Whether an import is running or on hold, which ends.
    is_busy: bool,
    for_custom_fields: bool,
}

async fn ask(manager: Manager, Path((_, source)): Path<(String, String)>, Query(asked): Query<Asked>) -> Page {
    let integration = manager.integration(&source).await?;
    let store = manager.web.engine.store();
    let (programme, number) = (integration.programme(), integration.number());
    let members = store.current_members(programme, number).await?;
    let mut is_busy = false;
    for purpose in ["apply", "preview"] {
        let found = store.newest_import(programme, number, purpose, &OPEN).await?;
        is_busy |= found.is_some();
    }
    let bench = Bench::of(&manager, integration)?;
    let (frame, shell) = Frame::new(&manager, &bench, Step::Authorize)?;
    draw(&Revoke {
        shell,
        frame,
        members,
        is_busy,
        for_custom_fields: asked.reason.as_deref() == Some("custom-fields"),
    })
}

async fn revoke(manager: Manager, Path((_, source)): Path<(String, String)>) -> Page {
    let integration = manager.integration(&source).await?;
    manager.web.engine.revoke(&integration, &manager.actor()).await?;
    Ok(go_on(&address(&manager, &source, Step::Authorize), "revoked"))
}
