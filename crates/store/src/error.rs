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

impl StoreError {
    /// What a log may say of it. A database repeats the value that it stumbled over, and a row that cannot be read is
    /// somebody's.
    pub fn for_log(&self) -> String {
        match self {
            Self::Open { .. } | Self::Newer { .. } | Self::InUse { .. } | Self::NotEmpty { .. } | Self::LeaseLost => {
                self.to_string()
            }
            Self::Copy(_) => "a copy would not have been the same".to_owned(),
            Self::Row(_) => "the database holds a row that cannot be read".to_owned(),
            Self::Database(DbErr::Conn(error) | DbErr::Exec(error) | DbErr::Query(error)) => {
                without_values(&error.to_string()).to_owned()
            }
            Self::Database(DbErr::Custom(error)) => without_values(error).to_owned(),
            Self::Database(DbErr::ConnectionAcquire(error)) => error.to_string(),
            Self::Database(_) => "the database holds something that cannot be read".to_owned(),
        }
    }
}

/// The message up to where it quotes: `invalid input syntax for type bigint: "…`.
fn without_values(message: &str) -> &str {
    message.find(": \"").map_or(message, |at| &message[..at])
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(DbErr::Custom(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_names_the_constraint_and_no_value() {
        let bad = "invalid input syntax for type bigint: \"Jane\"";
        assert_eq!(without_values(bad), "invalid input syntax for type bigint");
        let unique = "duplicate key value violates unique constraint \"members_by_email\"";
        assert_eq!(without_values(unique), unique);
        assert!(!StoreError::row("unknown variant `Jane`").for_log().contains("Jane"));
        assert!(!StoreError::Database(DbErr::Json("\"Jane\" is no number".into())).for_log().contains("Jane"));
    }
}
