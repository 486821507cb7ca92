//! The problems of an import as files for spreadsheets (R53).

use axum::{
    body::Body,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use domain::problem::{Code, Severity};
use engine::ProblemTexts;

use super::found;
use crate::{access::Manager, page::Page, tell, words::Words};

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
    let words = manager.words;
    let day = manager.clock.machine_day(import.created_at);
    let name = format!("{}-{}-{day}-{name}.csv", manager.programme.slug, integration.source);
    let (sender, receiver) = tokio::sync::mpsc::channel(16);
    // The file is written while it is read: a hundred thousand lines need no room here.
    tokio::spawn(async move {
        use futures::StreamExt;
        let lines = match manager.web.engine.problems_file(&import, Some(severity), InWords(words)).await {
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

/// What the files say, in the language of whoever downloads them.
struct InWords(Words);

impl ProblemTexts for InWords {
    fn columns(&self) -> [String; 9] {
        ["import", "employee-id", "name", "code", "severity", "field", "value", "problem", "remedy"]
            .map(|column| self.0.of("file-", column).to_string())
    }

    fn severity(&self, name: &str) -> String {
        self.0.of("severity-", name).to_string()
    }

    fn field(&self, name: &str) -> String {
        tell::place(self.0, name)
    }

    fn problem(&self, code: Code, other: Option<&str>) -> String {
        let (text, _) = tell::problem(self.0, code);
        match other {
            Some(other) => format!("{text} {}.", self.0.t("problems-other").with("id", other)),
            None => text,
        }
    }

    fn remedy(&self, code: Code) -> String {
        tell::problem(self.0, code).1
    }
}
