//! What holds for every page: found by following links from where somebody signed in begins.

use std::collections::{BTreeSet, VecDeque};

use sandbox::{Change, Company};
use serde_json::Value;
use testkit::browser::{Browser, Width};

use super::{Portal, browse, german::not_german};
use crate::world::{TODAY, World, person};

/// The bytes that a page and all it loads may come to, help's pictures and film apart.
const HEAVIEST: u64 = 100_000;

/// Pages that no link leads to from inside.
const BEGINNINGS: &[&str] = &["/manage/acme", "/account", "/sign-in", "/forgotten", "/help", "/nowhere"];

/// No barrier in light and dark, nothing too wide for a telephone, nothing too heavy, no complaint, no other host.
#[test]
fn every_page_is_free_of_barriers_light_and_fits_a_telephone() {
    browse(portal, async |portal: &Portal, browser: &Browser| {
        populate(portal, browser).await;
        let mut wrong = Vec::new();
        let seen = walk(portal, browser, async |address| {
            let weight = weigh(browser, address).await;
            if weight > HEAVIEST {
                wrong.push(format!("{address} weighs {weight} bytes"));
            }
            barriers(browser, address, &mut wrong).await;
            browser.width(Width::Phone).await;
            if browser.is_too_wide().await {
                wrong.push(format!("{address} is too wide at 390 pixels: {}", widest(browser).await));
            }
            browser.width(Width::Desk).await;
        })
        .await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        // As many as there are kinds of pages: fewer would mean that links were not found.
        assert!(seen.len() > 40, "{seen:#?}");
        let host = portal.site.trim_start_matches("http://").to_owned();
        assert_eq!(browser.hosts().await, [host].into());
    });
}

/// The same in German; and no English is left.
#[test]
fn every_page_is_free_of_barriers_in_german_too() {
    browse(portal, async |portal: &Portal, browser: &Browser| {
        populate(portal, browser).await;
        portal.go(browser, "/account").await;
        browser.choose("Language", "Deutsch").await;
        browser.click_button("Save").await;
        browser.see("sind gespeichert").await;
        browser.language("de").await;
        let mut wrong = Vec::new();
        walk(portal, browser, async |address| {
            barriers(browser, address, &mut wrong).await;
            wrong.extend(not_german(browser).await);
        })
        .await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

fn portal() -> Portal {
    Portal::start(World::on_sqlite(), Company::generate(7, 120, TODAY))
}

/// Some history, problems, a question about somebody, an import on hold, a draft, a colleague and a token.
async fn populate(portal: &Portal, browser: &Browser) {
    let world = &portal.world;
    portal.begin(browser).await;
    world.hire(&person(900_001, "Ada", "Lovelace"));
    let set_up = world.set_up().segment("employment_type", "include", &["internal"]).custom("grade", "position");
    world.apply(&set_up);
    world.import().completed();
    world.company(Company::month_passes);
    let became = Change::set("first_name", "Bob").and("last_name", "Brown").and("email", "bob@acme.example");
    world.alter(900_001, &became);
    world.hire(&person(900_002, "No", "Address").and("email", Value::Null));
    world.hire(&person(900_003, "Soon", "Hired").and("hire_date", "soon"));
    let second = world.import();
    assert_eq!(second.state, "completed", "{second:#?}");
    let change = Change::set("employment_type", "external");
    world.mutate(&sandbox::Mutation::Change { change, status: Some("active".into()), first: Some(50) });
    let held = world.import();
    assert_eq!(held.state, "on-hold", "{held:#?}");
    // A draft beside what is live.
    world.apply_with(&set_up.map("job_title", "position").without("custom_fields", "grade").to_string(), &[]);

    portal.go(browser, "/manage/acme/settings/administrators").await;
    browser.fill("Name", "Jo Weber").await;
    browser.fill("E-mail address", "jo@acme.example").await;
    browser.click_button("Send the invitation").await;
    browser.see("The invitation is on its way.").await;
}

/// Opens one page of each kind that links lead to, looks at it, and follows its links. A page is of a kind by its path,
/// ids left out, and the names in its query.
async fn walk(portal: &Portal, browser: &Browser, mut look: impl AsyncFnMut(&str)) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut waiting: VecDeque<String> = BEGINNINGS.iter().map(|path| format!("{}{path}", portal.site)).collect();
    while let Some(address) = waiting.pop_front() {
        if !seen.insert(kind(&address)) {
            continue;
        }
        browser.go(&address).await;
        look(&address).await;
        let complaints: Vec<String> = browser.complaints().await;
        // That there is no such page is what this one is about.
        let complaints: Vec<&String> = complaints.iter().filter(|it| !it.contains("/nowhere")).collect();
        assert!(complaints.is_empty(), "{address}: {complaints:?}");
        let links: Vec<String> = browser.ask(LINKS).await;
        waiting.extend(links.into_iter().filter(|link| link.starts_with(&portal.site)));
    }
    seen
}

/// Where one can go from a page, without fragments and without files.
const LINKS: &str = "
const links = [...document.querySelectorAll('a[href]:not([download])')].map((it) => it.href.split('#')[0]);
return links.filter((it) => !/\\.(csv|json|txt)$/.test(it));
";

/// `/manage/acme/imports/{id}?kind`
fn kind(address: &str) -> String {
    let rest = address.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let is_id = |part: &str| part.len() >= 32 && part.chars().all(|it| it.is_ascii_hexdigit() || it == '-');
    let parts: Vec<&str> = path.split('/').map(|part| if is_id(part) { "{id}" } else { part }).collect();
    let path = match parts.as_slice() {
        // All of them are drawn alike from files.
        ["help", "problems", _] => "help/problems/{code}".to_owned(),
        parts => parts.join("/"),
    };
    // The value matters where it says which dialog is open, or which tab; elsewhere it is one of many.
    let asked = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match name {
            "ask" | "tab" | "severity" => pair.to_owned(),
            name if value.is_empty() => name.to_owned(),
            name => format!("{name}="),
        }
    };
    let names: BTreeSet<String> = query.split('&').filter(|pair| !pair.is_empty()).map(asked).collect();
    format!("/{path}?{}", Vec::from_iter(names).join("&"))
}

async fn barriers(browser: &Browser, address: &str, wrong: &mut Vec<String>) {
    wrong.extend(browser.axe().await.iter().map(|violation| format!("{address} (light): {violation}")));
    browser.dark(true).await;
    wrong.extend(browser.axe_of_colours().await.iter().map(|violation| format!("{address} (dark): {violation}")));
    browser.dark(false).await;
}

/// What all that a page loads comes to, with nothing kept from before.
async fn weigh(browser: &Browser, address: &str) -> u64 {
    browser.weigh(address).await;
    let is_counted = |address: &str, kind: &str| kind != "Media" && !address.contains("/help/pictures/");
    let requests = browser.requests().await;
    requests.iter().filter(|it| is_counted(&it.address, &it.kind)).map(|it| it.bytes).sum()
}

/// What reaches furthest to the right.
async fn widest(browser: &Browser) -> String {
    let script = "
        const wide = [...document.body.querySelectorAll('*')].filter((it) => !it.closest('.scroll') &&
            it.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
        return wide.slice(0, 5).map((it) => it.outerHTML.slice(0, 120)).join(' | ');";
    browser.ask(script).await
}
