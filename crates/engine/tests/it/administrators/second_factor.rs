use engine::administrators::{SignIn, Signed, Token, TotpOffer};
use jiff::SignedDuration;
use totp_rs::{Builder, Secret};

use super::{OWNER, PASSWORD, flaws, origin, signed_in};
use crate::{bed::Bed, both};

impl Bed {
    /// What an authenticator shows now, or so many seconds from now.
    pub(crate) fn code(&self, offer: &TotpOffer, from_now: i64) -> String {
        let secret = Secret::try_from_base32(&offer.secret).expect("a key");
        let totp = Builder::new().with_secret(secret).build().expect("a key");
        let seconds = self.engine.now() / 1_000_000 + from_now;
        totp.generate(seconds.try_into().expect("after 1970")).to_string()
    }

    pub(crate) async fn with_second_factor(&self, signed: &Signed) -> (TotpOffer, Vec<String>) {
        let offer = self.engine.begin_totp(signed).await.expect("an offer");
        let codes = self.engine.confirm_totp(signed, &self.code(&offer, 0), &origin()).await.expect("confirmed");
        self.pass(SignedDuration::from_secs(30));
        (offer, codes)
    }

    async fn half_signed_in(&self) -> Token {
        match self.try_sign_in(OWNER, PASSWORD).await {
            SignIn::SecondFactor(token) => token,
            other => panic!("expected to be asked for more, got {other:?}"),
        }
    }

    async fn enter(&self, token: &Token, code: &str) -> SignIn {
        self.engine.second_factor(token.as_str(), code, &origin()).await.expect("an answer")
    }
}

async fn it_is_on_once_a_code_was_entered(bed: Bed) {
    let (signed, programme) = bed.first_owner().await;
    assert_eq!(
        flaws(bed.engine.confirm_totp(&signed, "123456", &origin()).await),
        [("code", "second-factor-not-begun")]
    );
    let offer = bed.engine.begin_totp(&signed).await.expect("an offer");
    assert!(offer.url.starts_with("otpauth://totp/Rollcall:ada%40acme.example?secret="), "{}", offer.url);
    signed_in(bed.try_sign_in(OWNER, PASSWORD).await);
    let wrong = bed.engine.confirm_totp(&signed, "abc", &origin()).await;
    assert_eq!(flaws(wrong), [("code", "code-wrong")]);
    assert!(bed.engine.pending_totp(&signed).await.expect("asked").is_some_and(|pending| pending == offer));
    let codes = bed.engine.confirm_totp(&signed, &bed.code(&offer, 0), &origin()).await.expect("confirmed");
    assert_eq!(codes.len(), 10);
    assert!(bed.engine.begin_totp(&signed).await.is_err(), "one that is on is not replaced");
    let token = bed.half_signed_in().await;
    assert_eq!(bed.engine.session(token.as_str()).await.expect("asked"), None, "half is not in");
    assert!(bed.engine.owes_second_factor(token.as_str()).await.expect("asked"));
    assert_eq!(bed.deeds(&programme).await[0].0, "administrator.second-factor-on");
}

async fn a_code_works_once_and_around_its_time(bed: Bed) {
    let (signed, _) = bed.first_owner().await;
    let (offer, _) = bed.with_second_factor(&signed).await;
    let token = bed.half_signed_in().await;
    assert_eq!(bed.enter(&token, &bed.code(&offer, -30)).await, SignIn::Refused, "it switched the factor on");
    assert_eq!(bed.enter(&token, &bed.code(&offer, 90)).await, SignIn::Refused, "too early");
    let code = bed.code(&offer, 0);
    let spaced = format!(" {} {} ", &code[..3], &code[3..]);
    let full = signed_in(bed.enter(&token, &spaced).await);
    assert_ne!(full, token);
    bed.signed(&full).await;
    assert_eq!(bed.enter(&token, &code).await, SignIn::Expired, "the half session is gone");
    let token = bed.half_signed_in().await;
    assert_eq!(bed.enter(&token, &code).await, SignIn::Refused, "seen by somebody over a shoulder");
    signed_in(bed.enter(&token, &bed.code(&offer, 30)).await);
}

async fn a_recovery_code_works_once(bed: Bed) {
    let (signed, _) = bed.first_owner().await;
    let (_, codes) = bed.with_second_factor(&signed).await;
    let token = bed.half_signed_in().await;
    signed_in(bed.enter(&token, &codes[3].to_uppercase().replace('-', " ")).await);
    assert_eq!(bed.engine.recovery_codes_left(&signed).await.expect("asked"), 9);
    let token = bed.half_signed_in().await;
    assert_eq!(bed.enter(&token, &codes[3]).await, SignIn::Refused);
    signed_in(bed.enter(&token, &codes[4]).await);
}

async fn guessing_codes_is_slow_and_time_is_short(bed: Bed) {
    let (signed, _) = bed.first_owner().await;
    let (offer, _) = bed.with_second_factor(&signed).await;
    let token = bed.half_signed_in().await;
    for _ in 0..5 {
        assert_eq!(bed.enter(&token, "000 001").await, SignIn::Refused);
    }
    let code = bed.code(&offer, 0);
    assert_eq!(bed.enter(&token, &code).await, SignIn::Wait { seconds: 30 });
    bed.pass(SignedDuration::from_mins(10));
    assert_eq!(bed.enter(&token, &bed.code(&offer, 0)).await, SignIn::Expired);
    assert!(!bed.engine.owes_second_factor(token.as_str()).await.expect("asked"));
}

async fn recovery_codes_are_made_anew_with_the_password(bed: Bed) {
    let (signed, programme) = bed.first_owner().await;
    let off = bed.engine.renew_recovery_codes(&signed, PASSWORD, &origin()).await;
    assert_eq!(flaws(off), [("password", "second-factor-not-begun")]);
    let (_, old) = bed.with_second_factor(&signed).await;
    let guess = bed.engine.renew_recovery_codes(&signed, "a guess", &origin()).await;
    assert_eq!(flaws(guess), [("password", "password-wrong")]);
    let new = bed.engine.renew_recovery_codes(&signed, PASSWORD, &origin()).await.expect("new codes");
    assert_eq!(bed.engine.recovery_codes_left(&signed).await.expect("asked"), 10);
    let token = bed.half_signed_in().await;
    // The dice of these tests come round again after a few codes.
    let replaced = old.iter().find(|code| !new.contains(code)).expect("another code");
    assert_eq!(bed.enter(&token, replaced).await, SignIn::Refused);
    signed_in(bed.enter(&token, &new[0]).await);
    let deeds = bed.deeds(&programme).await;
    assert!(deeds.iter().any(|(action, ..)| action == "administrator.recovery-codes-renewed"), "{deeds:?}");
}

async fn it_is_switched_off_with_the_password(bed: Bed) {
    let (signed, programme) = bed.first_owner().await;
    bed.with_second_factor(&signed).await;
    assert_eq!(flaws(bed.engine.disable_totp(&signed, "a guess", &origin()).await), [("password", "password-wrong")]);
    bed.engine.disable_totp(&signed, PASSWORD, &origin()).await.expect("off");
    signed_in(bed.try_sign_in(OWNER, PASSWORD).await);
    assert_eq!(bed.engine.recovery_codes_left(&signed).await.expect("asked"), 0);
    assert_eq!(bed.deeds(&programme).await[0].0, "administrator.second-factor-off");
    bed.with_second_factor(&signed).await;
}

both!(
    it_is_on_once_a_code_was_entered,
    a_code_works_once_and_around_its_time,
    a_recovery_code_works_once,
    guessing_codes_is_slow_and_time_is_short,
    recovery_codes_are_made_anew_with_the_password,
    it_is_switched_off_with_the_password,
);
