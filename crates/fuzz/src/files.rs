//! Files that people hand in.

use std::{collections::HashMap, path::Path};

use domain::field::Field;
use engine::{SecretKey, UploadFile, fuzz, setup::SetUp, spreadsheet};
use uuid::Uuid;

use crate::{halves, text};

/// A set-up file is taken, or refused with a reason that tells no secret.
pub(crate) fn set_up(data: &[u8]) {
    let text = text(data);
    // A secret may stand in a file, by whatever path: none is opened here.
    let names_a_file = text.parse::<toml::Table>().is_ok_and(|table| {
        let part = |value: &toml::Value| value.as_table().is_some_and(|table| table.contains_key("file"));
        table.values().any(|value| part(value) || value.as_table().is_some_and(|inner| inner.values().any(part)))
    });
    if names_a_file {
        return;
    }
    let variable = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    let parse = |text: &str| SetUp::parse(text, Path::new("nowhere"), &variable);
    match parse(&text) {
        Ok(set_up) => assert_eq!(set_up.source(), "personio"),
        Err(error) => {
            let told = error.to_string();
            assert!(!told.trim().is_empty());
            let secrets = text.lines().filter(|line| line.trim_start().starts_with("client_secret"));
            for secret in secrets.filter_map(|line| line.split_once('=').map(|(_, secret)| secret.trim())) {
                let secret = secret.trim_matches(['"', '\'']);
                // Shorter ones stand in many a sentence, and a fuzzer finds our own words, which are told whatever it is.
                let is_told = secret.len() >= 12 && told.contains(secret);
                let another = text.replace(secret, &"x".repeat(secret.len()));
                assert!(!is_told || parse(&another).is_err_and(|error| error.to_string().contains(secret)), "{told}");
            }
        }
    }
}

/// R16, R53: a file of members is read the same once it was written as ours are.
pub(crate) fn members(data: &[u8]) {
    const FIELDS: [(&str, Field); 3] =
        [("email", Field::Email), ("first name", Field::FirstName), ("job", Field::JobTitle)];
    let text = text(data);
    let columns: HashMap<String, Field> = FIELDS.into_iter().map(|(name, field)| (name.to_owned(), field)).collect();
    let file = |text| UploadFile { text, columns: &columns, invite: false };
    let Some(lines) = fuzz::upload(file(&text)) else { return };
    assert!(!lines.is_empty());
    // Where lines end with CR alone they all have one number.
    assert!(lines.windows(2).all(|two| two[0].0 <= two[1].0), "numbers of lines rise");
    let mut written = spreadsheet::line(FIELDS.iter().map(|(name, _)| *name));
    for (_, entries) in &lines {
        assert!(entries.values().any(|entry| !entry.is_empty()));
        assert!(entries.values().all(|entry| entry.trim() == entry), "{entries:?}");
        written.push_str(&spreadsheet::line(
            FIELDS.iter().map(|(_, field)| entries.get(field).map_or("", String::as_str)),
        ));
    }
    let again = fuzz::upload(file(&written)).unwrap_or_default();
    let filled = |lines: Vec<(i32, engine::MemberEntries)>| -> Vec<Vec<(Field, String)>> {
        let cells = |entries: engine::MemberEntries| entries.into_iter().filter(|(_, entry)| !entry.is_empty());
        lines.into_iter().map(|(_, entries)| cells(entries).collect()).collect()
    };
    assert_eq!(filled(again), filled(lines), "{written:?}");
}

/// What is no key is refused, and what we did not seal does not open.
pub(crate) fn secret(data: &[u8]) {
    let ours = SecretKey::parse(&"0123456789abcdef".repeat(4), "a test").unwrap_or_else(|error| panic!("{error}"));
    assert!(ours.open(data, Uuid::nil()).is_err(), "nobody sealed this");
    let text = text(data);
    let (first, rest) = halves(&text);
    if let Ok(key) = SecretKey::parse(first, "a test") {
        assert!(first.split_whitespace().all(|key| key.len() == 64), "{first:?}");
        assert_eq!(key.has_older(), first.split_whitespace().count() > 1);
        drop(key.with_older(rest, "a test"));
    }
}
