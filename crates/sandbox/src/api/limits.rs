//! How many requests are let through.

use std::{collections::VecDeque, time::Duration};

use tokio::time::Instant;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);

/// Counts the requests of the last minute. Refused requests do not count.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    admitted: VecDeque<Instant>,
    closed_until: Option<Instant>,
}

impl Limiter {
    /// Whether a request at that moment is within both limits, of which 0 is none.
    pub(crate) fn admits(&mut self, now: Instant, per_second: u32, per_minute: u32) -> bool {
        if self.closed_until.is_some_and(|until| now < until) {
            return false;
        }
        while self.admitted.front().is_some_and(|&then| now.duration_since(then) >= MINUTE) {
            self.admitted.pop_front();
        }
        if per_second == 0 && per_minute == 0 {
            return true;
        }
        let last_second = self.admitted.iter().rev().take_while(|&&then| now.duration_since(then) < SECOND).count();
        let within = |count: usize, limit: u32| limit == 0 || count < limit as usize;
        let admits = within(last_second, per_second) && within(self.admitted.len(), per_minute);
        if admits {
            self.admitted.push_back(now);
        }
        admits
    }

    /// As [`Self::admits`], but whoever asks too often is not heard for a whole minute.
    pub(crate) fn admits_or_closes(&mut self, now: Instant, per_minute: u32) -> bool {
        let closed = self.closed_until.is_some_and(|until| now < until);
        let admits = self.admits(now, 0, per_minute);
        if !admits && !closed {
            self.closed_until = Some(now + MINUTE);
        }
        admits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(limiter: &mut Limiter, now: Instant, requests: usize) -> usize {
        (0..requests).filter(|_| limiter.admits(now, 15, 300)).count()
    }

    #[test]
    fn fifteen_a_second_and_three_hundred_a_minute() {
        let mut limiter = Limiter::default();
        let start = Instant::now();
        assert_eq!(admitted(&mut limiter, start, 100), 15);
        assert_eq!(admitted(&mut limiter, start + Duration::from_millis(999), 1), 0);
        let sum: usize = (1..40).map(|second| admitted(&mut limiter, start + SECOND * second, 100)).sum();
        assert_eq!(sum, 300 - 15);
        assert_eq!(admitted(&mut limiter, start + MINUTE, 100), 15);
    }

    #[test]
    fn no_limit_is_no_limit() {
        let mut limiter = Limiter::default();
        let now = Instant::now();
        assert!((0..10_000).all(|_| limiter.admits(now, 0, 0)));
    }

    #[test]
    fn asking_for_tokens_too_often_costs_a_minute() {
        let mut limiter = Limiter::default();
        let start = Instant::now();
        assert!((0..60).all(|_| limiter.admits_or_closes(start, 60)));
        let late = start + Duration::from_secs(50);
        assert!(!limiter.admits_or_closes(late, 60));
        assert!(!limiter.admits_or_closes(late + Duration::from_secs(59), 60));
        assert!(limiter.admits_or_closes(late + MINUTE, 60));
    }
}
