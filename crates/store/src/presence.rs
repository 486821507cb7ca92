//! Who has a database open: for whatever must not happen while somebody works on it.
//!
//! A file has a lock beside it, which the system takes back when a process ends, however it ends. A server knows
//! its connections by name.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::Path,
};

use sea_orm::DatabaseConnection;

use crate::{StoreResult, sql};

/// What connections to a server are called that serve, import or look something up.
pub(crate) const USUAL: &str = "rollcall";

/// What those are called that want to be alone.
pub(crate) const ALONE: &str = "rollcall, alone";

/// How a database is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Beside others.
    Shared,
    /// While nobody else has it open.
    Alone,
}

impl Use {
    /// What connections to a server are called.
    pub(crate) fn application(self) -> &'static str {
        match self {
            Self::Shared => USUAL,
            Self::Alone => ALONE,
        }
    }
}

/// Notes beside the file that it is open; `None` when somebody else stands in the way.
pub(crate) fn note(file: &Path, usage: Use) -> io::Result<Option<File>> {
    // Not the file itself: SQLite keeps locks of its own on it, and loses them with any handle that is closed.
    let mut name = file.as_os_str().to_owned();
    name.push("-in-use");
    let beside = OpenOptions::new().create(true).truncate(false).write(true).open(name)?;
    let locked = match usage {
        Use::Shared => beside.try_lock_shared(),
        Use::Alone => beside.try_lock(),
    };
    match locked {
        Ok(()) => Ok(Some(beside)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether others are connected to the server's database.
pub(crate) async fn has_others(server: &DatabaseConnection) -> StoreResult<bool> {
    let sql = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1";
    Ok(sql::number(server, sql, vec![USUAL.into()]).await?.unwrap_or_default() > 0)
}
