//! What an entry of the audit log says: what was done in words, and what became of what.

use std::collections::BTreeMap;

use domain::{field::Field, member::State, roles::Role};
use jiff::civil::Date;
use serde_json::Value;

use crate::{when::Clock, words::Words};

/// The most changes that are listed; a whole mapping can have more.
const MOST: usize = 20;

/// One thing that is another now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// What it is; nothing where the entry is about one thing only.
    pub(crate) what: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// What was done, in words; by its stable name where there are none.
pub(crate) fn called(words: Words, action: &str) -> String {
    let key = format!("audit-{}", action.replace('.', "-"));
    if words.has(&key) { words.t(key).to_string() } else { action.to_owned() }
}

/// What is different, and how many differences are not listed.
pub(crate) fn changes(words: Words, clock: &Clock, before: Option<&str>, after: Option<&str>) -> (Vec<Change>, usize) {
    let (before, after) = (flat(before), flat(after));
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    // What is off from the beginning is nothing that became of it.
    let is_news = |name: &&String| before.contains_key(*name) || after.get(*name) != Some(&Value::Bool(false));
    let different = names.into_iter().filter(|name| before.get(*name) != after.get(*name)).filter(is_news);
    let mut all: Vec<Change> = different
        .map(|name| Change {
            what: named(words, name),
            before: before.get(name).map(|value| told(words, clock, name, value)),
            after: after.get(name).map(|value| told(words, clock, name, value)),
        })
        .collect();
    let more = all.len().saturating_sub(MOST);
    all.truncate(MOST);
    (all, more)
}

/// Each value under the way to it.
fn flat(text: Option<&str>) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    if let Some(value) = text.and_then(|text| serde_json::from_str(text).ok()) {
        walk(String::new(), value, &mut found);
    }
    found
}

fn walk(at: String, value: Value, found: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                let at = if at.is_empty() { name } else { format!("{at}.{name}") };
                walk(at, value, found);
            }
        }
        Value::Null => {}
        Value::Array(values) if values.iter().any(Value::is_object) => {
            for (position, value) in values.into_iter().enumerate() {
                walk(format!("{at}.{}", position + 1), value, found);
            }
        }
        value => drop(found.insert(at, value)),
    }
}

/// The name of a setting for people, where there is one.
fn named(words: Words, name: &str) -> String {
    let key = format!("setting-{}", name.replace(['_', '.'], "-"));
    if words.has(&key) {
        return words.t(key).to_string();
    }
    // The values of a member go by their fields.
    match name.strip_prefix("fields.").unwrap_or(name).parse::<Field>() {
        Ok(field) => super::field(words, &field),
        Err(_) => name.replace('_', " ").replace('.', " › "),
    }
}

/// A value for people: an instant is a day, a day is written out, and a role has words.
fn told(words: Words, clock: &Clock, name: &str, value: &Value) -> String {
    match value {
        Value::Number(micros) if name.ends_with("_at") => micros.as_i64().map_or_else(String::new, |at| clock.day(at)),
        Value::String(role) if name.is_empty() && role.parse::<Role>().is_ok() => words.of("role-", role).to_string(),
        Value::String(state) if name == "state" && state.parse::<State>().is_ok() => {
            words.of("member-", state).to_string()
        }
        Value::String(trigger) if name == "trigger" && words.has(&format!("trigger-{trigger}")) => {
            words.of("trigger-", trigger).to_string()
        }
        Value::String(day) if name == "until" => {
            day.parse::<Date>().map_or_else(|_| day.clone(), |day| clock.date(day))
        }
        Value::String(text) if !text.is_empty() => {
            match name.strip_prefix("fields.").unwrap_or(name).parse::<Field>() {
                Ok(field) => super::value(words, clock, &field, text),
                Err(_) => text.clone(),
            }
        }
        value => shown(words, value),
    }
}

fn shown(words: Words, value: &Value) -> String {
    match value {
        Value::Bool(true) => words.t("yes").to_string(),
        Value::Bool(false) => words.t("no").to_string(),
        Value::String(text) if text.is_empty() => words.t("audit-empty").to_string(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.is_empty() => words.t("audit-empty").to_string(),
        Value::Array(values) => values.iter().map(|value| shown(words, value)).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn an_entry_tells_what_is_different_and_nothing_else() {
        let words = Words::new(Language::English);
        let clock = Clock::new(words, "Europe/Berlin", 0);
        let before = r#"{"guard":{"leavers_percent":10,"leavers_count":5},"welcome_email":true,"list":[]}"#;
        let after = r#"{"guard":{"leavers_percent":20,"leavers_count":5},"welcome_email":false,"list":["a","b"]}"#;
        let (all, more) = changes(words, &clock, Some(before), Some(after));
        let told: Vec<_> = all.iter().map(|one| (one.before.as_deref(), one.after.as_deref())).collect();
        assert_eq!(told, [(Some("10"), Some("20")), (Some("empty"), Some("a, b")), (Some("yes"), Some("no"))]);
        assert_eq!((all[0].what.as_str(), more), ("guard › leavers percent", 0));
        let (all, _) = changes(words, &clock, Some("\"live\""), Some("\"paused\""));
        assert_eq!(all, [Change { what: String::new(), before: Some("live".into()), after: Some("paused".into()) }]);
        let (all, _) = changes(words, &clock, None, Some(r#"{"trigger":"schedule","renumbered":false}"#));
        assert_eq!(all, [Change { what: "Started by".into(), before: None, after: Some("Schedule".into()) }]);
        let german = Words::new(Language::German);
        let (all, _) = changes(german, &Clock::new(german, "UTC", 0), Some("\"members\""), Some(r#"{"expires_at":0}"#));
        assert_eq!(all[0].before.as_deref(), Some("Mitglieder"));
        assert_eq!(all[1].after.as_deref(), Some("1. Januar 1970"));
    }

    #[test]
    fn a_deed_without_words_keeps_its_name() {
        let words = Words::new(Language::English);
        assert_eq!(called(words, "moon.landed"), "moon.landed");
        assert_ne!(called(words, "administrator.invited"), "administrator.invited");
    }
}
