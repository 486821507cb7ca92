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
    let (entity, columns) = (E::default(), E::Column::iter().collect::<Vec<_>>());
    let table = entity.table_name();
    let names = columns.iter().map(IdenStatic::as_str).collect::<Vec<_>>().join(", ");
    if on.get_database_backend() == DbBackend::Postgres {
        // One value in place of thousands, each of which would have to be described, bound and planned with.
        let json = serde_json::to_string(rows).map_err(StoreError::row)?;
        let sql = format!(
            "INSERT INTO {table} ({names}) \
             SELECT {names} FROM json_populate_recordset(CAST(NULL AS {table}), CAST($1 AS json))"
        );
        sql::run(on, &sql, vec![json.into()]).await?;
        return Ok(());
    }
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
