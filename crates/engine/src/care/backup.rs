//! Taking backups, and looking at those that were taken.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};
use store::backup::{self, BackupError, Manifest};

use crate::{Engine, EngineResult};

/// How the names of backups begin and end.
const BEGIN: &str = "rollcall-";
const END: &str = ".backup";

/// What comes between, in UTC.
const INSTANT: &str = "%Y%m%dT%H%M%SZ";

/// How the name of one begins that is being taken.
const UNFINISHED: &str = ".unfinished-";

/// A backup that was taken in this directory, and never finished, is nobody's after this time.
const ABANDONED: SignedDuration = SignedDuration::from_hours(48);

/// The version that takes them.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A backup.
#[derive(Debug, Clone)]
pub struct Backup {
    /// The file.
    pub file: PathBuf,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// What it says of itself.
    pub manifest: Manifest,
}

impl Engine {
    /// Takes a backup while everything goes on: into this file, or into this directory under a name of its own. It is opened
    /// and checked before it gets its name. With `keep`, only so many of the directory's newest backups stay; tells
    /// which were removed.
    pub async fn back_up(&self, to: &Path, keep: Option<usize>) -> EngineResult<(Backup, Vec<PathBuf>)> {
        // Whoever restores this needs the list of those erased since; that there were none has to be seen as well.
        self.bring_list_up_to_date().await?;
        let now = self.world.now();
        let file = if to.is_dir() { to.join(name(now)) } else { to.to_owned() };
        if file.exists() {
            let there = io::Error::new(io::ErrorKind::AlreadyExists, "there is something already. Name another file");
            return Err(BackupError::file(&file, &there).into());
        }
        let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !directory.is_dir() {
            let none =
                io::Error::new(io::ErrorKind::NotFound, "there is no such directory. Make it first, or name another");
            return Err(BackupError::file(directory, &none).into());
        }
        let last = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let unfinished = directory.join(format!("{UNFINISHED}{last}"));
        let manifest = self.store.back_up(&unfinished, VERSION, &|| self.now()).await?;
        fs::rename(&unfinished, &file).map_err(|error| BackupError::file(&file, &error))?;
        backup::sync(&file)?;
        let bytes = fs::metadata(&file).map_err(|error| BackupError::file(&file, &error))?.len();
        tracing::info!(file = %file.display(), bytes, rows = manifest.rows(), "a backup was taken");
        let removed = match keep {
            Some(keep) => prune(directory, keep, now)?,
            None => Vec::new(),
        };
        Ok((Backup { file, bytes, manifest }, removed))
    }
}

/// The backups in a directory, the newest first, with what each says of itself. What is not one of ours is passed over;
/// of one that cannot be read, why.
pub async fn backups_in(directory: &Path) -> EngineResult<Vec<(PathBuf, Result<Backup, BackupError>)>> {
    let mut found = Vec::new();
    for (_, file) in named(directory)? {
        let looked = async {
            let manifest = backup::look(&file).await?;
            let bytes = fs::metadata(&file).map_err(|error| BackupError::file(&file, &error))?.len();
            Ok(Backup { file: file.clone(), bytes, manifest })
        };
        let looked = looked.await;
        found.push((file, looked));
    }
    Ok(found)
}

/// Opens a backup, and compares all of it with what it says of itself.
pub async fn check_backup(file: &Path) -> EngineResult<Backup> {
    let manifest = backup::check(file).await?;
    let bytes = fs::metadata(file).map_err(|error| BackupError::file(file, &error))?.len();
    Ok(Backup { file: file.to_owned(), bytes, manifest })
}

/// Removes all but the newest, and what was never finished.
fn prune(directory: &Path, keep: usize, now: Timestamp) -> Result<Vec<PathBuf>, BackupError> {
    let old: Vec<PathBuf> = named(directory)?.into_iter().skip(keep.max(1)).map(|(_, file)| file).collect();
    for file in &old {
        fs::remove_file(file).map_err(|error| BackupError::file(file, &error))?;
    }
    for entry in entries(directory)? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let begun = name.strip_prefix(UNFINISHED).and_then(taken_at);
        if begun.is_some_and(|begun| now.duration_since(begun) > ABANDONED) {
            backup::clear(&entry);
        }
    }
    Ok(old)
}

/// Files of a directory that are named like backups, the newest first.
fn named(directory: &Path) -> Result<Vec<(Timestamp, PathBuf)>, BackupError> {
    let named = entries(directory)?.into_iter().filter_map(|file| {
        let at = taken_at(file.file_name()?.to_str()?)?;
        Some((at, file))
    });
    let mut named: Vec<_> = named.collect();
    named.sort();
    named.reverse();
    Ok(named)
}

fn entries(directory: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let fails = |error: io::Error| BackupError::file(directory, &error);
    fs::read_dir(directory).map_err(fails)?.map(|entry| entry.map(|entry| entry.path()).map_err(fails)).collect()
}

fn name(at: Timestamp) -> String {
    format!("{BEGIN}{}{END}", at.strftime(INSTANT))
}

fn taken_at(name: &str) -> Option<Timestamp> {
    let instant = name.strip_prefix(BEGIN)?.strip_suffix(END)?;
    let time = DateTime::strptime(INSTANT, instant).ok()?;
    Some(time.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_when() {
        let at: Timestamp = "2026-11-25T20:45:07Z".parse().expect("an instant");
        assert_eq!(name(at), "rollcall-20261125T204507Z.backup");
        assert_eq!(taken_at(&name(at)), Some(at));
        assert_eq!(taken_at("rollcall-2026.backup"), None);
        assert_eq!(taken_at("rollcall.db"), None);
    }
}
