//! Everything of one programme, table by table, for others to read. Secrets stay behind: what is sealed, and what
//! passwords, tokens and links are recognised by.
//!
//! Tables and columns are those of the catalogue, so that nothing new is forgotten; what is left out is named here.

use domain::ids::ProgrammeId;
use futures::{Stream, StreamExt};
use jiff::Timestamp;
use sea_orm::{DatabaseTransaction, FromQueryResult, QueryResult, Statement, StreamTrait};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{Store, StoreResult, sql};

/// Tables that are about signing in, about work under way, or what others count to: of no use to anybody else.
pub const LEFT_OUT: &[&str] =
    &["closing", "idempotency", "links", "member_links", "member_recovery_codes", "member_sessions", "tallies", "work"];

/// Columns that hold JSON.
const JSON: &[&str] = &[
    "after",
    "before",
    "counts",
    "draft",
    "facts",
    "fields",
    "problems",
    "recipients",
    "rules",
    "schedule",
    "settings",
];

/// What is read of the tables that several programmes share.
const ADMINISTRATORS: &str = "SELECT a.id, a.email, a.name, a.language, a.created_at FROM administrators a \
                              JOIN programme_administrators p ON p.administrator_id = a.id WHERE p.programme_id = $1";

const COLUMNS_OF_SQLITE: &str = "SELECT t.name AS table_name, c.name AS column_name, lower(c.type) AS kind \
    FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid";
const COLUMNS_OF_POSTGRES: &str = "SELECT table_name::text, column_name::text, data_type::text AS kind \
    FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position";

/// How a column's value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Id,
    Text,
    Json,
    Whole,
    Instant,
    Flag,
}

/// A table that is exported.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name.
    pub name: String,
    columns: Vec<(String, Kind)>,
    sql: String,
}

/// A programme as it stood at one moment.
#[derive(Debug)]
pub struct Export {
    transaction: DatabaseTransaction,
    programme: ProgrammeId,
    /// The tables, by name.
    pub tables: Vec<Table>,
}

#[derive(Debug, FromQueryResult)]
struct ColumnRow {
    table_name: String,
    column_name: String,
    kind: String,
}

/// Whether a column would let somebody in, or tell whom a trace is of.
pub fn is_secret(column: &str) -> bool {
    ["hash", "secret", "password", "token"].iter().any(|word| column == *word || column.ends_with(&format!("_{word}")))
}

/// How a column is written; not at all where it is sealed or a secret.
fn kind(column: &str, declared: &str) -> Option<Kind> {
    Some(match declared {
        _ if is_secret(column) => return None,
        "uuid" | "uuid_text" => Kind::Id,
        "boolean" => Kind::Flag,
        // SQLite calls wide and narrow numbers alike.
        "bigint" | "integer" if column == "at" || column.ends_with("_at") || column.ends_with("_until") => {
            Kind::Instant
        }
        "bigint" | "integer" => Kind::Whole,
        "text" | "character varying" if JSON.contains(&column) => Kind::Json,
        "text" | "character varying" => Kind::Text,
        // Whatever is binary is sealed.
        _ if declared.starts_with("varchar") => Kind::Text,
        _ => return None,
    })
}

impl Store {
    /// Everything of the programme as it stands now, whatever happens while it is read.
    pub async fn export(&self, programme: ProgrammeId) -> StoreResult<Export> {
        let transaction = self.snapshot().await?;
        let sql = if self.is_shared() { COLUMNS_OF_POSTGRES } else { COLUMNS_OF_SQLITE };
        let rows: Vec<ColumnRow> = sql::all(&transaction, sql, vec![]).await?;
        Ok(Export { tables: tables(&rows), transaction, programme })
    }
}

fn tables(rows: &[ColumnRow]) -> Vec<Table> {
    let mut tables = Vec::new();
    for of_table in rows.chunk_by(|one, next| one.table_name == next.table_name) {
        let name = of_table.first().map(|row| row.table_name.clone()).unwrap_or_default();
        let columns =
            || of_table.iter().filter_map(|row| Some((row.column_name.clone(), kind(&row.column_name, &row.kind)?)));
        let belongs = of_table.iter().any(|row| row.column_name == "programme_id");
        let (mut columns, sql): (Vec<_>, _) = match name.as_str() {
            left_out if LEFT_OUT.contains(&left_out) => continue,
            "programmes" => (columns().collect(), "SELECT * FROM programmes WHERE id = $1".to_owned()),
            "administrators" => (columns().collect(), ADMINISTRATORS.to_owned()),
            _ if belongs => {
                let columns: Vec<_> = columns().collect();
                let by_number = if columns.iter().any(|(column, _)| column == "id") { " ORDER BY id" } else { "" };
                (columns, format!("SELECT * FROM {name} WHERE programme_id = $1{by_number}"))
            }
            _ => continue,
        };
        if name == "administrators" {
            columns.retain(|(column, _)| ["id", "email", "name", "language", "created_at"].contains(&column.as_str()));
        }
        tables.push(Table { name, columns, sql });
    }
    tables
}

impl Export {
    /// The rows of a table, each an object by column.
    pub async fn rows<'a>(
        &'a self,
        table: &'a Table,
    ) -> StoreResult<impl Stream<Item = StoreResult<Map<String, Value>>> + 'a> {
        let backend = sea_orm::ConnectionTrait::get_database_backend(&self.transaction);
        let statement = Statement::from_sql_and_values(backend, &table.sql, [self.programme.0.into()]);
        let rows = self.transaction.stream_raw(statement).await?;
        Ok(rows.map(move |row| object(&row?, table)))
    }
}

fn object(row: &QueryResult, table: &Table) -> StoreResult<Map<String, Value>> {
    let mut object = Map::new();
    for (column, kind) in &table.columns {
        object.insert(column.clone(), value(row, column, *kind)?);
    }
    Ok(object)
}

fn value(row: &QueryResult, column: &str, kind: Kind) -> StoreResult<Value> {
    let text = |row: &QueryResult| row.try_get::<Option<String>>("", column);
    let found = match kind {
        Kind::Id => row.try_get::<Option<Uuid>>("", column)?.map(|id| Value::from(id.to_string())),
        Kind::Text => text(row)?.map(Value::from),
        Kind::Json => text(row)?.map(|text| serde_json::from_str(&text).unwrap_or(Value::from(text))),
        Kind::Whole => whole(row, column)?.map(Value::from),
        Kind::Instant => row.try_get::<Option<i64>>("", column)?.map(instant),
        Kind::Flag => row.try_get::<Option<bool>>("", column)?.map(Value::from),
    };
    Ok(found.unwrap_or(Value::Null))
}

/// A number, wide or narrow.
fn whole(row: &QueryResult, column: &str) -> StoreResult<Option<i64>> {
    let narrow = |_| row.try_get::<Option<i32>>("", column).map(|number| number.map(i64::from));
    Ok(row.try_get::<Option<i64>>("", column).or_else(narrow)?)
}

/// `2026-11-23T06:00:00Z`; as the number that it is where that is no time.
fn instant(micros: i64) -> Value {
    Timestamp::from_microsecond(micros).map_or_else(|_| Value::from(micros), |at| Value::from(at.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lets_somebody_in_is_a_secret() {
        for column in ["password_hash", "token_hash", "hash", "secret", "previous_secret", "totp_secret"] {
            assert!(is_secret(column) && kind(column, "text").is_none(), "{column}");
        }
        assert!(kind("trace_key", "blob").is_none() && kind("trace_key", "bytea").is_none());
        assert_eq!(kind("email_key", "text"), Some(Kind::Text));
        assert_eq!(kind("locked_until", "text"), Some(Kind::Text));
    }
}
