//! How much waits in the whole database, and since when: for whoever watches over an installation.
//!
//! Numbers alone. Each is one query, over indexes where tables grow; the history is never walked over.

use sea_orm::FromQueryResult;

use crate::{Store, StoreResult, sql, work};

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

impl Heap {
    /// When the oldest came, if that was before this instant, both in microseconds of UTC.
    pub fn waits_since_before(&self, then: i64) -> Option<i64> {
        self.oldest.filter(|oldest| *oldest < then)
    }
}

/// Everything that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlog {
    /// Integrations by state; their age is not told.
    pub integrations: Vec<Heap>,
    /// Imports that are not over, by state, since they came to it.
    pub imports: Vec<Heap>,
    /// Imports that somebody should be working on and nobody is, since they came to their state.
    pub idle: Heap,
    /// Scheduled imports whose time has come and that have not begun.
    pub due: Heap,
    /// Mails that are due.
    pub mails: Heap,
    /// Events that are due.
    pub events: Heap,
    /// Leases, since their heartbeat, by the database's clock.
    pub leases: Heap,
    /// Whether it is a restored installation that nobody has released yet.
    pub is_held: bool,
    /// What time it is for the database, in microseconds of UTC.
    pub database_time: i64,
}

impl Backlog {
    /// Of imports or integrations, those in this state.
    pub fn in_state(heaps: &[Heap], state: &str) -> Heap {
        let found = heaps.iter().find(|heap| heap.name == state).cloned();
        found.unwrap_or(Heap { name: state.to_owned(), number: 0, oldest: None })
    }
}

impl Store {
    /// Everything that waits at this time, in microseconds of UTC.
    pub async fn backlog(&self, now: i64) -> StoreResult<Backlog> {
        let integrations =
            "SELECT state AS name, count(*) AS number, CAST(NULL AS BIGINT) AS oldest FROM integrations GROUP BY state";
        let imports = "SELECT i.state AS name, count(*) AS number, min(i.stage_since) AS oldest FROM integrations g \
                       JOIN imports i ON i.programme_id = g.programme_id AND i.integration_id = g.id \
                       AND i.state IN ('queued', 'reading', 'planning', 'on-hold', 'applying') GROUP BY i.state";
        let idle = format!(
            "SELECT 'idle' AS name, count(*) AS number, min(i.stage_since) AS oldest FROM imports i \
             JOIN programmes p ON p.id = i.programme_id \
             WHERE i.state IN ('queued', 'reading', 'planning', 'applying') \
             AND (p.suspended_at IS NULL OR i.state = 'applying') \
             AND NOT EXISTS (SELECT 1 FROM work w WHERE w.programme_id = i.programme_id \
             AND w.integration_id = i.integration_id AND w.heartbeat > {} - $1)",
            sql::now(self.backend())
        );
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
            idle: one(sql::all(&self.read, &idle, vec![work::patience().into()]).await?),
            due: one(sql::all(&self.read, due, vec![now.into()]).await?),
            mails: one(sql::all(&self.read, mails, vec![now.into()]).await?),
            events: one(sql::all(&self.read, events, vec![now.into()]).await?),
            leases: one(sql::all(&self.read, leases, vec![]).await?),
            is_held: self.held().await?.is_some(),
            database_time: sql::database_time(&self.read).await?,
        })
    }
}

/// The one row that a query without groups gives.
fn one(mut heaps: Vec<Heap>) -> Heap {
    heaps.pop().unwrap_or(Heap { name: String::new(), number: 0, oldest: None })
}
