//! Backups: everything that a database holds, in one file that says of itself what is in it.
//!
//! The file is a SQLite database with one table more, the [`Manifest`], whichever of the two databases it was taken
//! of; so it is opened to be checked, and restored into either. It is taken in one snapshot, while others go on
//! writing. Where a secret is stored, it is sealed as it was: the key is not in it.

mod file;

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use sea_orm_migration::MigratorTrait;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Address, Store, StoreError, copy, migration::Migrator};

/// How the file is made; a version that makes it otherwise counts on.
const FORMAT: u32 = 1;

/// Why a backup could not be taken, or is none.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The file, or its directory, cannot be used.
    #[error("{} cannot be used: {detail}.", .file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// A file of another kind.
    #[error("{} is no backup of Rollcall: {detail}.", .file.display())]
    Foreign {
        /// Which.
        file: PathBuf,
        /// How that shows.
        detail: String,
    },
    /// The file is not as it was written. It must not be trusted.
    #[error("{} is damaged: {detail}. Take another backup.", .file.display())]
    Damaged {
        /// Which.
        file: PathBuf,
        /// What is not right.
        detail: String,
    },
    /// A later version took it.
    #[error("{} was taken by Rollcall {version}, which is newer than this one. Restore it with that version, or a later one.", .file.display())]
    Newer {
        /// Which.
        file: PathBuf,
        /// The version that took it.
        version: String,
    },
    /// The database did not do what it was asked.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BackupError {
    /// The file or its directory cannot be used.
    pub fn file(file: &Path, error: &io::Error) -> Self {
        Self::File { file: file.to_owned(), detail: error.to_string() }
    }
}

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// How many rows.
    pub rows: u64,
    /// A hash of all their values.
    pub print: String,
}

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// How the file is made.
    pub format: u32,
    /// The version of Rollcall that took it.
    pub version: String,
    /// When it was taken, in microseconds of UTC.
    pub at: i64,
    /// Of which database: `sqlite` or `postgresql`.
    pub database: String,
    /// The steps of the schema.
    pub schema: Vec<String>,
    /// The tables.
    pub tables: BTreeMap<String, Content>,
}

impl Manifest {
    /// How many rows there are in all.
    pub fn rows(&self) -> u64 {
        self.tables.values().map(|table| table.rows).sum()
    }

    /// How many rows a table has.
    pub fn rows_of(&self, table: &str) -> u64 {
        self.tables.get(table).map_or(0, |table| table.rows)
    }
}

impl Store {
    /// Takes a backup into a file that is not there yet, checks it by opening it, and tells what is in it. The file is for
    /// its owner alone, and safely on disk. Where something goes wrong there is none. `now` is asked once everything is
    /// read: whatever happened later is not in it.
    pub async fn back_up(
        &self,
        file: &Path,
        version: &str,
        now: &(dyn Fn() -> i64 + Sync),
    ) -> Result<Manifest, BackupError> {
        // From the beginning nobody else can read it.
        make(file)?;
        let taken = self.take(file, version, now).await;
        if taken.is_err() {
            clear(file);
        }
        taken
    }

    async fn take(&self, file: &Path, version: &str, now: &(dyn Fn() -> i64 + Sync)) -> Result<Manifest, BackupError> {
        let database = if self.backend() == DbBackend::Sqlite {
            let path = file.to_str().ok_or_else(|| unusable(file, "its name is no text"))?;
            let sql = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO $1", [path.into()]);
            self.read.execute_raw(sql).await.map_err(StoreError::from)?;
            "sqlite"
        } else {
            let copy = Self::open_empty(&Address::File(file.to_owned())).await?;
            copy::copy_all(self, &copy, &|_| {}).await?;
            copy.close().await?;
            "postgresql"
        };
        let at = now();
        let (schema, tables) = file::contents(file).await?;
        let manifest =
            Manifest { format: FORMAT, version: version.to_owned(), at, database: database.to_owned(), schema, tables };
        file::keep(file, &manifest).await?;
        clear_beside(file);
        sync(file)?;
        if check(file).await? == manifest {
            Ok(manifest)
        } else {
            Err(damaged(file, "it does not say what was written"))
        }
    }

    /// A database of its own made of a backup, with the schema of this version; the backup stays as it is. The
    /// working file must not be there yet; what is written to it is nobody's until it is put in its place.
    pub async fn of_backup(backup: &Path, working: &Path) -> Result<(Self, Manifest), BackupError> {
        let manifest = check(backup).await?;
        let known: Vec<String> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
        if !manifest.schema.iter().all(|step| known.contains(step)) {
            return Err(BackupError::Newer { file: backup.to_owned(), version: manifest.version });
        }
        make(working)?;
        let opened = async {
            let from = fs::File::open(backup).map_err(|error| BackupError::file(backup, &error))?;
            let to =
                OpenOptions::new().write(true).open(working).map_err(|error| BackupError::file(working, &error))?;
            let copied = tokio::task::spawn_blocking(move || io::copy(&mut &from, &mut &to)).await;
            let copied = copied.map_err(io::Error::from).and_then(|copied| copied);
            copied.map_err(|error| BackupError::file(working, &error))?;
            file::forget(working).await?;
            Ok(Self::open(&Address::File(working.to_owned())).await?)
        };
        match opened.await {
            Ok(store) => Ok((store, manifest)),
            Err(error) => {
                clear(working);
                Err(error)
            }
        }
    }
}

/// Opens a backup, compares all there is with what it says of itself, and tells what that is.
pub async fn check(file: &Path) -> Result<Manifest, BackupError> {
    let manifest = look(file).await?;
    if let Some(wrong) = file::integrity(file).await? {
        return Err(damaged(file, &wrong));
    }
    let (schema, tables) = file::contents(file).await?;
    if schema != manifest.schema {
        return Err(damaged(file, "its schema is another than it says"));
    }
    let table =
        manifest.tables.keys().chain(tables.keys()).find(|name| manifest.tables.get(*name) != tables.get(*name));
    match table {
        None => Ok(manifest),
        Some(name) => {
            let (is, was) = (tables.get(name).map_or(0, |table| table.rows), manifest.rows_of(name));
            Err(damaged(file, &format!("{name} does not hold what was written ({is} rows of {was})")))
        }
    }
}

/// What a backup says of itself, without a look at whether that is so.
pub async fn look(file: &Path) -> Result<Manifest, BackupError> {
    let foreign = |detail: &str| BackupError::Foreign { file: file.to_owned(), detail: detail.to_owned() };
    // SQLite would take an empty file for an empty database.
    let there = fs::metadata(file).map_err(|error| BackupError::file(file, &error))?;
    if !there.is_file() || there.len() == 0 {
        return Err(foreign("it is empty, or no file"));
    }
    let text = file::manifest(file).await.map_err(|detail| foreign(&detail))?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|error| damaged(file, &error.to_string()))?;
    if manifest.format > FORMAT {
        return Err(BackupError::Newer { file: file.to_owned(), version: manifest.version });
    }
    Ok(manifest)
}

/// Removes a file that was being written, and what SQLite keeps beside it.
pub fn clear(file: &Path) {
    clear_beside(file);
    // Where it cannot be removed, whoever comes next is told so.
    drop(fs::remove_file(file));
}

/// Removes what is kept beside a database that nobody has open.
pub fn clear_beside(file: &Path) {
    for end in ["-wal", "-shm", "-journal", "-in-use"] {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        drop(fs::remove_file(name));
    }
}

/// Has the system write a file, and that it is there, to disk.
pub fn sync(file: &Path) -> Result<(), BackupError> {
    let fails = |error: io::Error| BackupError::file(file, &error);
    fs::File::open(file).and_then(|file| file.sync_all()).map_err(fails)?;
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(directory).and_then(|directory| directory.sync_all()).map_err(fails)
}

fn make(file: &Path) -> Result<(), BackupError> {
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    made.map(drop).map_err(|error| BackupError::file(file, &error))
}

fn damaged(file: &Path, detail: &str) -> BackupError {
    BackupError::Damaged { file: file.to_owned(), detail: detail.to_owned() }
}

fn unusable(file: &Path, detail: &str) -> BackupError {
    BackupError::File { file: file.to_owned(), detail: detail.to_owned() }
}
