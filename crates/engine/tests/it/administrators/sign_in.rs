use engine::administrators::{Origin, SignIn};
use jiff::SignedDuration;

use super::{ANOTHER, OWNER, PASSWORD, flaws, origin, signed_in};
use crate::{bed::Bed, both};

async fn a_session_ends_when_it_is_left_or_after_a_week(bed: Bed) {
    bed.first_owner().await;
    let token = signed_in(bed.try_sign_in(" Ada@ACME.example ", PASSWORD).await);
    bed.pass(SignedDuration::from_hours(7));
    bed.signed(&token).await;
    bed.pass(SignedDuration::from_hours(7));
    bed.signed(&token).await;
    bed.pass(SignedDuration::from_hours(8));
    assert_eq!(bed.engine.session(token.as_str()).await.expect("asked"), None, "eight hours without a request");
    let token = signed_in(bed.try_sign_in(OWNER, PASSWORD).await);
    for _ in 0..27 {
        bed.pass(SignedDuration::from_hours(6));
        bed.signed(&token).await;
    }
    bed.pass(SignedDuration::from_hours(6));
    assert_eq!(bed.engine.session(token.as_str()).await.expect("asked"), None, "seven days");
}

async fn each_sign_in_has_a_token_of_its_own_and_ends_alone(bed: Bed) {
    let (first, _) = bed.first_owner().await;
    let one = signed_in(bed.try_sign_in(OWNER, PASSWORD).await);
    bed.pass(SignedDuration::from_mins(2));
    let two = signed_in(bed.try_sign_in(OWNER, PASSWORD).await);
    assert_ne!(one, two);
    let signed = bed.signed(&two).await;
    let sessions = bed.engine.sessions_of(&signed).await.expect("sessions");
    assert_eq!(sessions.iter().map(|session| session.is_current).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!((sessions[0].address.as_deref(), &*sessions[0].agent), (Some("192.0.2.7"), "A browser"));
    bed.engine.sign_out(one.as_str()).await.expect("out");
    assert_eq!(bed.engine.session(one.as_str()).await.expect("asked"), None);
    assert_eq!(bed.engine.end_other_sessions(&signed).await.expect("ended"), 1, "the first run's");
    assert_eq!(bed.engine.sessions_of(&first).await.expect("sessions").len(), 1);
    bed.signed(&two).await;
    assert_eq!(bed.engine.session("").await.expect("asked"), None);
}

/// What is known and what is not get the same answers, and the same waits.
async fn guessing_is_slow_and_tells_nothing(bed: Bed) {
    bed.first_owner().await;
    for address in [OWNER, "nobody@acme.example"] {
        let guess = async |n: u8| {
            let from = Origin { address: Some(format!("192.0.2.{n}")), ..origin() };
            bed.engine.sign_in(address, "a guess at random", &from).await.expect("an answer")
        };
        for n in 1..=5 {
            assert_eq!(guess(n).await, SignIn::Refused, "{address}");
        }
        assert_eq!(guess(6).await, SignIn::Wait { seconds: 30 }, "{address}");
        bed.pass(SignedDuration::from_secs(30));
        assert_eq!(guess(7).await, SignIn::Refused);
        assert_eq!(guess(8).await, SignIn::Wait { seconds: 60 });
        bed.pass(SignedDuration::from_secs(59));
        assert_eq!(guess(9).await, SignIn::Wait { seconds: 1 });
        bed.pass(SignedDuration::from_secs(1));
    }
    // The right password opens, and what was counted is forgotten.
    signed_in(bed.try_sign_in(OWNER, PASSWORD).await);
    for _ in 0..5 {
        assert_eq!(bed.try_sign_in(OWNER, ANOTHER).await, SignIn::Refused);
    }
    assert!(matches!(bed.try_sign_in(OWNER, PASSWORD).await, SignIn::Wait { .. }), "not even the right one");
    bed.pass(SignedDuration::from_mins(16));
    for _ in 0..5 {
        assert_eq!(bed.try_sign_in(OWNER, ANOTHER).await, SignIn::Refused, "a new run of failures");
    }
}

async fn one_address_cannot_guess_at_many_accounts(bed: Bed) {
    bed.first_owner().await;
    for n in 0..20 {
        let outcome = bed.try_sign_in(&format!("person{n}@acme.example"), "a guess at random").await;
        assert_eq!(outcome, SignIn::Refused);
        // Whoever has an account of their own gains nothing by it.
        if n == 10 {
            signed_in(bed.try_sign_in(OWNER, PASSWORD).await);
        }
    }
    assert_eq!(bed.try_sign_in("person21@acme.example", "a guess").await, SignIn::Wait { seconds: 30 });
    let elsewhere = Origin { address: Some("198.51.100.1".into()), ..origin() };
    signed_in(bed.engine.sign_in(OWNER, PASSWORD, &elsewhere).await.expect("an answer"));
}

async fn guesses_at_the_same_moment_are_counted_one_by_one(bed: Bed) {
    bed.first_owner().await;
    let guesses = (0..12).map(|n| {
        let engine = bed.engine.clone();
        let from = Origin { address: Some(format!("192.0.2.{n}")), ..origin() };
        tokio::spawn(async move { engine.sign_in(OWNER, "a guess at random", &from).await.expect("an answer") })
    });
    let guesses: Vec<_> = guesses.collect();
    let mut refused = 0;
    for guess in guesses {
        refused += usize::from(guess.await.expect("done") == SignIn::Refused);
    }
    assert_eq!(refused, 5, "the others were not even looked at");
}

async fn a_password_is_changed_by_whoever_knows_it(bed: Bed) {
    let (first, programme) = bed.first_owner().await;
    let token = signed_in(bed.try_sign_in(OWNER, PASSWORD).await);
    let signed = bed.signed(&token).await;
    let change = async |current, new| bed.engine.change_password(&signed, current, new, &origin()).await;
    assert_eq!(flaws(change("not mine at all", ANOTHER).await), [("current", "password-wrong")]);
    assert_eq!(flaws(change(PASSWORD, "harbour-söhne").await), [("password", "password-like-programme")]);
    change(PASSWORD, ANOTHER).await.expect("changed");
    bed.signed(&token).await;
    assert_eq!(bed.engine.sessions_of(&first).await.expect("sessions").len(), 1, "signed out elsewhere");
    assert_eq!(bed.try_sign_in(OWNER, PASSWORD).await, SignIn::Refused);
    signed_in(bed.try_sign_in(OWNER, ANOTHER).await);
    assert_eq!(bed.deeds(&programme).await[0].0, "administrator.password-changed");
    // However its characters were typed.
    change(ANOTHER, "caf\u{e9} at the corner 5").await.expect("changed");
    signed_in(bed.try_sign_in(OWNER, "cafe\u{301} at the corner 5").await);
}

async fn a_profile_is_somebodys_own(bed: Bed) {
    let (signed, _) = bed.first_owner().await;
    let update = async |name| bed.engine.update_profile(&signed, name, domain::language::Language::De).await;
    assert_eq!(flaws(update("  ").await), [("name", "missing")]);
    update(" Ada King ").await.expect("updated");
    let token = signed_in(bed.try_sign_in(OWNER, PASSWORD).await);
    let profile = bed.signed(&token).await.administrator;
    assert_eq!((&*profile.name, profile.language.as_str()), ("Ada King", "de"));
}

both!(
    a_session_ends_when_it_is_left_or_after_a_week,
    each_sign_in_has_a_token_of_its_own_and_ends_alone,
    guessing_is_slow_and_tells_nothing,
    one_address_cannot_guess_at_many_accounts,
    guesses_at_the_same_moment_are_counted_one_by_one,
    a_password_is_changed_by_whoever_knows_it,
    a_profile_is_somebodys_own,
);
