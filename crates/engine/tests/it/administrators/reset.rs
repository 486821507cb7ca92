use domain::roles::Role;
use engine::administrators::{Invite, LinkState, Origin, SignIn};
use jiff::SignedDuration;

use super::{ANOTHER, OWNER, PASSWORD, flaws, origin, signed_in};
use crate::{bed::Bed, both};

async fn a_forgotten_password_is_replaced_by_mail(bed: Bed) {
    let (_, programme) = bed.first_owner().await;
    let token = signed_in(bed.try_sign_in(OWNER, PASSWORD).await);
    bed.engine.forgot_password("ADA@acme.example", &origin()).await.expect("no answer");
    bed.engine.forgot_password("nobody@acme.example", &origin()).await.expect("no answer");
    let mails = bed.engine.outbox(&programme).await.expect("mails");
    assert_eq!(mails.iter().map(|mail| &*mail.kind).collect::<Vec<_>>(), ["administrator-reset"]);
    let link = bed.links("reset", OWNER).await.pop().expect("a mail");
    assert_eq!(bed.engine.reset_state(&link).await.expect("a state"), LinkState::Valid(OWNER.into()));
    assert_eq!(bed.engine.invitation_state(&link).await.expect("a state"), LinkState::Unknown, "one purpose each");
    let weak = bed.engine.reset_password(&link, "qwertzuiop123", &origin()).await;
    assert_eq!(flaws(weak), [("password", "password-common")]);
    bed.engine.reset_password(&link, ANOTHER, &origin()).await.expect("reset");
    assert_eq!(bed.engine.session(token.as_str()).await.expect("asked"), None, "signed out everywhere");
    assert_eq!(bed.try_sign_in(OWNER, PASSWORD).await, SignIn::Refused);
    signed_in(bed.try_sign_in(OWNER, ANOTHER).await);
    assert_eq!(flaws(bed.engine.reset_password(&link, PASSWORD, &origin()).await), [("link", "link-used")]);
    assert_eq!(bed.deeds(&programme).await[0].0, "administrator.password-reset");
}

async fn a_link_for_a_new_password_works_for_an_hour(bed: Bed) {
    bed.first_owner().await;
    bed.engine.forgot_password(OWNER, &origin()).await.expect("no answer");
    let first = bed.links("reset", OWNER).await.pop().expect("a mail");
    bed.pass(SignedDuration::from_hours(1));
    assert_eq!(bed.engine.reset_state(&first).await.expect("a state"), LinkState::Expired);
    bed.engine.ask_again(&first, &origin()).await.expect("no answer");
    let second = bed.links("reset", OWNER).await.pop().expect("a mail");
    assert_ne!(first, second);
    bed.engine.forgot_password(OWNER, &origin()).await.expect("no answer");
    assert_eq!(bed.engine.reset_state(&second).await.expect("a state"), LinkState::Unknown, "the newest counts");
}

async fn nobody_is_flooded_with_mails(bed: Bed) {
    let (_, programme) = bed.first_owner().await;
    for n in 0..30 {
        let from = Origin { address: Some(format!("192.0.2.{n}")), ..origin() };
        bed.engine.forgot_password(OWNER, &from).await.expect("no answer");
    }
    assert_eq!(bed.engine.outbox(&programme).await.expect("mails").len(), 5);
}

async fn who_never_accepted_gets_the_invitation_again(bed: Bed) {
    let (owner, programme) = bed.first_owner().await;
    let bela = Invite { name: "Bela".into(), email: "bela@acme.example".into(), role: Role::Members };
    bed.engine.invite_administrator(&programme, &bela, &owner.actor(None)).await.expect("invited");
    bed.links("invitation", "bela@acme.example").await;
    bed.engine.forgot_password("bela@acme.example", &origin()).await.expect("no answer");
    let links = bed.links("invitation", "bela@acme.example").await;
    assert_eq!(links.len(), 2);
    assert!(matches!(bed.engine.invitation_state(&links[1]).await.expect("a state"), LinkState::Valid(_)));
    assert_eq!(bed.links("reset", "bela@acme.example").await.len(), 0);
}

both!(
    a_forgotten_password_is_replaced_by_mail,
    a_link_for_a_new_password_works_for_an_hour,
    nobody_is_flooded_with_mails,
    who_never_accepted_gets_the_invitation_again,
);
