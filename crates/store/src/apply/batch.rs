//! One batch: which rows it holds, and what is noted when they are done.

use sea_orm::DatabaseTransaction;

use super::{plan_key, wanted};
use crate::{Import, StoreResult, sql};

/// Problem numbers of rows that were passed over begin here, beyond those of the plan itself.
const SKIPPED_FROM: i64 = 1 << 50;

pub(super) struct Batch<'a> {
    pub(super) on: &'a DatabaseTransaction,
    pub(super) import: &'a Import,
    pub(super) now: i64,
    first: i64,
    last: i64,
}

impl<'a> Batch<'a> {
    /// About so many rows after the import's cursor, if any are left. Rows that share a position are never
    /// cut apart, which may make them more.
    pub(super) async fn next(
        on: &'a DatabaseTransaction,
        import: &'a Import,
        rows: usize,
        now: i64,
    ) -> StoreResult<Option<Self>> {
        let first = import.cursor + 1;
        let sql = format!(
            "SELECT MAX(position) FROM (SELECT position FROM changes \
             WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 AND position >= $4 AND {} \
             ORDER BY position LIMIT {rows}) AS next",
            wanted(import)
        );
        let key = [plan_key(import), vec![first.into()]].concat();
        let last = sql::number(on, &sql, key).await?;
        Ok(last.map(|last| Self { on, import, now, first, last }))
    }

    /// The position up to which the batch goes.
    pub(super) fn last(&self) -> i64 {
        self.last
    }

    /// The values that every statement begins with: programme, import, try, first and last position.
    pub(super) fn key(&self) -> Vec<sea_orm::Value> {
        [plan_key(self.import), vec![self.first.into(), self.last.into()]].concat()
    }

    /// The condition that goes with [`Batch::key`]: rows of this batch that are to be applied.
    pub(super) fn rows(&self, alias: &str) -> String {
        format!(
            "{alias}.programme_id = $1 AND {alias}.import_id = $2 AND {alias}.try_number = $3 \
             AND {alias}.position BETWEEN $4 AND $5 AND {alias}.{} AND NOT {alias}.skipped",
            wanted(self.import)
        )
    }

    pub(super) async fn run(&self, sql: &str, more: Vec<sea_orm::Value>) -> StoreResult<u64> {
        sql::run(self.on, sql, [self.key(), more].concat()).await
    }

    /// People whose row was passed over are told of, like everybody else with a problem.
    pub(super) async fn report_skipped(&self) -> StoreResult<()> {
        let sql = format!(
            "INSERT INTO problems (programme_id, import_id, try_number, number, row_number, member_id, employee_id, \
             name, code, severity) \
             SELECT c.programme_id, c.import_id, c.try_number, {SKIPPED_FROM} + c.row_number, c.row_number, \
             CASE c.kind WHEN 'join' THEN NULL ELSE c.member_id END, c.employee_id, c.name, \
             'changed-meanwhile', 'warning' FROM changes c \
             WHERE c.programme_id = $1 AND c.import_id = $2 AND c.try_number = $3 \
             AND c.position BETWEEN $4 AND $5 AND c.{} AND c.skipped AND c.kind <> 'refresh'",
            wanted(self.import)
        );
        self.run(&sql, vec![]).await?;
        Ok(())
    }

    /// Moves the import's cursor behind the batch, and tells how many rows it held. How far that is for people
    /// is noted elsewhere, outside the transaction.
    pub(super) async fn advance(&self) -> StoreResult<u64> {
        let count = format!(
            "SELECT COUNT(*) FROM changes WHERE programme_id = $1 AND import_id = $2 AND try_number = $3 \
             AND position BETWEEN $4 AND $5 AND {}",
            wanted(self.import)
        );
        let rows = sql::number(self.on, &count, self.key()).await?.unwrap_or_default();
        let sql = "UPDATE imports SET cursor = $3 WHERE programme_id = $1 AND id = $2";
        let (programme, import) = (self.import.programme_id.into(), self.import.id.into());
        sql::run(self.on, sql, vec![programme, import, self.last.into()]).await?;
        Ok(u64::try_from(rows).unwrap_or_default())
    }
}
