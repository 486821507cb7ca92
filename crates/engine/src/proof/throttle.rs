//! Guessing is made slow: for one account, and for one network address.
//!
//! Attempts are counted by what was entered, known or not, so that a wait tells nothing.

use domain::network::household;
use store::attempts::Patience;

use super::Origin;
use crate::{Engine, EngineResult, key::purpose};

const SECOND: i64 = 1_000_000;
const FORGOTTEN_AFTER: i64 = 15 * 60 * SECOND;

/// Five failures, then 30 seconds, doubling up to 16 minutes.
const ACCOUNT: Patience = Patience { failures: 5, wait: 30 * SECOND, doublings: 5, forgotten_after: FORGOTTEN_AFTER };

/// Behind one address there may be a whole office.
const ADDRESS: Patience = Patience { failures: 20, ..ACCOUNT };

/// An attempt that may be made; so far it counts as a failure.
#[derive(Debug)]
pub(crate) struct Attempt {
    account: String,
    address: Option<String>,
}

/// Whether an attempt may be made.
#[derive(Debug)]
pub(crate) enum Admission {
    /// It may, and was counted.
    Go(Attempt),
    /// Not for so many seconds.
    Wait(u64),
}

/// Whose address it is: of one household there are more addresses than anybody could count.
fn one(address: &str) -> String {
    address.parse().map_or_else(|_| address.to_owned(), |address| household(address).to_string())
}

impl Engine {
    /// Counts an attempt at something that belongs to an account.
    pub(crate) async fn attempt(&self, what: &str, account: &str, origin: &Origin) -> EngineResult<Admission> {
        let address = origin
            .address
            .as_ref()
            .map(|address| self.key.derived(purpose::ATTEMPT).hash(&format!("{what} from {}", one(address))));
        if let Some(address) = &address
            && let Some(wait) = self.counted(address, &ADDRESS).await?
        {
            return Ok(Admission::Wait(wait));
        }
        let account = self.account_key(what, account);
        Ok(match self.counted(&account, &ACCOUNT).await? {
            Some(wait) => Admission::Wait(wait),
            None => Admission::Go(Attempt { account, address }),
        })
    }

    fn account_key(&self, what: &str, account: &str) -> String {
        self.key.derived(purpose::ATTEMPT).hash(&format!("{what} {account}"))
    }

    /// Forgets all failed attempts at an account.
    pub(crate) async fn forget_attempts(&self, purpose: &str, account: &str) -> EngineResult<()> {
        let older_than = self.now() - FORGOTTEN_AFTER;
        Ok(self.store.forget_attempts(&self.account_key(purpose, account), older_than).await?)
    }

    async fn counted(&self, key: &str, patience: &Patience) -> EngineResult<Option<u64>> {
        let until = self.store.attempt(key, self.now(), patience).await?;
        let seconds = |until: i64| (until - self.now()).max(1).unsigned_abs().div_ceil(SECOND.unsigned_abs());
        Ok(until.map(seconds))
    }

    /// The attempt was no failure: earlier ones at this account are forgotten, those from this address
    /// are not, since whoever has one account may be guessing at others.
    pub(crate) async fn attempt_succeeded(&self, attempt: &Attempt) -> EngineResult<()> {
        self.store.forget_attempts(&attempt.account, self.now() - FORGOTTEN_AFTER).await?;
        if let Some(address) = &attempt.address {
            self.store.attempt_succeeded(address).await?;
        }
        Ok(())
    }
}
