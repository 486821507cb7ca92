//! The problems of an import as files for spreadsheets (R53).

use axum::{
    body::Body,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use domain::problem::Severity;

use super::found;
use crate::{access::Manager, page::Page};

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
    let (sender, receiver) = tokio::sync::mpsc::channel(16);
    // The file is written while it is read: a hundred thousand lines need no room here.
    tokio::spawn(async move {
        use futures::StreamExt;
        let lines = match manager.web.engine.problems_file(&import, Some(severity)).await {
            Ok(lines) => lines,
            Err(error) => {
                let _ = sender.send(Err(error)).await;
                return;
            }
        };
        let mut lines = std::pin::pin!(lines);
        while let Some(line) = lines.next().await {
            if sender.send(line).await.is_err() {
                return;
            }
        }
    });
    let lines = futures::stream::unfold(receiver, |mut receiver| async {
        let line = receiver.recv().await?;
        Some((line, receiver))
    });
    Ok(download(&name, Body::from_stream(lines)))
}

fn download(name: &str, body: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, body).into_response()
}
