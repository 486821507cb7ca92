//! An installation that was restored from a backup says so on every page, until it is released.

use axum::http::StatusCode;
use domain::scope::Scope;
use engine::{Actor, care::Doubtful};
use store::Restore;

use crate::{
    bed::{Bed, people},
    both,
    visitor::Visitor,
    watching::scrape,
};

both!(
    every_page_says_that_it_is_held,
    whoever_watches_over_it_is_told_that_it_is_held,
    nobody_starts_an_import_meanwhile
);

/// Acme, restored an hour after its backup was taken. Everybody has to sign in again.
async fn restored(bed: &Bed) {
    bed.employ(people(4));
    bed.set_up("acme").await;
    bed.import("acme").await;
    let now = bed.engine.now();
    let restore = Restore {
        id: uuid::Uuid::from_u128(1),
        backup_at: now - 3_600_000_000,
        restored_at: now,
        erased: 0,
        released_at: None,
        released_by: None,
    };
    bed.engine.store().hold(&restore).await.expect("held");
}

async fn every_page_says_that_it_is_held(bed: Bed) {
    restored(&bed).await;
    let ines = Visitor::first(&bed).await;
    for page in ["/manage/acme", "members", "outbox", "settings", "integrations"] {
        let page = ines.page(page).await;
        assert!(page.contains("Restored from a backup, and held") && page.contains("as it was on Monday"), "{page}");
    }
    bed.engine.release_restored(&Doubtful::Go, &Actor::command()).await.expect("released");
    assert!(!ines.page("members").await.contains("Restored from a backup, and held"));
    let log = ines.page("settings/audit").await;
    assert!(log.contains("Released after a restore"), "{log}");
}

/// It serves its pages, so it is ready.
async fn whoever_watches_over_it_is_told_that_it_is_held(bed: Bed) {
    restored(&bed).await;
    let ready = bed.look("/readyz").await;
    assert_eq!((ready.status, ready.text()), (StatusCode::OK, "ready\nheld: true\n".to_owned()));
    let scraped = scrape(&bed).await;
    assert!(scraped.contains("\nrollcall_held 1\n"), "{scraped}");
    bed.engine.release_restored(&Doubtful::Go, &Actor::command()).await.expect("released");
    assert_eq!(bed.look("/readyz").await.text(), "ready\n");
}

/// R39: neither in the portal nor by the API, and both say why.
async fn nobody_starts_an_import_meanwhile(bed: Bed) {
    restored(&bed).await;
    let token = bed.token("acme", &[Scope::RunImports]).await;
    let answer = bed.post(&token, "/api/v1/integrations/personio/imports", Some("a"), "{}").await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text());
    assert!(answer.text().contains("restored from a backup"), "{}", answer.text());
    let ines = Visitor::first(&bed).await;
    let answer = ines.send("integrations/personio/imports", &[]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text());
    assert!(answer.text().contains("Rollcall was restored from a backup and is held"), "{}", answer.text());
}
