//! The problems of an import as files for spreadsheets (R53).

use axum::extract::Path;
use domain::problem::Severity;

use super::found;
use crate::{access::Manager, download, page::Page};

/// `GET /manage/{programme}/imports/{id}/warnings.csv`
pub(super) async fn warnings(manager: Manager, Path((_, id)): Path<(String, String)>) -> Page {
    file(manager, &id, Severity::Warning, "warnings").await
}

/// `GET /manage/{programme}/imports/{id}/errors.csv`
pub(super) async fn errors(manager: Manager, Path((_, id)): Path<(String, String)>) -> Page {
    file(manager, &id, Severity::Error, "errors").await
}

async fn file(manager: Manager, id: &str, severity: Severity, name: &str) -> Page {
    let (import, integration) = found(&manager, id).await?;
    let day = manager.clock.machine_day(import.created_at);
    let name = format!("{}-{}-{day}-{name}.csv", manager.programme.slug, integration.source);
    Ok(download::csv(&name, move |to| async move {
        download::write(manager.web.engine.problems_file(&import, Some(severity)).await, to).await;
    }))
}
