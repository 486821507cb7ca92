//! An import on hold, and each answer to it.

use domain::import::State;
use sandbox::{Change, Company, Mutation};
use testkit::browser::Browser;

use super::{Portal, browse};
use crate::world::{PROGRAMME, Report, TODAY, World};

fn portal() -> Portal {
    Portal::start(World::on_sqlite(), Company::empty(TODAY))
}

async fn begin(portal: &Portal, browser: &Browser) {
    portal.world.hire_crowd(1..=40);
    portal.begin(browser).await;
    let set_up = portal.world.set_up().segment("employment_type", "include", &["internal"]);
    portal.world.apply(&set_up);
    portal.world.import().completed();
}

/// Twelve are external all of a sudden.
fn mistake(portal: &Portal, value: &str) {
    let change = Change::set("employment_type", value);
    portal.world.mutate(&Mutation::Change { change, status: None, first: Some(12) });
}

async fn open(portal: &Portal, browser: &Browser, held: &Report) {
    portal.go(browser, &format!("/manage/acme/imports/{}", held.import)).await;
}

fn leavers(portal: &Portal) -> usize {
    portal.world.states().iter().filter(|(_, state)| state == "leaver").count()
}

/// R46: whoever waits too long has nothing to approve any more.
#[test]
fn a_hold_that_nobody_answered_says_that_it_has_lapsed() {
    browse(portal, async |portal: &Portal, browser: &Browser| {
        begin(portal, browser).await;
        mistake(portal, "external");
        let held = portal.world.import().held(&["R40", "R41"]);
        open(portal, browser, &held).await;
        browser.see("12 of 40 members would become leavers").await;

        let store = portal.world.store().await;
        let programme = store.programme(PROGRAMME).await.expect("it answers").expect("it is there");
        let integration = store.integrations(programme.number()).await.expect("it answers").remove(0);
        let newest = store.newest_import(programme.number(), integration.number(), "apply", &[State::OnHold]).await;
        let mut import = newest.expect("it answers").expect("it is on hold");
        import.held_at = import.held_at.map(|at| at - 73 * 3_600 * 1_000_000);
        assert!(store.move_import(None, State::OnHold, &import, &[]).await.expect("it answers"));
        browser.click_link("Approve this plan").await;
        browser.click_button("Approve this plan").await;
        browser.see("Lapsed; nothing has changed").await;
        assert_eq!(leavers(portal), 0);
        portal.go(browser, "/manage/acme").await;
        assert!(!browser.sees("is on hold and needs you").await);
    });
}

/// R46: what the leavers share comes first; then each answer is told in numbers before it is given.
#[test]
fn a_hold_says_what_the_leavers_share_and_every_answer_says_what_it_will_do() {
    browse(portal, async |portal: &Portal, browser: &Browser| {
        begin(portal, browser).await;
        mistake(portal, "external");
        let held = portal.world.import().held(&["R40", "R41"]);

        // Home and the list of integrations lead there.
        portal.go(browser, "/manage/acme").await;
        browser.see("is on hold and needs you").await;
        portal.go(browser, "/manage/acme/integrations?tab=mine").await;
        browser.see("On hold, needs you").await;

        open(portal, browser, &held).await;
        browser.see("12 of 40 members would become leavers").await;
        browser.see("Nothing has changed").await;
        let text = browser.text().await;
        let (shared, people) = (text.find("external"), text.find("Crowd b"));
        assert!(shared.is_some() && shared < people, "{text}");
        browser.click_link("See people").await;
        browser.see("crowd.b@acme.example").await;

        // Reject.
        browser.click_link("Reject").await;
        browser.see("the 12 people who would leave stay members.").await;
        browser.click_button("Reject").await;
        browser.see("Rejected; nothing has changed").await;
        assert_eq!((leavers(portal), portal.state().as_str()), (0, "rejected"));

        // Without the leavers.
        portal.world.change(20, "department", "Elsewhere");
        let held = portal.world.import().held(&["R40", "R41"]);
        open(portal, browser, &held).await;
        browser.click_link("Approve without the leavers").await;
        browser.click_button("Approve without the leavers").await;
        browser.see("Completed").await;
        assert_eq!((leavers(portal), portal.world.member("20", "department").as_str()), (0, "Elsewhere"));

        // Superseded: the newer plan is the one to answer.
        let older = portal.world.import().held(&["R40", "R41"]);
        let held = portal.world.import().held(&["R40", "R41"]);
        open(portal, browser, &older).await;
        browser.see("Replaced by a newer import; nothing has changed").await;
        assert!(!browser.sees("Approve this plan").await);

        // Approve.
        open(portal, browser, &held).await;
        browser.click_link("Approve this plan").await;
        browser.click_button("Approve this plan").await;
        browser.see("Completed").await;
        assert_eq!(leavers(portal), 12);
    });
}

/// R43: matched by e-mail and names, nobody loses an account.
#[test]
fn renumbered_ids_are_matched_anew_by_a_click() {
    browse(portal, async |portal: &Portal, browser: &Browser| {
        begin(portal, browser).await;
        portal.world.mutate(&Mutation::Renumber { by: 1 });
        let held = portal.world.import();
        assert_eq!(held.state, "on-hold");
        open(portal, browser, &held).await;
        browser.click_link("The IDs were renumbered").await;
        browser.click_button("The IDs were renumbered").await;
        browser.see("Completed").await;
        assert_eq!((leavers(portal), portal.world.member("41", "email").as_str()), (0, "crowd.ea@acme.example"));
    });
}
