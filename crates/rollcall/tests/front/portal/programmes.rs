//! Somebody who looks after several programmes: they choose one, change to another, and find one suspended.

use sandbox::Company;
use testkit::browser::{Browser, Width};

use super::{EMAIL, PASSWORD, Portal, browse};
use crate::world::{TODAY, World};

/// The page as it is: nobody is shut out of it, in light and dark, wide and narrow.
async fn is_good(browser: &Browser, name: &str) {
    for (width, of) in [(Width::Desk, "wide"), (Width::Phone, "narrow")] {
        browser.width(width).await;
        for dark in [false, true] {
            browser.dark(dark).await;
            browser.has_no_barriers().await;
            assert!(!browser.is_too_wide().await, "{name} is too wide");
            browser.screenshot(&format!("{name}-{of}-{}", if dark { "dark" } else { "light" })).await;
        }
    }
    browser.width(Width::Desk).await;
    browser.dark(false).await;
}

#[test]
fn whoever_looks_after_several_programmes_chooses_one_and_changes_to_another() {
    let portal = || Portal::start(World::on_sqlite(), Company::empty(TODAY));
    browse(portal, async |portal: &Portal, browser: &Browser| {
        let world = &portal.world;
        portal.begin(browser).await;
        let create = ["programme", "create", "globex", "--name", "Globex Advantages and Benefits Club"];
        let made = world.run(&[&create[..], &["--time-zone", "Europe/Berlin", "--owner", EMAIL]].concat()).exits(0);
        let link = made.out.split_whitespace().find(|word| word.contains("/invitation/")).expect("a link").to_owned();
        let path = link.split_once("/invitation/").map(|(_, token)| format!("/invitation/{token}")).expect("a path");
        portal.sign_out(browser).await;
        portal.go(browser, &path).await;
        browser.see("You have an account already.").await;
        browser.fill("Password", PASSWORD).await;
        browser.click_button("Accept the invitation").await;
        browser.arrive("/programmes").await;
        is_good(browser, "programmes").await;
        browser.click_link("Acme owner").await;
        browser.arrive("/manage/acme").await;
        browser.click(&["DisclosureTriangle", "button"], "Change programme: Acme").await;
        is_good(browser, "programmes-switch").await;
        browser.click_link("Globex Advantages and Benefits Club").await;
        browser.arrive("/manage/globex").await;

        world.run(&["programme", "suspend", "globex"]).exits(0);
        portal.go(browser, "/manage/globex").await;
        browser.see("This programme is suspended").await;
        is_good(browser, "programmes-suspended").await;
        portal.go(browser, "/globex").await;
        browser.see("This site is closed for the moment").await;
        is_good(browser, "programmes-suspended-site").await;

        portal.go(browser, "/account").await;
        browser.choose("Language", "Deutsch").await;
        browser.click_button("Save").await;
        browser.see("Name und Sprache sind gespeichert").await;
        portal.go(browser, "/programmes").await;
        browser.see("ausgesetzt").await;
        super::german::is_german(browser).await;
        is_good(browser, "programmes-german").await;
        portal.go(browser, "/manage/globex").await;
        browser.see("Dieses Programm ist ausgesetzt").await;
        super::german::is_german(browser).await;
        is_good(browser, "programmes-suspended-german").await;
    });
}
