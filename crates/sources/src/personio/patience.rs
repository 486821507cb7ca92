//! How often, and for how long, a page is tried (R6).

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use tokio::time::{Instant, sleep};
use tracing::debug;

use super::NAME;
use crate::{SourceError, SourceResult};

const FIRST_DELAY: Duration = Duration::from_millis(500);
const LONGEST_DELAY: Duration = Duration::from_secs(8);
/// What Personio wants to be left alone for after a 429 that does not say.
const AFTER_LIMITED: Duration = Duration::from_secs(1);
/// What is kept of the time for one last request.
const LAST_REQUEST: Duration = Duration::from_secs(1);
/// A garbled page is fetched so often again: it may be a hiccup in a read of thousands of pages.
const GARBLED_AGAIN: u32 = 2;
/// Nobody waits longer for a page, whatever the settings say.
const LONGEST_PATIENCE: Duration = Duration::from_hours(24);

/// Why a request brought nothing, by what is to be done about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Trying again will not help.
    Final(SourceError),
    /// The token is not accepted (any more).
    Unauthorized(String),
    /// A good status around a bad answer: worth another two tries.
    Garbled(SourceError),
    /// Trying again later may help: the source is limiting requests, unwell or out of reach.
    Later { limited: bool, detail: String, retry_after: Option<Duration> },
}

/// The tries that one page is given.
pub(super) struct Tries {
    patience: Duration,
    deadline: Instant,
    delays: ExponentialBackoff,
    garbled: u32,
}

impl Tries {
    pub(super) fn new(patience: Duration) -> Self {
        let patience = patience.min(LONGEST_PATIENCE);
        let delays = ExponentialBuilder::new()
            .with_min_delay(FIRST_DELAY)
            .with_max_delay(LONGEST_DELAY)
            .with_jitter()
            .without_max_times()
            .build();
        Self { patience, deadline: Instant::now() + patience, delays, garbled: 0 }
    }

    /// What is left of the time for a good answer.
    pub(super) fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// Waits for something that is none of the source's doing, off the clock.
    pub(super) async fn off_the_clock<T>(&mut self, wait: impl Future<Output = T>) -> T {
        let start = Instant::now();
        let outcome = wait.await;
        self.deadline += start.elapsed();
        outcome
    }

    /// Waits until it is time for the next try, or says why there is none.
    pub(super) async fn wait_after(&mut self, failure: Failure) -> SourceResult<()> {
        let delay = self.delays.next().unwrap_or(LONGEST_DELAY);
        let (least, asked) = match &failure {
            Failure::Final(error) => return Err(error.clone()),
            Failure::Unauthorized(detail) => {
                return Err(SourceError::CredentialsRefused { source_name: NAME, detail: detail.clone() });
            }
            Failure::Garbled(error) => {
                self.garbled += 1;
                if self.garbled > GARBLED_AGAIN {
                    return Err(error.clone());
                }
                (Duration::ZERO, Duration::ZERO)
            }
            // A little more than asked for: those who were sent away together do not return together.
            Failure::Later { retry_after: Some(asked), .. } => (asked.saturating_add(delay.min(AFTER_LIMITED)), *asked),
            Failure::Later { limited: true, .. } => (AFTER_LIMITED, Duration::ZERO),
            Failure::Later { .. } => (Duration::ZERO, Duration::ZERO),
        };
        let left = self.left();
        if left <= LAST_REQUEST || left <= asked {
            return Err(self.given_up(failure, asked));
        }
        let delay = delay.max(least).min(left.saturating_sub(LAST_REQUEST)).max(asked);
        debug!(?delay, "trying again");
        sleep(delay).await;
        Ok(())
    }

    fn given_up(&self, failure: Failure, asked: Duration) -> SourceError {
        let (limited, detail) = match failure {
            Failure::Final(error) | Failure::Garbled(error) => return error,
            Failure::Unauthorized(detail) => (false, detail),
            Failure::Later { limited, detail, .. } => (limited, detail),
        };
        let patience = self.patience.as_secs_f32().round();
        let detail = if asked >= self.left() && !asked.is_zero() {
            format!("{detail}; it asks to wait for {} s, and a page is given {patience} s", asked.as_secs())
        } else {
            format!("{detail}; no good answer within {patience} s")
        };
        if limited {
            SourceError::Limited { source_name: NAME, detail }
        } else {
            SourceError::Unreachable { source_name: NAME, detail }
        }
    }
}

/// How long the source asks to be left alone: seconds, or a date. A date is compared with the
/// answer's own, so that neither clock needs to be right.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let asked = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = |text: &str| DateTimeParser::new().parse_timestamp(text).ok();
    let (then, now) = (date(asked)?, date(headers.get(DATE)?.to_str().ok()?.trim())?);
    Some(Duration::try_from(then.duration_since(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn asked(retry_after_header: &'static str, date: Option<&'static str>) -> Option<Duration> {
        let mut headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(retry_after_header))]);
        headers.extend(date.map(|date| (DATE, HeaderValue::from_static(date))));
        retry_after(&headers)
    }

    fn unwell(detail: &str) -> Failure {
        Failure::Later { limited: false, detail: detail.into(), retry_after: None }
    }

    fn limited(seconds: u64) -> Failure {
        Failure::Later { limited: true, detail: "HTTP 429".into(), retry_after: Some(Duration::from_secs(seconds)) }
    }

    #[test]
    fn r6_retry_after_is_seconds_or_a_date() {
        let now = Some("Wed, 21 Oct 2026 07:28:00 GMT");
        assert_eq!(asked("7", None), Some(Duration::from_secs(7)));
        assert_eq!(asked(" 0 ", None), Some(Duration::ZERO));
        assert_eq!(asked("Wed, 21 Oct 2026 07:28:30 GMT", now), Some(Duration::from_secs(30)));
        assert_eq!(asked("Wed, 21 Oct 2026 07:27:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(asked("Wed, 21 Oct 2026 07:28:30 GMT", None), None);
        assert_eq!(asked("soon", now), None);
        assert_eq!(asked("-1", now), None);
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }

    #[tokio::test(start_paused = true)]
    async fn r6_waits_grow_and_end_with_the_patience() {
        let mut tries = Tries::new(Duration::from_mins(1));
        let start = Instant::now();
        let mut waits = Vec::new();
        let error = loop {
            let before = Instant::now();
            match tries.wait_after(unwell("HTTP 503")).await {
                Ok(()) => waits.push(before.elapsed()),
                Err(error) => break error,
            }
        };
        let detail = "HTTP 503; no good answer within 60 s".to_owned();
        assert_eq!(error, SourceError::Unreachable { source_name: NAME, detail });
        assert!(waits[0] >= FIRST_DELAY && waits[0] <= 2 * FIRST_DELAY, "{waits:?}");
        assert!(waits[3] >= 8 * FIRST_DELAY, "{waits:?}");
        assert!(waits.len() >= 6 && waits.iter().all(|wait| *wait <= 2 * LONGEST_DELAY), "{waits:?}");
        let taken = start.elapsed();
        assert!(taken >= Duration::from_secs(58) && taken <= Duration::from_mins(1), "{taken:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn r6_retry_after_is_kept_to() {
        let mut tries = Tries::new(Duration::from_mins(1));
        let start = Instant::now();
        tries.wait_after(limited(20)).await.unwrap();
        assert!(start.elapsed() >= Duration::from_secs(20) && start.elapsed() < Duration::from_secs(24));
        let error = tries.wait_after(limited(60)).await.unwrap_err();
        assert!(matches!(&error, SourceError::Limited { detail, .. } if detail.contains("wait for 60 s")), "{error}");
        assert!(start.elapsed() < Duration::from_secs(24), "nobody waits for what will not happen");
    }

    #[tokio::test(start_paused = true)]
    async fn r6_retry_after_nothing_is_no_leave_to_hammer() {
        let mut tries = Tries::new(Duration::from_mins(1));
        let start = Instant::now();
        tries.wait_after(limited(0)).await.unwrap();
        assert!(start.elapsed() >= FIRST_DELAY);
    }

    #[tokio::test(start_paused = true)]
    async fn r6_what_was_last_seen_names_the_error() {
        let mut tries = Tries::new(Duration::from_secs(3));
        while tries.left() > LAST_REQUEST {
            tries.wait_after(unwell("HTTP 500")).await.unwrap();
        }
        let error = tries.wait_after(limited(0)).await.unwrap_err();
        assert!(matches!(error, SourceError::Limited { .. }), "{error}");
    }

    #[tokio::test(start_paused = true)]
    async fn r6_waiting_for_the_limiter_costs_no_patience() {
        let mut tries = Tries::new(Duration::from_secs(10));
        tries.off_the_clock(sleep(Duration::from_mins(1))).await;
        assert_eq!(tries.left(), Duration::from_secs(10));
    }
}
