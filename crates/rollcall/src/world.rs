//! The real clock and the real dice. Nowhere else are they asked.

use std::sync::atomic::{AtomicI64, Ordering};

use engine::World;
use jiff::{SignedDuration, Timestamp};
use rand::{TryRng, rngs::SysRng};

/// The machine's clock, moved on by what a demonstration has skipped, and its source of randomness.
#[derive(Debug, Default)]
pub(crate) struct SystemWorld {
    skipped_seconds: AtomicI64,
}

impl SystemWorld {
    /// Moves the clock on, so that a month can pass in a moment.
    pub(crate) fn skip(&self, duration: SignedDuration) {
        self.skipped_seconds.fetch_add(duration.as_secs(), Ordering::Relaxed);
    }
}

impl World for SystemWorld {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the clock is asked; everybody else is handed it"
    )]
    fn now(&self) -> Timestamp {
        let skipped = SignedDuration::from_secs(self.skipped_seconds.load(Ordering::Relaxed));
        Timestamp::now().saturating_add(skipped).unwrap_or(Timestamp::MAX)
    }

    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness there are no keys: to go on would be worse than to stop.
        SysRng.try_fill_bytes(bytes).expect("the operating system gives random bytes");
    }
}
