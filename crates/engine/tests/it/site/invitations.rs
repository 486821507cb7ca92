use domain::member::State;
use engine::{Actor, Event, Scope, import::Silent, site::InvitationState};
use jiff::SignedDuration;
use sandbox::Change;

use super::{ADA, DAY, PASSWORD};
use crate::{
    administrators::{flaws, origin},
    bed::Bed,
    both,
};

async fn r32_an_invitation_lets_its_owner_in_once(bed: Bed) {
    let programme = bed.with_invited().await;
    let token = bed.invitation(ADA).await;
    let InvitationState::Valid(invited) = bed.invitation_state(&token).await else { panic!("it works") };
    assert_eq!((invited.first_name.as_deref(), &*invited.email), (Some("Ada"), ADA));
    let accept = async |password| bed.engine.accept_member_invitation(&programme, &token, password, &origin()).await;
    assert_eq!(flaws(accept("Adamski-2026!!").await), [("password", "password-like-person")]);
    assert_eq!(flaws(accept("short").await), [("password", "password-too-short")]);
    assert_eq!(flaws(accept("password1234").await), [("password", "password-common")]);
    let session = accept(PASSWORD).await.expect("accepted");
    assert!(bed.signed_member(&session).await.is_some_and(|signed| signed.is_current()));
    assert_eq!(bed.member("1").await.state, State::Active);
    assert_eq!(bed.invitation_state(&token).await, InvitationState::Used);
    assert_eq!(flaws(accept(PASSWORD).await), [("link", "link-used")]);
    // A next import leaves everything as it is (R31).
    assert_eq!(bed.import().await.counts.update, 0);
    assert_eq!(bed.member("1").await.state, State::Active);
}

async fn only_we_make_links_that_work(bed: Bed) {
    bed.with_invited().await;
    let token = bed.invitation(ADA).await;
    let parts: Vec<&str> = token.split('-').collect();
    let forged = format!("{}-2-{}", parts[0], parts[2]);
    for bad in ["", "x", "1-1-1", &token[1..], &forged, &format!("{token}0"), &format!("{token}-1")] {
        assert_eq!(bed.invitation_state(bad).await, InvitationState::Unknown, "{bad}");
    }
}

async fn an_expired_invitation_is_asked_for_anew(bed: Bed) {
    let programme = bed.with_invited().await;
    let token = bed.invitation(ADA).await;
    bed.pass(DAY * 14);
    assert_eq!(bed.invitation_state(&token).await, InvitationState::Expired);
    let late = bed.engine.accept_member_invitation(&programme, &token, PASSWORD, &origin()).await;
    assert_eq!(flaws(late), [("link", "link-expired")]);
    bed.engine.ask_for_invitation(&programme, &token, &origin()).await.expect("asked");
    let newest = bed.invitation(ADA).await;
    assert_ne!(newest, token);
    assert_eq!(bed.invitation_state(&token).await, InvitationState::Replaced);
    assert!(matches!(bed.invitation_state(&newest).await, InvitationState::Valid(_)));
    // Asked again while the new one works, the same comes once more.
    bed.engine.ask_for_invitation(&programme, &token, &origin()).await.expect("asked");
    assert_eq!(bed.invitation(ADA).await, newest);
    bed.come_in(&newest).await;
}

async fn an_administrator_sends_it_again(bed: Bed) {
    let programme = bed.with_invited().await;
    let token = bed.invitation(ADA).await;
    let ada = bed.member("1").await.id;
    bed.engine.resend_invitation(&programme, ada, &Actor::command()).await.expect("sent");
    assert_eq!(bed.invitation_state(&token).await, InvitationState::Replaced);
    let newest = bed.invitation(ADA).await;
    bed.come_in(&newest).await;
    assert!(bed.engine.resend_invitation(&programme, ada, &Actor::command()).await.is_err(), "there is a password");
    let deeds = bed.deeds(&programme).await;
    assert_eq!((&*deeds[0].0, &*deeds[0].2), ("member.invitation-resent", &*ada.to_string()));
}

async fn r11_links_to_an_address_of_before_die(bed: Bed) {
    let programme = bed.with_invited().await;
    let token = bed.invitation(ADA).await;
    bed.change(1, &Change::set("email", "ada.new@acme.example"));
    bed.import().await;
    assert_eq!(bed.invitation_state(&token).await, InvitationState::Replaced);
    bed.engine.remind().await.expect("looked");
    assert_eq!(bed.tokens("welcome", "ada.new@acme.example").await.len(), 0, "no mail is sent for it");
    bed.engine.resend_invitation(&programme, bed.member("1").await.id, &Actor::command()).await.expect("sent");
    let newest = bed.invitation("ada.new@acme.example").await;
    bed.come_in(&newest).await;
}

async fn r37_a_leavers_invitation_waits_and_works_again(bed: Bed) {
    let programme = bed.with_invited().await;
    let token = bed.invitation(ADA).await;
    bed.pass(DAY * 10);
    bed.dismiss(1);
    bed.import().await;
    assert_eq!(bed.invitation_state(&token).await, InvitationState::Suspended);
    bed.change(1, &Change::set("status", "active"));
    bed.import().await;
    bed.pass(DAY * 13);
    assert!(matches!(bed.invitation_state(&token).await, InvitationState::Valid(_)), "its days are counted anew");
    // One that has expired meanwhile is replaced.
    bed.dismiss(1);
    let left = bed.import().await;
    bed.pass(DAY * 2);
    bed.engine.restore_leavers(left.import, &Actor::command()).await.expect("restored");
    // Done to all leavers of the import at once, and told of each.
    let ada = bed.member("1").await.id;
    let story = bed.engine.member_story(programme.number(), ada, None, 1).await.expect("a story");
    assert!(matches!(&*story, [Event::Deed(deed)] if deed.action == "leavers.restored"), "{story:?}");
    assert_eq!(bed.invitation_state(&token).await, InvitationState::Replaced);
    assert_eq!(bed.engine.remind().await.expect("looked"), 1);
    let newest = bed.invitation(ADA).await;
    bed.come_in(&newest).await;
}

/// R30: who comes in while a plan waits makes it no less right, and is not put back by it.
async fn r30_a_plan_that_waits_still_holds_when_somebody_comes_in(bed: Bed) {
    bed.with_invited().await;
    let token = bed.invitation(ADA).await;
    for id in 3..=8 {
        bed.dismiss(id);
    }
    bed.change(1, &Change::set("department", "Research"));
    let held = bed.import().await;
    assert!(!held.held_by.is_empty());
    let session = bed.come_in(&token).await;
    bed.pass(SignedDuration::from_mins(5));
    let report = bed.engine.approve(held.import, Scope::Whole, &Actor::command(), &Silent).await.expect("approved");
    assert_eq!((report.counts.leave, report.counts.update), (6, 1));
    let ada = bed.member("1").await;
    assert_eq!(ada.state, State::Active);
    assert_eq!(ada.fields.get(&domain::field::Field::Department).map(String::as_str), Some("Research"));
    assert!(bed.signed_member(&session).await.is_some());
}

both!(
    r32_an_invitation_lets_its_owner_in_once,
    only_we_make_links_that_work,
    an_expired_invitation_is_asked_for_anew,
    an_administrator_sends_it_again,
    r11_links_to_an_address_of_before_die,
    r37_a_leavers_invitation_waits_and_works_again,
    r30_a_plan_that_waits_still_holds_when_somebody_comes_in,
);
