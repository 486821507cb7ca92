//! Setting an integration up, step by step or from a file: what is saved is a draft until it is published.

mod apply;
mod authorise;
mod check;
mod desk;
mod file;
mod fit;
mod guard;
mod judged;
mod life;
mod publish;
mod sample;
mod steps;
mod waiting;

use thiserror::Error;

pub use apply::{SetUpReport, Standing};
pub use authorise::{Authorisation, Checking, Opened, Right};
pub use check::SetUp;
pub(crate) use desk::Desk;
pub use fit::{Closing, Column, Fit};
pub use life::REVOKED;
pub(crate) use life::reconnect;
pub(crate) use publish::Agreed;
pub use publish::PublishError;
pub use sample::{HeadCount, KEPT_FOR, MOST_PEOPLE, Progress, Sample};
pub use steps::{Basics, Choice};
pub(crate) use waiting::Waiting;

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

impl From<domain::setup::Mistakes> for SetUpError {
    /// The first of them: a file is put right from above.
    fn from(mistakes: domain::setup::Mistakes) -> Self {
        match mistakes.0.into_iter().next() {
            Some(mistake) => {
                let remedy = mistake.flaw.remedy(&mistake.place);
                Self::value(mistake.place.to_string(), mistake.flaw.to_string(), remedy)
            }
            None => Self::Form("something is wrong.".to_owned()),
        }
    }
}
