//! What waits for an administrator.

use domain::ids::ProgrammeId;

use crate::{Store, StoreResult, sql};

impl Store {
    /// How many things wait: imports on hold, and integrations whose credentials are refused.
    pub async fn waiting(&self, programme: ProgrammeId) -> StoreResult<u64> {
        let sql = "SELECT (SELECT count(*) FROM imports WHERE programme_id = $1 AND state = 'on-hold') \
                   + (SELECT count(*) FROM integrations WHERE programme_id = $1 AND state = 'reconnect-needed')";
        let count = sql::number(&self.read, sql, vec![programme.0.into()]).await?;
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
    }
}
