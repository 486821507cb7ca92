//! Checks of credentials that run or have come to an end, so that whichever node is asked can tell.

use std::time::Duration;

use domain::ids::{IntegrationId, ProgrammeId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Store, StoreResult, sql};

/// How often whoever makes a check says so.
pub const HEARTBEAT: Duration = Duration::from_secs(3);

/// After how long without a word a check has broken off, in microseconds.
const BROKEN_OFF: i64 = 15_000_000;

/// The newest check of an integration's credentials.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Check {
    /// The client ID that is tried.
    pub client_id: String,
    /// What came of it; none while it runs.
    pub outcome: Option<String>,
    /// Whether it has neither ended nor been heard of: whoever made it is gone.
    pub is_broken_off: bool,
}

impl Store {
    /// Notes that a check begins; what was known of an earlier one is forgotten.
    pub async fn begin_check(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
        number: Uuid,
        client_id: &str,
    ) -> StoreResult<()> {
        let now = sql::now(self.backend());
        let sql = format!(
            "INSERT INTO credential_checks (programme_id, integration_id, number, client_id, outcome, heartbeat) \
             VALUES ($1, $2, $3, $4, NULL, {now}) ON CONFLICT (programme_id, integration_id) DO UPDATE SET \
             number = excluded.number, client_id = excluded.client_id, outcome = NULL, heartbeat = excluded.heartbeat"
        );
        let values = vec![programme.0.into(), integration.0.into(), number.into(), client_id.into()];
        sql::run(&self.write, &sql, values).await?;
        Ok(())
    }

    /// Says that a check goes on; `false` when there is a newer one.
    pub async fn keep_check(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
        number: Uuid,
    ) -> StoreResult<bool> {
        let now = sql::now(self.backend());
        let sql = format!(
            "UPDATE credential_checks SET heartbeat = {now} WHERE programme_id = $1 AND integration_id = $2 \
             AND number = $3"
        );
        let values = vec![programme.0.into(), integration.0.into(), number.into()];
        Ok(sql::run(&self.write, &sql, values).await? > 0)
    }

    /// Notes what came of a check, unless there is a newer one.
    pub async fn end_check(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
        number: Uuid,
        outcome: &str,
    ) -> StoreResult<()> {
        let sql = "UPDATE credential_checks SET outcome = $4 WHERE programme_id = $1 AND integration_id = $2 \
                   AND number = $3";
        let values = vec![programme.0.into(), integration.0.into(), number.into(), outcome.into()];
        sql::run(&self.write, sql, values).await?;
        Ok(())
    }

    /// The newest check of the integration's credentials.
    pub async fn check(&self, programme: ProgrammeId, integration: IntegrationId) -> StoreResult<Option<Check>> {
        let sql = format!(
            "SELECT client_id, outcome, outcome IS NULL AND heartbeat < {} - {BROKEN_OFF} AS is_broken_off \
             FROM credential_checks WHERE programme_id = $1 AND integration_id = $2",
            sql::now(self.backend())
        );
        Ok(sql::all(&self.write, &sql, vec![programme.0.into(), integration.0.into()]).await?.pop())
    }

    /// Forgets the check: the credentials are others now, or gone.
    pub async fn forget_check(&self, programme: ProgrammeId, integration: IntegrationId) -> StoreResult<()> {
        let sql = "DELETE FROM credential_checks WHERE programme_id = $1 AND integration_id = $2";
        sql::run(&self.write, sql, vec![programme.0.into(), integration.0.into()]).await?;
        Ok(())
    }
}
