//! Imports that keep failing (R52): when the next one is tried, and when the schedule pauses itself.

const MINUTE: i64 = 60 * 1_000_000;

/// How long a schedule that has paused itself waits between two tries, in microseconds: a day.
pub const ONCE_A_DAY: i64 = 24 * 60 * MINUTE;

/// How many imports in a row must have failed before the schedule pauses itself, …
const MANY: u32 = 3;

/// … and for how long, in microseconds.
const LONG: i64 = 24 * 60 * MINUTE;

/// What is waited after the first failure, the second and so on, in microseconds; after more, the last.
const WAITS: [i64; 4] = [5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 4 * 60 * MINUTE];

/// Imports of an integration that failed, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Streak {
    /// How many.
    pub failures: u32,
    /// When the first of them failed, in microseconds of UTC.
    pub since: i64,
}

impl Streak {
    /// The same with one more that failed `now`.
    pub fn go_on(before: Option<Self>, now: i64) -> Self {
        before.map_or(Self { failures: 1, since: now }, |before| Self {
            failures: before.failures.saturating_add(1),
            ..before
        })
    }

    /// Whether that is enough for the schedule to pause itself.
    pub fn pauses(self, now: i64) -> bool {
        self.failures >= MANY && now.saturating_sub(self.since) >= LONG
    }

    /// When the next import is tried, in microseconds of UTC, if the schedule has it at `next`: whichever is first.
    pub fn try_again(self, now: i64, next: i64) -> i64 {
        let at = usize::try_from(self.failures.saturating_sub(1)).unwrap_or(usize::MAX).min(WAITS.len() - 1);
        next.min(now.saturating_add(WAITS[at]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = ONCE_A_DAY;

    /// R52: how long after its first failure each import of a day of failures is tried, in minutes.
    #[test]
    fn tries_grow_rare_and_end_in_a_pause_after_a_day() {
        let (mut now, mut streak, mut tried) = (0, None, Vec::new());
        loop {
            tried.push(now / MINUTE);
            let so_far = Streak::go_on(streak, now);
            if so_far.pauses(now) {
                break;
            }
            now = so_far.try_again(now, if now < DAY { DAY } else { 2 * DAY });
            streak = Some(so_far);
        }
        assert_eq!(tried, [0, 5, 20, 80, 320, 560, 800, 1040, 1280, 1440]);
    }

    #[test]
    fn a_schedule_that_asks_sooner_is_not_held_back() {
        let streak = Streak { failures: 9, since: 0 };
        assert_eq!(streak.try_again(10 * MINUTE, 60 * MINUTE), 60 * MINUTE);
        assert_eq!(streak.try_again(10 * MINUTE, i64::MAX), 250 * MINUTE);
    }

    #[test]
    fn few_failures_or_a_short_time_do_not_pause() {
        assert!(!Streak { failures: 2, since: 0 }.pauses(30 * DAY));
        assert!(!Streak { failures: 50, since: 0 }.pauses(DAY - 1));
        assert!(Streak { failures: 3, since: 0 }.pauses(DAY));
    }
}
