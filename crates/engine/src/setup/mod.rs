//! Setting an integration up from a file.

mod apply;
mod check;
mod file;

use thiserror::Error;

pub use apply::SetUpReport;
pub use check::SetUp;

/// What is wrong with a set-up file: where, what, and how to put it right. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SetUpError {
    /// The file is not of the form that is expected.
    #[error("{0}")]
    Form(String),
    /// A value is not right.
    #[error("{place}: {problem} {remedy}")]
    Value {
        /// Where it stands, such as `[mapping] email`.
        place: String,
        /// What is wrong.
        problem: String,
        /// What to do.
        remedy: String,
    },
}

impl SetUpError {
    fn value(place: impl Into<String>, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Value { place: place.into(), problem: problem.into(), remedy: remedy.into() }
    }
}
