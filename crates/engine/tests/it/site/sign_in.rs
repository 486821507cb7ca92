use domain::{field::Field, language::Language};
use engine::{
    Actor, Origin,
    administrators::{LinkState, SignIn},
    site::Standing,
};
use jiff::{SignedDuration, civil::date};
use sandbox::Change;
use serde_json::json;

use super::{ADA, DAY, PASSWORD};
use crate::{
    administrators::{ANOTHER, flaws, origin, signed_in},
    bed::Bed,
    both,
    setup::by,
};

async fn members_sign_in_and_guessing_tells_nothing(bed: Bed) {
    bed.with_invited().await;
    bed.come_in(&bed.invitation(ADA).await).await;
    let token = signed_in(bed.sign_member_in(" ADA.Adamski@acme.example ", PASSWORD).await);
    let signed = bed.signed_member(&token).await.expect("signed in");
    assert_eq!((signed.first_name().as_deref(), signed.email()), (Some("Ada"), ADA));
    // Known, invited and unknown are answered alike.
    for address in [ADA, "bela.adamski@acme.example", "nobody@acme.example"] {
        for _ in 0..5 {
            assert_eq!(bed.sign_member_in(address, "not the password").await, SignIn::Refused, "{address}");
        }
        assert!(matches!(bed.sign_member_in(address, PASSWORD).await, SignIn::Wait { .. }), "{address}");
        bed.pass(SignedDuration::from_mins(20));
    }
    assert_eq!(bed.engine.session(token.as_str()).await.expect("asked"), None, "a member is no administrator");
}

async fn sessions_are_seen_and_ended(bed: Bed) {
    let programme = bed.with_invited().await;
    let first = bed.come_in(&bed.invitation(ADA).await).await;
    let second = signed_in(bed.sign_member_in(ADA, PASSWORD).await);
    let signed = bed.signed_member(&second).await.expect("signed in");
    assert_eq!(bed.engine.member_sessions(&signed).await.expect("sessions").len(), 2);
    let change = async |current, new| bed.engine.change_member_password(&signed, current, new, &origin()).await;
    assert_eq!(flaws(change("not it at all", ANOTHER).await), [("current", "password-wrong")]);
    assert_eq!(flaws(change(PASSWORD, "acme-rewards-26").await), [("password", "password-like-programme")]);
    change(PASSWORD, ANOTHER).await.expect("changed");
    assert!(bed.signed_member(&first).await.is_none(), "signed out elsewhere");
    let third = signed_in(bed.sign_member_in(ADA, ANOTHER).await);
    let signed = bed.signed_member(&third).await.expect("signed in");
    assert_eq!(bed.engine.end_other_member_sessions(&signed).await.expect("ended"), 1);
    assert!(bed.signed_member(&second).await.is_none());
    bed.engine.sign_member_out(&programme, third.as_str()).await.expect("out");
    assert!(bed.signed_member(&third).await.is_none());
    let left = signed_in(bed.sign_member_in(ADA, ANOTHER).await);
    bed.pass(SignedDuration::from_hours(8));
    assert!(bed.signed_member(&left).await.is_none(), "eight hours without a request");
}

async fn a_forgotten_password_is_chosen_anew(bed: Bed) {
    let programme = bed.with_invited().await;
    let before = bed.come_in(&bed.invitation(ADA).await).await;
    bed.engine.let_member_in(&programme, ADA).await.expect("sent");
    let token = bed.tokens("reset", ADA).await.pop().expect("a link");
    let state = bed.engine.member_reset_state(&programme, &token).await.expect("an answer");
    assert_eq!(state, LinkState::Valid(ADA.to_owned()));
    let reset = async |password| bed.engine.reset_member_password(&programme, &token, password).await;
    assert_eq!(flaws(reset("short").await), [("password", "password-too-short")]);
    reset(ANOTHER).await.expect("kept");
    assert_eq!(flaws(reset(PASSWORD).await), [("link", "link-used")]);
    assert!(bed.signed_member(&before).await.is_none());
    signed_in(bed.sign_member_in(ADA, ANOTHER).await);
    bed.engine.let_member_in(&programme, ADA).await.expect("sent");
    let late = bed.tokens("reset", ADA).await.pop().expect("a link");
    bed.pass(SignedDuration::from_mins(60));
    let state = bed.engine.member_reset_state(&programme, &late).await.expect("an answer");
    assert_eq!(state, LinkState::Expired);
}

/// R37, R60, R62
async fn a_leaver_sees_until_when_and_nothing_else(bed: Bed) {
    let programme = bed.with_invited().await;
    bed.change(1, &Change::set("dynamic_1830001", "ada@home.example"));
    bed.import().await;
    let token = bed.come_in(&bed.invitation(ADA).await).await;
    bed.engine.let_member_in(&programme, ADA).await.expect("sent");
    let dead = bed.tokens("reset", ADA).await.pop().expect("a link");
    bed.pass(SignedDuration::from_mins(1));
    bed.dismiss(1);
    bed.import().await;
    let standing = async || bed.signed_member(&token).await.map(|signed| signed.standing);
    assert_eq!(standing().await, Some(Standing::Checked));
    let state = bed.engine.member_reset_state(&programme, &dead).await.expect("an answer");
    assert_eq!(state, LinkState::Unknown, "R37: reset links die");
    for _ in 0..4 {
        bed.pass(SignedDuration::from_hours(6));
        standing().await;
    }
    assert_eq!(standing().await, Some(Standing::Leaver { ends_on: date(2027, 1, 22) }));
    bed.engine.let_member_in(&programme, ADA).await.expect("sent");
    let link = bed.tokens("reset", "ada@home.example").await.pop().expect("to the personal address");
    bed.engine.reset_member_password(&programme, &link, ANOTHER).await.expect("kept");
    let again = signed_in(bed.sign_member_in(ADA, ANOTHER).await);
    assert!(bed.signed_member(&again).await.is_some_and(|signed| !signed.is_current()));
    // R38: back, with full access and the password of before.
    bed.change(1, &Change::set("status", "active"));
    bed.pass(DAY);
    bed.import().await;
    let back = signed_in(bed.sign_member_in(ADA, ANOTHER).await);
    assert!(bed.signed_member(&back).await.is_some_and(|signed| signed.is_current()));
    assert_eq!(bed.engine.remind().await.expect("looked"), 0, "no new invitation");
}

async fn a_second_factor_is_asked_for_once_it_is_on(bed: Bed) {
    let programme = bed.with_invited().await;
    let token = bed.come_in(&bed.invitation(ADA).await).await;
    let signed = bed.signed_member(&token).await.expect("signed in");
    assert_eq!(flaws(bed.engine.confirm_member_totp(&signed, "123456").await), [("code", "second-factor-not-begun")]);
    let offer = bed.engine.begin_member_totp(&signed).await.expect("an offer");
    assert!(offer.url.contains("Acme%20Rewards"), "{}", offer.url);
    let codes = bed.engine.confirm_member_totp(&signed, &bed.code(&offer, 0)).await.expect("confirmed");
    let half = async || match bed.sign_member_in(ADA, PASSWORD).await {
        SignIn::SecondFactor(token) => token,
        other => panic!("expected to be asked for more, got {other:?}"),
    };
    let enter = async |token: &engine::administrators::Token, code: &str| {
        bed.engine.member_second_factor(&programme, token.as_str(), code, &origin()).await.expect("an answer")
    };
    let token = half().await;
    assert!(bed.signed_member(&token).await.is_none(), "half is not in");
    assert_eq!(enter(&token, &bed.code(&offer, 0)).await, SignIn::Refused, "the code that proved it was used");
    bed.pass(SignedDuration::from_secs(30));
    let signed = bed.signed_member(&signed_in(enter(&token, &bed.code(&offer, 0)).await)).await.expect("in");
    let token = half().await;
    signed_in(enter(&token, &codes[0].to_uppercase()).await);
    assert_eq!(bed.engine.member_recovery_codes_left(&signed).await.expect("counted"), 9);
    let token = half().await;
    assert_eq!(enter(&token, &codes[0]).await, SignIn::Refused, "each works once");
    let new = bed.engine.renew_member_recovery_codes(&signed, PASSWORD, &origin()).await.expect("new codes");
    // The dice of these tests come round again after a few codes.
    let replaced = codes[1..].iter().find(|code| !new.contains(code)).expect("another code");
    assert_eq!(enter(&token, replaced).await, SignIn::Refused, "replaced");
    signed_in(enter(&token, &new[0]).await);
    bed.engine.disable_member_totp(&signed, PASSWORD, &origin()).await.expect("off");
    signed_in(bed.sign_member_in(ADA, PASSWORD).await);
}

async fn everything_that_is_held_is_told_with_where_it_comes_from(bed: Bed) {
    bed.with_invited().await;
    let signed = bed.signed_member(&bed.come_in(&bed.invitation(ADA).await).await).await.expect("signed in");
    let data = bed.engine.member_data(&signed).await.expect("data");
    let of = |field: &str| data.iter().find(|datum| datum.field == field).expect("it is held");
    let from = |attribute: &str| Origin::Fed { source: "personio".into(), attribute: attribute.into() };
    assert_eq!((&*of("employee_id").value, &of("employee_id").origin), ("1", &from("id")));
    assert_eq!((&*of("department").value, &of("department").origin), ("Sales", &from("department")));
    let copy = bed.engine.member_copy(&signed).await.expect("a copy");
    assert_eq!(copy.changes.iter().map(|change| &*change.kind).collect::<Vec<_>>(), ["join"]);
    assert_eq!(copy.mails[0].kind, "welcome");
    let text = serde_json::to_string(&copy).expect("it is written");
    assert!(text.contains("\"created_at\":\"2026-11-23T06:00:") && text.contains("Adamski"), "{text}");
    assert!(!text.contains("argon2"), "no secret");
}

/// R24, R37
async fn a_copy_tells_what_was_done_by_hand_and_names_nobody_who_did_it(bed: Bed) {
    let programme = bed.with_invited().await;
    let token = bed.come_in(&bed.invitation(ADA).await).await;
    let signed = bed.signed_member(&token).await.expect("signed in");
    let (engine, by) = (&bed.engine, Actor { address: Some("198.51.100.4".to_owned()), ..by() });
    let seen = async || {
        bed.pass(SignedDuration::from_secs(1));
        engine.member(programme.number(), signed.number()).await.expect("there")
    };
    let entries = [(Field::Phone, "+44 20 7946 0000".to_owned())].into();
    engine.edit_member(&programme, &seen().await, &entries, &by).await.expect("edited");
    let until = engine.today(&programme).tomorrow().expect("a day");
    engine.lock_in(&programme, &seen().await, Some(until), "as Bo Lind asked", &by).await.expect("locked in");
    engine.unlock(&programme, &seen().await, &by).await.expect("unlocked");
    engine.exclude(&programme, &seen().await, "a rival, says Bo Lind", &by).await.expect("excluded");
    let exclusion = engine.exclusion_of(&programme, signed.number()).await.expect("asked").expect("excluded");
    engine.lift_exclusion(&programme, exclusion.id, &by).await.expect("lifted");
    engine.reopen(&programme, &seen().await, &by).await.expect("reopened");
    engine.mark_as_leaver(&programme, &seen().await, "a mistake of Bo Lind's", &by).await.expect("left");
    // What happens to somebody else is not theirs to know.
    let other = bed.member("2").await.id;
    let other = engine.member(programme.number(), other).await.expect("there");
    engine.mark_as_leaver(&programme, &other, "left", &by).await.expect("left");
    let signed = bed.signed_member(&token).await.expect("a leaver is let in");
    engine.choose_language(&signed, Language::De, &origin()).await.expect("chosen");

    let copy = engine.member_copy(&signed).await.expect("a copy");
    let told: Vec<_> = copy.deeds.iter().rev().map(|deed| (&*deed.by, &*deed.kind)).collect();
    let by_hand = ["edited", "locked-in", "unlocked", "excluded", "exclusion-lifted", "reopened", "left"];
    let mut expected: Vec<_> = by_hand.iter().map(|what| ("administrator", format!("member.{what}"))).collect();
    expected.push(("member", "member.language-chosen".to_owned()));
    assert_eq!(told, expected.iter().map(|(by, kind)| (*by, &**kind)).collect::<Vec<_>>());
    let edited = copy.deeds.last().expect("the first of them");
    assert_eq!(edited.after, Some(json!({ "phone": "+44 20 7946 0000" })));
    assert_eq!(copy.changes.iter().map(|change| &*change.kind).collect::<Vec<_>>(), ["join"]);
    let text = serde_json::to_string(&copy).expect("it is written");
    assert!(text.contains(&format!("\"until\":\"{until}\"")) && text.contains("\"by\":\"administrator\""), "{text}");
    for kept_back in [&*by.name, "198.51.100.4", "Bo Lind", "rival"] {
        assert!(!text.contains(kept_back), "{kept_back}: {text}");
    }
}

both!(
    members_sign_in_and_guessing_tells_nothing,
    sessions_are_seen_and_ended,
    a_forgotten_password_is_chosen_anew,
    a_leaver_sees_until_when_and_nothing_else,
    a_second_factor_is_asked_for_once_it_is_on,
    everything_that_is_held_is_told_with_where_it_comes_from,
    a_copy_tells_what_was_done_by_hand_and_names_nobody_who_did_it,
);
