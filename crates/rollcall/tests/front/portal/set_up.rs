//! Setting Personio up, from the first-run link to the first completed import.

use sandbox::Company;
use testkit::browser::{Browser, Key};

use super::{EMAIL, NAME, PASSWORD, Portal, SECRET, browse, secret};
use crate::world::{CLIENT_ID, TODAY, World};

/// What may be clicked and entered on the whole way, at most.
const HANDFUL: u32 = 24;

/// The pictures that are left: those of the guide, and what the film is made of.
#[test]
fn an_administrator_who_has_never_seen_rollcall_connects_personio_in_a_few_clicks() {
    browse(|| Portal::with_people(140), whole_set_up);
}

/// The same on the other database.
#[test]
fn the_whole_set_up_works_on_postgresql_too() {
    browse(|| Portal::start(World::on_postgresql(), Company::generate(7, 140, TODAY)), whole_set_up);
}

async fn whole_set_up(portal: &Portal, browser: &Browser) {
    browser.go(&portal.first_run).await;
    browser.fill("Name of the programme", "Acme").await;
    browser.fill("Your name", NAME).await;
    browser.fill("Your e-mail address", EMAIL).await;
    browser.fill("New password", PASSWORD).await;
    browser.screenshot("first-run").await;
    browser.click_button("Begin").await;

    browser.see("Connect your HR system").await;
    browser.click_link("Connect your HR system").await;
    browser.see("Not set up").await;
    browser.screenshot("explore").await;
    browser.click_link("Personio").await;

    browser.see("The next three imports").await;
    browser.screenshot("initial-setup").await;
    browser.click_button("Save").await;

    browser.see("What never is").await;
    browser.screenshot("authorize").await;
    browser.click_link("Connect Personio").await;
    browser.see("How do I find my credentials?").await;
    browser.fill("Client ID", CLIENT_ID).await;
    browser.fill(SECRET, secret()).await;
    browser.screenshot("credentials").await;
    browser.click_button("Check").await;
    browser.see("Connected to Personio").await;
    browser.screenshot("connected").await;
    browser.click_button("Finish Setup").await;
    browser.see("never shown again").await;
    browser.click_button("Save").await;

    browser.see("people fit").await;
    browser.screenshot("mapping").await;
    browser.click_button("Add a rule").await;
    browser.choose("Attribute that decides", "Employment type").await;
    let internal = value(browser, "internal").await;
    browser.tick(&internal).await;
    browser.see("134 of 173 people may be members").await;
    browser.screenshot("segment").await;
    browser.click_button("Save").await;

    browser.click_button("See what would happen, by name").await;
    browser.see("What publishing comes to").await;
    browser.screenshot("review").await;
    browser.click_button("Publish").await;

    browser.see("Published. The integration is live.").await;
    browser.screenshot("published").await;
    browser.click_link("Import data now").await;
    // So that there is something to see of it.
    portal.slow(700);
    browser.click_button("Start").await;
    browser.see(" a second").await;
    browser.screenshot("importing").await;
    portal.slow(0);
    browser.see("Completed").await;
    browser.screenshot("completed").await;

    let hand = browser.hand();
    assert!(hand.total() <= HANDFUL, "{hand:?}");
    assert_eq!(portal.state(), "completed");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

/// The whole name of a box whose label begins with this value: its head-count follows.
async fn value(browser: &Browser, value: &str) -> String {
    browser.see(value).await;
    let script = format!(
        "return [...document.querySelectorAll('label.check')].map((it) => it.textContent.replace(/\\s+/g, ' ').trim())\
         .find((it) => it.startsWith('{value} ')) ?? '';"
    );
    browser.ask(&script).await
}

/// Nobody needs a mouse.
#[test]
fn the_whole_set_up_works_by_keyboard_alone() {
    browse(|| Portal::with_people(40), by_keyboard);
}

async fn by_keyboard(portal: &Portal, browser: &Browser) {
    let enter = async |role: &str, name: &str, value: &str| {
        browser.reach(role, name).await;
        browser.type_in(value).await;
    };
    let press = async |role: &str, name: &str| {
        browser.reach(role, name).await;
        browser.press(Key::Enter).await;
    };
    browser.go(&portal.first_run).await;
    enter("textbox", "Name of the programme", "Acme").await;
    enter("textbox", "Your name", NAME).await;
    enter("textbox", "Your e-mail address", EMAIL).await;
    enter("textbox", "New password", PASSWORD).await;
    browser.press(Key::Enter).await;

    browser.see("Connect your HR system").await;
    press("link", "Connect your HR system").await;
    browser.see("Not set up").await;
    press("link", "Personio").await;
    browser.see("The next three imports").await;
    // A choice among several is made by arrow.
    browser.reach("radio", "Daily").await;
    browser.press(Key::Right).await;
    browser.see("Day of the week").await;
    press("button", "Save").await;

    browser.see("What never is").await;
    press("link", "Connect Personio").await;
    browser.see("How do I find my credentials?").await;
    enter("textbox", "Client ID", CLIENT_ID).await;
    enter("textbox", SECRET, secret()).await;
    browser.press(Key::Enter).await;
    browser.see("Connected to Personio").await;
    press("button", "Finish Setup").await;
    browser.see("never shown again").await;
    press("button", "Save").await;

    browser.see("people fit").await;
    press("button", "Add a rule").await;
    browser.find(&["combobox"], "Attribute that decides").await;
    assert_eq!(browser.focus().await.name, "Include or exclude", "one goes on where the rule was added");
    enter("combobox", "Attribute that decides", "Employment type").await;
    let internal = value(browser, "internal").await;
    browser.reach("checkbox", &internal).await;
    browser.press(Key::Space).await;
    press("button", "Save").await;

    browser.see("The preview reads everybody").await;
    press("button", "See what would happen, by name").await;
    browser.see("What publishing comes to").await;
    press("button", "Publish").await;
    browser.see("Published. The integration is live.").await;
    // The menu opens, and closes again with Escape.
    press("DisclosureTriangle", "Tools").await;
    browser.see("Edit mapping").await;
    browser.press(Key::Escape).await;
    browser.see_no("Edit mapping").await;
    press("link", "Import data now").await;
    browser.see("Start").await;
    press("button", "Start").await;
    browser.see("Completed").await;
    assert_eq!(portal.state(), "completed");
}
