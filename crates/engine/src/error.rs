//! What an administrator's action can come back with instead of its result.

use std::borrow::Cow;

use domain::ids::ImportId;
use sources::SourceError;
use store::StoreError;
use thiserror::Error;

use crate::{
    KeyError, Refusal,
    administrators::FieldError,
    setup::{PublishError, SetUpError},
};

/// What an action comes back with.
pub type EngineResult<T> = Result<T, EngineError>;

/// Why an action was not done. Nothing was changed, unless the database failed while an import was
/// applied: that import is gone on with (R54).
#[derive(Debug, Error)]
pub enum EngineError {
    /// Something that was named is not there.
    #[error("{what} {remedy}")]
    NotFound {
        /// What is not there.
        what: String,
        /// What to do about it.
        remedy: String,
    },
    /// It cannot be done as things stand.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something went wrong on our side that nobody can put right by entering something else.
    #[error("{0}.")]
    Broken(String),
    /// What was entered is not right; each error stands beside its field.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))]
    Entries(Vec<FieldError>),
    /// What was entered for a person is not right; each problem names its field (R35).
    #[error("{}", .0.iter().map(|problem| problem.code.text()).collect::<Vec<_>>().join(" "))]
    Person(Vec<domain::problem::Problem>),
    /// What was to be set for a programme is not right; each error stands beside its field.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))]
    Settings(Vec<SettingError>),
    /// Another import of this integration is running (R39).
    #[error("An import of this integration is already running{}.", .0.map(|id| format!(": {id}")).unwrap_or_default())]
    AlreadyRunning(Option<ImportId>),
    /// The process is to stop; whoever comes next goes on with what it was doing (R54).
    #[error("It was interrupted since this process is to stop; the next one goes on with it.")]
    Halted,
    /// The set-up file is not right.
    #[error(transparent)]
    SetUp(#[from] SetUpError),
    /// Settings are not right; nothing of them was saved.
    #[error(transparent)]
    Mistakes(#[from] domain::setup::Mistakes),
    /// Settings cannot be published as they stand.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The source could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The database did not do what it was asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A backup could not be taken, or is none.
    #[error(transparent)]
    Backup(#[from] store::backup::BackupError),
    /// A backup cannot be restored here.
    #[error(transparent)]
    Restore(#[from] crate::care::RestoreError),
    /// The key for stored credentials is not right.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A mail could not be made or delivered.
    #[error(transparent)]
    Mail(#[from] mail::MailError),
}

impl EngineError {
    /// What a log may say of it. What was entered, what a source answered and what stands in a row is somebody's.
    pub fn for_log(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::NotFound { .. } => "something is not there",
            Self::Refused(refusal) => refusal.code(),
            Self::Broken(text) => return Cow::Owned(text.clone()),
            Self::Entries(_) | Self::Person(_) | Self::Settings(_) => "entries are not right",
            Self::AlreadyRunning(_) => "already running",
            Self::Halted => "the process is to stop",
            Self::SetUp(_) | Self::Mistakes(_) => "settings are not right",
            Self::Publish(_) => "settings cannot be published",
            Self::Source(error) => error.code(),
            Self::Store(error) => return Cow::Owned(error.for_log()),
            Self::Backup(_) => "a backup cannot be made or used",
            Self::Restore(_) => "a backup cannot be restored",
            Self::Key(error) => return Cow::Owned(error.to_string()),
            // No message of these names an address or a link.
            Self::Mail(error) => return Cow::Owned(error.to_string()),
        })
    }
}

/// Something wrong with one setting. Pages have words for each code in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{field}: {code}.")]
pub struct SettingError {
    /// The setting's name, such as `time_zone`.
    pub field: &'static str,
    /// What is wrong with it.
    pub code: &'static str,
}
