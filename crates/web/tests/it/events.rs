//! The settings of events: who is told of changes of members, and what was.

use axum::http::StatusCode;

use crate::{
    bed::{Bed, people},
    both,
    visitor::Visitor,
};

const ADDRESS: &str = "https://hooks.acme.example/rollcall?key=s3cret";

both!(
    an_address_is_added_with_a_secret_that_is_shown_once,
    a_private_address_is_not_taken_and_the_entry_stays,
    what_happened_is_listed_and_told_again,
);

async fn an_address_is_added_with_a_secret_that_is_shown_once(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    assert!(ines.page("settings/events").await.contains("Nobody is told yet"));
    let made = ines.send("settings/events", &[("url", ADDRESS), ("kinds", "joined"), ("kinds", "left")]).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    assert!(made.text().contains("whsec_"), "{}", made.text());
    let page = ines.page("settings/events").await;
    assert!(page.contains("hooks.acme.example") && page.contains("active"), "{page}");
    assert!(!page.contains("whsec_") && !page.contains("s3cret"), "what is behind the host may be a key: {page}");
    let id = page.split("settings/events/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    let changed = ines.send(&format!("settings/events/{id}/secret"), &[]).await;
    assert_eq!(changed.status, StatusCode::CREATED);
    assert!(changed.text().contains("whsec_") && changed.text().contains("Signed with the old secret too"));
    assert_eq!(ines.done(&format!("settings/events/{id}/pause"), &[]).await, "settings/events?said=events-paused");
    assert!(ines.page("settings/events").await.contains("Resume"));
    assert_eq!(ines.done(&format!("settings/events/{id}/resume"), &[]).await, "settings/events?said=events-resumed");
    assert!(ines.page(&format!("settings/events?remove={id}")).await.contains("Tell hooks.acme.example no more?"));
    assert_eq!(ines.done(&format!("settings/events/{id}/remove"), &[]).await, "settings/events?said=events-removed");
    assert!(ines.page("settings/events").await.contains("Nobody is told yet"));
    let log = ines.page("settings/audit?area=subscription").await;
    assert!(log.contains("Added a subscription") && log.contains("Removed a subscription"), "{log}");
    assert!(!log.contains("s3cret") && !log.contains("whsec_"), "{log}");
}

async fn a_private_address_is_not_taken_and_the_entry_stays(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    for private in ["https://10.0.0.8/hook", "https://localhost/hook", "https://[fd00::1]:8443/hook"] {
        let page = ines.refused("settings/events", &[("url", private), ("kinds", "left")]).await;
        assert!(page.contains("<a href=\"#url\">Address: This address belongs to a private network"), "{page}");
        assert!(page.contains("id=\"url-wrong\"") && page.contains(&format!("value=\"{private}\"")), "{page}");
    }
    let page = ines.refused("settings/events", &[("url", "http://hooks.acme.example")]).await;
    assert!(page.contains("has to begin with https://") && page.contains("Choose at least one thing"), "{page}");
}

async fn what_happened_is_listed_and_told_again(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    ines.send("settings/events", &[("url", ADDRESS), ("kinds", "joined")]).await;
    let page = ines.page("settings/events").await;
    let id = page.split("settings/events/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    let at = format!("settings/events/{id}");
    assert!(ines.page(&at).await.contains("Nothing has happened since this address was added."));
    bed.employ(people(3));
    bed.set_up("acme").await;
    bed.import("acme").await;
    let page = ines.page(&at).await;
    assert_eq!(page.matches("<th scope=\"row\">Joined</th>").count(), 3, "{page}");
    assert!(page.contains("Waiting"), "{page}");
    assert_eq!(ines.done(&format!("{at}/again"), &[("since", "7")]).await, format!("{at}?said=events-again"));
    let gone = "settings/events/019a0000-0000-7000-8000-000000000000";
    assert_eq!(ines.see(gone).await.status, StatusCode::NOT_FOUND);
}
