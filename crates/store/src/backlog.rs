//! How much waits in the whole database, and since when: for whoever watches over an installation.
//!
//! Numbers alone. Each is one query, over indexes where tables grow; the history is never walked over.

use sea_orm::FromQueryResult;

use crate::{Store, StoreResult, sql};

/// How many there are of something, and the oldest of it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Heap {
    /// What is counted: a state, where there are several.
    pub name: String,
    /// How many.
    pub number: i64,
    /// Since when the oldest is there, in microseconds of UTC; none where there are none.
    pub oldest: Option<i64>,
}

/// Everything that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlog {
    /// Integrations by state; their age is not told.
    pub integrations: Vec<Heap>,
    /// Imports that are not over, by state, since they came to it.
    pub imports: Vec<Heap>,
    /// Scheduled imports whose time has come and that have not begun.
    pub due: Heap,
    /// Mails that are due.
    pub mails: Heap,
    /// Events that are due.
    pub events: Heap,
    /// Leases, since their heartbeat, by the database's clock.
    pub leases: Heap,
    /// What time it is for the database, in microseconds of UTC.
    pub database_time: i64,
}

impl Store {
    /// Everything that waits at this time, in microseconds of UTC.
    pub async fn backlog(&self, now: i64) -> StoreResult<Backlog> {
        let integrations =
            "SELECT state AS name, count(*) AS number, CAST(NULL AS BIGINT) AS oldest FROM integrations GROUP BY state";
        let imports = "SELECT i.state AS name, count(*) AS number, min(i.stage_since) AS oldest FROM integrations g \
                       JOIN imports i ON i.programme_id = g.programme_id AND i.integration_id = g.id \
                       AND i.state IN ('queued', 'reading', 'planning', 'on-hold', 'applying') GROUP BY i.state";
        let due = "SELECT 'due' AS name, count(*) AS number, min(i.due_at) AS oldest FROM programmes p \
                   JOIN integrations i ON i.programme_id = p.id AND i.due_at <= $1 WHERE p.suspended_at IS NULL";
        let mails = "SELECT 'due' AS name, count(*) AS number, min(o.due_at) AS oldest FROM programmes p \
                     JOIN outbox o ON o.programme_id = p.id AND o.state = 'pending' AND o.due_at <= $1 \
                     WHERE p.suspended_at IS NULL";
        let events = "SELECT 'due' AS name, count(*) AS number, min(e.due_at) AS oldest FROM programmes p \
                      JOIN subscriptions s ON s.programme_id = p.id AND s.state = 'active' \
                      JOIN event_deliveries e ON e.programme_id = s.programme_id AND e.subscription_id = s.id \
                      AND e.state = 'pending' AND e.due_at <= $1 WHERE p.suspended_at IS NULL";
        let leases = "SELECT 'held' AS name, count(*) AS number, min(heartbeat) AS oldest FROM work";
        Ok(Backlog {
            integrations: sql::all(&self.read, integrations, vec![]).await?,
            imports: sql::all(&self.read, imports, vec![]).await?,
            due: one(sql::all(&self.read, due, vec![now.into()]).await?),
            mails: one(sql::all(&self.read, mails, vec![now.into()]).await?),
            events: one(sql::all(&self.read, events, vec![now.into()]).await?),
            leases: one(sql::all(&self.read, leases, vec![]).await?),
            database_time: sql::database_time(&self.read).await?,
        })
    }
}

/// The one row that a query without groups gives.
fn one(mut heaps: Vec<Heap>) -> Heap {
    heaps.pop().unwrap_or(Heap { name: String::new(), number: 0, oldest: None })
}
