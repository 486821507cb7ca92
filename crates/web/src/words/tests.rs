//! The catalogue is whole: every key that is used is there, in both languages, with the same
//! arguments, and none is left over.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use super::*;

/// Each message of a language with its text.
fn messages(files: &[&str]) -> BTreeMap<String, String> {
    let mut messages = BTreeMap::new();
    let mut key = None;
    for line in files.iter().flat_map(|file| file.lines()) {
        match line.split_once(" =") {
            Some((name, text)) if line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                assert!(messages.insert(name.to_owned(), text.to_owned()).is_none(), "{name} stands there twice");
                key = Some(name.to_owned());
            }
            _ => {
                let text = key.as_ref().and_then(|key| messages.get_mut(key));
                if let Some(text) = text.filter(|_| line.starts_with(' ')) {
                    text.push_str(line);
                }
            }
        }
    }
    messages
}

fn arguments(text: &str) -> BTreeSet<&str> {
    let names = text.split('$').skip(1);
    names.map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()).collect()
}

/// Texts of all sources and templates of this crate.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if matches!(path.extension().and_then(|it| it.to_str()), Some("rs" | "html")) {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn both_languages_say_the_same_with_the_same_arguments() {
    let (english, german) = (messages(ENGLISH), messages(GERMAN));
    let keys = |messages: &BTreeMap<String, String>| messages.keys().cloned().collect::<BTreeSet<_>>();
    let only: Vec<_> = keys(&english).symmetric_difference(&keys(&german)).cloned().collect();
    assert!(only.is_empty(), "in one language only: {only:?}");
    for (key, text) in &english {
        assert_eq!(arguments(text), arguments(&german[key]), "{key}");
    }
}

#[test]
fn every_message_can_be_read() {
    for (language, files) in [(Language::English, ENGLISH), (Language::German, GERMAN)] {
        for file in files {
            if let Err((_, errors)) = FluentResource::try_new((*file).to_owned()) {
                panic!("{language:?}: {errors:?}");
            }
        }
        for key in messages(files).keys() {
            assert!(Words::new(language).has(key), "{language:?} {key}");
        }
    }
}

#[test]
fn every_key_that_is_used_is_there_and_none_is_left_over() {
    let mut texts = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut texts);
    let known = messages(ENGLISH);
    let mut missing = BTreeSet::new();
    for text in &texts {
        for call in [".t(\"", ".n(\""] {
            let used = text.split(call).skip(1).filter_map(|rest| rest.split('"').next());
            missing.extend(used.filter(|key| !known.contains_key(*key)).map(str::to_owned));
        }
    }
    assert!(missing.is_empty(), "used and not in the catalogue: {missing:?}");
    // A key that is put together is known by its beginning.
    let whole = texts.concat();
    let begins = |beginning: &str| {
        whole.contains(&format!(".of(\"{beginning}\"")) || whole.contains(&format!("\"{beginning}{{"))
    };
    let is_used =
        |key: &str| whole.contains(&format!("\"{key}\"")) || key.match_indices('-').any(|(at, _)| begins(&key[..=at]));
    let left: Vec<_> = known.keys().filter(|key| !is_used(key)).collect();
    assert!(left.is_empty(), "in the catalogue and not used: {left:?}");
}

/// Somebody who is told no is told so in their language, and by what the case is about.
#[test]
fn every_refusal_has_words_that_ask_for_no_more_than_it_tells() {
    for known in [ENGLISH, GERMAN].map(messages) {
        for (code, details) in engine::Refusal::ALL {
            let text = known.get(&format!("refused-{code}")).unwrap_or_else(|| panic!("{code} has no words"));
            let unknown: Vec<_> = arguments(text).into_iter().filter(|name| !details.contains(name)).collect();
            assert!(unknown.is_empty(), "{code}: {unknown:?}");
        }
        let refused = known.keys().filter_map(|key| key.strip_prefix("refused-"));
        let left: Vec<_> = refused.filter(|key| !engine::Refusal::ALL.iter().any(|(code, _)| code == key)).collect();
        assert!(left.is_empty(), "no refusal has these codes: {left:?}");
    }
}

#[test]
fn numbers_are_written_as_people_do() {
    let (english, german) = (Words::new(Language::English), Words::new(Language::German));
    assert_eq!(english.num(1_234_567), "1,234,567");
    assert_eq!(german.num(1_840), "1.840");
    assert_eq!(english.num(-1_840), "-1,840");
    assert_eq!(english.num(999), "999");
}

#[test]
fn the_browser_is_answered_in_a_language_it_knows() {
    assert_eq!(Language::accepted("fr-CH, de-CH;q=0.9, en;q=0.8"), Language::German);
    assert_eq!(Language::accepted("en-US,en;q=0.9"), Language::English);
    assert_eq!(Language::accepted("fr"), Language::English);
    assert_eq!(Language::accepted(""), Language::English);
}
