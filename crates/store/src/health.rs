//! Whether the database is in order.

use crate::{Address, Store, StoreResult, presence::Use, sql};

impl Store {
    /// Opens the database as it is: nothing is made or brought up to date. For looking whether it is in order.
    pub async fn open_as_it_is(address: &Address) -> StoreResult<Self> {
        Self::connect(address, Use::Shared).await
    }

    /// Writes something and takes it back: whether the database can be written at all.
    pub async fn check_writable(&self) -> StoreResult<()> {
        let transaction = self.begin().await?;
        let sql = "INSERT INTO attempts (key_hash, failures, last_at, blocked_until) VALUES ('doctor', 0, 0, 0) \
                   ON CONFLICT (key_hash) DO NOTHING";
        sql::run(&transaction, sql, vec![]).await?;
        Ok(transaction.rollback().await?)
    }
}
