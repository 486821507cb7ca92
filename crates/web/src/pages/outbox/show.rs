//! One mail: what became of it, and what it says, as a reader sees it.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::header,
    response::{Html, IntoResponse},
};
use domain::roles::{Action, Role};
use engine::{EngineError, Posted, Shown};
use serde::Deserialize;
use uuid::Uuid;

use super::{badge, is_open, kind, why};
use crate::{
    access::Manager,
    failure::Failure,
    page::{Page, Shell, draw},
    tell::Badge,
    when::Clock,
};

/// A mail brings its style along, runs nothing and fetches nothing. What it links to opens beside the portal.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; \
                      sandbox allow-popups allow-popups-to-escape-sandbox";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    said: Option<String>,
    cancel: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/outbox/show.html")]
struct One {
    shell: Shell,
    at: String,
    posted: Posted,
    badge: Badge,
    why: Option<String>,
    /// What it says; nothing where it cannot be written any more.
    shown: Option<Shown>,
    may_manage: bool,
    is_open: bool,
    is_cancelling: bool,
    clock: Clock,
}

/// A mail of this programme; another programme's is not there.
async fn posted(manager: &Manager, id: Uuid) -> Result<Posted, Failure> {
    let found = manager.web.engine.mail(&manager.programme, id).await?;
    found.ok_or_else(Failure::not_found)
}

/// What it says, as far as the reader may know; nothing where whom or what it was about is gone.
async fn shown(manager: &Manager, posted: &Posted) -> Result<Option<Shown>, Failure> {
    match manager.web.engine.show_mail(&manager.programme, posted, manager.role == Role::Owner).await {
        Ok(shown) => Ok(Some(shown)),
        Err(error @ EngineError::Store(_)) => Err(error.into()),
        Err(_) => Ok(None),
    }
}

/// `GET /manage/{programme}/outbox/{mail}`
pub(super) async fn show(manager: Manager, Path((_, id)): Path<(String, Uuid)>, Query(asked): Query<Asked>) -> Page {
    let posted = posted(&manager, id).await?;
    let shown = shown(&manager, &posted).await?;
    let words = manager.words;
    let called = kind(words, &posted.row.kind);
    draw(&One {
        shell: manager.shell(called).saying(asked.said.as_deref()),
        at: manager.at(format_args!("outbox/{id}")),
        badge: badge(words, &posted.row),
        why: why(words, &posted.row),
        shown,
        may_manage: manager.may(Action::ManageOutbox),
        is_open: is_open(&posted.row),
        is_cancelling: asked.cancel.is_some(),
        posted,
        clock: manager.clock.clone(),
    })
}

/// `GET /manage/{programme}/outbox/{mail}/mail`: the mail's own page, inside the other.
pub(super) async fn mail(manager: Manager, Path((_, id)): Path<(String, Uuid)>) -> Page {
    let posted = posted(&manager, id).await?;
    let shown = shown(&manager, &posted).await?.ok_or_else(Failure::not_found)?;
    let html = shown.mail.html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    Ok(([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response())
}

/// `GET /manage/{programme}/outbox/{mail}/source`: the message as it is handed over.
pub(super) async fn source(manager: Manager, Path((_, id)): Path<(String, Uuid)>) -> Page {
    let posted = posted(&manager, id).await?;
    let shown = shown(&manager, &posted).await?.ok_or_else(Failure::not_found)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], shown.source).into_response())
}
