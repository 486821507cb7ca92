//! A sign of life of the work in the background.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// After so long without a sign of life the work is taken to stand still. Somebody who waits for a database
/// connection in vain is away for half a minute.
const LATEST: Duration = Duration::from_mins(2);

/// When the work in the background last looked for something to do. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Pulse(Arc<Mutex<Option<Instant>>>);

impl Pulse {
    /// There was a look just now.
    pub(crate) fn beat(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether the work goes on. Where none has begun, none is missing.
    pub fn is_felt(&self) -> bool {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_none_or(|last| last.elapsed() < LATEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn work_that_stands_still_is_noticed() {
        let pulse = Pulse::default();
        assert!(pulse.is_felt(), "nothing was begun");
        pulse.beat();
        tokio::time::advance(LATEST / 2).await;
        assert!(pulse.is_felt());
        tokio::time::advance(LATEST).await;
        assert!(!pulse.is_felt());
        pulse.beat();
        assert!(pulse.is_felt());
    }
}
