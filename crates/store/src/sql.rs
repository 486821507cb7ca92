//! Statements that are clearer as SQL, the same for both databases.

use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, IdenStatic, Iterable, Statement, Value};

use crate::{StoreError, StoreResult};

/// The database's own clock, in microseconds of UTC: leases are measured by it (R39).
pub(crate) fn now(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)",
        _ => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
    }
}

/// `$4, $5, …`: as many as asked for, from the first on.
pub(crate) fn placeholders(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

/// The columns of a table under names that begin with its alias, for rows of several tables: `i.id AS "i.id", …`. A
/// model is read from such a row with the prefix `i.`.
pub(crate) fn columns<E: EntityTrait>(alias: &str) -> String {
    let named = |column: E::Column| format!("{alias}.{0} AS \"{alias}.{0}\"", column.as_str());
    E::Column::iter().map(named).collect::<Vec<_>>().join(", ")
}

/// What a column of given rows holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holds {
    /// The number of a row.
    Number,
    /// A whole number, such as an instant.
    Whole,
    /// A text.
    Text,
}

/// Rows that a statement is given as its first value, an array of JSON objects, and knows by the name `g`. Its text is the
/// same however many they are, so that what the database has made of it serves the next ones too.
pub(crate) fn given(backend: DbBackend, columns: &[(&str, Holds)]) -> String {
    let columns = columns.iter().map(|(name, holds)| match (backend, holds) {
        (DbBackend::Postgres, Holds::Number) => format!("{name} uuid"),
        (DbBackend::Postgres, Holds::Whole) => format!("{name} bigint"),
        (DbBackend::Postgres, Holds::Text) => format!("{name} text"),
        (_, Holds::Number) => format!("unhex(value ->> '{name}', '-') AS {name}"),
        (_, Holds::Whole | Holds::Text) => format!("value ->> '{name}' AS {name}"),
    });
    let columns = columns.collect::<Vec<_>>().join(", ");
    match backend {
        DbBackend::Postgres => format!("json_to_recordset(CAST($1 AS json)) AS g({columns})"),
        _ => format!("(SELECT {columns} FROM json_each($1)) AS g"),
    }
}

/// Runs a statement, and tells how many rows it touched.
pub(crate) async fn run<C: ConnectionTrait>(on: &C, sql: &str, values: Vec<Value>) -> StoreResult<u64> {
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    Ok(on.execute_raw(statement).await?.rows_affected())
}

/// All rows of a query.
pub(crate) async fn all<R: FromQueryResult, C: ConnectionTrait>(
    on: &C,
    sql: &str,
    values: Vec<Value>,
) -> StoreResult<Vec<R>> {
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    let rows = on.query_all_raw(statement).await?;
    rows.iter().map(|row| R::from_query_result(row, "").map_err(StoreError::from)).collect()
}

/// One whole number that a query gives, `None` where it gives none.
pub(crate) async fn number<C: ConnectionTrait>(on: &C, sql: &str, values: Vec<Value>) -> StoreResult<Option<i64>> {
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    match on.query_one_raw(statement).await? {
        // PostgreSQL tells narrow numbers from wide ones.
        Some(row) => Ok(row
            .try_get_by_index::<Option<i64>>(0)
            .or_else(|_| row.try_get_by_index::<Option<i32>>(0).map(|number| number.map(i64::from)))?),
        None => Ok(None),
    }
}

pub(crate) async fn database_time<C: ConnectionTrait>(on: &C) -> StoreResult<i64> {
    let sql = format!("SELECT {}", now(on.get_database_backend()));
    Ok(number(on, &sql, vec![]).await?.unwrap_or_default())
}
