//! The fingerprint of a plan: what an approval is bound to (R46).

use domain::plan::Kind;
use futures::TryStreamExt;
use store::{StoreResult, plan::Plan};

/// The fingerprints of the whole plan, and of the set of leavers in it.
pub(crate) async fn of(plan: &Plan<'_>) -> StoreResult<(String, String)> {
    let mut whole = blake3::Hasher::new();
    let mut rows = std::pin::pin!(plan.essence(None).await?);
    while let Some(row) = rows.try_next().await? {
        let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let parts = [
            row.kind,
            row.employee_id.unwrap_or_default(),
            id(row.member_id),
            row.version.to_string(),
            row.reason.unwrap_or_default(),
            row.after,
            id(row.frees),
        ];
        for part in parts {
            whole.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
    }
    let mut leavers = blake3::Hasher::new();
    let mut rows = std::pin::pin!(plan.essence(Some(Kind::Leave)).await?);
    while let Some(row) = rows.try_next().await? {
        leavers.update(row.member_id.unwrap_or_default().as_bytes());
    }
    Ok((whole.finalize().to_hex().to_string(), leavers.finalize().to_hex().to_string()))
}
