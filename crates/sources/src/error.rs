//! Why a source could not be read.

use thiserror::Error;

/// What a call of a source comes back with.
pub type SourceResult<T> = Result<T, SourceError>;

/// Why a source could not be read. None of these ever means that people have left (R1).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SourceError {
    /// The source does not accept the client id and secret (R5).
    #[error("{source_name} refused the credentials: {detail}")]
    CredentialsRefused {
        /// The source's name.
        source_name: &'static str,
        /// What it answered.
        detail: String,
    },
    /// The credentials are good, but lack the right to do this.
    #[error("{source_name} does not allow these credentials to {action}: {detail}")]
    Forbidden {
        /// The source's name.
        source_name: &'static str,
        /// What was tried, such as `read employees`.
        action: &'static str,
        /// What it answered.
        detail: String,
    },
    /// No good answer in the time a page is given (R6): network, 5xx, time-outs.
    #[error("{source_name} could not be reached: {detail}")]
    Unreachable {
        /// The source's name.
        source_name: &'static str,
        /// The last thing that went wrong.
        detail: String,
    },
    /// The source went on refusing for too many requests (429) as long as a page is given (R6).
    #[error("{source_name} goes on limiting requests: {detail}")]
    Limited {
        /// The source's name.
        source_name: &'static str,
        /// The last thing it answered.
        detail: String,
    },
    /// The source answered with an error of its own, with whatever HTTP status.
    #[error("{source_name} answered with an error: {detail}")]
    Answered {
        /// The source's name.
        source_name: &'static str,
        /// What it answered.
        detail: String,
    },
    /// The answer is not of the form the source documents.
    #[error("the answer of {source_name} is unreadable: {detail}")]
    Unreadable {
        /// The source's name.
        source_name: &'static str,
        /// What is wrong with it, and where.
        detail: String,
    },
    /// The source stopped giving people before it had given as many as it said there are.
    #[error("{source_name} said there are {total} people and gave {read}")]
    EndedEarly {
        /// The source's name.
        source_name: &'static str,
        /// How many records came.
        read: u64,
        /// How many the source had promised.
        total: u64,
    },
    /// The source pointed at another host; credentials are never sent there.
    #[error(
        "{source_name} redirected to {location}, which is not followed: credentials stay with the address you set up"
    )]
    Redirected {
        /// The source's name.
        source_name: &'static str,
        /// Where it pointed.
        location: String,
    },
}

impl SourceError {
    /// The stable code by which history, mails and help name this failure.
    pub fn code(&self) -> &'static str {
        match self {
            Self::CredentialsRefused { .. } => "credentials-refused",
            Self::Forbidden { .. } => "right-missing",
            Self::Unreachable { .. } => "source-unreachable",
            Self::Limited { .. } => "source-limiting",
            Self::Answered { .. } => "source-error",
            Self::Unreadable { .. } => "answer-unreadable",
            Self::EndedEarly { .. } => "read-ended-early",
            Self::Redirected { .. } => "redirect-refused",
        }
    }
}
