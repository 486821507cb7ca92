//! The welcome e-mail as joiners get it, shown inside *Initial Setup*.

use axum::{
    http::header,
    response::{Html, IntoResponse},
};
use domain::roles::Action;

use crate::{
    access::Manager,
    page::Page,
    routes::{Access, Route, get},
};

/// A mail brings its style along, runs nothing and fetches nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; sandbox";

pub(super) fn routes() -> Vec<Route> {
    let path = "/manage/{programme}/integrations/{source}/set-up/initial/welcome-mail";
    vec![get(path, Access::May(Action::SetUp), show)]
}

async fn show(manager: Manager) -> Page {
    let mail = manager.web.engine.welcome_preview(&manager.programme).await?;
    Ok(([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(mail.html)).into_response())
}
