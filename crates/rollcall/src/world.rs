//! The real clock and the real dice. Nowhere else are they asked.

use std::sync::atomic::{AtomicI64, Ordering};

use engine::World;
use jiff::{SignedDuration, Timestamp};
use rand::{TryRng, rngs::SysRng};

/// The machine's clock, put back by what a demonstration looks back on, and its source of randomness.
#[derive(Debug, Default)]
pub(crate) struct SystemWorld {
    shift_seconds: AtomicI64,
}

impl SystemWorld {
    /// Lets it be this instant now; from there the clock goes on.
    pub(crate) fn move_to(&self, instant: Timestamp) {
        self.back_to_the_present();
        self.shift_seconds.store(instant.duration_since(self.now()).as_secs(), Ordering::Relaxed);
    }

    /// Lets it be what the machine's clock says.
    pub(crate) fn back_to_the_present(&self) {
        self.shift_seconds.store(0, Ordering::Relaxed);
    }
}

impl World for SystemWorld {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the clock is asked; everybody else is handed it"
    )]
    fn now(&self) -> Timestamp {
        let shift = SignedDuration::from_secs(self.shift_seconds.load(Ordering::Relaxed));
        Timestamp::now().saturating_add(shift).unwrap_or(Timestamp::MAX)
    }

    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness there are no keys: to go on would be worse than to stop.
        SysRng.try_fill_bytes(bytes).expect("the operating system gives random bytes");
    }
}
