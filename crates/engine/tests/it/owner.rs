//! Administrators who leave as members, and integrations without an owner (R56).

use domain::roles::Role;
use engine::{
    Actor, Need,
    administrators::{Signed, Token},
};
use jiff::SignedDuration;
use sandbox::Change;
use store::Programme;

use crate::{
    administrators::{OWNER, entries, origin, token_in},
    bed::Bed,
    both,
    people::person,
};

/// Whose member account ends: somebody who looks after the programme and is in the HR system.
const BELA: &str = "bela.brandt@acme.example";

/// A programme with an owner who is nobody's member, and a colleague who is; the colleague owns the integration.
async fn colleagues(bed: &Bed, role: Role) -> (Signed, Token, Programme) {
    let crowd =
        (10..20).map(|id| person(id, "Somebody", &format!("Else{}", "x".repeat(usize::try_from(id).expect("small")))));
    bed.employ_people(crowd.chain([person(1, "Bela", "Brandt")]));
    let link = bed.engine.first_run_link().await.expect("asked").expect("a link");
    let first = engine::administrators::FirstRun { slug: Some("acme".into()), ..entries() };
    let ada = bed.engine.first_run(&token_in(&link), &first, &origin()).await.expect("a first run");
    let ada = bed.signed(&ada).await;
    bed.set_up("").await;
    bed.import().await;
    let (programme, integration) = bed.integration().await;
    let bela = bed.colleague(&ada, &programme, BELA, role).await;
    bed.engine.hand_over(&integration, BELA, &Actor::command()).await.expect("handed over");
    (ada, bela, programme)
}

async fn places(bed: &Bed, token: &Token) -> usize {
    bed.signed(token).await.places.len()
}

async fn needs_owner(bed: &Bed, programme: &Programme) -> bool {
    let home = bed.engine.home(programme).await.expect("home");
    home.needs.iter().any(|need| matches!(need, Need::TakeOver { owner, .. } if owner == BELA))
}

async fn told(bed: &Bed) -> Vec<String> {
    let mails = bed.mails().await.into_iter().filter(|(kind, ..)| kind == "owner-left");
    mails.filter_map(|(_, to, _)| to).collect()
}

/// R56: by an import, in bulk; the others are told once, and one takes over.
async fn the_others_are_told_of_an_owner_who_leaves_and_one_takes_over(bed: Bed) {
    let (ada, bela, programme) = colleagues(&bed, Role::Integrations).await;
    bed.colleague(&ada, &programme, "cleo@acme.example", Role::ReadOnly).await;
    assert_eq!(places(&bed, &bela).await, 1);
    bed.change(1, &Change::set("status", "inactive"));
    assert_eq!(bed.import().await.counts.leave, 1);
    assert_eq!(places(&bed, &bela).await, 0, "with the very import");
    assert!(needs_owner(&bed, &programme).await);
    let view = bed.engine.administrators_of(&programme).await.expect("a list");
    assert!(view.iter().find(|one| one.email == BELA).expect("listed").left_at.is_some());
    assert_eq!(bed.engine.tell_of_owners_who_left().await.expect("told"), 1);
    assert_eq!(bed.engine.tell_of_owners_who_left().await.expect("told"), 0);
    assert_eq!(told(&bed).await, [OWNER, "cleo@acme.example"]);
    bed.engine.deliver().await.expect("delivered");
    let mail = mail_to(&bed, OWNER);
    assert!(mail.contains("needs a new owner") && mail.contains(BELA), "{mail}");
    assert!(mail.contains("/manage/acme/integrations/personio?ask"), "{mail}");
    let (_, integration) = bed.integration().await;
    bed.engine.hand_over(&integration, OWNER, &ada.actor(None)).await.expect("taken over");
    assert!(!needs_owner(&bed, &programme).await);
    assert_eq!(bed.integration().await.1.owner_left_at, None);
    // The integration itself went on all the while.
    assert_eq!(bed.import().await.counts.unchanged, 11, "whoever left is still read");
}

/// What was delivered to this address last.
fn mail_to(bed: &Bed, to: &str) -> String {
    let mut files: Vec<_> = std::fs::read_dir(bed.place.path().join("mail"))
        .expect("a folder")
        .map(|file| file.expect("a file").path())
        .collect();
    files.sort();
    let mut texts = files.iter().map(|file| std::fs::read_to_string(file).expect("text").replace("=\r\n", ""));
    texts.rfind(|text| text.contains(&format!("To: {to}"))).expect("a mail")
}

/// R56, R55: who comes back has the portal back, and the integration its owner; a mail that still waits does not go.
async fn whoever_comes_back_has_everything_back(bed: Bed) {
    let (_, bela, programme) = colleagues(&bed, Role::Integrations).await;
    bed.change(1, &Change::set("status", "inactive"));
    let wrong = bed.import().await.import;
    assert_eq!(bed.engine.tell_of_owners_who_left().await.expect("told"), 1);
    bed.engine.restore_leavers(wrong, &Actor::command()).await.expect("restored");
    assert_eq!(places(&bed, &bela).await, 1);
    assert!(!needs_owner(&bed, &programme).await);
    bed.engine.deliver().await.expect("delivered");
    let states: Vec<_> = bed.mails().await.into_iter().filter(|(kind, ..)| kind == "owner-left").collect();
    assert_eq!(states, [("owner-left".to_owned(), Some(OWNER.to_owned()), "cancelled".to_owned())]);
}

/// R56: by hand, at once.
async fn an_administrator_who_is_removed_leaves_an_integration_without_owner(bed: Bed) {
    let (ada, bela, programme) = colleagues(&bed, Role::Integrations).await;
    let id = bed.signed(&bela).await.administrator.id;
    bed.engine.remove_administrator(&programme, id, &ada.actor(None)).await.expect("removed");
    assert!(needs_owner(&bed, &programme).await);
    assert_eq!(bed.engine.tell_of_owners_who_left().await.expect("told"), 1);
    assert_eq!(told(&bed).await, [OWNER]);
}

/// R56: the last owner has three days to put things in order.
async fn the_last_owner_keeps_72_hours(bed: Bed) {
    let (ada, bela, programme) = colleagues(&bed, Role::Owner).await;
    bed.engine.change_role(&programme, ada.administrator.id, Role::Members, &ada.actor(None)).await.expect("changed");
    bed.change(1, &Change::set("status", "inactive"));
    assert_eq!(bed.import().await.counts.leave, 1);
    assert_eq!(places(&bed, &bela).await, 1, "the last owner");
    bed.pass(SignedDuration::from_hours(71));
    let token = bed.try_sign_in(BELA, crate::administrators::ANOTHER).await;
    let token = crate::administrators::signed_in(token);
    assert_eq!(places(&bed, &token).await, 1);
    bed.pass(SignedDuration::from_hours(2));
    assert_eq!(places(&bed, &token).await, 0);
}

/// R56: once there is another owner, the one who left has nothing to wait for.
async fn an_owner_who_left_goes_as_soon_as_there_is_another(bed: Bed) {
    let (ada, bela, programme) = colleagues(&bed, Role::Owner).await;
    bed.engine.change_role(&programme, ada.administrator.id, Role::Members, &ada.actor(None)).await.expect("changed");
    bed.change(1, &Change::set("status", "inactive"));
    bed.import().await;
    let signed = bed.signed(&bela).await;
    assert_eq!(signed.places.len(), 1);
    bed.engine.change_role(&programme, ada.administrator.id, Role::Owner, &signed.actor(None)).await.expect("changed");
    assert_eq!(places(&bed, &bela).await, 0);
}

both!(
    the_others_are_told_of_an_owner_who_leaves_and_one_takes_over,
    whoever_comes_back_has_everything_back,
    an_administrator_who_is_removed_leaves_an_integration_without_owner,
    the_last_owner_keeps_72_hours,
    an_owner_who_left_goes_as_soon_as_there_is_another,
);
