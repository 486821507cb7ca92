//! `rollcall backup`: taking one while everything goes on, and looking at those that were taken.

use std::{path::Path, process::ExitCode};

use anyhow::Result;
use engine::care::{self, Manifest};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    cli::{
        Place,
        care::{Backup as Wanted, BackupAction},
    },
    config,
    exit::Usage,
    table::{self, say},
};

pub(crate) async fn run(place: &Place, wanted: Wanted) -> Result<ExitCode> {
    match wanted.action {
        None => take(place, &wanted.to.unwrap_or_default(), wanted.keep, wanted.json).await,
        Some(BackupAction::List { directory, json }) => list(&directory, json).await,
        Some(BackupAction::Check { file, json }) => check(&file, json).await,
    }
}

async fn take(place: &Place, to: &Path, keep: Option<usize>, json: bool) -> Result<ExitCode> {
    if keep.is_some() && !to.is_dir() {
        let text = format!("`--keep` counts the backups of a directory, and {} is none. Make it first.", to.display());
        return Err(Usage(text).into());
    }
    let engine = config::engine(place).await?;
    let (backup, removed) = engine.back_up(to, keep).await?;
    if json {
        let mut told = told(&backup);
        told["removed"] = json!(removed);
        say!("{told}")?;
        return Ok(ExitCode::SUCCESS);
    }
    say!("{}", backup.file.display())?;
    say!("{}; opened and checked.", size(&backup))?;
    for file in removed {
        say!("Removed {}", file.display())?;
    }
    say!(
        "The secret key is not in it, nor the list of erasures: keep {} elsewhere, and both apart from each other.",
        config::what_to_keep(place)
    )?;
    Ok(ExitCode::SUCCESS)
}

async fn list(directory: &Path, json: bool) -> Result<ExitCode> {
    let found = care::backups_in(directory).await?;
    if json {
        let all: Vec<_> = found
            .iter()
            .map(|(file, looked)| match looked {
                Ok(backup) => told(backup),
                Err(error) => json!({ "file": file, "error": error.to_string() }),
            })
            .collect();
        say!("{}", json!(all))?;
        return Ok(ExitCode::SUCCESS);
    }
    if found.is_empty() {
        say!("There is no backup in {}.", directory.display())?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut rows = vec![["Taken", "Of", "By", "Rows", "Bytes", "File"].map(str::to_owned).to_vec()];
    for (file, looked) in found {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        rows.push(match looked {
            Ok(backup) => {
                let Manifest { at, database, version, .. } = &backup.manifest;
                let (rows, bytes) = (table::number(backup.manifest.rows()), table::number(backup.bytes));
                vec![instant(*at), database.clone(), version.clone(), rows, bytes, name]
            }
            Err(error) => vec![
                "unreadable".to_owned(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                table::plain(&error.to_string()),
            ],
        });
    }
    table::print(&rows)?;
    Ok(ExitCode::SUCCESS)
}

async fn check(file: &Path, json: bool) -> Result<ExitCode> {
    let backup = care::check_backup(file).await?;
    if json {
        say!("{}", told(&backup))?;
        return Ok(ExitCode::SUCCESS);
    }
    say!("{} is whole: {}.", file.display(), size(&backup))?;
    say!()?;
    let mut rows = vec![vec!["Table".to_owned(), "Rows".to_owned()]];
    rows.extend(backup.manifest.tables.iter().map(|(name, table)| vec![name.clone(), table::number(table.rows)]));
    table::print(&rows)?;
    Ok(ExitCode::SUCCESS)
}

fn told(backup: &care::Backup) -> serde_json::Value {
    let manifest = &backup.manifest;
    let tables: serde_json::Map<_, _> =
        manifest.tables.iter().map(|(name, table)| (name.clone(), json!(table.rows))).collect();
    json!({
        "file": backup.file, "bytes": backup.bytes, "version": manifest.version, "at": instant(manifest.at),
        "database": manifest.database, "rows": manifest.rows(), "tables": tables,
    })
}

fn size(backup: &care::Backup) -> String {
    let manifest = &backup.manifest;
    format!(
        "{} rows in {} tables, {} members, {} bytes, as it was on {}",
        table::number(manifest.rows()),
        manifest.tables.len(),
        table::number(manifest.rows_of("members")),
        table::number(backup.bytes),
        instant(manifest.at)
    )
}

/// An instant in UTC, to the second.
pub(crate) fn instant(micros: i64) -> String {
    Timestamp::from_microsecond(micros).unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
