//! Other administrators: invited by mail, and let into what their role allows.

use sandbox::Company;
use testkit::browser::Browser;

use super::{Portal, browse};
use crate::world::{TODAY, World};

const DASHBOARD: &str = "/manage/acme/integrations/personio";
const COLLEAGUE: &str = "jo@acme.example";
const THEIRS: &str = "seven slow tramlines";

/// The owner invites somebody, who accepts.
async fn invite(portal: &Portal, browser: &Browser, email: &str, role: &str) {
    portal.go(browser, "/manage/acme/settings/administrators").await;
    browser.fill("Name", "Jo Weber").await;
    browser.fill("E-mail address", email).await;
    browser.choose("Role", role).await;
    browser.click_button("Send the invitation").await;
    browser.see("The invitation is on its way.").await;
    let link = portal.mailed("invitation", email, &[]);
    portal.sign_out(browser).await;
    browser.go(&link).await;
    browser.see("Ines Hartmann invites you.").await;
    browser.fill("New password", THEIRS).await;
    browser.click_button("Accept the invitation").await;
    browser.arrive("/manage/acme").await;
    // It works once.
    portal.sign_out(browser).await;
    browser.go(&link).await;
    browser.see("This invitation was used already").await;
    portal.sign_in(browser, email, THEIRS).await;
    browser.arrive("/manage/acme").await;
}

/// What somebody who only looks is refused, by page.
const REFUSED: &[&str] = &[
    "/manage/acme/integrations/personio/imports/new",
    "/manage/acme/integrations/personio/try",
    "/manage/acme/integrations/personio/set-up/initial",
    "/manage/acme/integrations/personio/set-up/authorize",
    "/manage/acme/integrations/personio/set-up/mapping",
    "/manage/acme/integrations/personio/set-up/review",
    "/manage/acme/integrations/personio/set-up/revoke",
    "/manage/acme/settings/tokens",
    "/manage/acme/settings/audit",
];

#[test]
fn somebody_who_may_only_look_sees_no_buttons_and_is_refused_by_address() {
    let portal = || Portal::start(World::on_sqlite(), Company::empty(TODAY));
    browse(portal, async |portal: &Portal, browser: &Browser| {
        portal.world.hire_crowd(1..=20);
        portal.begin_with_members(browser).await;
        portal.world.dismiss(1..=8);
        let held = portal.world.import().held(&["R40"]);
        invite(portal, browser, COLLEAGUE, "Read-only: look, change nothing").await;

        for page in [
            "/manage/acme",
            "/manage/acme/integrations",
            DASHBOARD,
            &format!("{DASHBOARD}/imports"),
            &format!("{DASHBOARD}/decisions"),
            &format!("/manage/acme/imports/{}", held.import),
            "/manage/acme/settings",
            "/manage/acme/settings/administrators",
            "/manage/acme/settings/roles",
            "/manage/acme/settings/guard",
        ] {
            portal.go(browser, page).await;
            let may: Vec<String> = browser.ask(FORMS).await;
            assert_eq!(may, Vec::<String>::new(), "{page}");
            for label in ["Import data now", "Approve this plan", "Edit mapping", "Revoke", "Pause", "Edit"] {
                assert!(browser.find_all(&["button", "link"], label).await.is_empty(), "{label} on {page}");
            }
        }
        for page in REFUSED {
            portal.go(browser, page).await;
            browser.see("Your role does not allow this").await;
        }
        // A form of their own making is refused too.
        let answer: u16 =
            browser.ask(&posted(&format!("/manage/acme/imports/{}/answer", held.import), "answer=approve")).await;
        assert_eq!(answer, 403);
        assert_eq!(portal.state(), "on-hold");
        // Another programme is not there.
        portal.go(browser, "/manage/other").await;
        browser.see("There is nothing at this address").await;
    });
}

/// Members: decides about people, and does not start imports.
#[test]
fn somebody_who_looks_after_members_decides_about_people_and_starts_no_import() {
    let portal = || Portal::start(World::on_sqlite(), Company::empty(TODAY));
    browse(portal, async |portal: &Portal, browser: &Browser| {
        let world = &portal.world;
        world.hire_crowd(1..=20);
        portal.begin_with_members(browser).await;
        world.alter(
            1,
            &sandbox::Change::set("first_name", "Bob").and("last_name", "Brown").and("email", "bob@acme.example"),
        );
        world.import().completed();
        invite(portal, browser, COLLEAGUE, "Members: look after members, answer questions about them").await;
        portal.go(browser, &format!("{DASHBOARD}/imports/new")).await;
        browser.see("Your role does not allow this").await;

        portal.go(browser, &format!("{DASHBOARD}/decisions")).await;
        browser.see("Bob Brown").await;
        browser.click_button("Same person (Bob Brown)").await;
        browser.see("Decided. It takes effect with the next import.").await;
        assert_eq!(world.import().completed().update, 1);
        assert_eq!(world.member("1", "first_name"), "Bob");
    });
}

/// Whatever could be filled in or pressed in forms that change something.
const FORMS: &str = "return [...document.querySelectorAll('main form[method=post] :is(button, input, select, textarea)')]\
                     .filter((it) => !it.matches(':disabled')).map((it) => it.outerHTML);";

/// The status of an answer to a form.
fn posted(path: &str, body: &str) -> String {
    format!(
        "const ask = new XMLHttpRequest(); ask.open('POST', '{path}', false);\
         ask.setRequestHeader('content-type', 'application/x-www-form-urlencoded'); ask.send('{body}'); return ask.status;"
    )
}
