//! Requests that are asked twice and done once.

use domain::ids::{ProgrammeId, TokenId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    Import, Store, StoreResult,
    imports::{Started, add_unless_running},
    sql,
};

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

/// A request that is to be done once.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The token that it came with.
    pub token: TokenId,
    /// What the program calls it.
    pub key: &'a str,
    /// What was asked, as a print.
    pub print: &'a str,
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

    /// Notes a new import as [`Store::add_import_unless_running`] does, and remembers for a day that this
    /// request started it: both or neither.
    pub async fn add_import_once(&self, import: &Import, wish: Wish<'_>) -> StoreResult<Started> {
        let transaction = self.begin().await?;
        let started = add_unless_running(&transaction, import).await?;
        if started == Started::Begun {
            let (programme, now) = (import.programme_id, import.created_at);
            // What has been forgotten makes room for the same key, and the table stays small.
            let sql = "DELETE FROM idempotency WHERE programme_id = $1 AND created_at <= $2";
            sql::run(&transaction, sql, vec![programme.into(), (now - REMEMBERED).into()]).await?;
            let sql = "INSERT INTO idempotency (programme_id, token_id, key, request_print, import_id, created_at) \
                       VALUES ($1, $2, $3, $4, $5, $6)";
            let what = vec![wish.key.into(), wish.print.into(), import.id.into(), now.into()];
            sql::run(&transaction, sql, [vec![programme.into(), wish.token.0.into()], what].concat()).await?;
            transaction.commit().await?;
        }
        Ok(started)
    }
}
