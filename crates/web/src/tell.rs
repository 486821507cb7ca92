//! The domain's names in the words of a reader: states, reasons, fields, problems, guards.

mod badge;
mod deed;
mod guard;
mod labels;

use domain::{field::Field, problem::Code, record::Attribute};
use engine::{Detail, Refusal};
use jiff::civil::Date;
use store::Import;

pub(crate) use badge::{Badge, of_import, of_member, of_upload};
pub(crate) use deed::{Change, called, changes};
pub(crate) use guard::{Finding, finding};
pub(crate) use labels::Labels;

use crate::{when::Clock, words::Words};

/// The name of an HR system.
pub(crate) fn source(key: &str) -> String {
    if key == sources::personio::DESCRIPTION.key {
        sources::personio::DESCRIPTION.name.to_owned()
    } else {
        key.to_owned()
    }
}

/// What an attribute is called that no HR system has told a name of: a word for what is usual, else its key in words.
pub(crate) fn attribute(words: Words, key: &str) -> String {
    let usual = format!("attribute-{key}");
    if words.has(&usual) {
        return words.t(usual).to_string();
    }
    // What a company made up itself has but a number.
    match key.strip_prefix("dynamic_").filter(|number| is_number(number)) {
        Some(number) => words.t("attribute-by-number").with("number", number).to_string(),
        None => Field::seen(key).label(),
    }
}

/// What the HR system calls an attribute; one that it gives no name is called by its key.
pub(crate) fn shared_attribute(words: Words, shared: &Attribute) -> String {
    if shared.label.trim().is_empty() { attribute(words, &shared.key) } else { shared.label.clone() }
}

/// The name of an attribute for somebody who does not know the HR system; none where the key is but a number, as of an
/// attribute that the company made up.
pub(crate) fn telling_attribute(words: Words, key: &str) -> Option<String> {
    (!key.rsplit('_').next().is_some_and(is_number)).then(|| attribute(words, key))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The name of a field of members.
pub(crate) fn field(words: Words, field: &Field) -> String {
    match field {
        Field::Custom(_) | Field::Seen(_) => field.label(),
        standard => words.of("field-", standard).to_string(),
    }
}

/// A value for people: a day is written out, and a word of ours is in the reader's language.
pub(crate) fn value(words: Words, clock: &Clock, field: &Field, value: &str) -> String {
    match (field, value.parse::<Date>()) {
        (Field::DateOfBirth | Field::ContractStartDate, Ok(day)) => clock.date(day),
        (Field::Gender, _) if words.has(&format!("gender-{value}")) => words.of("gender-", value).to_string(),
        _ => value.to_owned(),
    }
}

/// What is wrong, and how to put it right.
pub(crate) fn problem(words: Words, code: Code) -> (String, String) {
    (words.of("problem-", code).to_string(), words.of("remedy-", code).to_string())
}

/// Why an import failed, by the stable code.
pub(crate) fn failure_text(words: Words, code: &str, source: &str) -> String {
    words.of("failure-import-", known_failure(words, code)).with("source", source).to_string()
}

/// What to do about an import that failed.
pub(crate) fn failure_remedy(words: Words, code: &str, source: &str) -> String {
    words.of("failure-remedy-", known_failure(words, code)).with("source", source).to_string()
}

/// A code that came into the database after these words were written has no words of its own.
fn known_failure(words: Words, code: &str) -> &str {
    if words.has(&format!("failure-import-{code}")) { code } else { "other" }
}

/// Why something cannot be done, and what to do.
pub(crate) fn refusal(words: Words, refusal: &Refusal) -> String {
    let phrase = words.of("refused-", refusal.code());
    let phrase = refusal.details().into_iter().fold(phrase, |phrase, (name, detail)| match detail {
        Detail::Text(text) => phrase.with(name, text),
        Detail::Count(count) => phrase.count(name, count),
    });
    phrase.to_string()
}

/// What started an import, and who.
pub(crate) fn trigger(words: Words, import: &Import) -> String {
    let known = if words.has(&format!("trigger-{}", import.trigger)) { import.trigger.as_str() } else { "other" };
    let trigger = words.of("trigger-", known).to_string();
    match import.person.as_deref().filter(|person| !person.is_empty() && *person != "rollcall") {
        Some(person) => format!("{trigger} · {person}"),
        None => trigger,
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        guard::Guard,
        import, member,
        plan::{Kind, Reason},
    };

    use super::*;
    use crate::words::Language;

    #[test]
    fn every_name_of_the_domain_has_words_in_both_languages() {
        for words in Language::ALL.map(Words::new) {
            let mut keys = Vec::new();
            for code in Code::ALL {
                keys.extend(["problem", "short", "remedy"].map(|part| format!("{part}-{code}")));
            }
            for state in ["queued", "reading", "planning", "on-hold", "applying", "completed", "failed", "rejected"] {
                assert!(state.parse::<import::State>().is_ok());
                keys.push(format!("import-{state}"));
            }
            keys.extend(["lapsed", "superseded", "previewed"].map(|state| format!("import-{state}")));
            for state in ["not-invited", "invited", "active", "leaver", "closed"] {
                assert!(state.parse::<member::State>().is_ok());
                keys.push(format!("member-{state}"));
            }
            for guard in [Guard::R40, Guard::R41, Guard::R42, Guard::R43, Guard::R44] {
                keys.extend([format!("guard-{guard}"), format!("guard-{guard}-text")]);
            }
            for kind in [Kind::Join, Kind::Update, Kind::Leave, Kind::Rejoin, Kind::Reject] {
                keys.push(format!("kind-{kind}"));
            }
            keys.extend(Field::standard().map(|field| format!("field-{field}")));
            for reason in [
                Reason::Inactive,
                Reason::Absent,
                Reason::Excluded,
                Reason::IdReassigned,
                Reason::ByHand,
                Reason::OwnWish,
                Reason::EraseNow,
            ] {
                keys.push(format!("reason-{reason}"));
            }
            let missing: Vec<_> = keys.iter().filter(|key| !words.has(key)).collect();
            assert!(missing.is_empty(), "{:?}: {missing:?}", words.language);
        }
    }

    /// The command line, files and pages say the same.
    #[test]
    fn english_words_for_problems_are_the_domain_s_own() {
        for code in Code::ALL {
            let (text, remedy) = problem(Words::new(Language::English), *code);
            assert_eq!((text.as_str(), remedy.as_str()), (code.text(), code.remedy()));
        }
    }

    #[test]
    fn attributes_and_fields_are_named_for_people() {
        let words = Words::new(Language::German);
        assert_eq!(field(words, &Field::FirstName), "Vorname");
        assert_eq!(field(words, &Field::custom("cost_centre")), "Cost centre");
        for (key, called) in [
            ("office", "Standort"),
            ("t_shirt_size", "T shirt size"),
            ("dynamic_1830001", "Attribut Nr. 1830001"),
            ("dynamic_pricing", "Dynamic pricing"),
            ("address_line_1", "Address line 1"),
        ] {
            assert_eq!(attribute(words, key), called);
        }
        assert_eq!(telling_attribute(words, "office").as_deref(), Some("Standort"));
        assert_eq!(telling_attribute(words, "dynamic_1830001"), None);
    }

    #[test]
    fn days_and_words_of_ours_are_in_the_reader_s_language() {
        let told = |language, field: &Field, text| {
            let words = Words::new(language);
            value(words, &Clock::new(words, "Europe/Berlin", 0), field, text)
        };
        assert_eq!(told(Language::English, &Field::DateOfBirth, "1985-07-23"), "23 July 1985");
        assert_eq!(told(Language::German, &Field::ContractStartDate, "2020-04-01"), "1. April 2020");
        assert_eq!(told(Language::German, &Field::Gender, "female"), "weiblich");
        assert_eq!(told(Language::German, &Field::Gender, "something else"), "something else");
        assert_eq!(told(Language::English, &Field::JobTitle, "1985-07-23"), "1985-07-23");
    }
}
