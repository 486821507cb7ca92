//! What members choose for themselves: a personal address that they confirm (R62), and the language of their mails.

use domain::{field::Field, ids::MemberId, language::Language};
use engine::{
    Actor, Event, Origin,
    administrators::{LinkState, Token},
    site::SignedMember,
};
use sandbox::Change;
use store::{Programme, outbox::MailFilter};

use super::{ADA, DAY, PASSWORD};
use crate::{
    administrators::{flaws, origin},
    bed::Bed,
    both,
};

const OWN: &str = "ada@own.example";

both!(
    a_personal_address_counts_once_its_link_was_followed,
    a_link_is_for_whoever_entered_the_address,
    an_address_that_nobody_confirms_is_forgotten,
    a_leaver_may_still_add_one,
    mails_are_in_the_language_that_the_member_chose,
);

/// Ada, who has come in and whose HR system knows another private address of hers.
async fn ada(bed: &Bed) -> (Programme, Token) {
    let programme = bed.with_invited().await;
    bed.change(1, &Change::set("dynamic_1830001", "ada@mapped.example"));
    bed.import().await;
    let token = bed.come_in(&bed.invitation(ADA).await).await;
    (programme, token)
}

async fn signed(bed: &Bed, token: &Token) -> SignedMember {
    bed.signed_member(token).await.expect("signed in")
}

/// The link that was sent to the address that somebody entered.
async fn asked(bed: &Bed, token: &Token, address: &str) -> String {
    let signed = signed(bed, token).await;
    bed.engine.ask_for_own_address(&signed, address, PASSWORD, &origin()).await.expect("asked");
    bed.tokens("account/email", address).await.pop().expect("a link")
}

async fn confirmed(bed: &Bed, token: &Token, address: &str) {
    let link = asked(bed, token, address).await;
    bed.engine.confirm_own_address(&signed(bed, token).await, &link, &origin()).await.expect("confirmed");
}

/// Where mails of a kind went to a member, the oldest first.
async fn went(bed: &Bed, kind: &str) -> Vec<String> {
    bed.mails().await.into_iter().filter(|(of, ..)| of == kind).filter_map(|(_, to, _)| to).collect()
}

/// R62
async fn a_personal_address_counts_once_its_link_was_followed(bed: Bed) {
    let (programme, token) = ada(&bed).await;
    let ada = signed(&bed, &token).await;
    let ask = async |address, password| bed.engine.ask_for_own_address(&ada, address, password, &origin()).await;
    assert_eq!(flaws(ask(OWN, "not it at all").await), [("email_proof", "password-wrong")]);
    assert_eq!(flaws(ask("own", PASSWORD).await), [("own_email", "email-invalid")]);
    assert_eq!(flaws(ask(" ADA.adamski@acme.example", PASSWORD).await), [("own_email", "same-address")]);
    let link = asked(&bed, &token, OWN).await;
    let waits = signed(&bed, &token).await;
    assert_eq!((waits.own_address(), waits.asked_address()), (None, Some(OWN)));
    let state = bed.engine.own_address_state(&waits, &link).await.expect("an answer");
    assert_eq!(state, LinkState::Valid(OWN.to_owned()), "looking at it confirms nothing");
    bed.engine.confirm_own_address(&waits, &link, &origin()).await.expect("confirmed");
    let now = signed(&bed, &token).await;
    assert_eq!((now.own_address(), now.asked_address()), (Some(OWN), None));
    assert_eq!(flaws(bed.engine.confirm_own_address(&now, &link, &origin()).await), [("link", "link-unknown")]);
    assert_eq!(went(&bed, "address-changed").await, [ADA], "whoever reads the account's mailbox hears of it");
    assert!(went(&bed, "confirm-address").await.is_empty(), "the outbox does not keep where the link went");
    // Another one takes its place, and the reader of the first is told.
    confirmed(&bed, &token, "ada@newer.example").await;
    assert_eq!(went(&bed, "address-changed").await, [ADA, ADA, OWN]);
    // What the source says of it stays, and the copy of their data has both.
    let data = bed.engine.member_data(&signed(&bed, &token).await).await.expect("data");
    let of = |field: &str| data.iter().find(|datum| datum.field == field).map(|datum| (&*datum.value, &datum.origin));
    assert_eq!(of("own_email"), Some(("ada@newer.example", &Origin::Own)));
    assert_eq!(of("personal_email").map(|(value, _)| value), Some("ada@mapped.example"), "R17");
    let story = bed.engine.member_story(programme.number(), ada.number(), None, 50).await.expect("a story");
    let deeds: Vec<_> = story
        .iter()
        .filter_map(|event| match event {
            Event::Deed(deed) => Some((&*deed.action, &*deed.actor_kind, deed.after.as_deref())),
            Event::Applied(_) => None,
        })
        .collect();
    let entered = ("member.address-entered", "member", None);
    let is_theirs = ("member.address-confirmed", "member", None);
    assert_eq!(deeds, [is_theirs, entered, is_theirs, entered], "theirs, and without the address");
    // As a leaver they are written to where they have shown that they read it, before the mapped address.
    bed.dismiss(1);
    bed.import().await;
    for _ in 0..5 {
        bed.pass(DAY / 4);
        signed(&bed, &token).await;
    }
    bed.engine.close_down().await.expect("a look");
    bed.engine.let_member_in(&programme, ADA).await.expect("sent");
    assert_eq!(went(&bed, "leaver-notice").await, ["ada@newer.example"]);
    assert_eq!(went(&bed, "member-reset").await, ["ada@newer.example"]);
    bed.engine.remove_own_address(&signed(&bed, &token).await, &origin()).await.expect("removed");
    assert_eq!(went(&bed, "leaver-notice").await, ["ada@mapped.example"], "what waits goes by what holds when it goes");
    // R61: what they chose goes with the account.
    confirmed(&bed, &token, OWN).await;
    bed.engine.erase_now(&programme, ada.number(), "1", &Actor::command()).await.expect("erased");
    bed.pass(DAY * 8);
    bed.engine.close_down().await.expect("a look");
    let left = bed.engine.store().choices(programme.number(), ada.number()).await.expect("an answer");
    assert_eq!(left, None);
    assert_eq!(went(&bed, "closed").await, [OWN]);
}

/// R62: somebody else's mailbox is not theirs because they typed it wrong.
async fn a_link_is_for_whoever_entered_the_address(bed: Bed) {
    let (_, token) = ada(&bed).await;
    let bela = bed.come_in(&bed.invitation("bela.adamski@acme.example").await).await;
    let link = asked(&bed, &token, "bela@home.example").await;
    let stranger = signed(&bed, &bela).await;
    let state = bed.engine.own_address_state(&stranger, &link).await.expect("an answer");
    assert_eq!(state, LinkState::Unknown);
    assert_eq!(flaws(bed.engine.confirm_own_address(&stranger, &link, &origin()).await), [("link", "link-unknown")]);
    // Nobody sends links without end.
    let ada = signed(&bed, &token).await;
    for number in 0..4 {
        asked(&bed, &token, &format!("nobody{number}@home.example")).await;
    }
    let one_more = bed.engine.ask_for_own_address(&ada, OWN, PASSWORD, &origin()).await;
    assert_eq!(flaws(one_more), [("own_email", "too-many-attempts")]);
    let dead = bed.engine.own_address_state(&ada, &link).await.expect("an answer");
    assert_eq!(dead, LinkState::Unknown, "a newer link took its place");
}

async fn an_address_that_nobody_confirms_is_forgotten(bed: Bed) {
    let (programme, token) = ada(&bed).await;
    let link = asked(&bed, &token, OWN).await;
    let ada = signed(&bed, &token).await;
    bed.pass(DAY);
    let state = bed.engine.own_address_state(&ada, &link).await.expect("an answer");
    assert_eq!(state, LinkState::Expired);
    bed.engine.close_down().await.expect("a look");
    let choices = bed.engine.store().choices(programme.number(), ada.number()).await.expect("an answer");
    assert_eq!(choices.expect("a row").asked_email, None);
    assert!(went(&bed, "confirm-address").await.is_empty());
    assert!(went(&bed, "address-changed").await.is_empty(), "an address that never counted is nobody's business");
}

/// R37, R62
async fn a_leaver_may_still_add_one(bed: Bed) {
    let (programme, token) = ada(&bed).await;
    bed.dismiss(1);
    bed.import().await;
    confirmed(&bed, &token, OWN).await;
    bed.engine.let_member_in(&programme, ADA).await.expect("sent");
    assert_eq!(went(&bed, "member-reset").await, [OWN]);
}

/// The subjects of a member's mails of a kind, as they would be written today.
async fn subjects(bed: &Bed, programme: &Programme, member: MemberId, kind: &str) -> Vec<String> {
    let filter = MailFilter { member: Some(member.0), kind: kind.to_owned(), ..MailFilter::default() };
    let mut subjects = Vec::new();
    for mail in bed.engine.mails(programme, &filter, None, 10).await.expect("mails") {
        subjects.push(bed.engine.show_mail(programme, &mail, true).await.expect("shown").mail.subject);
    }
    subjects
}

/// R17: what the source says of the language stays what it is.
async fn mails_are_in_the_language_that_the_member_chose(bed: Bed) {
    let (programme, token) = ada(&bed).await;
    let ada = signed(&bed, &token).await;
    bed.engine.let_member_in(&programme, ADA).await.expect("sent");
    let reset = async || subjects(&bed, &programme, ada.number(), "member-reset").await;
    assert_eq!(reset().await, ["Choose a new password for Acme Rewards"]);
    bed.engine.choose_language(&ada, Language::De, &origin()).await.expect("chosen");
    assert_eq!(reset().await, ["Wählen Sie ein neues Passwort für Acme Rewards"]);
    let now = signed(&bed, &token).await;
    assert_eq!((now.language(), now.field(&Field::Language)), (Some("de"), None));
    bed.engine.choose_language(&now, Language::De, &origin()).await.expect("the same once more");
    let story = bed.engine.member_story(programme.number(), ada.number(), None, 50).await.expect("a story");
    let chosen =
        story.iter().filter(|event| matches!(event, Event::Deed(deed) if deed.action == "member.language-chosen"));
    assert_eq!(chosen.count(), 1);
}
