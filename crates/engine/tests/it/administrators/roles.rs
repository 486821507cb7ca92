use domain::roles::Role;

use super::{OWNER, flaws};
use crate::{bed::Bed, both};

const BELA: &str = "bela@acme.example";

async fn there_is_always_an_owner(bed: Bed) {
    let (ada, programme) = bed.first_owner().await;
    let (id, by) = (ada.administrator.id, ada.actor(None));
    let last = [("role", "last-owner")];
    assert_eq!(flaws(bed.engine.change_role(&programme, id, Role::ReadOnly, &by).await), last);
    assert_eq!(flaws(bed.engine.remove_administrator(&programme, id, &by).await), last);
    bed.engine.change_role(&programme, id, Role::Owner, &by).await.expect("nothing to do");
    let bela = bed.colleague(&ada, &programme, BELA, Role::Members).await;
    let bela = bed.signed(&bela).await.administrator.id;
    assert_eq!(flaws(bed.engine.change_role(&programme, id, Role::ReadOnly, &by).await), last);
    bed.engine.change_role(&programme, bela, Role::Owner, &by).await.expect("changed");
    bed.engine.change_role(&programme, id, Role::ReadOnly, &by).await.expect("there is another");
    assert_eq!(flaws(bed.engine.change_role(&programme, bela, Role::Members, &by).await), last);
    let deeds = bed.deeds(&programme).await;
    assert_eq!(deeds[0], ("administrator.role-changed".into(), "Ada Lovelace".into(), OWNER.into()));
}

async fn two_owners_who_step_down_at_once_leave_one(bed: Bed) {
    let (ada, programme) = bed.first_owner().await;
    let bela = bed.colleague(&ada, &programme, BELA, Role::Owner).await;
    let bela = bed.signed(&bela).await;
    let (one, two) = (ada.administrator.id, bela.administrator.id);
    let (by_ada, by_bela) = (ada.actor(None), bela.actor(None));
    let (one, two) = tokio::join!(
        bed.engine.change_role(&programme, one, Role::Members, &by_ada),
        bed.engine.remove_administrator(&programme, two, &by_bela),
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
}

async fn a_role_counts_at_the_next_request(bed: Bed) {
    let (ada, programme) = bed.first_owner().await;
    let token = bed.colleague(&ada, &programme, BELA, Role::Integrations).await;
    let bela = bed.signed(&token).await.administrator.id;
    bed.engine.change_role(&programme, bela, Role::ReadOnly, &ada.actor(None)).await.expect("changed");
    assert_eq!(bed.signed(&token).await.place("harbour-sohne").map(|place| place.role), Some(Role::ReadOnly));
    bed.engine.remove_administrator(&programme, bela, &ada.actor(None)).await.expect("removed");
    assert_eq!(bed.engine.session(token.as_str()).await.expect("asked"), None, "forgotten: there was no other place");
    let gone = bed.engine.change_role(&programme, bela, Role::Members, &ada.actor(None)).await;
    assert_eq!(flaws(gone), [("administrator", "not-there")]);
    assert_eq!(bed.engine.administrators_of(&programme).await.expect("a list").len(), 1);
    assert_eq!(bed.deeds(&programme).await[0].0, "administrator.removed");
}

both!(there_is_always_an_owner, two_owners_who_step_down_at_once_leave_one, a_role_counts_at_the_next_request,);
