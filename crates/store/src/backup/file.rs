//! The file itself, past the store: nothing is made or changed by looking at it.

use std::{collections::BTreeMap, path::Path};

use futures::TryStreamExt;
use sqlx::{
    AssertSqlSafe, Connection, Row, SqliteConnection, TypeInfo, ValueRef,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous},
};

use super::{BackupError, Content, Manifest, damaged};

/// The table of the manifest.
const MANIFEST: &str = "backup_manifest";

async fn open(file: &Path, may_write: bool) -> Result<SqliteConnection, sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(file).read_only(!may_write);
    // One file, with nothing beside it.
    let options = if may_write {
        options.journal_mode(SqliteJournalMode::Delete).synchronous(SqliteSynchronous::Full)
    } else {
        options
    };
    SqliteConnection::connect_with(&options).await
}

/// Whoever reads a damaged file is told so by SQLite, in many ways.
fn broken(file: &Path) -> impl Fn(sqlx::Error) -> BackupError {
    move |error| damaged(file, &said(&error))
}

fn said(error: &sqlx::Error) -> String {
    error.as_database_error().map_or_else(|| error.to_string(), |error| error.message().to_owned())
}

/// The text of the manifest, or why there is none.
pub(super) async fn manifest(file: &Path) -> Result<String, String> {
    let mut connection = open(file, false).await.map_err(|error| said(&error))?;
    let sql = format!("SELECT manifest FROM {MANIFEST}");
    let found = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut connection).await;
    found.map_err(|error| said(&error))
}

/// Writes the manifest.
pub(super) async fn keep(file: &Path, manifest: &Manifest) -> Result<(), BackupError> {
    let text = serde_json::to_string(manifest).map_err(crate::StoreError::row)?;
    let written = async {
        let mut connection = open(file, true).await?;
        let sql = format!("CREATE TABLE {MANIFEST} (manifest TEXT NOT NULL)");
        sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await?;
        let sql = format!("INSERT INTO {MANIFEST} (manifest) VALUES ($1)");
        sqlx::query(AssertSqlSafe(sql)).bind(text).execute(&mut connection).await?;
        connection.close().await
    };
    written.await.map_err(broken(file))
}

/// Takes the manifest out of what is to become an installation's database.
pub(super) async fn forget(file: &Path) -> Result<(), BackupError> {
    let done = async {
        let mut connection = open(file, true).await?;
        sqlx::query(AssertSqlSafe(format!("DROP TABLE {MANIFEST}"))).execute(&mut connection).await?;
        connection.close().await
    };
    done.await.map_err(broken(file))
}

/// What SQLite finds wrong with the file.
pub(super) async fn integrity(file: &Path) -> Result<Option<String>, BackupError> {
    let found = async {
        let mut connection = open(file, false).await?;
        let found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_all(&mut connection).await?;
        connection.close().await?;
        Ok(found)
    };
    let found = found.await.map_err(broken(file))?;
    Ok(found.into_iter().find(|line| line != "ok"))
}

/// The steps of the schema, and what each table holds.
pub(super) async fn contents(file: &Path) -> Result<(Vec<String>, BTreeMap<String, Content>), BackupError> {
    let read = async {
        let mut connection = open(file, false).await?;
        let steps = "SELECT version FROM seaql_migrations ORDER BY version";
        let schema: Vec<String> = sqlx::query_scalar(steps).fetch_all(&mut connection).await?;
        let sql =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name";
        let names: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut connection).await?;
        let mut tables = BTreeMap::new();
        for name in names.into_iter().filter(|name| name != MANIFEST) {
            let content = content(&mut connection, &name).await?;
            tables.insert(name, content);
        }
        connection.close().await?;
        Ok((schema, tables))
    };
    read.await.map_err(broken(file))
}

async fn content(connection: &mut SqliteConnection, table: &str) -> Result<Content, sqlx::Error> {
    let mut hasher = blake3::Hasher::new();
    let mut number = 0;
    let sql = format!("SELECT * FROM \"{table}\" ORDER BY rowid");
    let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(connection);
    while let Some(row) = rows.try_next().await? {
        number += 1;
        for at in 0..row.columns().len() {
            hash(&mut hasher, &row, at)?;
        }
    }
    Ok(Content { rows: number, print: hasher.finalize().to_hex().to_string() })
}

/// Every value with its kind and length, so that no two rows look alike that are not.
fn hash(hasher: &mut blake3::Hasher, row: &SqliteRow, at: usize) -> Result<(), sqlx::Error> {
    let raw = row.try_get_raw(at)?;
    if raw.is_null() {
        hasher.update(b"-");
        return Ok(());
    }
    let kind = raw.type_info().name().to_owned();
    let bytes = match kind.as_str() {
        "REAL" => row.try_get_unchecked::<f64, _>(at)?.to_be_bytes().to_vec(),
        "TEXT" => row.try_get_unchecked::<String, _>(at)?.into_bytes(),
        "BLOB" => row.try_get_unchecked::<Vec<u8>, _>(at)?,
        _ => row.try_get_unchecked::<i64, _>(at)?.to_be_bytes().to_vec(),
    };
    hasher.update(&kind.as_bytes()[..1]).update(&(bytes.len() as u64).to_be_bytes()).update(&bytes);
    Ok(())
}
