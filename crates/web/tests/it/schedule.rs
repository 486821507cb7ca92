//! A schedule that fails and pauses itself, and an integration whose owner leaves, as the portal shows them.

use axum::http::StatusCode;
use domain::{import::State, roles::Role};
use jiff::SignedDuration;
use sandbox::Change;

use crate::{
    bed::{Bed, people, person},
    both,
    visitor::Visitor,
};

const DASHBOARD: &str = "integrations/personio";

both!(
    a_schedule_that_fails_says_when_it_tries_again,
    a_schedule_that_has_paused_itself_says_so_and_what_to_do,
    an_integration_without_owner_is_taken_over,
);

async fn fail(bed: &Bed) {
    assert_eq!(bed.import("acme").await.state, State::Failed);
}

async fn live(bed: &Bed) {
    bed.employ(people(3));
    bed.set_up("acme").await;
    assert_eq!(bed.import("acme").await.state, State::Completed);
    bed.employ(std::iter::empty());
}

/// R52
async fn a_schedule_that_fails_says_when_it_tries_again(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    live(&bed).await;
    let page = visitor.page(DASHBOARD).await;
    assert!(page.contains("next import") && page.contains("Imports start within 15 minutes of that time"), "{page}");
    fail(&bed).await;
    fail(&bed).await;
    let page = visitor.page(DASHBOARD).await;
    assert!(page.contains("The last 2 imports failed. The next one is tried"), "{page}");
    let history = visitor.page(&format!("{DASHBOARD}/imports?state=failed")).await;
    let failed = history.split("class=\"nowrap\"><a href=\"").nth(1).and_then(|rest| rest.split('"').next());
    let failed = visitor.page(failed.expect("one that failed")).await;
    assert!(failed.contains(&format!("{DASHBOARD}/imports/new\"")), "there is a way on: {failed}");
    assert!(page.contains("Live</span>"), "{page}");
}

/// R52
async fn a_schedule_that_has_paused_itself_says_so_and_what_to_do(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    let german = Visitor::colleague(&bed, Role::Integrations).await;
    live(&bed).await;
    fail(&bed).await;
    fail(&bed).await;
    // A day, in which they look at it now and then: whoever does nothing for long is signed out.
    for _ in 0..4 {
        bed.pass(SignedDuration::from_hours(6));
        visitor.page(DASHBOARD).await;
        german.page(DASHBOARD).await;
    }
    fail(&bed).await;
    for page in [visitor.page(DASHBOARD).await, visitor.page("/manage/acme").await] {
        assert!(page.contains("Imports from Personio keep failing; the schedule has paused itself"), "{page}");
        assert!(page.contains("3 imports in a row have failed since") && page.contains("once a day"), "{page}");
        assert!(page.contains("Paused, imports keep failing</span>"), "{page}");
    }
    let page = german.page(DASHBOARD).await;
    assert!(page.contains("Der Zeitplan hat sich selbst angehalten"), "{page}");
    visitor.done(&format!("{DASHBOARD}/resume"), &[]).await;
    assert!(visitor.page(DASHBOARD).await.contains("Live</span>"));
}

/// R56
async fn an_integration_without_owner_is_taken_over(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    let colleague = Visitor::colleague(&bed, Role::Integrations).await;
    let address = "integrations@acme.example";
    bed.employ(people(12).chain([person(99, "Col", "League").and("email", address)]));
    bed.set_up("acme").await;
    bed.import("acme").await;
    ines.done(&format!("{DASHBOARD}/hand-over"), &[("owner", address)]).await;
    assert_eq!(colleague.see(DASHBOARD).await.status, StatusCode::OK);
    bed.change(99, &Change::set("status", "inactive"));
    assert_eq!(bed.import("acme").await.counts.leave, 1);
    assert_eq!(colleague.see(DASHBOARD).await.status, StatusCode::NOT_FOUND, "with the very import");
    assert_eq!(colleague.see("/programmes").await.status, StatusCode::OK, "they are told, not in a circle");
    let home = ines.page("/manage/acme").await;
    assert!(home.contains("The integration with Personio needs a new owner") && home.contains(address), "{home}");
    assert!(home.contains("Take it over"), "{home}");
    let helper = Visitor::colleague(&bed, Role::Members).await;
    let theirs = helper.page("/manage/acme").await;
    assert!(theirs.contains("ist niemand mehr zuständig") && !theirs.contains("Zuständigkeit übernehmen"), "{theirs}");
    let page = ines.page("settings/administrators").await;
    assert!(page.contains("has left</span>"), "{page}");
    let page = ines.page(&format!("{DASHBOARD}?ask=hand-over")).await;
    assert!(page.contains("Who takes over?") && page.contains("value=\"ines@acme.example\""), "{page}");
    ines.done(&format!("{DASHBOARD}/hand-over"), &[("owner", "ines@acme.example")]).await;
    assert!(!ines.page("/manage/acme").await.contains("needs a new owner"));
}
