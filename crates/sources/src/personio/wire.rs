//! What all of Personio's answers have in common, and the two small ones.

use std::{collections::BTreeMap, fmt};

use domain::record::{Attribute, AttributeType};
use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, Error, Visitor},
};
use serde_json::value::RawValue;

/// How much of what the source said is passed on.
const LONGEST_DETAIL: usize = 300;

/// An answer with HTTP 200 that holds nothing to work with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// The source says so itself: `success:false`, or an error (R1).
    Answered(String),
    /// It is not of the documented form. Says where, and never what stands there (R4).
    Unreadable(String),
}

/// What every good answer is wrapped in.
#[derive(Debug, Deserialize)]
pub(super) struct Envelope<'a> {
    success: Option<bool>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(borrow)]
    metadata: Option<&'a RawValue>,
    #[serde(borrow)]
    error: Option<&'a RawValue>,
}

impl<'a> Envelope<'a> {
    /// Opens the answer; one that reports an error or holds no data is not good, whatever its
    /// HTTP status.
    pub(super) fn open(body: &'a [u8]) -> Result<Self, Unfit> {
        let envelope: Self = serde_json::from_slice(body).map_err(|error| unreadable("the answer", &error))?;
        if envelope.success == Some(false) || envelope.error.is_some() {
            return Err(Unfit::Answered(said(body).unwrap_or_else(|| "success: false, without a message".to_owned())));
        }
        Ok(envelope)
    }

    /// The text of `data`.
    pub(super) fn data(&self) -> Result<&'a str, Unfit> {
        self.data.map(RawValue::get).ok_or_else(|| Unfit::Unreadable("`data` is missing".to_owned()))
    }

    /// How many there are altogether. Without it nobody can tell where a list ends.
    pub(super) fn total(&self) -> Result<u64, Unfit> {
        let metadata = self.metadata.ok_or_else(|| Unfit::Unreadable("`metadata` is missing".to_owned()))?;
        let metadata: Metadata =
            serde_json::from_str(metadata.get()).map_err(|error| unreadable("`metadata.total_elements`", &error))?;
        Ok(metadata.total_elements)
    }
}

/// What an answer says of the list that it is a page of.
#[derive(Deserialize)]
pub(super) struct Metadata {
    pub(super) total_elements: u64,
}

/// What is to be known of an object's key, without keeping it.
pub(super) struct Key<F>(pub(super) F);

impl<'de, T, F: FnOnce(&str) -> T> DeserializeSeed<'de> for Key<F> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<T, D::Error> {
        json.deserialize_str(self)
    }
}

impl<T, F: FnOnce(&str) -> T> Visitor<'_> for Key<F> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<T, E> {
        Ok((self.0)(key))
    }
}

/// Where an answer stops making sense. What the parser says is left out, since it quotes values (R4).
pub(super) fn unreadable(what: &str, error: &serde_json::Error) -> Unfit {
    let fault = match error.classify() {
        serde_json::error::Category::Eof => "is cut off",
        serde_json::error::Category::Data => "is not of the documented form",
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => "is not JSON",
    };
    Unfit::Unreadable(format!("{what} {fault} (line {}, column {})", error.line(), error.column()))
}

/// What `POST auth` answers.
#[derive(Debug)]
pub(super) struct Granted {
    pub(super) token: String,
    /// In seconds; `None` where the source does not say.
    pub(super) expires_in: Option<u64>,
}

impl Granted {
    pub(super) fn read(envelope: &Envelope<'_>) -> Result<Self, Unfit> {
        #[derive(Deserialize)]
        struct Data {
            token: String,
            #[serde(default)]
            expires_in: serde_json::Value,
        }
        let data: Data = serde_json::from_str(envelope.data()?).map_err(|error| unreadable("`data.token`", &error))?;
        let expires_in = data.expires_in.as_u64().or_else(|| data.expires_in.as_str()?.trim().parse().ok());
        Ok(Self { token: data.token, expires_in: expires_in.filter(|seconds| *seconds > 0) })
    }
}

/// What `GET company/employees/attributes` answers.
pub(super) fn attributes(envelope: &Envelope<'_>) -> Result<Vec<Attribute>, Unfit> {
    #[derive(Deserialize)]
    struct Entry {
        key: String,
        label: Option<String>,
        #[serde(rename = "type")]
        kind: Option<String>,
    }
    let entries: Vec<Entry> =
        serde_json::from_str(envelope.data()?).map_err(|error| unreadable("the list of attributes", &error))?;
    let attribute = |entry: Entry| Attribute {
        label: entry.label.filter(|label| !label.trim().is_empty()).unwrap_or_else(|| entry.key.clone()),
        kind: kind(entry.kind.as_deref().unwrap_or_default()),
        key: entry.key,
    };
    Ok(entries.into_iter().map(attribute).collect())
}

fn kind(name: &str) -> AttributeType {
    match name {
        "integer" => AttributeType::Integer,
        "decimal" => AttributeType::Decimal,
        "date" => AttributeType::Date,
        "boolean" => AttributeType::Boolean,
        "list" => AttributeType::Choice,
        "tags" => AttributeType::List,
        // standard, multiline, link, and whatever may be added.
        _ => AttributeType::Text,
    }
}

/// What an answer says about itself, if it says anything. Meant for answers that are errors; both
/// `{"success":false,"error":…}` and the plainer forms of gateways are understood.
pub(super) fn said(body: &[u8]) -> Option<String> {
    let parts: BTreeMap<String, &RawValue> = serde_json::from_slice(body).ok()?;
    let keys = ["error", "errors", "message", "error_description", "detail", "title"];
    let text = keys.iter().filter_map(|key| parts.get(*key)).map(|part| message(part, 0)).find(|text| !text.is_empty());
    text.map(|text| readable(&text)).filter(|text| !text.is_empty())
}

fn message(part: &RawValue, depth: usize) -> String {
    let json = part.get();
    if let Ok(text) = serde_json::from_str::<String>(json) {
        return text.trim().to_owned();
    }
    if depth > 3 {
        return String::new();
    }
    if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(json) {
        let items = items.iter().map(|item| message(item, depth + 1)).filter(|item| !item.is_empty());
        return items.collect::<Vec<_>>().join("; ");
    }
    let Ok(parts) = serde_json::from_str::<BTreeMap<String, &RawValue>>(json) else { return String::new() };
    let keys = ["message", "detail", "title", "error_description"];
    let text = keys.iter().filter_map(|key| parts.get(*key)).map(|part| message(part, depth + 1));
    let text = text.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    // Personio's codes are numbers of its own, not HTTP's; 0 says nothing.
    match parts.get("code").and_then(|code| serde_json::from_str::<i64>(code.get()).ok()).filter(|code| *code != 0) {
        Some(code) if text.is_empty() => format!("code {code}"),
        Some(code) => format!("{text} (code {code})"),
        None => text,
    }
}

/// In one line, without control characters.
fn readable(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// No longer than a message of ours bears.
pub(super) fn bounded(text: &str) -> String {
    let text = readable(text);
    match text.char_indices().nth(LONGEST_DETAIL) {
        None => text,
        Some(_) => text.chars().take(LONGEST_DETAIL - 1).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use AttributeType::{Boolean, Choice, Date, Decimal, Integer, List, Text};

    use super::*;

    fn open(body: &str) -> Result<Envelope<'_>, Unfit> {
        Envelope::open(body.as_bytes())
    }

    #[test]
    fn incident_06_r1_an_error_inside_a_good_status_is_an_error() {
        let cases = [
            (
                r#"{"success":false,"error":{"code":404,"message":"Es ist ein Problem aufgetreten "}}"#,
                "Es ist ein Problem aufgetreten (code 404)",
            ),
            (
                r#"{"success":false,"error":{"message":"personio.core.api.exceptions.api.forbidden","code":0}}"#,
                "personio.core.api.exceptions.api.forbidden",
            ),
            (r#"{"success":false,"error":"out of order"}"#, "out of order"),
            (
                r#"{"success":false,"error":{"code":422,"message":["limit is bad","offset is bad"]}}"#,
                "limit is bad; offset is bad (code 422)",
            ),
            (r#"{"success":false,"error":{"code":500}}"#, "code 500"),
            (r#"{"success":false,"data":[],"metadata":{"total_elements":0}}"#, "success: false, without a message"),
            (r#"{"success":true,"data":[],"error":{"message":"half"}}"#, "half"),
            (r#"{"success":false,"message":"plain"}"#, "plain"),
        ];
        for (body, detail) in cases {
            assert_eq!(open(body).unwrap_err(), Unfit::Answered(detail.into()), "{body}");
        }
    }

    #[test]
    fn other_forms_of_errors_are_understood() {
        for (body, detail) in [
            (r#"{"errors":[{"title":"Bad request","detail":"limit is not valid"}]}"#, "limit is not valid"),
            (r#"{"error":"invalid_client","error_description":"who?"}"#, "invalid_client"),
            (r#"{"error":null,"error_description":"who?"}"#, "who?"),
        ] {
            assert_eq!(said(body.as_bytes()).as_deref(), Some(detail), "{body}");
        }
        for body in ["", "<html>502</html>", "[]", "{}", "null", r#"{"error":{}}"#, r#"{"error":[[[[[["deep"]]]]]]}"#] {
            assert_eq!(said(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn r1_an_unreadable_answer_is_told_by_place_and_never_by_content() {
        for (body, place) in [
            ("", "the answer is cut off (line 1, column 0)"),
            ("<html>", "the answer is not JSON (line 1, column 1)"),
            (r#"{"success":"Geheim"}"#, "the answer is not of the documented form (line 1, column 19)"),
        ] {
            assert_eq!(open(body).unwrap_err(), Unfit::Unreadable(place.into()));
        }
        assert_eq!(open("{}").unwrap().data().unwrap_err(), Unfit::Unreadable("`data` is missing".into()));
    }

    #[test]
    fn r1_a_list_without_a_total_is_unreadable() {
        for body in [
            r#"{"data":[]}"#,
            r#"{"data":[],"metadata":null}"#,
            r#"{"data":[],"metadata":[]}"#,
            r#"{"data":[],"metadata":{"total_pages":1}}"#,
            r#"{"data":[],"metadata":{"total_elements":-1}}"#,
        ] {
            assert!(matches!(open(body).unwrap().total(), Err(Unfit::Unreadable(_))), "{body}");
        }
        assert_eq!(open(r#"{"metadata":{"total_elements":7}}"#).unwrap().total(), Ok(7));
    }

    #[test]
    fn r5_a_token_may_say_how_long_it_lasts() {
        for (expires_in, seconds) in [
            (r#","expires_in":86400"#, Some(86_400)),
            (r#","expires_in":"60""#, Some(60)),
            ("", None),
            (r#","expires_in":0"#, None),
        ] {
            let body = format!(r#"{{"success":true,"data":{{"token":"papi-1"{expires_in}}}}}"#);
            let granted = Granted::read(&open(&body).unwrap()).unwrap();
            assert_eq!((granted.token.as_str(), granted.expires_in), ("papi-1", seconds));
        }
        assert!(Granted::read(&open(r#"{"data":{}}"#).unwrap()).is_err());
        assert!(Granted::read(&open(r#"{"data":[]}"#).unwrap()).is_err());
    }

    #[test]
    fn attributes_are_told_by_their_key_and_type() {
        let types =
            ["standard", "multiline", "link", "integer", "decimal", "date", "list", "tags", "boolean", "hologram"];
        let entries = types.map(|kind| {
            format!(r#"{{"key":"{kind}","label":"L","type":"{kind}","universal_id":null,"options":["a"]}}"#)
        });
        let body = format!(r#"{{"success":true,"data":[{},{{"key":"bare"}}]}}"#, entries.join(","));
        let read = attributes(&open(&body).unwrap()).unwrap();
        let kinds = [Text, Text, Text, Integer, Decimal, Date, Choice, List, Boolean, Text, Text];
        assert_eq!(read.iter().map(|attribute| attribute.kind).collect::<Vec<_>>(), kinds);
        assert_eq!(read[0].label, "L");
        assert_eq!(read[10], Attribute { key: "bare".into(), label: "bare".into(), kind: Text });
    }

    #[test]
    fn details_are_one_line_of_bounded_length() {
        assert_eq!(bounded("a\u{1b}[31m\r\n\tb"), "a [31m b");
        assert_eq!(bounded(&"ä".repeat(300)).chars().count(), 300);
        assert_eq!(bounded(&"ä".repeat(301)).chars().count(), 300);
        assert!(bounded(&"ä".repeat(301)).ends_with('…'));
    }
}
