//! What an import has to look at besides its own members: mostly there is nothing, and one look tells so.

use domain::ids::{IntegrationId, ProgrammeId};
use sea_orm::FromQueryResult;

use crate::{Store, StoreError, StoreResult, sql};

/// Whether there is any of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Besides {
    /// Members that the integration does not look after (R16).
    pub foreign: bool,
    /// Answers to "same person or someone else?" (R18).
    pub decisions: bool,
    /// People who are kept out (R24), or of whose closed account something stays (R61).
    pub kept_out: bool,
}

impl Store {
    /// What there is in the programme besides the integration's own members.
    pub async fn besides(&self, programme: ProgrammeId, integration: IntegrationId) -> StoreResult<Besides> {
        let sql = "SELECT EXISTS (SELECT 1 FROM tallies WHERE programme_id = $1 AND kind = 'member' \
                   AND integration_id <> $2 GROUP BY integration_id, state HAVING SUM(number) > 0) AS \"foreign\", \
                   EXISTS (SELECT 1 FROM decisions WHERE programme_id = $1 AND integration_id = $2) AS decisions, \
                   EXISTS (SELECT 1 FROM exclusions WHERE programme_id = $1) \
                   OR EXISTS (SELECT 1 FROM traces WHERE programme_id = $1) AS kept_out";
        let found = sql::all(&self.read, sql, vec![programme.0.into(), integration.0.into()]).await?.pop();
        found.ok_or_else(|| StoreError::row("a query without a condition gave no row"))
    }
}
