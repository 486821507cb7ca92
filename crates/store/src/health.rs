//! Whether the database is in order, and what in it has waited longer than it should.

use sea_orm::FromQueryResult;

use crate::{Address, Store, StoreResult, presence::Use, sql, work::LEASE};

/// What waits longer than it should, over all programmes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromQueryResult)]
pub struct Overdue {
    /// Imports that somebody should be working on, that began before the instant asked for and have no lease that
    /// is alive.
    pub idle_imports: i64,
    /// Imports that wait for an administrator's answer.
    pub on_hold: i64,
    /// When the first of those was put on hold, in microseconds of UTC.
    pub held_since: Option<i64>,
    /// Mails that were due before the instant asked for.
    pub late_mails: i64,
    /// When the first of those was due, in microseconds of UTC.
    pub late_since: Option<i64>,
    /// Integrations whose credentials the source refuses.
    pub reconnect_needed: i64,
    /// Integrations whose schedule stands still.
    pub paused: i64,
}

impl Store {
    /// Opens the database as it is: nothing is made or brought up to date. For looking whether it is in order.
    pub async fn open_as_it_is(address: &Address) -> StoreResult<Self> {
        Self::connect(address, Use::Shared).await
    }

    /// Writes something and takes it back: whether the database can be written at all.
    pub async fn check_writable(&self) -> StoreResult<()> {
        let transaction = self.begin().await?;
        let sql = "INSERT INTO attempts (key_hash, failures, last_at, blocked_until) VALUES ('doctor', 0, 0, 0) \
                   ON CONFLICT (key_hash) DO NOTHING";
        sql::run(&transaction, sql, vec![]).await?;
        Ok(transaction.rollback().await?)
    }

    /// What waits longer than it should, over all programmes; `before` is an instant in microseconds of UTC.
    pub async fn overdue(&self, before: i64) -> StoreResult<Overdue> {
        let now = sql::now(self.backend());
        let sql = format!(
            "SELECT (SELECT COUNT(*) FROM imports i WHERE i.state IN ('queued', 'reading', 'planning', 'applying') \
                 AND i.stage_since < $1 AND NOT EXISTS (SELECT 1 FROM work w WHERE w.programme_id = i.programme_id \
                 AND w.kind LIKE 'import:%' AND w.heartbeat > {now} - $2)) AS idle_imports, \
             (SELECT COUNT(*) FROM imports WHERE state = 'on-hold') AS on_hold, \
             (SELECT MIN(held_at) FROM imports WHERE state = 'on-hold') AS held_since, \
             (SELECT COUNT(*) FROM outbox WHERE state = 'pending' AND due_at < $1) AS late_mails, \
             (SELECT MIN(due_at) FROM outbox WHERE state = 'pending' AND due_at < $1) AS late_since, \
             (SELECT COUNT(*) FROM integrations WHERE state = 'reconnect-needed') AS reconnect_needed, \
             (SELECT COUNT(*) FROM integrations WHERE state = 'paused') AS paused"
        );
        let lease = i64::try_from(LEASE.as_micros()).unwrap_or(i64::MAX);
        let found = sql::all(&self.read, &sql, vec![before.into(), lease.into()]).await?.pop();
        Ok(found.unwrap_or_default())
    }
}
