//! What may be done so often and no oftener, over all processes that share the database: requests with the same
//! credentials (R6), mails.
//!
//! One process at a time has an allowance, and with it the log of what was done; it hands both over when another
//! wants them. Times are the database's, and the log holds ages, so that no two clocks need to agree. What the owner
//! may still do until its next word is reserved: an owner who died is taken to have done it.

use std::time::Duration;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Store, StoreResult, sql};

/// After how long without a word the allowance may be taken over.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long a wish counts whose owner was not heard of since.
const WANTED: i64 = 2_000_000;

/// An allowance, as its new owner finds it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Allowance {
    /// What was done, as ages at the time of writing.
    pub log: String,
    /// How long ago the log was written, in microseconds.
    pub age: i64,
    /// How much more may have been done since then.
    pub reserved: i64,
}

impl Store {
    /// Takes an allowance with leave for `credit` uses, unless another process has it, or waits for it. If so, the
    /// wish is noted.
    pub async fn take_allowance(&self, name: &str, owner: Uuid, credit: i64) -> StoreResult<Option<Allowance>> {
        let now = sql::now(self.backend());
        let take = format!(
            "INSERT INTO allowances (name, owner, heartbeat, log, written_at, reserved) \
             VALUES ($1, $2, {now}, '', {now}, $3) ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, \
             heartbeat = excluded.heartbeat, reserved = allowances.reserved + excluded.reserved, wanted_by = NULL \
             WHERE (allowances.owner IS NULL AND (allowances.wanted_by IS NULL OR allowances.wanted_by = $2 \
             OR allowances.wanted_at < excluded.heartbeat - {WANTED})) \
             OR (allowances.owner IS NOT NULL AND allowances.heartbeat <= excluded.heartbeat - $4) \
             RETURNING log, heartbeat - written_at AS age, reserved - $3 AS reserved"
        );
        let patience = i64::try_from(PATIENCE.as_micros()).unwrap_or(i64::MAX);
        let values = vec![name.into(), owner.into(), credit.into(), patience.into()];
        let taken = sql::all(&self.write, &take, values).await?.pop();
        if taken.is_none() {
            let wish = format!(
                "UPDATE allowances SET wanted_by = $2, wanted_at = {now} WHERE name = $1 \
                 AND (wanted_by IS NULL OR wanted_by = $2 OR wanted_at < {now} - {WANTED})"
            );
            sql::run(&self.write, &wish, vec![name.into(), owner.into()]).await?;
        }
        Ok(taken)
    }

    /// Says that the owner goes on, with what was done so far and how much may be done until its next word. Tells
    /// whether another process wants it; none where it is another's by now.
    pub async fn keep_allowance(&self, name: &str, owner: Uuid, log: &str, reserved: i64) -> StoreResult<Option<bool>> {
        let now = sql::now(self.backend());
        let sql = format!(
            "UPDATE allowances SET heartbeat = {now}, log = $3, written_at = {now}, reserved = $4 \
             WHERE name = $1 AND owner = $2 \
             RETURNING CAST(CASE WHEN wanted_at >= {now} - {WANTED} AND wanted_by IS NOT NULL THEN 1 ELSE 0 END AS BIGINT)"
        );
        let values = vec![name.into(), owner.into(), log.into(), reserved.into()];
        Ok(sql::number(&self.write, &sql, values).await?.map(|wanted| wanted > 0))
    }

    /// Gives it up, with all that was done.
    pub async fn give_allowance_up(&self, name: &str, owner: Uuid, log: &str) -> StoreResult<()> {
        let now = sql::now(self.backend());
        let sql = format!(
            "UPDATE allowances SET owner = NULL, heartbeat = 0, log = $3, written_at = {now}, reserved = 0 \
             WHERE name = $1 AND owner = $2"
        );
        sql::run(&self.write, &sql, vec![name.into(), owner.into(), log.into()]).await?;
        Ok(())
    }

    /// Reserves up to `wanted` uses of an allowance that nobody owns, of which there are `most` in any `window`;
    /// tells how many. Instants are in microseconds of UTC, the window in microseconds.
    pub async fn reserve(&self, name: &str, now: i64, (most, window): (i64, i64), wanted: i64) -> StoreResult<i64> {
        #[derive(FromQueryResult)]
        struct Known {
            log: String,
        }
        let transaction = self.begin().await?;
        let add = "INSERT INTO allowances (name, heartbeat, log, written_at, reserved) VALUES ($1, 0, '', 0, 0) \
                   ON CONFLICT (name) DO UPDATE SET reserved = 0 RETURNING log";
        let known: Vec<Known> = sql::all(&transaction, add, vec![name.into()]).await?;
        let log = known.first().map(|known| known.log.as_str()).unwrap_or_default();
        // What lies far ahead was written before somebody's clock was put back.
        let mut uses: Vec<(i64, i64)> = log
            .split(' ')
            .filter_map(|entry| entry.split_once(':'))
            .filter_map(|(at, count)| Some((at.parse().ok()?, count.parse().ok()?)))
            .filter(|(at, _)| (now - window + 1..=now + window).contains(at))
            .collect();
        let in_use: i64 = uses.iter().map(|(_, count)| count).sum();
        let granted = (most - in_use).clamp(0, wanted);
        if granted > 0 {
            uses.push((now, granted));
        }
        let log: Vec<String> = uses.iter().map(|(at, count)| format!("{at}:{count}")).collect();
        let write = "UPDATE allowances SET log = $2 WHERE name = $1";
        sql::run(&transaction, write, vec![name.into(), log.join(" ").into()]).await?;
        transaction.commit().await?;
        Ok(granted)
    }
}
