//! Requests that are asked twice and done once.

use domain::ids::{ImportId, ProgrammeId, TokenId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Store, StoreResult, sql};

/// How long a request is remembered, in microseconds.
const REMEMBERED: i64 = 24 * 3_600 * 1_000_000;

/// A request that was done.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Remembered {
    /// What was asked, as a print.
    pub request_print: String,
    /// The import that it started.
    pub import_id: Uuid,
}

impl Store {
    /// What was done when this was asked before, within the last day.
    pub async fn remembered(
        &self,
        programme: ProgrammeId,
        token: TokenId,
        key: &str,
        now: i64,
    ) -> StoreResult<Option<Remembered>> {
        let sql = "SELECT request_print, import_id FROM idempotency WHERE programme_id = $1 AND token_id = $2 \
                   AND key = $3 AND created_at > $4";
        let values = vec![programme.0.into(), token.0.into(), key.into(), (now - REMEMBERED).into()];
        Ok(sql::all(&self.write, sql, values).await?.pop())
    }

    /// Remembers for a day what was done when this was asked. What was remembered first stays.
    pub async fn remember(
        &self,
        programme: ProgrammeId,
        token: TokenId,
        key: &str,
        print: &str,
        import: ImportId,
        now: i64,
    ) -> StoreResult<()> {
        let sql = "DELETE FROM idempotency WHERE programme_id = $1 AND created_at <= $2";
        sql::run(&self.write, sql, vec![programme.0.into(), (now - REMEMBERED).into()]).await?;
        let sql = "INSERT INTO idempotency (programme_id, token_id, key, request_print, import_id, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (programme_id, token_id, key) DO NOTHING";
        let values = vec![programme.0.into(), token.0.into(), key.into(), print.into(), import.0.into(), now.into()];
        sql::run(&self.write, sql, values).await?;
        Ok(())
    }
}
