//! What the guard measures a plan against.

use domain::{
    ids::{IntegrationId, ProgrammeId},
    member,
    plan::Counts,
};
use sea_orm::FromQueryResult;

use crate::{
    Store, StoreError, StoreResult, sql,
    tallies::{self, Counted},
};

/// Where an integration stood before a plan was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// How many of its members have an open account.
    pub members: u64,
    /// How many became leavers since some time by imports that nobody approved, and still are (R41).
    pub leavers: u64,
    /// How many people its last completed import read.
    pub last_read: Option<u64>,
    /// Whether one of its imports waits for an answer.
    pub has_held: bool,
}

#[derive(FromQueryResult)]
struct Row {
    members: i64,
    leavers: i64,
    last_counts: Option<String>,
    has_held: bool,
}

impl Store {
    /// Where the integration stands; leavers are counted from `since` on, in microseconds of UTC.
    pub async fn measure(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
        since: i64,
    ) -> StoreResult<Measure> {
        let current = member::State::ALL.into_iter().filter(|state| state.is_current());
        let current = current.map(|state| format!("'{state}'")).collect::<Vec<_>>().join(", ");
        let members = tallies::number(
            Counted::Members,
            "$1",
            &format!(" AND tallies.integration_id = $2 AND tallies.state IN ({current})"),
        );
        // SQLite keeps to the order and the index, and so looks at those who left by one of these imports, not at everybody.
        let by = if self.is_shared() { "" } else { " INDEXED BY members_by_left_import" };
        let sql = format!(
            "SELECT {members} AS members, \
             (SELECT COUNT(*) FROM imports i CROSS JOIN members m{by} \
             WHERE i.programme_id = $1 AND i.integration_id = $2 AND i.approved IS NULL \
             AND m.programme_id = i.programme_id AND m.left_import_id = i.id \
             AND m.integration_id = i.integration_id AND m.state = 'leaver' AND m.left_at >= $3) AS leavers, \
             (SELECT counts FROM imports WHERE programme_id = $1 AND integration_id = $2 AND purpose = 'apply' \
             AND state = 'completed' ORDER BY id DESC LIMIT 1) AS last_counts, \
             EXISTS (SELECT 1 FROM imports WHERE programme_id = $1 AND integration_id = $2 AND purpose = 'apply' \
             AND state = 'on-hold') AS has_held"
        );
        let values = vec![programme.0.into(), integration.0.into(), since.into()];
        let row = sql::all::<Row, _>(&self.write, &sql, values).await?.pop();
        let Row { members, leavers, last_counts, has_held } =
            row.ok_or_else(|| StoreError::row("a query without a condition gave no row"))?;
        let whole = |number: i64| u64::try_from(number).unwrap_or_default();
        let counts = last_counts.map(|counts| serde_json::from_str::<Counts>(&counts)).transpose();
        Ok(Measure {
            members: whole(members),
            leavers: whole(leavers),
            last_read: counts.map_err(StoreError::row)?.map(|counts| counts.read),
            has_held,
        })
    }
}
