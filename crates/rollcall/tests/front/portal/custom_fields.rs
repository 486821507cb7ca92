//! Changing the custom fields of a live integration: four steps, and nothing else is lost on the way.

use sandbox::Company;
use testkit::browser::Browser;

use super::{Portal, browse, connect, secret};
use crate::world::{TODAY, World};

const SET_UP: &str = "/manage/acme/integrations/personio/set-up";

#[test]
fn custom_fields_of_a_live_integration_change_in_four_guided_steps() {
    let portal = || Portal::start(World::on_sqlite(), Company::empty(TODAY));
    browse(portal, async |portal: &Portal, browser: &Browser| {
        portal.world.hire_crowd(1..=20);
        portal.begin(browser).await;
        let segment = portal.world.set_up().segment("employment_type", "include", &["internal"]);
        portal.world.apply(&segment.custom("grade", "position"));
        portal.world.import().completed();
        let members = portal.world.snapshot().0;

        portal.go(browser, &format!("{SET_UP}/mapping")).await;
        browser.see("1 of 10").await;
        assert!(browser.find_all(&["button"], "Add a custom field").await.is_empty());
        browser.click_link("Change custom fields").await;

        // Revoke: it says what that means before it does it.
        browser.see("This is the first of four steps").await;
        browser.see("Your 20 current members stay as they are.").await;
        browser.click_button("Revoke").await;
        browser.see("The stored secret is gone; no member has changed.").await;
        assert_eq!(portal.world.snapshot().0, members);

        // Authorise again.
        portal.go(browser, &format!("{SET_UP}/authorize")).await;
        browser.see("This integration is revoked").await;
        browser.click_link("Connect Personio").await;
        connect(browser, secret()).await;
        browser.see("Connected to Personio").await;
        browser.click_button("Finish Setup").await;
        browser.see("never shown again").await;
        browser.click_button("Save").await;

        // Map: everything is as it was.
        browser.arrive("/set-up/mapping").await;
        let chosen: Vec<String> = browser.ask(CHOSEN).await;
        for attribute in ["email", "first_name", "last_name", "department", "hire_date", "position", "employment_type"]
        {
            assert!(chosen.iter().any(|one| one == attribute), "{attribute} was lost: {chosen:?}");
        }
        browser.click_button("Add a custom field").await;
        browser.find(&["textbox"], "Name of custom field 2").await;
        assert_eq!(browser.focus().await.name, "Name of custom field 2");
        browser.fill("Name of custom field 2", "desk").await;
        browser.choose("Attribute for the new field", "Office").await;
        browser.see("2 of 10").await;
        browser.click_button("Save").await;

        // Publish.
        browser.arrive("/set-up/review").await;
        browser.click_button("See what would happen, by name").await;
        browser.see("What publishing comes to").await;
        browser.click_button("Publish").await;
        browser.see("Published. The integration is live.").await;
        let report = portal.world.import().completed();
        assert_eq!((report.join, report.leave), (0, 0));
        assert_eq!(portal.world.members().len(), 20);
    });
}

const CHOSEN: &str = "return [...document.querySelectorAll('table.mapping select, fieldset.rule select')]\
                      .map((it) => it.value).filter((it) => it);";
