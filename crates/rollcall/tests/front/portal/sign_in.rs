//! Signing in: second factor, forgotten password.

use sandbox::Company;
use testkit::browser::Browser;
use totp_rs::{Builder, Secret};

use super::{EMAIL, PASSWORD, Portal, browse};
use crate::world::{TODAY, World};

const NEW: &str = "eleven old harbours";

#[test]
fn a_forgotten_password_is_replaced_by_mail_and_a_second_factor_is_asked_for() {
    let portal = || Portal::start(World::on_sqlite(), Company::empty(TODAY));
    browse(portal, async |portal: &Portal, browser: &Browser| {
        portal.begin(browser).await;
        portal.sign_out(browser).await;
        browser.see("You are signed out.").await;
        browser.back().await;
        browser.reload().await;
        browser.arrive("/sign-in").await;

        // It tells nothing: the same words for somebody unknown.
        for email in ["nobody@acme.example", EMAIL] {
            portal.sign_in(browser, email, "not the password").await;
            browser.see("The e-mail address and the password do not belong together.").await;
        }
        browser.click_link("Forgotten your password?").await;
        browser.fill("E-mail address", EMAIL).await;
        browser.click_button("Send me a link").await;
        browser.see("Check your inbox").await;
        let link = portal.mailed("reset", EMAIL, &[]);
        browser.go(&link).await;
        browser.fill("New password", "short").await;
        browser.click_button("Save the new password").await;
        browser.see("Use at least 12 characters.").await;
        browser.fill("New password", NEW).await;
        browser.click_button("Save the new password").await;
        browser.see("Your new password is saved").await;
        browser.go(&link).await;
        browser.see("This link was used already.").await;
        portal.sign_in(browser, EMAIL, PASSWORD).await;
        browser.see("do not belong together").await;
        portal.sign_in(browser, EMAIL, NEW).await;
        browser.arrive("/manage/acme").await;

        // The second factor.
        portal.go(browser, "/account").await;
        browser.click_button("Set up a second factor").await;
        browser.see("Point your authenticator app").await;
        let secret: String = browser.ask("return document.getElementById('secret').textContent.trim();").await;
        browser.fill("Code", "000000").await;
        browser.click_button("Switch it on").await;
        browser.see("The code is not right").await;
        browser.fill("Code", &code(&secret)).await;
        browser.click_button("Switch it on").await;
        browser.see("Keep these recovery codes").await;
        let codes: Vec<String> =
            browser.ask("return [...document.querySelectorAll('#codes li')].map((it) => it.textContent.trim());").await;
        assert_eq!(codes.len(), 10);
        browser.click_link("I have kept them").await;
        portal.sign_out(browser).await;

        for wanted in [&codes[0], &codes[1]] {
            portal.sign_in(browser, EMAIL, NEW).await;
            browser.see("One more step").await;
            portal.go(browser, "/manage/acme").await;
            browser.arrive("/sign-in").await;
            portal.sign_in(browser, EMAIL, NEW).await;
            browser.see("One more step").await;
            browser.fill("Code", wanted).await;
            browser.click_button("Sign in").await;
            browser.arrive("/manage/acme").await;
            portal.sign_out(browser).await;
        }
        // Each works once.
        portal.sign_in(browser, EMAIL, NEW).await;
        browser.fill("Code", &codes[0]).await;
        browser.click_button("Sign in").await;
        browser.see("The code is not right, or was used before.").await;
    });
}

/// What an authenticator shows now for this key.
fn code(secret: &str) -> String {
    let secret: String = secret.split_whitespace().collect();
    let secret = Secret::try_from_base32(secret).expect("the key is written in base32");
    let totp = Builder::new().with_secret(secret).build().expect("a usual authenticator");
    totp.generate_current().to_string()
}
