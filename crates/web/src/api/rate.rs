//! How often a program may ask.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::ids::TokenId;

/// One request in so many microseconds, in the long run: ten a second.
const EVERY: i64 = 100_000;

/// So many requests at once, after a rest.
pub(crate) const AT_ONCE: i64 = 300;

/// Beyond so many tokens, those that have had a rest are forgotten.
const MANY: usize = 1_000;

/// When the requests of each token, evenly spread, are over. It is counted in this process alone.
#[derive(Debug, Default)]
pub(crate) struct Rates(Mutex<HashMap<TokenId, i64>>);

impl Rates {
    /// Counts a request at this time, in microseconds of UTC; if it is one too many, after how many seconds there is
    /// room for another.
    pub(crate) fn ask(&self, token: TokenId, now: i64) -> Result<(), u64> {
        let mut rates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if rates.len() > MANY {
            rates.retain(|_, over| *over > now);
        }
        let over = rates.entry(token).or_insert(now);
        let next = (*over).max(now) + EVERY;
        let wait = next - now - AT_ONCE * EVERY;
        if wait > 0 {
            return Err(wait.unsigned_abs().div_ceil(1_000_000));
        }
        *over = next;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000;

    #[test]
    fn a_program_may_ask_often_but_not_for_ever() {
        let (rates, token, other) = (Rates::default(), TokenId(uuid::Uuid::nil()), TokenId(uuid::Uuid::max()));
        for _ in 0..AT_ONCE {
            assert_eq!(rates.ask(token, 0), Ok(()));
        }
        assert_eq!(rates.ask(token, 0), Err(1));
        assert_eq!(rates.ask(other, 0), Ok(()), "each token has its own");
        let allowed = (0..100).filter(|_| rates.ask(token, SECOND).is_ok()).count();
        assert_eq!(allowed, 10, "ten a second");
        let allowed = (0..1_000).filter(|_| rates.ask(token, 3_600 * SECOND).is_ok()).count();
        assert_eq!(allowed, 300, "a long rest earns no more");
    }
}
