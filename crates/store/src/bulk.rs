//! Many rows written by few statements, whose texts are always the same: what a database has made of a text serves the
//! next batch too.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, IdenStatic, Iterable, ModelTrait};
use serde::Serialize;

use crate::{StoreError, StoreResult, sql};

/// How many rows a statement of SQLite has. It takes 32,766 values; a row has 25 at most.
const SHAPES: [usize; 3] = [256, 16, 1];

/// Adds rows to the entity's table.
pub(crate) async fn insert<E>(on: &DatabaseTransaction, rows: &[E::Model]) -> StoreResult<()>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E> + Serialize,
{
    if on.get_database_backend() == DbBackend::Postgres {
        let (insert, given) = given::<E>(1);
        sql::run(on, &format!("{insert} {given}"), vec![json(rows)?.into()]).await?;
        return Ok(());
    }
    let (table, columns) = (E::default().table_name(), E::Column::iter().collect::<Vec<_>>());
    let names = names::<E>();
    let row = format!("({})", vec!["?"; columns.len()].join(", "));
    let mut rest = rows;
    for shape in SHAPES {
        let sql = format!("INSERT INTO {table} ({names}) VALUES {}", vec![row.as_str(); shape].join(", "));
        while let Some((rows, others)) = rest.split_at_checked(shape) {
            let values = rows.iter().flat_map(|row| columns.iter().map(|column| row.get(*column))).collect();
            sql::run(on, &sql, values).await?;
            rest = others;
        }
    }
    Ok(())
}

/// On PostgreSQL the statement that adds rows, in two parts, given the rows as JSON: one value in place of thousands, each
/// of which would have to be described, bound and planned with.
pub(crate) fn given<E: EntityTrait>(value: usize) -> (String, String) {
    let (table, names) = (E::default().table_name().to_owned(), names::<E>());
    (
        format!("INSERT INTO {table} ({names})"),
        format!("SELECT {names} FROM json_populate_recordset(CAST(NULL AS {table}), CAST(${value} AS json))"),
    )
}

/// Rows as [`given`] takes them.
pub(crate) fn json<M: Serialize>(rows: &[M]) -> StoreResult<String> {
    serde_json::to_string(rows).map_err(StoreError::row)
}

fn names<E: EntityTrait>() -> String {
    E::Column::iter().map(|column| column.as_str().to_owned()).collect::<Vec<_>>().join(", ")
}
