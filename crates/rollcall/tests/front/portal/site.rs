//! The members' site on a telephone: from the mail's link to *My account*, and to the restricted view of a leaver.

use sandbox::Company;
use testkit::browser::{Browser, Width};

use super::{Portal, browse};
use crate::world::{TODAY, World, person};

const ADA: &str = "ada@acme.example";
const PASSWORD: &str = "marble teapot 88 lanes";

/// Nothing is too wide, and nothing stands in anybody's way.
async fn is_fine(browser: &Browser) {
    browser.has_no_barriers().await;
    assert!(!browser.is_too_wide().await, "{} is too wide", browser.address().await);
}

#[test]
fn a_joiner_comes_in_by_the_mails_link_and_a_leaver_sees_until_when() {
    let portal = || Portal::start(World::on_sqlite(), Company::empty(TODAY));
    browse(portal, async |portal: &Portal, browser: &Browser| {
        portal.world.hire(&person(1, "Ada", "Lovelace"));
        portal.world.hire_crowd(2..=12);
        portal.begin_with_members(browser).await;
        browser.width(Width::Phone).await;

        browser.go(&portal.mailed("acme/welcome", ADA, &[])).await;
        browser.see("Welcome, Ada").await;
        browser.see(ADA).await;
        is_fine(browser).await;
        browser.fill("New password", "lovelace-ada-1").await;
        browser.see("Good. Longer is better.").await;
        browser.click_button("Save the password").await;
        browser.see("This is too close to your name or e-mail address.").await;
        is_fine(browser).await;
        browser.fill("New password", PASSWORD).await;
        browser.see("Very good.").await;
        browser.click_button("Save the password").await;
        browser.arrive("/acme/account").await;
        browser.see("Your password is saved, and you are signed in.").await;
        browser.see("Lovelace").await;
        browser.see("from Personio").await;
        is_fine(browser).await;
        browser.screenshot_whole("site-account").await;
        browser.dark(true).await;
        is_fine(browser).await;
        browser.dark(false).await;
        browser.click_link("Everything about me").await;
        browser.see("The account was made").await;
        is_fine(browser).await;

        // Another language, and back.
        browser.click_button("Deutsch").await;
        browser.see("Alles über mich").await;
        is_fine(browser).await;
        browser.click_button("English").await;

        browser.click_button("Sign out").await;
        browser.arrive("/acme/sign-in").await;
        browser.see("First time here?").await;
        is_fine(browser).await;
        browser.click_link("Get in for the first time").await;
        is_fine(browser).await;
        portal.go(browser, "/acme/sign-in").await;
        browser.fill("E-mail address", ADA).await;
        browser.fill("Password", PASSWORD).await;
        browser.click_button("Sign in").await;
        browser.arrive("/acme/account").await;

        portal.world.dismiss([1]);
        portal.world.import().completed();
        browser.reload().await;
        browser.see("Your access is being checked").await;
        browser.see_no("Change the password").await;
        is_fine(browser).await;
    });
}
