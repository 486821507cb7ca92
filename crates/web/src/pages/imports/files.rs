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
        let lines = manager.web.engine.problems_file(&import, Some(severity), InWords::of_import(words, labels)).await;
        download::write(lines, to).await;
    }))
}

/// What the files say, in the language of whoever downloads them.
pub(crate) struct InWords {
    words: Words,
    labels: Labels,
    /// Whether lines of an upload are told of.
    is_upload: bool,
}

impl InWords {
    fn of_import(words: Words, labels: Labels) -> Self {
        Self { words, labels, is_upload: false }
    }

    /// For problems of an upload, which have a line in the place of an employee ID.
    pub(crate) fn of_upload(words: Words, labels: Labels) -> Self {
        Self { words, labels, is_upload: true }
    }
}

impl ProblemTexts for InWords {
    fn columns(&self) -> [String; 9] {
        let (whole, one) = if self.is_upload { ("upload", "line") } else { ("import", "employee-id") };
        [whole, one, "name", "code", "severity", "field", "value", "problem", "remedy"]
            .map(|column| self.words.of("file-", column).to_string())
    }

    fn severity(&self, name: &str) -> String {
        self.words.of("severity-", name).to_string()
    }

    fn field(&self, name: &str) -> String {
        self.labels.place(self.words, name)
    }

    fn problem(&self, code: Code, other: Option<&str>) -> String {
        let (text, _) = tell::problem(self.words, code);
        match other {
            Some(other) => format!("{text} {}.", self.words.t("problems-other").with("id", other)),
            None => text,
        }
    }

    fn remedy(&self, code: Code) -> String {
        tell::problem(self.words, code).1
    }
}
