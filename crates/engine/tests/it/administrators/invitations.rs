use domain::{language::Language, roles::Role};
use engine::{
    Actor,
    administrators::{Invite, LinkState, NewAdministrator, SignIn},
};
use jiff::SignedDuration;
use store::Programme;

use super::{ANOTHER, OWNER, PASSWORD, flaws, origin, signed_in};
use crate::{bed::Bed, both};

const BELA: &str = "bela@acme.example";

fn bela() -> Invite {
    Invite { name: "Bela Brandt".into(), email: BELA.into(), role: Role::Integrations }
}

/// A programme with an administrator of its own.
async fn other_programme(bed: &Bed, email: &str) -> Programme {
    bed.set_up("").await;
    let (programme, _) = bed.integration().await;
    let new = NewAdministrator {
        name: "Cleo Cech".into(),
        email: email.into(),
        password: ANOTHER.into(),
        language: Language::De,
    };
    let made = bed.engine.make_administrator(&programme, &new, Role::Owner, &Actor::command()).await;
    made.expect("made");
    programme
}

async fn who_accepts_an_invitation_chooses_a_password_and_is_in(bed: Bed) {
    let (owner, programme) = bed.first_owner().await;
    bed.engine.invite_administrator(&programme, &bela(), &owner.actor(None)).await.expect("invited");
    let list = bed.engine.administrators_of(&programme).await.expect("a list");
    assert_eq!((&*list[1].email, list[1].accepted_at, list[1].name.as_deref()), (BELA, None, None));
    let link = bed.links("invitation", BELA).await.pop().expect("a mail");
    let LinkState::Valid(about) = bed.engine.invitation_state(&link).await.expect("a state") else { panic!() };
    assert_eq!((&*about.programme, about.role, about.is_new), ("Harbour & Söhne", Role::Integrations, true));
    assert_eq!((&*about.name, about.invited_by.as_deref()), ("Bela Brandt", Some("Ada Lovelace")));
    let weak = bed.engine.accept_invitation(&link, "", "bela-bela-bela", Language::De, &origin()).await;
    assert_eq!(flaws(weak), [("name", "missing"), ("password", "password-like-person")]);
    let token = signed_in(
        bed.engine.accept_invitation(&link, "Béla B.", ANOTHER, Language::De, &origin()).await.expect("accepted"),
    );
    let signed = bed.signed(&token).await;
    assert_eq!((&*signed.administrator.name, signed.places[0].role), ("Béla B.", Role::Integrations));
    assert_eq!(signed.administrator.language, Language::De);
    assert_eq!(bed.engine.invitation_state(&link).await.expect("a state"), LinkState::Used);
    let again = bed.engine.accept_invitation(&link, "Eve", PASSWORD, Language::De, &origin()).await;
    assert_eq!(flaws(again), [("link", "link-used")]);
    signed_in(bed.try_sign_in(BELA, ANOTHER).await);
    let again = bed.engine.invite_administrator(&programme, &bela(), &owner.actor(None)).await;
    assert_eq!(flaws(again), [("email", "already-here")]);
    let deeds = bed.deeds(&programme).await;
    assert!(deeds.contains(&("administrator.invited".into(), "Ada Lovelace".into(), BELA.into())), "{deeds:?}");
    assert!(deeds.contains(&("administrator.accepted".into(), "Béla B.".into(), BELA.into())), "{deeds:?}");
}

async fn an_invitation_that_expired_is_sent_anew_to_the_same_address(bed: Bed) {
    let (owner, programme) = bed.first_owner().await;
    bed.engine.invite_administrator(&programme, &bela(), &owner.actor(None)).await.expect("invited");
    let first = bed.links("invitation", BELA).await.pop().expect("a mail");
    bed.engine.ask_again(&first, &origin()).await.expect("no answer");
    assert_eq!(bed.links("invitation", BELA).await.len(), 1, "it works still");
    bed.pass(SignedDuration::from_hours(7 * 24));
    assert_eq!(bed.engine.invitation_state(&first).await.expect("a state"), LinkState::Expired);
    let late = bed.engine.accept_invitation(&first, "Bela", ANOTHER, Language::De, &origin()).await;
    assert_eq!(flaws(late), [("link", "link-expired")]);
    bed.engine.ask_again(&first, &origin()).await.expect("no answer");
    bed.engine.ask_again("never heard of", &origin()).await.expect("no answer");
    let links = bed.links("invitation", BELA).await;
    assert_eq!(links.len(), 2);
    assert_eq!(bed.engine.invitation_state(&first).await.expect("a state"), LinkState::Expired);
    signed_in(
        bed.engine.accept_invitation(&links[1], "Bela", ANOTHER, Language::De, &origin()).await.expect("accepted"),
    );
    bed.engine.ask_again(&first, &origin()).await.expect("no answer");
    assert_eq!(bed.links("invitation", BELA).await.len(), 2, "nothing is left to accept");
}

async fn a_second_invitation_takes_the_place_of_the_first(bed: Bed) {
    let (owner, programme) = bed.first_owner().await;
    bed.engine.invite_administrator(&programme, &bela(), &owner.actor(None)).await.expect("invited");
    let waiting = Invite { role: Role::ReadOnly, ..bela() };
    bed.engine.invite_administrator(&programme, &waiting, &owner.actor(None)).await.expect("invited");
    let links = bed.links("invitation", BELA).await;
    assert_eq!(links.len(), 1, "the first mail had not gone yet and does not any more");
    bed.engine.invite_administrator(&programme, &waiting, &owner.actor(None)).await.expect("invited");
    assert_eq!(bed.engine.invitation_state(&links[0]).await.expect("a state"), LinkState::Unknown);
    let newest = bed.links("invitation", BELA).await.pop().expect("a mail");
    let token = signed_in(
        bed.engine.accept_invitation(&newest, "Bela", ANOTHER, Language::De, &origin()).await.expect("accepted"),
    );
    assert_eq!(bed.signed(&token).await.places[0].role, Role::ReadOnly);
}

async fn an_invitation_can_be_taken_back(bed: Bed) {
    let (owner, programme) = bed.first_owner().await;
    bed.engine.invite_administrator(&programme, &bela(), &owner.actor(None)).await.expect("invited");
    let link = bed.links("invitation", BELA).await.pop().expect("a mail");
    let bela = bed.engine.administrators_of(&programme).await.expect("a list").pop().expect("two");
    bed.engine.remove_administrator(&programme, bela.id, &owner.actor(None)).await.expect("removed");
    assert_eq!(bed.engine.invitation_state(&link).await.expect("a state"), LinkState::Unknown);
    assert_eq!(bed.engine.administrators_of(&programme).await.expect("a list").len(), 1);
}

async fn nobody_learns_who_looks_after_another_programme(bed: Bed) {
    let (owner, programme) = bed.first_owner().await;
    let other = other_programme(&bed, BELA).await;
    bed.engine.invite_administrator(&programme, &bela(), &owner.actor(None)).await.expect("invited");
    let list = bed.engine.administrators_of(&programme).await.expect("a list");
    assert_eq!((list[1].name.as_deref(), list[1].second_factor), (None, false), "as of somebody new");
    let link = bed.links("invitation", BELA).await.pop().expect("a mail");
    let LinkState::Valid(about) = bed.engine.invitation_state(&link).await.expect("a state") else { panic!() };
    assert!(!about.is_new, "whoever has the mail is told to enter the password");
    let before = signed_in(bed.try_sign_in(BELA, ANOTHER).await);
    assert_eq!(bed.signed(&before).await.places.len(), 1, "not before it was accepted");
    let wrong = bed.engine.accept_invitation(&link, "Eve", PASSWORD, Language::De, &origin()).await.expect("an answer");
    assert_eq!(wrong, SignIn::Refused);
    signed_in(bed.engine.accept_invitation(&link, "Eve", ANOTHER, Language::De, &origin()).await.expect("accepted"));
    let signed = bed.signed(&before).await;
    assert_eq!(signed.administrator.name, "Cleo Cech", "an account keeps its name");
    let roles: Vec<_> = signed.places.iter().map(|place| (&*place.programme.slug, place.role)).collect();
    assert_eq!(roles, [("acme", Role::Owner), ("harbour-sohne", Role::Integrations)]);
    assert_eq!(bed.engine.administrators_of(&other).await.expect("a list").len(), 1);
    bed.engine.remove_administrator(&programme, signed.administrator.id, &owner.actor(None)).await.expect("removed");
    let left = bed.signed(&before).await;
    assert_eq!(left.places.len(), 1, "the other place stays");
    signed_in(bed.try_sign_in(OWNER, PASSWORD).await);
}

both!(
    who_accepts_an_invitation_chooses_a_password_and_is_in,
    an_invitation_that_expired_is_sent_anew_to_the_same_address,
    a_second_invitation_takes_the_place_of_the_first,
    an_invitation_can_be_taken_back,
    nobody_learns_who_looks_after_another_programme,
);
