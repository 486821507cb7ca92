//! The portal in German.

use std::{collections::BTreeSet, fs, path::Path};

use sandbox::Company;
use testkit::browser::Browser;

use super::{EMAIL, NAME, PASSWORD, Portal, browse};
use crate::world::{CLIENT_ID, TODAY, World};

/// What attributes and their values are called is the company's own, and so are people's names; and one word is the
/// same in both languages.
const THE_COMPANYS: &[&str] = &[
    "active",
    "Address",
    "Date of birth",
    "Department",
    "Email",
    "Filter",
    "First name",
    "Gender",
    "Hire date",
    "Last name",
    "Office",
    "Phone",
    "Preferred name",
    "Title",
];

/// The only text of help that is in English.
const IN_ENGLISH: &str = "/help/rules";

/// Texts of the English catalogue that the German one has nowhere.
fn english() -> BTreeSet<String> {
    let words = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/src/words");
    let texts = |language: &str| -> BTreeSet<String> {
        let files = fs::read_dir(words.join(language)).expect("the catalogue is there");
        let files = files.map(|file| fs::read_to_string(file.expect("readable").path()).expect("readable"));
        let text = |line: &str| Some(line.split_once(" = ")?.1.trim().to_owned());
        files.flat_map(|file| file.lines().filter_map(text).collect::<Vec<_>>()).collect()
    };
    texts("en")
        .difference(&texts("de"))
        .filter(|text| text.len() > 2 && !text.contains('{') && !THE_COMPANYS.contains(&text.as_str()))
        .cloned()
        .collect()
}

/// No text of the page is one of the English catalogue's, and none but the rules says that it is in English.
pub(super) async fn is_german(browser: &Browser) {
    assert_eq!(not_german(browser).await, Vec::<String>::new());
}

/// What of the page is not in German.
pub(super) async fn not_german(browser: &Browser) -> Vec<String> {
    let english = english();
    let language: String = browser.ask("return document.documentElement.lang;").await;
    let address = browser.address().await;
    assert_eq!(language, "de", "{address}");
    let texts: Vec<String> = browser.ask(TEXTS).await;
    let left: Vec<&String> = texts.iter().filter(|text| english.contains(*text)).collect();
    let mut wrong = Vec::new();
    if !left.is_empty() {
        wrong.push(format!("English at {address}: {left:?}"));
    }
    let foreign: bool = browser.ask("return !!document.querySelector('main [lang]:not([lang=de])');").await;
    if foreign != address.split(['?', '#']).next().is_some_and(|page| page.ends_with(IN_ENGLISH)) {
        wrong.push(format!("{address} is partly in another language: {foreign}"));
    }
    wrong
}

/// Every text of the page outside codes and what is marked as being in another language, and every label that is only heard.
const TEXTS: &str = "
const texts = [];
const walk = (node) => {
  if (node.nodeType === 3) texts.push(node.textContent);
  if (node.nodeType !== 1 || ['SCRIPT', 'STYLE', 'NOSCRIPT', 'CODE'].includes(node.tagName)) return;
  if (node !== document.documentElement && (node.lang || 'de') !== 'de') return;
  for (const name of ['aria-label', 'title', 'placeholder', 'alt']) texts.push(node.getAttribute(name) ?? '');
  node.childNodes.forEach(walk);
};
walk(document.documentElement);
return texts.map((it) => it.replace(/\\s+/g, ' ').trim()).filter((it) => it);
";

#[test]
fn the_whole_set_up_is_in_german_for_whoever_prefers_it() {
    let portal = || Portal::start(World::on_sqlite(), Company::generate(7, 40, TODAY));
    browse(portal, async |portal: &Portal, browser: &Browser| {
        browser.language("de").await;
        browser.go(&portal.first_run).await;
        is_german(browser).await;
        let enter = async |name: &str, value: &str| {
            browser.ask::<()>(&format!("document.querySelector('[name={name}]').value = '{value}';")).await;
        };
        let send = async || browser.ask::<()>("document.querySelector('main form .btn.main').click();").await;
        enter("programme", "Acme").await;
        enter("name", NAME).await;
        enter("email", EMAIL).await;
        enter("password", PASSWORD).await;
        send().await;
        browser.arrive("/manage/acme").await;
        is_german(browser).await;

        let set_up = "/manage/acme/integrations/personio/set-up";
        portal.go(browser, "/manage/acme/integrations?tab=explore&q=xyz").await;
        is_german(browser).await;
        portal.go(browser, &format!("{set_up}/initial?preview")).await;
        is_german(browser).await;
        portal.go(browser, &format!("{set_up}/initial")).await;
        browser.click_button("Speichern").await;
        browser.arrive("/set-up/authorize").await;
        is_german(browser).await;
        portal.go(browser, &format!("{set_up}/authorize?connect")).await;
        is_german(browser).await;
        enter("client_id", CLIENT_ID).await;
        enter("client_secret", super::secret()).await;
        browser.ask::<()>("document.querySelector('dialog form .btn.main').click();").await;
        browser.see("Mit Personio verbunden").await;
        is_german(browser).await;
        browser.click_button("Einrichtung abschließen").await;
        browser.see("nie wieder gezeigt").await;
        browser.click_button("Speichern").await;
        browser.arrive("/set-up/mapping").await;
        browser.see("Personen passen").await;
        browser.click_button("Regel hinzufügen").await;
        is_german(browser).await;
        browser.click_button("Regel 1 entfernen").await;
        browser.click_button("Speichern").await;
        browser.arrive("/set-up/review").await;
        is_german(browser).await;
        send().await;
        browser.see("Was das Veröffentlichen bedeutet").await;
        is_german(browser).await;
    });
}
