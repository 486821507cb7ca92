//! What any one node does for all of them, every so often: a walk over all programmes.

use std::time::Duration;

use crate::{Store, StoreResult, sql};

impl Store {
    /// Begins a round, unless one of this name was begun less than `every` ago, by whichever node. One that breaks off
    /// is made up for by the next. Times are the database's.
    pub async fn begin_round(&self, name: &str, every: Duration) -> StoreResult<bool> {
        let now = sql::now(self.backend());
        let sql = format!(
            "INSERT INTO rounds (name, begun_at) VALUES ($1, {now}) ON CONFLICT (name) DO UPDATE \
             SET begun_at = excluded.begun_at WHERE rounds.begun_at <= excluded.begun_at - $2 \
             OR rounds.begun_at > excluded.begun_at + $2"
        );
        let every = i64::try_from(every.as_micros()).unwrap_or(i64::MAX);
        Ok(sql::run(&self.write, &sql, vec![name.into(), every.into()]).await? > 0)
    }
}
