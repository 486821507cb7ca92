//! What can go wrong with a database.

use sea_orm::DbErr;
use thiserror::Error;

/// What a call of the store comes back with.
pub type StoreResult<T> = Result<T, StoreError>;

/// Why the store could not do what it was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database could not be opened.
    #[error("the database {address} cannot be opened: {detail}")]
    Open {
        /// Which database, without its password.
        address: String,
        /// What the database said.
        detail: String,
    },
    /// A later version of this program has worked on the database.
    #[error(
        "the database {address} was last used by a newer Rollcall, which made its step {step}; run that version, or a later one"
    )]
    Newer {
        /// Which database, without its password.
        address: String,
        /// The first step of the schema that this version does not know.
        step: String,
    },
    /// Another process has the database open.
    #[error(
        "another Rollcall has the database {address} open; stop `rollcall serve` and every other command on it, on all machines, and try again"
    )]
    InUse {
        /// Which database, without its password.
        address: String,
    },
    /// A database that must be empty is not.
    #[error("the database to write to is not empty: its table {table} holds rows; name one that holds nothing")]
    NotEmpty {
        /// A table that holds something.
        table: String,
    },
    /// A copy would not have been the same; there is none.
    #[error("nothing was copied: {0}")]
    Copy(String),
    /// A statement failed.
    #[error("the database did not do what it was asked: {0}")]
    Database(#[from] DbErr),
    /// A row holds something that this version does not understand.
    #[error("the database holds a row that cannot be read: {0}")]
    Row(String),
    /// Somebody else has taken the work over; whoever finds this stops at once.
    #[error("another process has taken this work over")]
    LeaseLost,
}

impl StoreError {
    /// Something in a row that cannot be read.
    pub fn row(error: impl std::fmt::Display) -> Self {
        Self::Row(error.to_string())
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(DbErr::Custom(error.to_string()))
    }
}
