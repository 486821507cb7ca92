//! The real clock and the real dice. Nowhere else are they asked.

use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::Context;
use engine::World;
use jiff::{SignedDuration, Timestamp};
use rand::{TryRng, rngs::SysRng};

use crate::exit::Usage;

/// The machine's clock, put back by what a demonstration looks back on, and its source of randomness.
#[derive(Debug, Default)]
pub(crate) struct SystemWorld {
    shift_seconds: AtomicI64,
    /// Another pace than the machine's, where a trial asks for it.
    pace: Option<Pace>,
}

/// A clock that goes faster than the machine's, for trials of whole days. Leases, heartbeats and limits of
/// the source keep the database's and the machine's own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pace {
    /// When it shows what the machine's clock shows; all processes of a trial name the same instant.
    since: Timestamp,
    /// How many seconds pass in one of the machine's.
    speed: u32,
}

impl SystemWorld {
    /// The machine's clock, unless the environment asks for another one, which only trials do:
    /// `ROLLCALL_CLOCK_SPEED` lets it go so many times faster since `ROLLCALL_CLOCK_SINCE` (RFC 3339), and
    /// `ROLLCALL_CLOCK_SHIFT` moves it on by so many seconds, or back.
    pub(crate) fn from_environment() -> anyhow::Result<Self> {
        let shift: i64 = number("ROLLCALL_CLOCK_SHIFT")?.unwrap_or_default();
        let pace = match (number("ROLLCALL_CLOCK_SPEED")?, number("ROLLCALL_CLOCK_SINCE")?) {
            (Some(0), _) => return Err(Usage("ROLLCALL_CLOCK_SPEED is at least 1.".to_owned()).into()),
            (Some(speed), Some(since)) => Some(Pace { since, speed }),
            (None, None) => None,
            _ => {
                let both = "ROLLCALL_CLOCK_SPEED and ROLLCALL_CLOCK_SINCE go together: set both or none.";
                return Err(Usage(both.to_owned()).into());
            }
        };
        Ok(Self { shift_seconds: shift.into(), pace })
    }

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

fn number<T: std::str::FromStr>(name: &str) -> anyhow::Result<Option<T>>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let Some(text) = std::env::var_os(name) else { return Ok(None) };
    let text = text.to_string_lossy();
    text.parse().map(Some).with_context(|| format!("{name} is “{text}”, which cannot be read"))
}

impl Pace {
    fn at(self, machine: Timestamp) -> Timestamp {
        let passed = machine.duration_since(self.since);
        let passed = passed.checked_mul(i32::try_from(self.speed).unwrap_or(i32::MAX)).unwrap_or(SignedDuration::MAX);
        self.since.saturating_add(passed).unwrap_or(Timestamp::MAX)
    }
}

impl World for SystemWorld {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the clock is asked; everybody else is handed it"
    )]
    fn now(&self) -> Timestamp {
        let shift = SignedDuration::from_secs(self.shift_seconds.load(Ordering::Relaxed));
        let machine = Timestamp::now();
        let now = self.pace.map_or(machine, |pace| pace.at(machine));
        now.saturating_add(shift).unwrap_or(Timestamp::MAX)
    }

    fn pace(&self) -> u32 {
        self.pace.map_or(1, |pace| pace.speed)
    }

    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness there are no keys: to go on would be worse than to stop.
        SysRng.try_fill_bytes(bytes).expect("the operating system gives random bytes");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_faster_clock_shows_what_the_machine_shows_when_it_begins() {
        let since: Timestamp = "2026-11-23T06:00:00Z".parse().expect("a time");
        let pace = Pace { since, speed: 60 };
        let later = |seconds| since.saturating_add(SignedDuration::from_secs(seconds)).expect("in range");
        assert_eq!(pace.at(since), since);
        assert_eq!(pace.at(later(60)), later(3_600));
        assert_eq!(pace.at(later(-1)), later(-60), "before it began, too: nothing jumps");
    }
}
