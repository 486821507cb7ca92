//! Help is whole: every code has its place, every link leads somewhere, every text is in the contents.

use std::{collections::BTreeSet, fs, path::Path};

use super::*;
use crate::words::Language;

const ENGLISH: Language = Language::English;

/// Texts that are in English only.
const UNTRANSLATED: [&str; 1] = ["/help/rules"];

#[test]
fn every_problem_has_its_page() {
    for code in domain::problem::Code::ALL {
        for language in Language::ALL {
            let text = shelf::text(language, &format!("/help/problems/{code}"));
            assert!(text.is_some_and(|text| text.html.contains(code.as_str())), "{code}");
        }
    }
}

#[test]
fn every_failure_and_every_error_of_the_api_has_its_place() {
    for language in Language::ALL {
        let sections = |page| shelf::text(language, page).map(|text| text.sections.clone()).unwrap_or_default();
        let (failures, api) = (sections("/help/problems/failures"), sections("/help/problems/api"));
        for code in engine::import::FAILURES {
            assert!(failures.iter().any(|section| section == code), "{code}");
        }
        for code in crate::api::CODES {
            assert!(api.iter().any(|section| section == code), "{code}");
        }
    }
    for code in crate::api::CODES {
        assert_eq!(shelf::place_of(code), Some(format!("/help/problems/api#{code}")));
    }
}

#[test]
fn every_link_leads_somewhere() {
    for (address, text) in Language::ALL.into_iter().flat_map(shelf::all) {
        assert!(text.lost.is_empty(), "{address}: {:?}", text.lost);
        for link in text.html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if link.starts_with("http") {
                continue;
            }
            let (page, place) = link.split_once('#').unwrap_or((link, ""));
            let found = shelf::text(text.language, if page.is_empty() { address } else { page });
            let found = found.unwrap_or_else(|| panic!("{address}: {link}"));
            // What is no ASCII is written in an address by its bytes.
            let named: Vec<(String, String)> = serde_urlencoded::from_str(place).unwrap();
            let is_there = named.iter().all(|(place, _)| found.sections.iter().any(|one| one == place));
            assert!(is_there, "{address}: {link}");
        }
    }
}

#[test]
fn every_text_has_a_title_and_is_listed() {
    let listed: BTreeSet<&str> =
        shelf::contents(ENGLISH).into_iter().flat_map(|part| part.texts).map(|(at, _)| at).collect();
    for (address, text) in Language::ALL.into_iter().flat_map(shelf::all) {
        assert!(!text.title.is_empty(), "{address}");
        let code =
            address.strip_prefix("/help/problems/").is_some_and(|code| code.parse::<domain::problem::Code>().is_ok());
        assert!(code || listed.contains(address), "{address} is not in the contents");
    }
}

#[test]
fn no_text_is_too_heavy_and_none_needs_what_the_browser_refuses() {
    for (address, text) in Language::ALL.into_iter().flat_map(shelf::all) {
        assert!(text.html.len() < 90_000, "{address} has {} bytes", text.html.len());
        for refused in ["style=", "<script", "onclick"] {
            assert!(!text.html.contains(refused), "{address}: {refused}");
        }
    }
}

/// The German twin has everything that the English text has: a section, a row or an example that came to one of them
/// alone is noticed here.
#[test]
fn every_text_has_a_twin_in_german_with_the_same_parts() {
    let parts = |text: &Text| {
        let number = |mark: &str| text.html.matches(mark).count();
        ["<h1", "<h2", "<h3", "<tr", "<li", "<pre", "<img", "<video", "<a href"].map(|mark| (mark, number(mark)))
    };
    for (address, text) in shelf::all(ENGLISH).filter(|(address, _)| !UNTRANSLATED.contains(address)) {
        let twin = shelf::all(Language::German).find(|(at, _)| *at == address);
        let (_, twin) = twin.unwrap_or_else(|| panic!("{address} has no twin in a folder `de`"));
        assert_eq!(parts(text), parts(twin), "{address}: English, then German");
    }
    for (address, _) in shelf::all(Language::German) {
        assert!(shelf::all(ENGLISH).any(|(at, _)| at == address), "{address} is in German only");
    }
}

/// Pictures are made by the browser test, all together.
#[test]
fn either_all_pictures_are_there_or_none() {
    let shown: BTreeSet<&str> = shelf::all(ENGLISH).flat_map(|(_, text)| &text.pictures).map(String::as_str).collect();
    let there: BTreeSet<&str> = media::names().collect();
    let pictures = |names: &BTreeSet<&str>| {
        names
            .iter()
            .filter(|name| Path::new(name).extension().is_some_and(|kind| kind == "png"))
            .map(ToString::to_string)
            .collect::<BTreeSet<_>>()
    };
    if !there.is_empty() {
        assert_eq!(pictures(&shown), pictures(&there));
    }
}

/// A file that is new since the last build is not noticed by the compiler.
#[test]
fn everything_in_the_folders_is_built_in() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    for folder in ["guide", "guide/de", "problems", "problems/de"] {
        for entry in fs::read_dir(docs.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let address = shelf::address_of(&format!("{folder}/{name}"));
            let known = address.is_none_or(|(language, address)| shelf::all(language).any(|(at, _)| at == address));
            assert!(known, "{folder}/{name} came after the last build: touch crates/web/src/pages/help/shelf.rs");
        }
    }
    let pictures = fs::read_dir(docs.join("guide/pictures")).into_iter().flatten();
    for entry in pictures {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            media::find(&name).is_some(),
            "{name} came after the last build: touch crates/web/src/pages/help/shelf.rs"
        );
    }
}
