//! The credentials that an administrator types, on their way to be tried.

use axum::{extract::Path, http::StatusCode, response::IntoResponse};
use domain::{roles::Action, setup::Step};
use secrecy::SecretString;

use super::{address, authorize::Authorize, frame::Bench};
use crate::{
    access::Manager,
    form::{Entries, Wrongs},
    page::{Page, draw, go_on},
    routes::{Access, Route, post},
};

pub(super) fn routes() -> Vec<Route> {
    let path = "/manage/{programme}/integrations/{source}/set-up/authorize";
    vec![post(path, Access::May(Action::SetUp), check)]
}

/// Begins to try them; the page tells how far it is.
async fn check(manager: Manager, Path((_, source)): Path<(String, String)>, entries: Entries) -> Page {
    let integration = manager.integration(&source).await?;
    let (id, secret) = (entries.get("client_id"), entries.get("client_secret"));
    if !id.is_empty() && !secret.is_empty() {
        manager.web.engine.check_credentials(&integration, id, SecretString::from(secret)).await?;
        return Ok(go_on(&address(&manager, &source, Step::Authorize), ""));
    }
    let bench = Bench::of(&manager, integration)?;
    let mut page = Authorize::new(&manager, &bench).await?;
    page.wrong = Wrongs::default();
    if id.is_empty() {
        page.wrong.add("client_id", manager.words.t("authorize-id-missing"));
    }
    if secret.is_empty() {
        page.wrong.add("client_secret", manager.words.t("authorize-secret-missing"));
    }
    id.clone_into(&mut page.client_id);
    page.connects = true;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&page)?).into_response())
}
