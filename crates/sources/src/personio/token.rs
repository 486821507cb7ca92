//! The token that stands for the credentials until it expires (R5).

use std::time::Duration;

use reqwest::header::HeaderValue;
use tokio::time::Instant;

use super::wire::{Granted, Unfit};

/// What Personio's tokens last, where an answer does not say.
const USUAL_LIFETIME: Duration = Duration::from_hours(24);
/// Beyond this, what an answer says is not believed.
const LONGEST_LIFETIME: Duration = Duration::from_hours(7 * 24);
/// A token is replaced so long before it expires.
const MARGIN: Duration = Duration::from_mins(1);

/// A token, as the header that carries it. It has no `Debug`: it is a secret.
pub(super) struct Token {
    authorization: HeaderValue,
    lifetime: Duration,
    good_until: Instant,
}

impl Token {
    /// The token just granted; `asked_at` is when it was asked for, so that its time is not
    /// reckoned too long.
    pub(super) fn new(granted: &Granted, asked_at: Instant) -> Result<Self, Unfit> {
        let lifetime = granted.expires_in.map_or(USUAL_LIFETIME, Duration::from_secs).min(LONGEST_LIFETIME);
        let lifetime = lifetime.saturating_sub(MARGIN.min(lifetime / 10));
        let authorization = header(&granted.token);
        let authorization = authorization.ok_or_else(|| Unfit::Unreadable("`data.token` is no token".to_owned()))?;
        Ok(Self { authorization, lifetime, good_until: asked_at + lifetime })
    }

    pub(super) fn authorization(&self) -> &HeaderValue {
        &self.authorization
    }

    pub(super) fn is_good(&self, now: Instant) -> bool {
        now < self.good_until
    }

    /// Takes over the token that an answer carries; whether it was another one.
    pub(super) fn follow(&mut self, answered: &HeaderValue, now: Instant) -> bool {
        let text = answered.to_str().unwrap_or_default();
        let (scheme, rest) = text.split_once(' ').unwrap_or((text, ""));
        let bare = if scheme.eq_ignore_ascii_case("bearer") { rest } else { text };
        match header(bare) {
            Some(next) if next != self.authorization => {
                self.authorization = next;
                self.good_until = now + self.lifetime;
                true
            }
            _ => false,
        }
    }
}

fn header(token: &str) -> Option<HeaderValue> {
    let token = token.trim();
    if token.is_empty() || token.contains(char::is_whitespace) {
        return None;
    }
    let mut value = HeaderValue::from_str(&format!("Bearer {token}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(expires_in: Option<u64>, asked_at: Instant) -> Token {
        Token::new(&Granted { token: "papi-1".into(), expires_in }, asked_at).unwrap_or_else(|_| panic!("a good token"))
    }

    #[tokio::test(start_paused = true)]
    async fn r5_a_token_is_good_until_shortly_before_it_expires() {
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        let day = token(Some(86_400), start);
        assert!(day.is_good(after(86_339)) && !day.is_good(after(86_340)));
        let brief = token(Some(10), start);
        assert!(brief.is_good(after(8)) && !brief.is_good(after(9)));
        assert!(token(None, start).is_good(after(80_000)));
        assert!(!token(Some(u64::MAX), start).is_good(after(8 * 86_400)));
    }

    #[tokio::test(start_paused = true)]
    async fn r5_the_token_of_an_answer_is_taken_over_if_it_is_another() {
        let start = Instant::now();
        let mut held = token(Some(100), start);
        let later = start + Duration::from_secs(50);
        for same in ["Bearer papi-1", "bearer papi-1", "papi-1", "", "Bearer ", "Basic a b"] {
            assert!(!held.follow(&HeaderValue::from_str(same).unwrap(), later), "{same}");
        }
        assert!(held.follow(&HeaderValue::from_static("Bearer papi-2"), later));
        assert_eq!(held.authorization(), "Bearer papi-2");
        assert!(held.is_good(start + Duration::from_secs(139)));
        assert!(held.authorization().is_sensitive());
    }

    #[tokio::test(start_paused = true)]
    async fn a_token_that_no_header_can_hold_is_refused() {
        for bad in ["", " ", "a b", "a\r\nX: y", "\u{7f}"] {
            let granted = Granted { token: bad.into(), expires_in: None };
            assert!(Token::new(&granted, Instant::now()).is_err(), "{bad:?}");
        }
    }
}
