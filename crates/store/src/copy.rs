//! All rows of one database into another, whichever of the two kinds each is.
//!
//! What is copied is what the databases' own catalogues hold, so that no table can be forgotten. The source is
//! read in one snapshot. The target is written in one transaction, and compared row by row before it is
//! committed: afterwards it holds everything or, whatever happened, nothing.

mod cell;
mod schema;

use futures::TryStreamExt;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult, Statement, StreamTrait};

use self::{
    cell::Cell,
    schema::{Shape, Table},
};
use crate::{Store, StoreError, StoreResult, connect::may_stand_idle};

/// Rows that one statement adds, at most.
const ROWS: usize = 500;

/// Parameters that one statement may have; both databases take more.
const PARAMETERS: usize = 20_000;

/// Tables whose rows are not taken along: what processes that work on the source have in hand is nothing that
/// goes on elsewhere. An interrupted import is found by its own row (R54).
pub const LEFT_BEHIND: &[&str] = &["work"];

/// What is being done with a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its rows are read and written.
    Copying,
    /// Both sides are read and compared.
    Comparing,
}

/// How far a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'a> {
    /// What is being done.
    pub stage: Stage,
    /// Which table.
    pub table: &'a str,
    /// Rows that are done.
    pub done: u64,
    /// Rows there are.
    pub of: u64,
}

/// A table that was copied, and found equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopiedTable {
    /// Its name.
    pub table: String,
    /// How many rows it has, on both sides.
    pub rows: u64,
}

/// Copies every row of `from` into `to`, which must have no rows and the same schema; tells of each table how many
/// rows were copied and, compared one by one, found equal. The source may be in use: what is written to it
/// meanwhile is not in the copy. See [`LEFT_BEHIND`] for what is not copied.
///
/// # Errors
/// [`StoreError::NotEmpty`] when the target holds something, [`StoreError::Copy`] when a row cannot be taken along
/// or is not the same on the other side. The target is as before.
pub async fn copy_all(from: &Store, to: &Store, progress: &(dyn Fn(Step<'_>) + Sync)) -> StoreResult<Vec<CopiedTable>> {
    let source = from.snapshot().await?;
    let target = to.begin().await?;
    may_stand_idle(&target).await?;
    if to.is_shared() {
        // Whoever opens the target meanwhile waits here, before the first statement.
        target.execute_unprepared(crate::connect::ONE_AT_A_TIME).await?;
    }
    let tables = Shape::of(&target).await?;
    let theirs = Shape::of(&source).await?;
    tables.same_as(&theirs)?;
    if let Some(table) = tables.first_with_rows(&target).await? {
        return Err(StoreError::NotEmpty { table });
    }
    // PostgreSQL knows how wide a number may be, and insists on it.
    let tables = if from.is_shared() { theirs } else { tables }.parents_first()?;
    let triggers = schema::still(&target, &tables).await?;
    let mut copied = Vec::new();
    for table in tables.iter().filter(|table| !is_left_behind(&table.name)) {
        let rows = count(&source, table).await?;
        let job = Job { source: &source, target: &target, table, rows, progress };
        job.copy().await?;
        job.compare().await?;
        copied.push(CopiedTable { table: table.name.clone(), rows });
    }
    triggers.awake(&target).await?;
    target.commit().await?;
    source.rollback().await?;
    if to.is_shared() {
        // The planner takes new tables to be nearly empty until somebody tells it.
        to.write.execute_unprepared("VACUUM (ANALYZE)").await?;
    }
    Ok(copied)
}

impl Store {
    /// The names of all tables but that of the migrations, in order.
    pub async fn tables(&self) -> StoreResult<Vec<String>> {
        Ok(Shape::of(&self.read).await?.tables.into_iter().map(|table| table.name).collect())
    }

    /// The first table that holds something, if any does.
    pub(crate) async fn first_table_with_rows(&self) -> StoreResult<Option<String>> {
        Shape::names(&self.write).await?.first_with_rows(&self.write).await
    }
}

fn is_left_behind(table: &str) -> bool {
    LEFT_BEHIND.contains(&table)
}

async fn count(source: &DatabaseTransaction, table: &Table) -> StoreResult<u64> {
    let counted = crate::sql::number(source, &format!("SELECT COUNT(*) FROM \"{}\"", table.name), vec![]).await?;
    Ok(counted.and_then(|rows| u64::try_from(rows).ok()).unwrap_or_default())
}

/// One table on its way.
struct Job<'a> {
    source: &'a DatabaseTransaction,
    target: &'a DatabaseTransaction,
    table: &'a Table,
    rows: u64,
    progress: &'a (dyn Fn(Step<'_>) + Sync),
}

impl Job<'_> {
    fn tell(&self, stage: Stage, done: u64) {
        (self.progress)(Step { stage, table: &self.table.name, done, of: self.rows });
    }

    fn all(&self, on: &DatabaseTransaction) -> Statement {
        let backend = ConnectionTrait::get_database_backend(on);
        Statement::from_string(backend, self.table.select(backend))
    }

    async fn copy(&self) -> StoreResult<()> {
        let at_once = (PARAMETERS / self.table.columns.len().max(1)).clamp(1, ROWS);
        let mut rows = self.source.stream_raw(self.all(self.source)).await?;
        let mut batch = Vec::with_capacity(at_once);
        let mut done = 0;
        self.tell(Stage::Copying, done);
        loop {
            let row = rows.try_next().await?;
            let is_end = row.is_none();
            if let Some(row) = row {
                let cells = self.table.read(&row)?;
                self.check(&cells)?;
                batch.push(cells);
            }
            if batch.len() == at_once || is_end && !batch.is_empty() {
                done += batch.len() as u64;
                self.insert(std::mem::take(&mut batch)).await?;
                self.tell(Stage::Copying, done);
            }
            if is_end {
                return Ok(());
            }
        }
    }

    /// PostgreSQL has no text with the character zero in it.
    fn check(&self, cells: &[Cell]) -> StoreResult<()> {
        if ConnectionTrait::get_database_backend(self.target) != DbBackend::Postgres {
            return Ok(());
        }
        match cells.iter().position(|cell| matches!(cell, Cell::Text(text) if text.contains('\0'))) {
            None => Ok(()),
            Some(at) => Err(StoreError::Copy(format!(
                "{} of the row {} in {} holds the character zero, which PostgreSQL does not take; change or remove \
                 that row first",
                self.table.columns[at].name,
                self.table.key_of(cells),
                self.table.name,
            ))),
        }
    }

    async fn insert(&self, rows: Vec<Vec<Cell>>) -> StoreResult<()> {
        let sql = self.table.insert(rows.len());
        let columns = &self.table.columns;
        let values =
            rows.into_iter().flat_map(|row| row.into_iter().zip(columns).map(|(cell, to)| cell.value(to.kind)));
        crate::sql::run(self.target, &sql, values.collect()).await?;
        Ok(())
    }

    /// Reads both sides in the order of the key, and compares them row by row.
    async fn compare(&self) -> StoreResult<()> {
        let mut ours = self.source.stream_raw(self.all(self.source)).await?;
        let mut theirs = self.target.stream_raw(self.all(self.target)).await?;
        let mut done: u64 = 0;
        loop {
            let pair = futures::try_join!(ours.try_next(), theirs.try_next())?;
            let (ours, theirs) = match pair {
                (None, None) => break,
                (ours, theirs) => (ours, theirs),
            };
            let read = |row: Option<QueryResult>| row.map(|row| self.table.read(&row)).transpose();
            let (ours, theirs) = (read(ours)?, read(theirs)?);
            if ours != theirs {
                let row = ours.or(theirs).unwrap_or_default();
                return Err(StoreError::Copy(format!(
                    "the row {} of {} is not the same in the copy",
                    self.table.key_of(&row),
                    self.table.name
                )));
            }
            done += 1;
            if done.is_multiple_of(ROWS as u64) {
                self.tell(Stage::Comparing, done);
            }
        }
        self.tell(Stage::Comparing, done);
        if done == self.rows {
            Ok(())
        } else {
            Err(StoreError::Copy(format!("{} has {} rows, but {done} were copied", self.table.name, self.rows)))
        }
    }
}
