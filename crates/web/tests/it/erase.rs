//! Erasing a member at once, and letting them back (R63).

use axum::http::StatusCode;
use domain::roles::Role;
use futures::TryStreamExt;

use crate::{
    bed::{Bed, person},
    both,
    visitor::Visitor,
};

both!(a_member_is_erased_once_they_are_named, who_is_no_owner_erases_nobody);

/// Two members of Acme; the number of the first.
async fn two_members(bed: &Bed) -> String {
    bed.set_up("acme").await;
    bed.employ([person(1, "Ada", "Adamski"), person(2, "Bela", "Cech")].into_iter());
    bed.import("acme").await;
    let programme = bed.engine.programme("acme").await.expect("set up");
    let members = bed.engine.store().members(programme.number()).await.expect("members");
    let members: Vec<_> = members.try_collect().await.expect("members");
    let ada = members.iter().find(|member| member.employee_id.as_deref() == Some("1")).expect("a member");
    ada.id.to_string()
}

async fn a_member_is_erased_once_they_are_named(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    let ada = two_members(&bed).await;
    let at = format!("members/{ada}/erase");
    let days = [("notice_hours", "24"), ("reminder_days", ""), ("close_day", "60")];
    ines.done("settings/close-down", &[&days[..], &[("erase_days", "0"), ("rejected_days", "90")]].concat()).await;
    let page = ines.page(&at).await;
    assert!(page.contains("Erase Ada Adamski") && page.contains("what 1 import changed about them"), "{page}");
    let page = ines.refused(&at, &[("typed", "2")]).await;
    assert!(page.contains("typed-wrong") && page.contains("value=\"2\""), "{page}");
    assert_eq!(ines.done(&at, &[("typed", "1")]).await, format!("{at}?said=erase-begun"));
    assert!(ines.page(&format!("{at}?said=erase-begun")).await.contains("The account is restricted."));
    bed.engine.close_down().await.expect("closed");
    let page = ines.page(&at).await;
    assert!(page.contains("There is nothing left to erase") && !page.contains("Ada"), "{page}");
    let log = ines.page("settings/audit").await;
    assert!(log.contains("Had a member erased") && !log.contains("Adamski"), "{log}");

    let page = ines.page("members/let-back").await;
    assert!(page.contains("1 person is kept out"), "{page}");
    assert!(ines.refused("members/let-back", &[("typed", "77")]).await.contains("typed-wrong"));
    ines.done("members/let-back", &[("typed", "1")]).await;
    assert!(ines.page("members/let-back?said=let-back").await.contains("Nobody is kept out that way"));
}

async fn who_is_no_owner_erases_nobody(bed: Bed) {
    Visitor::first(&bed).await;
    let ada = two_members(&bed).await;
    let helper = Visitor::colleague(&bed, Role::Members).await;
    for at in [format!("members/{ada}/erase"), "members/let-back".to_owned()] {
        assert_eq!(helper.see(&at).await.status, StatusCode::FORBIDDEN, "{at}");
        assert_eq!(helper.send(&at, &[("typed", "1")]).await.status, StatusCode::FORBIDDEN, "{at}");
    }
}
