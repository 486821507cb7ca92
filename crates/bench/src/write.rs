//! Writing: the rows that a first import left behind, put into the same tables with the same indexes, in one transaction
//! and in the order in which they lie there. Nothing is made, checked or looked up on the way.

use std::{path::Path, time::Duration};

use anyhow::{Context, ensure};
use futures::TryStreamExt;
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::{
    measured::{Measured, Section},
    process::Server,
};

/// The tables in which a first import leaves rows of people, and what they refer to.
const TABLES: [&str; 6] = ["imports", "members", "changes", "problems", "invitations", "outbox"];

/// Takes the rows of the file `from` into the file `to`, which is made as sure as the product makes its own.
pub async fn file(from: &Path, to: &Path) -> anyhow::Result<Measured> {
    let options = SqliteConnectOptions::new()
        .filename(to)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("secure_delete", "on")
        // Room for all pages, so that none is written twice: 1 GB.
        .pragma("cache_size", "-1000000")
        .busy_timeout(Duration::from_secs(5));
    let mut connection = SqliteConnection::connect_with(&options).await.context("the file cannot be opened")?;
    sqlx::query("ATTACH $1 AS old").bind(from.to_string_lossy()).execute(&mut connection).await?;
    let section = Section::begin(None)?;
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let mut rows = 0;
    for table in TABLES {
        // In order, since SQLite would otherwise copy whole pages of tables that are alike: no client can do that.
        let sql = format!("INSERT INTO main.{table} SELECT * FROM old.{table} ORDER BY rowid");
        rows += transaction.execute(AssertSqlSafe(sql)).await?.rows_affected();
    }
    transaction.commit().await?;
    // Moves the rows from the write-ahead log into the file.
    connection.close().await?;
    let measured = section.end()?;
    ensure!(rows > 0, "{} holds no import", from.display());
    Ok(Measured { output: rows.to_string(), ..measured })
}

/// Takes the rows of a database out, empties its tables, and puts the rows in again: only that is measured.
pub async fn server(url: &str, server: Option<&Server>) -> anyhow::Result<Measured> {
    let mut connection = PgConnection::connect(url).await.context("the database cannot be reached")?;
    let mut copies = Vec::new();
    for table in TABLES {
        let out = format!("COPY {table} TO STDOUT (FORMAT binary)");
        let chunks = connection.copy_out_raw(&out).await?;
        copies.push((table, chunks.try_collect::<Vec<_>>().await?));
    }
    connection.execute(AssertSqlSafe(format!("TRUNCATE {} CASCADE", TABLES.join(", ")))).await?;
    let section = Section::begin(server)?;
    let mut transaction = connection.begin().await?;
    let mut rows = 0;
    for (table, chunks) in copies {
        let mut copy = transaction.copy_in_raw(&format!("COPY {table} FROM STDIN (FORMAT binary)")).await?;
        for chunk in chunks {
            copy.send(chunk).await?;
        }
        rows += copy.finish().await?;
    }
    transaction.commit().await?;
    let measured = section.end()?;
    // What comes next finds the tables as the import left them.
    connection.execute(AssertSqlSafe(format!("VACUUM (ANALYZE) {}", TABLES.join(", ")))).await?;
    connection.close().await?;
    ensure!(rows > 0, "the database holds no import");
    Ok(Measured { output: rows.to_string(), ..measured })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table for each, with two rows where that is wanted.
    fn tables(rows: bool) -> String {
        let table = |name: &str| {
            let rows = if rows { format!("INSERT INTO {name} VALUES (1, 'a'), (2, 'b');") } else { String::new() };
            format!("CREATE TABLE {name} (id BIGINT PRIMARY KEY, value TEXT NOT NULL);{rows}")
        };
        TABLES.map(table).concat()
    }

    #[tokio::test]
    async fn all_rows_are_taken_over_on_sqlite() {
        let place = tempfile::tempdir().unwrap();
        let files = [("from", true), ("to", false)].map(|(name, rows)| (place.path().join(name), rows));
        for (file, rows) in &files {
            let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
            let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
            connection.execute(AssertSqlSafe(tables(*rows))).await.unwrap();
            connection.close().await.unwrap();
        }
        let [(from, _), (to, _)] = &files;
        assert_eq!(file(from, to).await.unwrap().output, "12");
        let mut connection = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(to)).await.unwrap();
        let values: String =
            sqlx::query_scalar("SELECT group_concat(value) FROM outbox").fetch_one(&mut connection).await.unwrap();
        assert_eq!(values, "a,b");
    }

    #[tokio::test]
    async fn all_rows_are_put_in_again_on_postgresql() {
        let url = testkit::postgres_url();
        let mut connection = PgConnection::connect(&url).await.unwrap();
        connection.execute(AssertSqlSafe(tables(true))).await.unwrap();
        assert_eq!(server(&url, None).await.unwrap().output, "12");
        let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM changes").fetch_one(&mut connection).await.unwrap();
        assert_eq!(rows, 2);
    }
}
