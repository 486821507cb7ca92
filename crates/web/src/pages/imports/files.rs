//! The problems of an import as files for spreadsheets (R53).

use axum::extract::Path;
use domain::problem::{Code, Severity};
use engine::ProblemTexts;

use super::found;
use crate::{
    access::Manager,
    download,
    page::Page,
    tell::{self, Labels},
    words::Words,
};

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
    let labels = Labels::of(&manager).await?;
    let day = manager.clock.machine_day(import.created_at);
    let name = format!("{}-{}-{day}-{name}.csv", manager.programme.slug, integration.source);
    Ok(download::csv(&name, move |to| async move {
        let lines = manager.web.engine.problems_file(&import, Some(severity), InWords(words, labels)).await;
        download::write(lines, to).await;
    }))
}

/// What the files say, in the language of whoever downloads them.
struct InWords(Words, Labels);

impl ProblemTexts for InWords {
    fn columns(&self) -> [String; 9] {
        ["import", "employee-id", "name", "code", "severity", "field", "value", "problem", "remedy"]
            .map(|column| self.0.of("file-", column).to_string())
    }

    fn severity(&self, name: &str) -> String {
        self.0.of("severity-", name).to_string()
    }

    fn field(&self, name: &str) -> String {
        self.1.place(self.0, name)
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
