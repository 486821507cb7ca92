//! The shapes in which Personio sends values, and what they say (R7).
//!
//! Nothing in here fails: a shape that nobody has met yet becomes its own JSON text, which a
//! field's rule then accepts or names as a problem of that one person (R36).

use std::{borrow::Cow, fmt};

use domain::record::Value;
use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::wire::Key;

/// Deeper nesting than any that is known is not followed.
const DEEPEST: usize = 8;

/// An object's parts where they stand in the answer: there are few, and most are only passed over.
struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Object<'a> {
    /// The last part of this name.
    fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().rfind(|(key, _)| key == name).map(|(_, part)| *part)
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Parts;
        impl<'de> Visitor<'de> for Parts {
            type Value = Object<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut parts = Vec::with_capacity(4);
                while let Some((Text(key), part)) = map.next_entry()? {
                    parts.push((key, part));
                }
                Ok(Object(parts))
            }
        }
        json.deserialize_map(Parts)
    }
}

/// A text that is copied only where it holds escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// The value of an attribute as it stands in a record: `{label, value, type, universal_id}`.
/// `None` when there is no value in it, which is not the same as an empty one (R34).
pub(super) fn of_attribute(attribute: &RawValue) -> Option<Value> {
    let Some(parts) = object(attribute) else { return Some(of_value(attribute, Kind::Other)) };
    match parts.get("value") {
        Some(value) => Some(of_value(value, parts.get("type").map_or(Kind::Other, Kind::of))),
        // Not wrapped: the value itself.
        None if parts.is_empty() || parts.has("attributes") => Some(of_value(attribute, Kind::Other)),
        None => None,
    }
}

/// An attribute of the usual form, `{label, value, type, universal_id}`, read in one go. Any other is an error: it has to be
/// looked at as a whole, by [`of_attribute`].
pub(super) struct Usual;

/// A part of it.
enum Part {
    Value,
    Type,
    Other,
}

impl Part {
    fn of(key: &str) -> Self {
        match key {
            "value" => Self::Value,
            "type" => Self::Type,
            _ => Self::Other,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Usual {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Usual {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an attribute with a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut parts: A) -> Result<Value, A::Error> {
        let (mut value, mut kind) = (None, Kind::Other);
        while let Some(part) = parts.next_key_seed(Key(Part::of))? {
            match part {
                Part::Value => value = Some(parts.next_value()?),
                Part::Type => kind = Kind::of(parts.next_value()?),
                Part::Other => drop(parts.next_value::<IgnoredAny>()?),
            }
        }
        value.map(|value| of_value(value, kind)).ok_or_else(|| A::Error::custom("an attribute without a value"))
    }
}

/// What matters of an attribute's type. All the others are told by the JSON alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Date,
    Tags,
    Other,
}

impl Kind {
    fn of(kind: &RawValue) -> Self {
        match kind.get() {
            r#""date""# => Self::Date,
            r#""tags""# => Self::Tags,
            _ => Self::Other,
        }
    }
}

fn of_value(value: &RawValue, kind: Kind) -> Value {
    if let Some(items) = array(value) {
        return of_items(&items);
    }
    match (string(value), kind) {
        (Some(text), Kind::Date) => Value::date(&text),
        (Some(text), Kind::Tags) => of_tags(&text),
        (Some(text), Kind::Other) => Value::text(&text),
        (None, Kind::Tags) => Value::list([line(value, 0)]),
        (None, _) => Value::text(&line(value, 0)),
    }
}

fn of_items(items: &[&RawValue]) -> Value {
    Value::list(items.iter().map(|item| line(item, 0)))
}

/// Tags come as a JSON list inside a string, or parted by commas.
fn of_tags(text: &str) -> Value {
    match serde_json::from_str::<Vec<&RawValue>>(text) {
        Ok(items) => of_items(&items),
        Err(_) => Value::list(text.split(',')),
    }
}

/// One value as a line of text: a text as it is, a number in its own digits, an object by name.
fn line(value: &RawValue, depth: usize) -> String {
    if let Some(text) = string(value) {
        return text.into_owned();
    }
    match value.get() {
        "null" => String::new(),
        json if depth >= DEEPEST => compact(json),
        json => match object(value) {
            Some(parts) => name(&parts, depth).unwrap_or_else(|| compact(json)),
            None if array(value).is_some_and(|items| items.is_empty()) => String::new(),
            // A number is kept in its own digits: an id may be beyond what a float can hold.
            None => compact(json),
        },
    }
}

/// What an object is called: by `name`, by first and last name, or by id if it has neither.
/// `None` when it has none of them.
fn name(parts: &Object<'_>, depth: usize) -> Option<String> {
    if depth > DEEPEST {
        return None;
    }
    if parts.is_empty() {
        return Some(String::new());
    }
    if let Some(inner) = parts.get("attributes") {
        return match object(inner) {
            Some(inner) => name(&inner, depth + 1),
            None => Some(line(inner, depth + 1)),
        };
    }
    if let Some(value) = parts.get("value") {
        return Some(line(value, depth + 1));
    }
    let part = |key: &str| parts.get(key).map(|part| line(part, depth + 1).trim().to_owned());
    let full = [part("first_name"), part("last_name")].into_iter().flatten().filter(|name| !name.is_empty());
    let full = full.collect::<Vec<_>>().join(" ");
    let known = ["name", "first_name", "last_name", "id"].iter().any(|key| parts.has(key));
    let names = [part("name").unwrap_or_default(), full, part("id").unwrap_or_default()];
    known.then(|| names.into_iter().find(|name| !name.is_empty()).unwrap_or_default())
}

fn string(value: &RawValue) -> Option<Cow<'_, str>> {
    let text = value.get().starts_with('"').then(|| serde_json::from_str(value.get()).ok()).flatten();
    text.map(|Text(text)| text)
}

fn array(value: &RawValue) -> Option<Vec<&RawValue>> {
    value.get().starts_with('[').then(|| serde_json::from_str(value.get()).ok()).flatten()
}

fn object(value: &RawValue) -> Option<Object<'_>> {
    value.get().starts_with('{').then(|| serde_json::from_str(value.get()).ok()).flatten()
}

/// JSON without the space between its parts, otherwise letter for letter.
fn compact(json: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    json.chars()
        .filter(|letter| {
            let kept = inside || !letter.is_ascii_whitespace();
            if !escaped && *letter == '"' {
                inside = !inside;
            }
            escaped = inside && !escaped && *letter == '\\';
            kept
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Option<Value> {
        let value = of_attribute(serde_json::from_str(json).unwrap());
        // What can be read in one go comes to the same.
        if let Ok(usual) = Usual.deserialize(&mut serde_json::Deserializer::from_str(json)) {
            assert_eq!(Some(usual), value, "{json}");
        }
        value
    }

    fn valued(value: &str, kind: &str) -> Value {
        let wrapped = of(&format!(r#"{{"label":"L","value":{value},"type":"{kind}","universal_id":null}}"#)).unwrap();
        // The order of keys is nothing to rely on.
        assert_eq!(of(&format!(r#"{{"type":"{kind}","value":{value}}}"#)).unwrap(), wrapped);
        wrapped
    }

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    fn list(items: &[&str]) -> Value {
        Value::List(items.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn r7_null_blank_and_hollow_values_are_empty() {
        for value in
            ["null", r#""""#, r#""  ""#, "[]", "{}", r#"[""]"#, "[null]", "[{}]", r#"{"type":"Team","attributes":[]}"#]
        {
            for kind in ["standard", "date", "tags", "list", "link", "integer"] {
                assert_eq!(valued(value, kind), Value::Empty, "{value} {kind}");
            }
        }
        assert_eq!(valued(r#"{"type":"Office","attributes":{"id":null,"name":""}}"#, "standard"), Value::Empty);
        assert_eq!(valued(r#""[]""#, "tags"), Value::Empty);
        assert_eq!(of("null"), Some(Value::Empty));
        assert_eq!(of("{}"), Some(Value::Empty));
    }

    #[test]
    fn r34_an_attribute_without_a_value_is_not_shared() {
        assert_eq!(of(r#"{"label":"Email","type":"standard"}"#), None);
    }

    #[test]
    fn incident_18_r7_a_date_is_the_day_that_was_written() {
        for (value, day) in [
            ("2022-01-12T00:00:00+01:00", "2022-01-12"),
            ("2022-07-12T00:00:00+0200", "2022-07-12"),
            ("1835-03-01T00:00:00+00:53", "1835-03-01"),
            ("2021-01-01", "2021-01-01"),
        ] {
            assert_eq!(valued(&format!("\"{value}\""), "date"), text(day));
        }
        // Only a date is cut.
        assert_eq!(valued(r#""2021-01-01T00:00""#, "standard"), text("2021-01-01T00:00"));
    }

    #[test]
    fn incident_19_r7_texts_are_trimmed_and_keep_their_zeros() {
        assert_eq!(valued(r#"" 00417 ""#, "standard"), text("00417"));
        assert_eq!(valued(r#""J\u00f6rg \"Jo\" \ud83c\udf89""#, "standard"), text("Jörg \"Jo\" 🎉"));
        assert_eq!(valued(r#""Sales, EMEA""#, "list"), text("Sales, EMEA"));
        assert_eq!(valued(r#""40""#, "standard"), text("40"));
    }

    #[test]
    fn r7_numbers_keep_their_digits() {
        for digits in
            ["0", "-7", "1067807102794692000", "9223372036854775807", "99999999999999999999", "3000.10", "0.1"]
        {
            assert_eq!(valued(digits, "integer"), text(digits));
            assert_eq!(valued(digits, "decimal"), text(digits));
        }
        assert_eq!(valued("true", "standard"), text("true"));
        assert_eq!(valued("false", "boolean"), text("false"));
    }

    #[test]
    fn r7_tags_come_in_three_shapes() {
        let tags = list(&["A", "B c"]);
        for value in [r#"["A"," B c "]"#, r#""A, B c,""#, r#""[\"A\", \"B c\"]""#] {
            assert_eq!(valued(value, "tags"), tags, "{value}");
        }
        assert_eq!(valued(r#""A""#, "tags"), list(&["A"]));
        assert_eq!(valued("7", "tags"), list(&["7"]));
        assert_eq!(valued(r#""[A, B""#, "tags"), list(&["[A", "B"]));
        // What looks like tags is a text elsewhere.
        assert_eq!(valued(r#""[\"A\"]""#, "standard"), text("[\"A\"]"));
    }

    #[test]
    fn r7_objects_are_called_by_their_name() {
        for kind in ["Department", "Office", "Team", "Subcompany", "WorkSchedule"] {
            let value = format!(r#"{{"type":"{kind}","attributes":{{"id":1067807102794692000,"name":" IT "}}}}"#);
            assert_eq!(valued(&value, "standard"), text("IT"));
        }
        assert_eq!(valued(r#"{"id":3,"name":"Bayern"}"#, "standard"), text("Bayern"));
        assert_eq!(
            valued(r#"{"type":"Team","attributes":{"id":1067807102794692000}}"#, "standard"),
            text("1067807102794692000")
        );
        assert_eq!(of(r#"{"type":"Team","attributes":{"id":3,"name":"Ops"}}"#), Some(text("Ops")));
    }

    #[test]
    fn r7_a_supervisor_has_two_names_or_an_id() {
        let supervisor =
            |parts: &str| valued(&format!(r#"{{"type":"Employee","attributes":{{{parts}}}}}"#), "standard");
        let part = |key: &str, value: &str| format!(r#""{key}":{{"label":"x","value":{value},"type":"standard"}}"#);
        let (id, first, last) = (part("id", "2"), part("first_name", r#""Mega""#), part("last_name", r#""Boss""#));
        assert_eq!(supervisor(&format!("{id},{first},{last}")), text("Mega Boss"));
        assert_eq!(supervisor(&format!("{last},{first}")), text("Mega Boss"));
        assert_eq!(supervisor(&format!("{id},{first}")), text("Mega"));
        assert_eq!(supervisor(&id), text("2"));
        assert_eq!(
            supervisor(&format!("{id},{},{}", part("first_name", "null"), part("last_name", r#""""#))),
            text("2")
        );
    }

    #[test]
    fn r7_several_objects_are_a_list_of_names() {
        let value = r#"[{"type":"CostCenter","attributes":{"id":1,"name":"CC 1","percentage":60}},
                        {"type":"CostCenter","attributes":{"id":2,"name":"CC 2","percentage":40}}]"#;
        assert_eq!(valued(value, "standard"), list(&["CC 1", "CC 2"]));
        let supervisors = r#"[{"label":"Supervisor","value":{"type":"Employee","attributes":{"id":{"value":2}}}}]"#;
        assert_eq!(valued(supervisors, "standard"), list(&["2"]));
    }

    #[test]
    fn r7_unknown_shapes_become_their_own_text() {
        assert_eq!(
            valued(r#"{"from": "a \"b\"  \\", "till": [1, 2.50]}"#, "standard"),
            text(r#"{"from":"a \"b\"  \\","till":[1,2.50]}"#)
        );
        assert_eq!(valued("[[1, 2], [3]]", "standard"), list(&["[1,2]", "[3]"]));
        assert_eq!(of("12"), Some(text("12")));
        assert_eq!(of(r#""bare""#), Some(text("bare")));
        assert_eq!(of("[1]"), Some(list(&["1"])));
        assert_eq!(valued(r#"{"name":{"name":{"first":"x"}}}"#, "standard"), text(r#"{"first":"x"}"#));
    }

    #[test]
    fn deep_nesting_is_survived() {
        for (open, close) in [("[", "]"), (r#"{"value":"#, "}"), (r#"{"attributes":"#, "}"), (r#"{"name":"#, "}")] {
            let deep = format!("{}1{}", open.repeat(100), close.repeat(100));
            assert!(!valued(&deep, "standard").is_empty());
        }
    }
}
