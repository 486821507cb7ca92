//! What files of problems say (R53): by themselves in English, for the command line and programs.

use domain::{
    ids::ImportId,
    problem::{Code, Severity},
};
use store::{ProblemRow, UploadRow};

use crate::{members::LineProblem, spreadsheet};

/// What a file of problems says of them, in the language of whoever reads it.
pub trait ProblemTexts: Send + 'static {
    /// The columns: import, employee ID, name, code, severity, field, value, problem, how to put it right.
    fn columns(&self) -> [String; 9];

    /// How grave a problem is, by the stable name.
    fn severity(&self, name: &str) -> String;

    /// What the problem is about: a field's name or an attribute's key.
    fn field(&self, name: &str) -> String;

    /// What is wrong; `other` is the employee ID of the other person, where there is one.
    fn problem(&self, code: Code, other: Option<&str>) -> String;

    /// How it is put right.
    fn remedy(&self, code: Code) -> String;
}

/// In English, with names for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainEnglish;

impl ProblemTexts for PlainEnglish {
    fn columns(&self) -> [String; 9] {
        ["import", "employee_id", "name", "code", "severity", "field", "value", "problem", "how_to_put_it_right"]
            .map(str::to_owned)
    }

    fn severity(&self, name: &str) -> String {
        name.to_owned()
    }

    fn field(&self, name: &str) -> String {
        name.to_owned()
    }

    fn problem(&self, code: Code, other: Option<&str>) -> String {
        let other = other.map(|other| format!(" (employee ID {other})")).unwrap_or_default();
        format!("{}{other}", code.text())
    }

    fn remedy(&self, code: Code) -> String {
        code.remedy().to_owned()
    }
}

/// One problem as a line of the file.
pub(crate) fn problem_line(import: ImportId, problem: ProblemRow, texts: &impl ProblemTexts) -> String {
    let code: Option<Code> = problem.code.parse().ok();
    spreadsheet::line([
        import.to_string(),
        problem.employee_id.unwrap_or_default(),
        problem.name,
        problem.code,
        texts.severity(&problem.severity),
        problem.field.map(|field| texts.field(&field)).unwrap_or_default(),
        problem.value.unwrap_or_default(),
        code.map(|code| texts.problem(code, problem.other.as_deref())).unwrap_or_default(),
        code.map(|code| texts.remedy(code)).unwrap_or_default(),
    ])
}

/// A problem of a line of an upload as a line of the file; the upload's line stands where an import's people have their
/// employee ID.
pub(crate) fn told_line(
    row: &UploadRow,
    problem: &LineProblem,
    severity: Severity,
    texts: &impl ProblemTexts,
) -> String {
    spreadsheet::line([
        row.upload_id.to_string(),
        row.line.to_string(),
        row.name.clone(),
        problem.code.to_string(),
        texts.severity(&severity.to_string()),
        texts.field(&problem.field),
        problem.value.clone(),
        texts.problem(problem.code, None),
        texts.remedy(problem.code),
    ])
}
