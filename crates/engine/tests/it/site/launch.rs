use domain::{field::Field, member::State};
use engine::{
    Actor, Ways,
    site::{InvitationState, Who},
};

use super::DAY;
use crate::{
    administrators::{flaws, origin},
    bed::Bed,
    both,
};

const VERA: &str = "vera@acme.example";

async fn on_launch_day_everybody_not_yet_invited_is(bed: Bed) {
    let programme = bed.with_invited().await;
    let vera = bed.made_by_hand(VERA).await;
    assert_eq!(bed.engine.invitations_due(&programme).await.expect("counted"), (1, 1));
    let send = async |who: &Who, at| bed.engine.send_invitations(&programme, who, at, &Actor::command()).await;
    assert_eq!(flaws(send(&Who::All, Some(bed.engine.now())).await), [("at", "in-the-past")]);
    let before = bed.count_mails("welcome").await;
    let launch = bed.engine.now() + 2 * 24 * 3_600 * 1_000_000;
    assert_eq!(send(&Who::All, Some(launch)).await.expect("planned"), 1);
    assert_eq!(bed.count_mails("welcome").await, before + 1, "nobody else is mailed");
    assert!(bed.tokens("welcome", VERA).await.is_empty(), "not before its day");
    bed.pass(DAY * 2);
    let token = bed.invitation(VERA).await;
    bed.pass(DAY * 13);
    assert!(matches!(bed.invitation_state(&token).await, InvitationState::Valid(_)), "its days count from then");
    assert_eq!(send(&Who::All, None).await.expect("nobody is left"), 0);
    // Chosen once more, they get a new link.
    assert_eq!(send(&Who::Some(vec![vera]), None).await.expect("sent"), 1);
    assert_eq!(bed.invitation_state(&token).await, InvitationState::Replaced);
    bed.come_in(&bed.invitation(VERA).await).await;
    assert_eq!(send(&Who::Some(vec![vera]), None).await.expect("nobody to send to"), 0);
    assert_eq!(bed.deeds(&programme).await[0].0, "members.invited");
}

async fn r32_a_letters_code_lets_in_whoever_has_no_mailbox(bed: Bed) {
    let programme = bed.with_invited().await;
    let letters = bed.engine.print_letters(&programme, &Actor::command()).await.expect("letters");
    assert_eq!(letters.iter().map(|letter| &*letter.name).collect::<Vec<_>>(), ["Lea Moss"]);
    let again = bed.engine.print_letters(&programme, &Actor::command()).await.expect("letters");
    assert_eq!(letters[0].code, again[0].code, "a letter that is lost is printed again");
    let redeem = async |code: &str| bed.engine.redeem_code(&programme, code, &origin()).await.expect("an answer");
    assert_eq!(redeem("aaaa-bbbb-cccc").await, Err(None));
    let typed = letters[0].code.replace('-', " ").to_uppercase();
    let token = redeem(&typed).await.expect("the code is known");
    bed.come_in(&token).await;
    assert_eq!(bed.member("91").await.state, State::Active);
    let used = redeem(&letters[0].code).await.expect("it is known");
    assert_eq!(bed.invitation_state(&used).await, InvitationState::Used);
    assert!(bed.engine.print_letters(&programme, &Actor::command()).await.expect("letters").is_empty());
    for _ in 0..5 {
        let _ = redeem("dddd-bbbb-cccc").await;
    }
    assert!(matches!(redeem(&typed).await, Err(Some(_))), "guessing has to wait");
}

async fn who_is_added_by_hand_and_invited_comes_in(bed: Bed) {
    let programme = bed.with_invited().await;
    let entries = [(Field::Email, VERA.to_owned()), (Field::FirstName, "Vera".to_owned())].into();
    let ways = Ways { invite: true, ..Ways::default() };
    let vera = bed.engine.add_member(&programme, &entries, ways, &Actor::command()).await.expect("made");
    let token = bed.invitation(VERA).await;
    let moved = [(Field::Email, "vera.new@acme.example".to_owned())].into();
    let listed = bed.engine.member(programme.number(), vera).await.expect("there");
    bed.engine.edit_member(&programme, &listed, &moved, &Actor::command()).await.expect("changed");
    assert_eq!(bed.invitation_state(&token).await, InvitationState::Replaced, "R11");
    bed.engine.resend_invitation(&programme, vera, &Actor::command()).await.expect("sent");
    bed.come_in(&bed.invitation("vera.new@acme.example").await).await;
}

async fn the_first_time_tells_nothing_and_lets_in_by_mail(bed: Bed) {
    let programme = bed.with_invited().await;
    bed.made_by_hand(VERA).await;
    bed.engine.deliver().await.expect("delivered");
    let before = bed.mails().await.len();
    for nobody in ["nobody@acme.example", "lea@none.example"] {
        bed.engine.let_member_in(&programme, nobody).await.expect("the same answer");
    }
    assert_eq!(bed.mails().await.len(), before, "somebody unknown, and one who cannot read a mail");
    bed.engine.let_member_in(&programme, VERA).await.expect("the same answer");
    bed.come_in(&bed.invitation(VERA).await).await;
}

both!(
    on_launch_day_everybody_not_yet_invited_is,
    r32_a_letters_code_lets_in_whoever_has_no_mailbox,
    who_is_added_by_hand_and_invited_comes_in,
    the_first_time_tells_nothing_and_lets_in_by_mail,
);
