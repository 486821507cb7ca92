//! Attempts at guessing: counted before each, so that a hundred at the same moment are a hundred.

use crate::{Store, StoreResult, sql};

/// How many failures are borne, and how long the waits after more of them are. Times in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// From so many failures on there is a wait, which doubles with each.
    pub failures: i32,
    /// The first wait.
    pub wait: i64,
    /// How often it doubles at most.
    pub doublings: i32,
    /// After so long without a failure all are forgotten.
    pub forgotten_after: i64,
}

impl Store {
    /// Counts an attempt as a failure, which [`Store::attempt_succeeded`] takes back. `None` when it may
    /// be made, else the instant until when to wait.
    pub async fn attempt(&self, key_hash: &str, now: i64, patience: &Patience) -> StoreResult<Option<i64>> {
        // A run of failures is over when nothing happened for long enough after the last wait.
        let failures =
            "CASE WHEN attempts.last_at < $3 AND attempts.blocked_until < $3 THEN 1 ELSE attempts.failures + 1 END";
        let wait = format!(
            "CASE WHEN ({failures}) < $4 THEN 0 WHEN ({failures}) - $4 >= $6 THEN $2 + $5 * (1 << $6) \
             ELSE $2 + $5 * (1 << (({failures}) - $4)) END"
        );
        let sql = format!(
            "INSERT INTO attempts (key_hash, failures, last_at, blocked_until) VALUES ($1, 1, $2, 0) \
             ON CONFLICT (key_hash) DO UPDATE SET failures = {failures}, last_at = $2, blocked_until = {wait} \
             WHERE attempts.blocked_until <= $2"
        );
        let values = vec![
            key_hash.into(),
            now.into(),
            (now - patience.forgotten_after).into(),
            patience.failures.into(),
            patience.wait.into(),
            patience.doublings.into(),
        ];
        if sql::run(&self.write, &sql, values).await? > 0 {
            return Ok(None);
        }
        let sql = "SELECT blocked_until FROM attempts WHERE key_hash = $1";
        sql::number(&self.write, sql, vec![key_hash.into()]).await
    }

    /// Forgets all failures: whoever asks has shown that they are who they say. Also those of others that
    /// are so old that they no longer count.
    pub async fn forget_attempts(&self, key_hash: &str, older_than: i64) -> StoreResult<()> {
        let sql = "DELETE FROM attempts WHERE key_hash = $1 OR (last_at < $2 AND blocked_until < $2)";
        sql::run(&self.write, sql, vec![key_hash.into(), older_than.into()]).await?;
        Ok(())
    }

    /// Takes back that the last attempt was counted, and the wait that it caused.
    pub async fn attempt_succeeded(&self, key_hash: &str) -> StoreResult<()> {
        let sql = "UPDATE attempts SET failures = failures - 1, blocked_until = 0 WHERE key_hash = $1 AND failures > 0";
        sql::run(&self.write, sql, vec![key_hash.into()]).await?;
        Ok(())
    }
}
