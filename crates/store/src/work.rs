//! Leases: one import at a time for each integration (R39), whichever process runs it.
//!
//! Times are the database's, so that the clocks of two machines need not agree.

use std::time::Duration;

use domain::ids::{ImportId, IntegrationId, ProgrammeId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::{Import, Store, StoreError, StoreResult, sql};

/// How often the owner of a lease says that it is alive.
pub const HEARTBEAT: Duration = Duration::from_secs(2);

/// After how long without a heartbeat the work may be taken over.
pub const LEASE: Duration = Duration::from_secs(10);

/// After how many owners in a row who were not heard of any more, without the work having moved on, something is wrong
/// with the work itself: whoever takes it up may go the same way.
pub const OWNERS: i64 = 5;

/// How long such work rests before somebody takes it up again by themselves.
pub const REST: Duration = Duration::from_mins(10);

/// How old a heartbeat may be for its owner to begin something without another: nobody takes the work over for a while.
const FRESH: Duration = Duration::from_secs(5);

/// An import that may be begun, or gone on with, by whoever has a hand for it. Those of a suspended programme wait, unless
/// they have begun to apply (R30).
const WAITS: &str = "i.state IN ('queued', 'reading', 'planning', 'applying') \
                     AND (i.state = 'applying' OR NOT EXISTS (SELECT 1 FROM programmes p WHERE p.id = i.programme_id \
                     AND p.suspended_at IS NOT NULL))";

/// The right to do one piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The programme.
    pub programme: ProgrammeId,
    /// What is worked on, such as `import:` and an integration's number.
    pub kind: String,
    /// Tells this owner from every other.
    pub token: Uuid,
    /// How many owners before this one were not heard of any more, since the work last moved on or was given up.
    pub takeovers: i64,
}

impl Lease {
    /// Whether it seems to be the work itself that ends its owners.
    pub fn is_of_no_avail(&self) -> bool {
        self.takeovers >= OWNERS
    }
}

/// Somebody's lease, as others see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Held {
    /// Whose it is.
    pub lease: Uuid,
    /// When its owner last said so, in microseconds of UTC.
    pub heartbeat: i64,
}

/// What the lease of an integration's imports is called.
pub fn of_imports(integration: IntegrationId) -> String {
    format!("import:{}", integration.0)
}

impl Store {
    /// Takes the work, unless somebody has it whose heartbeat is younger than [`LEASE`]. That it is taken over is counted
    /// in the same statement: a fault that ends the whole process counts like any other.
    pub async fn claim_work(&self, programme: ProgrammeId, kind: &str, token: Uuid) -> StoreResult<Option<Lease>> {
        self.claim(programme, kind, (None, None), token).await
    }

    /// Takes the work on an integration's imports, of which one runs at a time (R39).
    pub async fn claim_imports(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
        token: Uuid,
    ) -> StoreResult<Option<Lease>> {
        self.claim(programme, &of_imports(integration), (Some(integration), None), token).await
    }

    /// The same for an import that was found to wait a while ago; none also where it waits no longer.
    pub async fn claim_import(&self, import: &Import, token: Uuid) -> StoreResult<Option<Lease>> {
        let integration = IntegrationId(import.integration_id);
        let of = (Some(integration), Some(import.number()));
        self.claim(import.programme(), &of_imports(integration), of, token).await
    }

    async fn claim(
        &self,
        programme: ProgrammeId,
        kind: &str,
        (integration, import): (Option<IntegrationId>, Option<ImportId>),
        token: Uuid,
    ) -> StoreResult<Option<Lease>> {
        let now = sql::now(self.backend());
        let condition = if import.is_some() {
            format!("EXISTS (SELECT 1 FROM imports i WHERE i.programme_id = $1 AND i.id = $6 AND {WAITS})")
        } else {
            "TRUE".to_owned()
        };
        let sql = format!(
            "INSERT INTO work (programme_id, kind, lease, heartbeat, integration_id) \
             SELECT $1, $2, $3, {now}, $5 WHERE {condition} \
             ON CONFLICT (programme_id, kind) DO UPDATE SET lease = excluded.lease, heartbeat = excluded.heartbeat, \
             integration_id = excluded.integration_id, takeovers = work.takeovers + 1 \
             WHERE work.heartbeat <= excluded.heartbeat - $4 RETURNING takeovers"
        );
        let integration = integration.map(|integration| integration.0);
        let mut values: Vec<Value> =
            vec![programme.0.into(), kind.into(), token.into(), patience().into(), integration.into()];
        values.extend(import.map(|import| Value::from(import.0)));
        let takeovers = sql::number(&self.write, &sql, values).await?;
        Ok(takeovers.map(|takeovers| Lease { programme, kind: kind.to_owned(), token, takeovers }))
    }

    /// Imports of any programme that nobody works on, the oldest first and at most so many; with `idle` only of
    /// programmes of which no import is worked on anywhere. `largest` leaves those out that have more people, or of
    /// which nobody knows how many. Those of a suspended programme wait, and one that has ended its owners again and again
    /// waits for [`REST`].
    pub async fn imports_to_take_up(&self, idle: bool, largest: Option<i64>, most: u64) -> StoreResult<Vec<Import>> {
        let now = sql::now(self.backend());
        let of = if idle { "w.integration_id IS NOT NULL" } else { "w.integration_id = i.integration_id" };
        let small = if largest.is_some() { "AND i.progress_total BETWEEN 1 AND $3" } else { "" };
        let sql = format!(
            "SELECT i.* FROM imports i WHERE {WAITS} {small} \
             AND NOT EXISTS (SELECT 1 FROM work w WHERE w.programme_id = i.programme_id AND {of} \
             AND w.heartbeat > {now} - CASE WHEN w.takeovers < {OWNERS} THEN $1 ELSE {REST} END) ORDER BY i.id LIMIT $2",
            REST = REST.as_micros()
        );
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut values: Vec<Value> = vec![patience().into(), most.into()];
        values.extend(largest.map(Value::from));
        sql::all(&self.write, &sql, values).await
    }

    /// Who has the work now, if anybody.
    pub async fn work(&self, programme: ProgrammeId, kind: &str) -> StoreResult<Option<Held>> {
        let sql = "SELECT lease, heartbeat FROM work WHERE programme_id = $1 AND kind = $2";
        Ok(sql::all(&self.write, sql, vec![programme.0.into(), kind.into()]).await?.pop())
    }

    /// Says that the owner is alive.
    pub async fn renew_work(&self, lease: &Lease) -> StoreResult<()> {
        renew(&self.write, lease).await
    }

    /// Gives the work up.
    pub async fn release_work(&self, lease: &Lease) -> StoreResult<()> {
        let sql = "DELETE FROM work WHERE programme_id = $1 AND kind = $2 AND lease = $3";
        sql::run(&self.write, sql, of(lease)).await?;
        Ok(())
    }

    /// Runs one statement that ends with its conditions, for whoever has the lease.
    pub(crate) async fn run_under(&self, lease: &Lease, sql: &str, mut values: Vec<Value>) -> StoreResult<()> {
        if !self.is_shared() {
            let transaction = self.begin().await?;
            renew(&transaction, lease).await?;
            sql::run(&transaction, sql, values).await?;
            return Ok(transaction.commit().await?);
        }
        let held = held(&self.write, lease, false, &mut values);
        let rows = sql::run(&self.write, &format!("WITH {held} {sql} AND EXISTS (SELECT 1 FROM held)"), values).await?;
        // Was there nothing to write, or no lease?
        if rows == 0 { renew(&self.write, lease).await } else { Ok(()) }
    }
}

/// The first statement of every batch: an owner that was only slow finds out here that the work
/// is somebody else's by now, and writes nothing.
pub(crate) async fn renew<C: ConnectionTrait>(on: &C, lease: &Lease) -> StoreResult<()> {
    hold_on(on, lease, false).await
}

/// The same, where the work moves on with this transaction for good.
pub(crate) async fn renew_and_move_on<C: ConnectionTrait>(on: &C, lease: &Lease) -> StoreResult<()> {
    hold_on(on, lease, true).await
}

/// The one or the other.
pub(crate) async fn hold_on<C: ConnectionTrait>(on: &C, lease: &Lease, moves_on: bool) -> StoreResult<()> {
    if sql::run(on, &holding_on(on, moves_on, 1), of(lease)).await? == 0 { Err(StoreError::LeaseLost) } else { Ok(()) }
}

/// A part of a statement of PostgreSQL that renews the lease: `held` has a row where it is held.
pub(crate) fn held<C: ConnectionTrait>(on: &C, lease: &Lease, moves_on: bool, values: &mut Vec<Value>) -> String {
    let holding_on = holding_on(on, moves_on, values.len() + 1);
    values.extend(of(lease));
    format!("held AS ({holding_on} RETURNING 1)")
}

/// The statement that renews a lease; the values of [`of`] are its parameters from the `first` on.
fn holding_on<C: ConnectionTrait>(on: &C, moves_on: bool, first: usize) -> String {
    let now = sql::now(on.get_database_backend());
    let more = if moves_on { ", takeovers = 0" } else { "" };
    let (kind, lease) = (first + 1, first + 2);
    format!(
        "UPDATE work SET heartbeat = {now}{more} WHERE programme_id = ${first} AND kind = ${kind} AND lease = ${lease}"
    )
}

/// [`LEASE`] in microseconds.
pub(crate) fn patience() -> i64 {
    micros(LEASE)
}

/// [`FRESH`] in microseconds.
pub(crate) fn fresh() -> i64 {
    micros(FRESH)
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

fn of(lease: &Lease) -> Vec<Value> {
    vec![lease.programme.0.into(), lease.kind.as_str().into(), lease.token.into()]
}
