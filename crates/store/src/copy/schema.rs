//! What tables there are, as the databases themselves tell.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, QueryResult};

use super::cell::{Cell, Kind};
use crate::{StoreError, StoreResult, sql};

/// The table of the migrations: each database has made its own steps.
const OF_MIGRATIONS: &str = "seaql_migrations";

const COLUMNS_OF_SQLITE: &str = "SELECT t.name AS table_name, c.name AS column_name, lower(c.type) AS declared, \
    CAST(c.pk AS BIGINT) AS key_position FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
    WHERE t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_' ORDER BY t.name, c.cid";
const COLUMNS_OF_POSTGRES: &str = "SELECT t.relname::text AS table_name, a.attname::text AS column_name, \
    format_type(a.atttypid, NULL) AS declared, \
    COALESCE(array_position(k.indkey::int2[], a.attnum) + 1, 0)::bigint AS key_position \
    FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped \
    LEFT JOIN pg_index k ON k.indrelid = t.oid AND k.indisprimary \
    WHERE t.relkind IN ('r', 'p') AND t.relnamespace = current_schema()::regnamespace ORDER BY t.relname, a.attnum";

const PARENTS_IN_SQLITE: &str = "SELECT DISTINCT t.name AS child, f.\"table\" AS parent FROM sqlite_schema t \
    JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'";
const PARENTS_IN_POSTGRES: &str = "SELECT DISTINCT t.relname::text AS child, p.relname::text AS parent \
    FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid \
    WHERE f.contype = 'f' AND t.relnamespace = current_schema()::regnamespace";

const TRIGGERS_OF_SQLITE: &str = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
const TRIGGERS_OF_POSTGRES: &str = "SELECT DISTINCT t.relname::text AS name, '' AS sql FROM pg_trigger g \
    JOIN pg_class t ON t.oid = g.tgrelid \
    WHERE NOT g.tgisinternal AND t.relnamespace = current_schema()::regnamespace";

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// Its place in the primary key, from 1; 0 when it is no part of it.
    key: i64,
}

/// A table.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) name: String,
    /// In the order of their names, which is the same in both databases.
    pub(super) columns: Vec<Column>,
}

/// All tables of a database, and which refer to which.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) tables: Vec<Table>,
    parents: BTreeMap<String, BTreeSet<String>>,
}

#[derive(FromQueryResult)]
struct ColumnRow {
    table_name: String,
    column_name: String,
    declared: String,
    key_position: i64,
}

#[derive(FromQueryResult)]
struct ParentRow {
    child: String,
    parent: String,
}

#[derive(FromQueryResult)]
struct TriggerRow {
    name: String,
    sql: String,
}

fn of<'a>(on: &impl ConnectionTrait, sqlite: &'a str, postgres: &'a str) -> &'a str {
    if on.get_database_backend() == DbBackend::Postgres { postgres } else { sqlite }
}

impl Shape {
    /// The tables with all there is to know about them.
    pub(super) async fn of<C: ConnectionTrait>(on: &C) -> StoreResult<Self> {
        let mut shape = Self { tables: Vec::new(), parents: BTreeMap::new() };
        let rows: Vec<ColumnRow> = sql::all(on, of(on, COLUMNS_OF_SQLITE, COLUMNS_OF_POSTGRES), vec![]).await?;
        for row in rows.into_iter().filter(|row| row.table_name != OF_MIGRATIONS) {
            let kind = Kind::of(&row.declared, on.get_database_backend()).ok_or_else(|| {
                StoreError::Copy(format!(
                    "{} of {} is of the kind {}, which cannot be copied",
                    row.column_name, row.table_name, row.declared
                ))
            })?;
            let table = shape.table(row.table_name);
            table.columns.push(Column { name: row.column_name, kind, key: row.key_position });
        }
        for table in &mut shape.tables {
            table.columns.sort_by(|one, other| one.name.cmp(&other.name));
        }
        let rows: Vec<ParentRow> = sql::all(on, of(on, PARENTS_IN_SQLITE, PARENTS_IN_POSTGRES), vec![]).await?;
        for row in rows.into_iter().filter(|row| row.child != row.parent) {
            shape.parents.entry(row.child).or_default().insert(row.parent);
        }
        Ok(shape)
    }

    /// The tables alone, whatever is in them.
    pub(super) async fn names<C: ConnectionTrait>(on: &C) -> StoreResult<Self> {
        let mut shape = Self { tables: Vec::new(), parents: BTreeMap::new() };
        let rows: Vec<ColumnRow> = sql::all(on, of(on, COLUMNS_OF_SQLITE, COLUMNS_OF_POSTGRES), vec![]).await?;
        for row in rows.into_iter().filter(|row| row.table_name != OF_MIGRATIONS) {
            shape.table(row.table_name);
        }
        Ok(shape)
    }

    /// The table with this name; rows come sorted by it.
    fn table(&mut self, name: String) -> &mut Table {
        if self.tables.last().is_none_or(|last| last.name != name) {
            self.tables.push(Table { name, columns: Vec::new() });
        }
        let last = self.tables.len() - 1;
        &mut self.tables[last]
    }

    /// Both databases were made by the same steps; where that is not so, nothing is copied.
    pub(super) fn same_as(&self, other: &Self) -> StoreResult<()> {
        let columns = |shape: &Self| -> BTreeMap<String, Vec<Column>> {
            let same = |column: &Column| Column { kind: column.kind.width_aside(), ..column.clone() };
            shape.tables.iter().map(|table| (table.name.clone(), table.columns.iter().map(same).collect())).collect()
        };
        let (ours, theirs) = (columns(self), columns(other));
        let differs = ours.keys().chain(theirs.keys()).find(|table| ours.get(*table) != theirs.get(*table));
        match differs {
            None => Ok(()),
            Some(table) => Err(StoreError::Copy(format!("the two databases do not have the same columns in {table}"))),
        }
    }

    pub(super) async fn first_with_rows<C: ConnectionTrait>(&self, on: &C) -> StoreResult<Option<String>> {
        for table in &self.tables {
            let sql = format!("SELECT CAST(1 AS BIGINT) FROM \"{}\" LIMIT 1", table.name);
            if sql::number(on, &sql, vec![]).await?.is_some() {
                return Ok(Some(table.name.clone()));
            }
        }
        Ok(None)
    }

    /// The tables in an order in which no row refers to one that is not there yet.
    pub(super) fn parents_first(self) -> StoreResult<Vec<Table>> {
        let Self { tables: mut left, parents } = self;
        let mut ordered: Vec<Table> = Vec::new();
        while !left.is_empty() {
            let waits = |table: &Table| {
                let parents = parents.get(&table.name);
                parents.is_some_and(|parents| parents.iter().any(|parent| !ordered.iter().any(|t| &t.name == parent)))
            };
            let (later, next): (Vec<Table>, Vec<Table>) = left.into_iter().partition(waits);
            if next.is_empty() {
                return Err(StoreError::Copy("tables refer to each other in a ring".to_owned()));
            }
            ordered.extend(next);
            left = later;
        }
        Ok(ordered)
    }
}

impl Table {
    fn list(&self) -> String {
        self.columns.iter().map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>().join(", ")
    }

    /// The columns of the key, in its order.
    fn key(&self) -> Vec<&Column> {
        let mut key: Vec<&Column> = self.columns.iter().filter(|column| column.key > 0).collect();
        key.sort_by_key(|column| column.key);
        key
    }

    /// All rows in the order of the key, byte by byte, whatever the language of the database.
    pub(super) fn select(&self, backend: DbBackend) -> String {
        let by = |column: &&Column| {
            let collate =
                if backend == DbBackend::Postgres && column.kind == Kind::Text { " COLLATE \"C\"" } else { "" };
            format!("\"{}\"{collate}", column.name)
        };
        let order = self.key().iter().map(by).collect::<Vec<_>>().join(", ");
        format!("SELECT {} FROM \"{}\" ORDER BY {order}", self.list(), self.name)
    }

    pub(super) fn insert(&self, rows: usize) -> String {
        let width = self.columns.len();
        let values = (0..rows).map(|row| format!("({})", sql::placeholders(row * width + 1, width)));
        format!("INSERT INTO \"{}\" ({}) VALUES {}", self.name, self.list(), values.collect::<Vec<_>>().join(", "))
    }

    pub(super) fn read(&self, row: &QueryResult) -> StoreResult<Vec<Cell>> {
        let cells = self.columns.iter().enumerate().map(|(at, column)| {
            Cell::read(row, at, column.kind)
                .map_err(|error| StoreError::Copy(format!("{} of a row of {}: {error}", column.name, self.name)))
        });
        cells.collect()
    }

    /// Which row it is, for a message.
    pub(super) fn key_of(&self, cells: &[Cell]) -> String {
        let mut key: Vec<_> = self.columns.iter().zip(cells).filter(|(column, _)| column.key > 0).collect();
        key.sort_by_key(|(column, _)| column.key);
        key.iter().map(|(_, cell)| cell.to_string()).collect::<Vec<_>>().join(" / ")
    }
}

/// What brings the triggers back.
pub(super) struct Triggers(Vec<String>);

/// Lets no trigger of these tables do anything: what they once wrote is copied like everything else.
pub(super) async fn still(target: &DatabaseTransaction, tables: &[Table]) -> StoreResult<Triggers> {
    let rows: Vec<TriggerRow> = sql::all(target, of(target, TRIGGERS_OF_SQLITE, TRIGGERS_OF_POSTGRES), vec![]).await?;
    let mut back = Vec::new();
    for TriggerRow { name, sql } in rows {
        if target.get_database_backend() == DbBackend::Postgres {
            if tables.iter().any(|table| table.name == name) {
                target.execute_unprepared(&format!("ALTER TABLE \"{name}\" DISABLE TRIGGER USER")).await?;
                back.push(format!("ALTER TABLE \"{name}\" ENABLE TRIGGER USER"));
            }
        } else {
            target.execute_unprepared(&format!("DROP TRIGGER \"{name}\"")).await?;
            back.push(sql);
        }
    }
    Ok(Triggers(back))
}

impl Triggers {
    pub(super) async fn awake(self, target: &DatabaseTransaction) -> StoreResult<()> {
        for sql in self.0 {
            target.execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
