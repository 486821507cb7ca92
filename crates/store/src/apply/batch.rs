//! One batch: which rows it holds, and what is noted when they are done.

use sea_orm::{DatabaseTransaction, FromQueryResult};

use super::{plan_key, wanted};
use crate::{Import, StoreResult, sql};

/// Problem numbers of rows that were passed over begin here, beyond those of the plan itself.
const SKIPPED_FROM: i64 = 1 << 50;

pub(super) struct Batch<'a> {
    pub(super) on: &'a DatabaseTransaction,
    pub(super) import: &'a Import,
    pub(super) now: i64,
    pub(super) held: Held,
    first: i64,
    last: i64,
    /// How many rows were asked for.
    asked: u64,
}

/// What a batch holds: most batches are of one kind, and what there is none of costs no statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    /// All rows.
    pub(super) rows: u64,
    /// Rows that make an account.
    pub(super) joins: u64,
    /// Those of them that come with an invitation.
    pub(super) invited: u64,
    /// Rows that open an account again.
    pub(super) rejoins: u64,
    /// Rows that change what somebody is told by, or end their access: an open invitation or link may die (R11, R37).
    pub(super) closing: u64,
    /// Rows that free the address of a former member.
    pub(super) freeing: u64,
}

impl Held {
    /// Rows about members.
    pub(super) fn others(&self) -> u64 {
        self.rows - self.joins
    }
}

#[derive(FromQueryResult)]
struct Counted {
    last: Option<i64>,
    number: i64,
    joins: i64,
    invited: i64,
    rejoins: i64,
    closing: i64,
    freeing: i64,
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
        let wanted = wanted(import);
        let of_plan = "FROM changes WHERE programme_id = $1 AND import_id = $2 AND try_number = $3";
        let counted = |condition: &str| format!("COALESCE(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END), 0)");
        let sql = format!(
            "SELECT MAX(position) AS last, COUNT(*) AS number, {} AS joins, {} AS invited, {} AS rejoins, {} AS closing, \
             {} AS freeing {of_plan} AND {wanted} AND position >= $4 AND position <= (SELECT MAX(position) FROM \
             (SELECT position {of_plan} AND position >= $4 AND {wanted} ORDER BY position LIMIT {rows}) AS next)",
            counted("kind = 'join'"),
            counted("kind = 'join' AND mail_id IS NOT NULL"),
            counted("kind = 'rejoin'"),
            counted("kind IN ('update', 'rejoin', 'leave')"),
            counted("frees IS NOT NULL"),
        );
        let key = [plan_key(import), vec![first.into()]].concat();
        let Some(Counted { last: Some(last), number, joins, invited, rejoins, closing, freeing }) =
            sql::all::<Counted, _>(on, &sql, key).await?.pop()
        else {
            return Ok(None);
        };
        let [all, joins, invited, rejoins, closing, freeing] =
            [number, joins, invited, rejoins, closing, freeing].map(|number| u64::try_from(number).unwrap_or_default());
        let held = Held { rows: all, joins, invited, rejoins, closing, freeing };
        let asked = u64::try_from(rows).unwrap_or(u64::MAX);
        Ok(Some(Self { on, import, now, held, first, last, asked }))
    }

    /// Whether fewer rows were left than were asked for.
    pub(super) fn is_last(&self) -> bool {
        self.held.rows < self.asked
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

    /// Moves the import's cursor behind the batch. How far that is for people is noted elsewhere, outside the
    /// transaction.
    pub(super) async fn advance(&self) -> StoreResult<()> {
        let sql = "UPDATE imports SET cursor = $3 WHERE programme_id = $1 AND id = $2";
        let (programme, import) = (self.import.programme_id.into(), self.import.id.into());
        sql::run(self.on, sql, vec![programme, import, self.last.into()]).await?;
        Ok(())
    }
}
