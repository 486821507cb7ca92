//! Set-up and import where the browser runs no script.

use std::time::Duration;

use sandbox::Company;
use testkit::browser::Browser;
use tokio::time::sleep;

use super::{Portal, browse, connect, secret};
use crate::world::{TODAY, World};

/// Pages that wait for something load themselves again.
#[test]
fn set_up_and_import_work_without_script() {
    let portal = || Portal::start(World::on_sqlite(), Company::generate(7, 40, TODAY));
    browse(portal, async |portal: &Portal, browser: &Browser| {
        browser.scripts(false).await;
        portal.begin(browser).await;
        browser.click_link("Connect your HR system").await;
        browser.click_link("Personio").await;
        browser.click_button("Save").await;
        browser.click_link("Connect Personio").await;
        connect(browser, secret()).await;
        browser.see("Connected to Personio").await;
        browser.click_button("Finish Setup").await;
        browser.see("never shown again").await;
        browser.click_button("Save").await;

        browser.see("Which Personio attribute fills which field?").await;
        browser.click_button("Add a rule").await;
        browser.choose("Attribute that decides", "Employment type").await;
        browser.click_button("Show its values").await;
        // Nothing loads by itself here: what was entered would be lost.
        while !browser.sees("or one of these").await {
            sleep(Duration::from_millis(300)).await;
            browser.click(&["button"], "Show its values").await;
        }
        browser.fill("or one of these", "internal").await;
        browser.click_button("Save").await;

        browser.click_button("See what would happen, by name").await;
        browser.see("What publishing comes to").await;
        browser.click_button("Publish").await;
        browser.see("Published. The integration is live.").await;
        browser.click_link("Import data now").await;
        browser.click_button("Start").await;
        browser.see("Completed").await;
        assert_eq!(portal.state(), "completed");
    });
}
