//! Never more requests than the source allows (R6).
//!
//! A token bucket (the usual kind of limiter, `governor` among them) grants a burst on top of its
//! rate, so up to twice the allowance in the first window. The promise here is about *every*
//! window, so this is a sliding log: a request is let through when the one that was let through
//! `allowed` requests before it is over for longer than the window.
//!
//! A request counts from the moment it may leave until a window after its answer came. However
//! long the network kept it, it reached the source in between, so the source's own count agrees.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::shared::{Ledger, Share};

use tokio::{
    sync::{Mutex as Turnstile, Notify},
    time::{Instant, sleep_until},
};

/// A little longer than the windows that the source counts in: timers and clocks are not exact.
const SECOND: Duration = Duration::from_millis(1_025);
const MINUTE: Duration = Duration::from_millis(60_250);

/// How many requests may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// At most so many in any second; 0 counts as 1.
    pub per_second: u32,
    /// At most so many in any 60 seconds; 0 counts as 1.
    pub per_minute: u32,
}

impl Limits {
    /// What Personio allows for reading employees.
    pub const ALLOWED: Self = Self { per_second: 15, per_minute: 300 };

    /// Another number of requests in any 60 seconds; in any second no more than what Personio
    /// allows, or than it takes to keep an even higher rate up.
    pub fn per_minute(requests: u32) -> Self {
        let burst = Self::ALLOWED.per_second.max(requests.div_ceil(60));
        Self { per_second: requests.min(burst), per_minute: requests }
    }

    pub(super) fn exceed(self, other: Self) -> bool {
        self.per_second > other.per_second || self.per_minute > other.per_minute
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::ALLOWED
    }
}

/// Lets requests through no faster than [`Limits`]. Clones share one count.
#[derive(Debug, Clone)]
pub struct Limiter {
    shared: Option<Arc<Shared>>,
}

impl Limiter {
    /// A limiter with a count of its own.
    pub fn new(limits: Limits) -> Self {
        let limits = Limits { per_second: limits.per_second.max(1), per_minute: limits.per_minute.max(1) };
        Self { shared: Some(Arc::new(Shared::new(limits, None))) }
    }

    /// A limiter whose count is shared with other processes, which keep it in the same ledger.
    pub fn with_ledger(limits: Limits, ledger: Arc<dyn Ledger>) -> Self {
        let limits = Limits { per_second: limits.per_second.max(1), per_minute: limits.per_minute.max(1) };
        Self { shared: Some(Arc::new(Shared::new(limits, Some(Share::new(ledger))))) }
    }

    /// Lets other processes have the count, as soon as nothing is under way here.
    pub async fn rest(&self) {
        if let Some(shared) = &self.shared
            && let Some(share) = &shared.share
        {
            share.rest().await;
        }
    }

    /// Lets everything through; for stand-ins on this machine only.
    pub fn unlimited() -> Self {
        Self { shared: None }
    }

    /// The limits it keeps, if any.
    pub fn limits(&self) -> Option<Limits> {
        self.shared.as_ref().map(|shared| shared.limits)
    }

    /// Waits until one more request may be made. First come, first served. The permit is to be
    /// held until the answer is there, or will not come any more.
    pub async fn admit(&self) -> Permit {
        let Some(shared) = &self.shared else { return Permit { shared: None } };
        let _waiting = shared.share.as_ref().map(Share::wait);
        let _turn = shared.turnstile.lock().await;
        loop {
            if let Some(share) = &shared.share {
                share.have(shared).await;
            }
            let admit = || shared.log().admit(shared.limits, Instant::now());
            let next = match &shared.share {
                None => admit(),
                Some(share) => {
                    let spent = share.spend(|| {
                        let next = admit();
                        (matches!(next, Next::Admitted), next)
                    });
                    let Some(next) = spent else { continue };
                    next
                }
            };
            match next {
                Next::Admitted => return Permit { shared: Some(Arc::clone(shared)) },
                Next::NotBefore(at) => sleep_until(at).await,
                Next::AfterAnAnswer => shared.ended.notified().await,
            }
        }
    }
}

/// Leave to make one request.
#[derive(Debug)]
#[must_use = "a request counts as over when its permit is dropped"]
pub struct Permit {
    shared: Option<Arc<Shared>>,
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(shared) = &self.shared {
            shared.log().end(shared.limits, Instant::now());
            shared.ended.notify_one();
            shared.share.as_ref().inspect(|share| share.look());
        }
    }
}

#[derive(Debug)]
pub(super) struct Shared {
    pub(super) limits: Limits,
    /// Whoever holds it is the next to be let through; waiters queue here in order.
    turnstile: Turnstile<()>,
    log: Mutex<Log>,
    ended: Notify,
    /// The part of it that other processes know of.
    pub(super) share: Option<Share>,
}

impl Shared {
    fn new(limits: Limits, share: Option<Share>) -> Self {
        Self { limits, turnstile: Turnstile::default(), log: Mutex::default(), ended: Notify::new(), share }
    }

    pub(super) fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) under_way: usize,
    /// When the last requests were over, oldest first; never more than count in a minute.
    ended: VecDeque<Instant>,
}

impl Log {
    /// How long ago the requests were over that still count, the longest first.
    pub(super) fn ages(&self, now: Instant) -> Vec<Duration> {
        self.ended.iter().map(|at| now.saturating_duration_since(*at)).filter(|age| *age < MINUTE).collect()
    }

    /// Goes on where another process stopped: so long ago requests were over, and so many more just now.
    pub(super) fn go_on_from(&mut self, ages: &[Duration], unknown: usize, limits: Limits, now: Instant) {
        let mut ended: Vec<Instant> = ages.iter().filter_map(|age| now.checked_sub(*age)).collect();
        ended.extend(std::iter::repeat_n(now, unknown));
        ended.sort();
        let most = limits.per_minute as usize;
        self.ended = ended.split_off(ended.len().saturating_sub(most)).into();
    }
}

enum Next {
    Admitted,
    NotBefore(Instant),
    AfterAnAnswer,
}

impl Log {
    fn admit(&mut self, limits: Limits, now: Instant) -> Next {
        for (allowed, window) in [(limits.per_second, SECOND), (limits.per_minute, MINUTE)] {
            let free = (allowed as usize).saturating_sub(self.under_way);
            if free == 0 {
                return Next::AfterAnAnswer;
            }
            let over = self.ended.len().checked_sub(free).map(|at| self.ended[at] + window);
            if let Some(at) = over.filter(|at| *at > now) {
                return Next::NotBefore(at);
            }
        }
        self.under_way += 1;
        Next::Admitted
    }

    fn end(&mut self, limits: Limits, now: Instant) {
        self.under_way = self.under_way.saturating_sub(1);
        self.ended.push_back(now);
        if self.ended.len() > limits.per_minute as usize {
            self.ended.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::{advance, sleep};

    use super::*;

    /// The most that fall into any window, its ends included.
    fn most_within(window: Duration, times: &[Instant]) -> usize {
        let mut times = times.to_vec();
        times.sort();
        (0..times.len())
            .map(|from| times[from..].iter().take_while(|at| **at - times[from] <= window).count())
            .max()
            .unwrap()
    }

    fn assert_allowed(times: &[Instant]) {
        let (second, minute) = (most_within(Duration::from_secs(1), times), most_within(Duration::from_mins(1), times));
        assert!(second <= 15, "{second} in a second");
        assert!(minute <= 300, "{minute} in a minute");
    }

    #[tokio::test(start_paused = true)]
    async fn r6_no_window_holds_more_than_is_allowed_and_little_is_wasted() {
        let limiter = Limiter::new(Limits::default());
        let start = Instant::now();
        let mut times = Vec::new();
        for _ in 0..1_000 {
            let _permit = limiter.admit().await;
            times.push(Instant::now());
        }
        assert_allowed(&times);
        // 300 at once, as fast as 15 a second, then a pause: the 1,000th may leave in the fourth
        // minute, after 6 seconds' worth.
        let ideal = Duration::from_secs(3 * 60 + 6);
        let taken = start.elapsed();
        assert!(taken <= ideal.mul_f64(1.03), "{taken:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn r6_the_source_counts_no_more_however_long_requests_are_under_way() {
        let limiter = Limiter::new(Limits::default());
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0_u64..900 {
            let limiter = limiter.clone();
            tasks.spawn(async move {
                let permit = limiter.admit().await;
                // Some wait for a connection, others do not.
                sleep(Duration::from_millis(number * 7_919 % 900)).await;
                let arrived = Instant::now();
                sleep(Duration::from_millis(number * 104_729 % 400)).await;
                drop(permit);
                arrived
            });
        }
        assert_allowed(&tasks.join_all().await);
    }

    #[tokio::test(start_paused = true)]
    async fn r6_an_idle_time_earns_no_second_burst() {
        let limiter = Limiter::new(Limits::default());
        let mut times = Vec::new();
        for number in 0..700 {
            if number == 200 || number == 450 {
                advance(Duration::from_secs(31)).await;
            }
            let _permit = limiter.admit().await;
            times.push(Instant::now());
        }
        assert_allowed(&times);
    }

    #[tokio::test(start_paused = true)]
    async fn r6_clones_share_one_count_and_an_abandoned_wait_costs_nothing() {
        let limiter = Limiter::new(Limits { per_second: 1, per_minute: 2 });
        drop(limiter.admit().await);
        let other = limiter.clone();
        assert!(tokio::time::timeout(Duration::from_millis(500), other.admit()).await.is_err());
        let start = Instant::now();
        drop(limiter.admit().await);
        assert!(start.elapsed() < Duration::from_secs(1));
        drop(other.admit().await);
        assert!(start.elapsed() > Duration::from_secs(58));
    }

    #[tokio::test(start_paused = true)]
    async fn r6_a_request_under_way_holds_its_place() {
        let limiter = Limiter::new(Limits { per_second: 1, per_minute: 300 });
        let permit = limiter.admit().await;
        assert!(tokio::time::timeout(Duration::from_secs(10), limiter.admit()).await.is_err());
        drop(permit);
        let start = Instant::now();
        drop(limiter.admit().await);
        assert!(start.elapsed() > Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn limits_can_be_lifted() {
        let limiter = Limiter::unlimited();
        let start = Instant::now();
        for _ in 0..1_000 {
            let _permit = limiter.admit().await;
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[test]
    fn another_rate_keeps_the_burst_within_what_is_allowed() {
        assert_eq!(Limits::per_minute(10), Limits { per_second: 10, per_minute: 10 });
        assert_eq!(Limits::per_minute(300), Limits::ALLOWED);
        assert_eq!(Limits::per_minute(6_000), Limits { per_second: 100, per_minute: 6_000 });
    }
}
