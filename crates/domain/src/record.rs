//! What a source says about one person, after its wire shapes are gone (R7).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The value of one attribute in one record.
///
/// Everything is text: an ID keeps its zeros, a number its digits, a date stays the day that the
/// source wrote. What the text must look like is the field's concern (see [`crate::field`]).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Shared by the source, and empty: `""`, `null`, `[]` or `{}`.
    Empty,
    /// A single value, trimmed, never the empty string.
    Text(String),
    /// Several values (tags, lists), each trimmed and not empty.
    List(Vec<String>),
}

impl Value {
    /// Text as the source wrote it; blank text is [`Value::Empty`].
    pub fn text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Empty,
            text => Self::Text(text.to_owned()),
        }
    }

    /// A date as the source wrote it: its first ten characters, never moved between zones.
    pub fn date(text: &str) -> Self {
        let text = text.trim();
        let end = text.char_indices().nth(10).map_or(text.len(), |(at, _)| at);
        Self::text(&text[..end])
    }

    /// Several values; blank ones are dropped, and no value at all is [`Value::Empty`].
    pub fn list<S: AsRef<str>>(items: impl IntoIterator<Item = S>) -> Self {
        let items: Vec<String> =
            items.into_iter().map(|item| item.as_ref().trim().to_owned()).filter(|item| !item.is_empty()).collect();
        if items.is_empty() { Self::Empty } else { Self::List(items) }
    }

    /// Whether the source shared the attribute without a value.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The value as one line of text: empty for [`Value::Empty`], a list joined by `, `.
    pub fn to_line(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::List(items) => items.join(", "),
        }
    }
}

/// The attributes that a read asks for, in the order in which a [`Record`] holds their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked(Arc<[String]>);

impl Asked {
    /// Each key once, in the order first named.
    pub fn new<S: Into<String>>(keys: impl IntoIterator<Item = S>) -> Self {
        let mut unique: Vec<String> = Vec::new();
        for key in keys {
            let key = key.into();
            if !unique.contains(&key) {
                unique.push(key);
            }
        }
        Self(unique.into())
    }

    /// The keys, in order.
    pub fn keys(&self) -> &[String] {
        &self.0
    }

    /// Where in a record the attribute's value stands.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.0.iter().position(|asked| asked == key)
    }
}

/// One person as the source tells it: a value for each attribute asked for, `None` where the
/// source did not share it (which is not the same as empty, R34).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record(pub Vec<Option<Value>>);

impl Record {
    /// The value at a position of [`Asked`]; `None` when it was not shared.
    pub fn at(&self, position: usize) -> Option<&Value> {
        self.0.get(position).and_then(Option::as_ref)
    }
}

/// How an attribute's values are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttributeType {
    /// Anything that has no stricter type.
    Text,
    /// A whole number.
    Integer,
    /// A number with or without decimals.
    Decimal,
    /// A calendar day.
    Date,
    /// Yes or no.
    Boolean,
    /// One of a set of values.
    Choice,
    /// Several values.
    List,
}

/// An attribute that the source shares with these credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// What it is addressed by; never the label.
    pub key: String,
    /// What the source's own screens call it.
    pub label: String,
    /// How its values are to be read.
    pub kind: AttributeType,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r7_a_date_is_its_first_ten_characters_whatever_the_offset() {
        for text in ["2022-01-12T00:00:00+01:00", "2022-01-12", " 2022-01-12T00:00:00+0053 "] {
            assert_eq!(Value::date(text), Value::Text("2022-01-12".into()));
        }
        assert_eq!(Value::date("  "), Value::Empty);
        assert_eq!(Value::date("äöüäöüäöüäöü"), Value::Text("äöüäöüäöüä".into()));
    }

    #[test]
    fn r7_blank_values_are_empty() {
        assert_eq!(Value::text(" \t"), Value::Empty);
        assert_eq!(Value::list(["", " "]), Value::Empty);
        assert_eq!(Value::list([" a ", ""]), Value::List(vec!["a".into()]));
    }

    #[test]
    fn an_attribute_is_asked_for_once() {
        let asked = Asked::new(["id", "email", "id"]);
        assert_eq!(asked.keys(), ["id", "email"]);
        assert_eq!(asked.position("email"), Some(1));
        assert_eq!(asked.position("status"), None);
    }
}
