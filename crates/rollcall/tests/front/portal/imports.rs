//! An import as its page shows it, from *Start* to what came of it.

use std::process::Stdio;

use sandbox::{Change, Company, Endpoint, Fault, FaultKind};
use testkit::browser::Browser;

use super::{Portal, browse};
use crate::world::{Killed, PROGRAMME, TODAY, World, person};

const DASHBOARD: &str = "/manage/acme/integrations/personio";

/// A portal before a company of a few hundred, set up by command, with nobody imported yet.
async fn set_up(portal: &Portal, browser: &Browser) {
    portal.begin(browser).await;
    portal.world.apply(&portal.world.set_up());
}

/// How full the bar is; nothing where there is none.
async fn bar(browser: &Browser) -> Option<f64> {
    browser.ask("return document.querySelector('[data-live] progress')?.position ?? null;").await
}

/// Progress is told to whoever watches: after a reload, in a second tab, and of an import that was started elsewhere.
#[test]
fn an_import_is_watched_live_after_a_reload_in_a_second_tab_and_from_the_command_line() {
    let portal = || Portal::with_people(3_000);
    browse(portal, async |portal: &Portal, browser: &Browser| {
        set_up(portal, browser).await;
        portal.go(browser, &format!("{DASHBOARD}/imports")).await;
        browser.see("No imports yet").await;

        portal.slow(1_200);
        portal.go(browser, &format!("{DASHBOARD}/imports/new")).await;
        browser.click_button("Start").await;
        browser.see("Importing now").await;
        let page = browser.address().await;
        // Somewhere in the middle.
        let before = filled(browser).await;
        browser.reload().await;
        let after = bar(browser).await.expect("the bar is there at once after a reload");
        assert!(after >= before, "{after} after a reload, {before} before");
        browser.go_in_new_tab(&page).await;
        assert!(bar(browser).await.expect("the bar is there at once in a second tab") >= after);

        // It is running already: the button leads there.
        portal.go(browser, &format!("{DASHBOARD}/imports/new")).await;
        browser.see("An import is running already").await;
        browser.show_tab(0).await;
        portal.slow(0);
        // The first page finds out by itself.
        browser.see("Completed").await;
        assert_eq!(browser.complaints().await, Vec::<String>::new());

        // Started from the command line while a page watches.
        portal.slow(1_200);
        portal.world.mutate(&sandbox::Mutation::Hire { count: 3 });
        let mut command = portal.world.command(&["import", PROGRAMME]);
        command.env("ROLLCALL_PAGE_PATIENCE", "4");
        let import = Killed::spawn(command.stdout(Stdio::null()).stderr(Stdio::null()));
        while portal.state() == "completed" {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        portal.go(browser, DASHBOARD).await;
        assert!(bar(browser).await.is_some(), "the dashboard shows the import at once");
        portal.go(browser, &format!("/manage/acme/imports/{}", portal.newest())).await;
        assert!(filled(browser).await > 0.0);
        portal.slow(0);
        browser.see("Completed").await;
        drop(import);
    });
}

/// What goes by too fast to be seen as a rule: waiting to begin, making the plan, applying it.
#[test]
fn every_stage_of_an_import_is_shown_while_it_lasts() {
    let portal = || Portal::with_people(12_000);
    browse(portal, async |portal: &Portal, browser: &Browser| {
        set_up(portal, browser).await;
        let store = portal.world.store().await;
        let programme = store.programme(PROGRAMME).await.expect("it answers").expect("it is there");
        let integration = store.integrations(programme.number()).await.expect("it answers").remove(0);
        portal.go(browser, &format!("{DASHBOARD}/imports/new")).await;
        // Another machine seems to be at work, and gives it up.
        let work = format!("import:{}", integration.id);
        let lease = store.claim_work(programme.number(), &work, integration.id).await.expect("it answers");
        browser.click_button("Start").await;
        browser.see("Waiting to begin").await;
        browser.reload().await;
        browser.see("Waiting to begin").await;
        store.release_work(&lease.expect("nobody else has it")).await.expect("it answers");
        browser.see("reading Personio").await;
        browser.see("applying the plan").await;
        assert!(filled(browser).await > 0.0);
        browser.see("Completed").await;

        // Whoever is missing is looked for once more before there is a plan.
        let gone = portal.world.company(|company| company.ids_with_status("active").pop());
        portal.world.delete(gone);
        portal.slow(240);
        portal.go(browser, &format!("{DASHBOARD}/imports/new")).await;
        browser.click_button("Start").await;
        browser.see("making the plan").await;
        portal.slow(0);
        browser.see("Completed").await;
    });
}

/// Waits until the bar is neither empty nor full.
async fn filled(browser: &Browser) -> f64 {
    for _ in 0..200 {
        if let Some(position) = bar(browser).await.filter(|position| (0.01..0.99).contains(position)) {
            return position;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the bar never moved: {}", browser.text().await);
}

/// Completed, completed with errors, failed, on hold: each says what came of it.
#[test]
fn every_end_of_an_import_says_what_came_of_it() {
    let portal = || Portal::start(World::on_sqlite(), Company::empty(TODAY));
    browse(portal, async |portal: &Portal, browser: &Browser| {
        let world = &portal.world;
        world.hire_crowd(1..=20);
        set_up(portal, browser).await;
        let run = async || {
            portal.go(browser, &format!("{DASHBOARD}/imports/new")).await;
            browser.click_button("Start").await;
            browser.arrive("/manage/acme/imports/").await;
        };
        run().await;
        browser.see("Completed").await;
        assert!(browser.sees("20").await);

        // Two people with an error and one with a warning; the rest goes on.
        world.hire(&person(31, "No", "Address").and("email", serde_json::Value::Null));
        world.hire(&person(32, "Wrong", "Address").and("email", "nobody"));
        world.hire(&person(33, "Ada", "Lovelace").and("hire_date", "soon"));
        run().await;
        browser.see("Completed with errors").await;
        for (link, holds) in [("download errors", "email-missing"), ("download warnings", "33")] {
            let address = address_of(browser, link).await;
            let file: String = fetched(browser, &address).await;
            assert!(file.contains(holds), "{link}: {file}");
        }
        browser.click_link("See the problems").await;
        browser.see("No Address").await;

        world.add_fault(Fault::new(FaultKind::Unreadable).on(Endpoint::Employees));
        run().await;
        browser.see("The import failed; nothing has changed").await;
        world.no_faults();

        world.dismiss(1..=8);
        run().await;
        browser.see("Nothing has changed").await;
        browser.see("8 of 2").await;

        // The history has them all.
        portal.go(browser, &format!("{DASHBOARD}/imports")).await;
        for state in ["Completed", "Completed with errors", "Failed, nothing changed", "On hold"] {
            assert!(browser.sees(state).await, "{state}: {}", browser.text().await);
        }
    });
}

async fn address_of(browser: &Browser, link: &str) -> String {
    let link = browser.find(&["link"], link).await;
    link.prop("href").await.ok().flatten().expect("a link has an address")
}

async fn fetched(browser: &Browser, address: &str) -> String {
    let script = format!(
        "const ask = new XMLHttpRequest(); ask.open('GET', '{address}', false); ask.send(); return ask.responseText;"
    );
    browser.ask(&script).await
}

/// A member who left by an import's mistake comes back with two clicks; and one person can be tried alone.
#[test]
fn leavers_are_restored_and_one_person_is_tried_alone() {
    let portal = || Portal::start(World::on_sqlite(), Company::empty(TODAY));
    browse(portal, async |portal: &Portal, browser: &Browser| {
        let world = &portal.world;
        world.hire_crowd(1..=20);
        portal.begin_with_members(browser).await;
        world.dismiss([5]);
        let report = world.import().completed();
        world.alter(5, &Change::set("status", "active"));
        portal.go(browser, &format!("/manage/acme/imports/{}", report.import)).await;
        browser.click_link("Restore this leaver").await;
        browser.see("Restore 1 leaver?").await;
        browser.click_button("Restore this leaver").await;
        browser.see("The leavers were restored.").await;
        assert!(world.states().iter().all(|(_, state)| state != "leaver"));

        portal.go(browser, &format!("{DASHBOARD}/try")).await;
        browser.fill("Name, e-mail address or employee ID", "7").await;
        browser.click_button("Try").await;
        for step in [
            "1. Read",
            "2. What is shared?",
            "3. What that comes to",
            "4. May they be a member?",
            "5. What would change",
        ] {
            browser.see(step).await;
        }
        assert!(browser.sees("Nothing would change.").await);
        browser.see("Nothing was written").await;
    });
}
