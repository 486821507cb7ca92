//! Why an import ends before anything has changed.

use domain::reading::Broken;
use sources::SourceError;
use store::StoreError;
use thiserror::Error;

use crate::{EngineError, KeyError};

/// Every code that an import can fail with while it works; help has a place for each.
pub const FAILURES: [&str; 16] = [
    "credentials-refused",
    "right-missing",
    "source-unreachable",
    "source-limiting",
    "source-error",
    "redirect-refused",
    "answer-unreadable",
    "read-ended-early",
    "read-empty",
    "page-repeated",
    "read-endless",
    "attribute-not-shared",
    "secret-key",
    "set-up",
    "interrupted",
    "keeps-breaking-off",
];

/// Why an import failed. Nothing has changed.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// The source could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// What was read cannot be everybody (R1).
    #[error(transparent)]
    Broken(#[from] Broken),
    /// An attribute without which nobody can be judged is not shared (R8).
    #[error(
        "{source_name} does not share “{attribute}”, which is needed for {purpose}. Allow it for these credentials in {source_name}"
    )]
    NotShared {
        /// The source's name.
        source_name: &'static str,
        /// The attribute's key.
        attribute: String,
        /// What it is needed for.
        purpose: &'static str,
    },
    /// The stored credentials cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The integration is not set up right.
    #[error("{0}")]
    SetUp(String),
    /// The work was given up half-way, before anything had changed.
    #[error("the import was interrupted before anything had changed")]
    Interrupted,
    /// Whoever worked on it was not heard of any more, again and again.
    #[error(
        "the program broke off {0} times in a row while it worked on this import, before anything had changed. Its log, or the system's, says why: an error of Rollcall's own, or too little memory"
    )]
    KeepsBreakingOff(i64),
}

impl Failure {
    /// The stable code by which history, mails and help name it.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Source(error) => error.code(),
            Self::Broken(broken) => broken.code(),
            Self::NotShared { .. } => "attribute-not-shared",
            Self::Key(_) => "secret-key",
            Self::SetUp(_) => "set-up",
            Self::Interrupted => "interrupted",
            Self::KeepsBreakingOff(_) => "keeps-breaking-off",
        }
    }

    /// Whether the source refused the credentials, so that trying again is of no use (R5).
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(self, Self::Source(SourceError::CredentialsRefused { .. }))
    }
}

/// How planning and applying can end early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The import failed, and nothing has changed.
    Failed(Failure),
    /// Something went wrong on our side; the import is left for whoever goes on with it.
    Broke(EngineError),
}

impl<E: Into<Failure>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Broke(error.into())
    }
}
