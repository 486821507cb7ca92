//! The shapes in which the API writes values.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime, time};
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value as Json;

use super::{Context, Dates, EmptyObjects, Kind, Supervisor, Tags};
use crate::company::person::Person;

/// How an attribute without a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Empty {
    /// `""`.
    Text,
    /// `null`.
    Null,
    /// `[]`.
    List,
    /// As [`EmptyObjects`] says.
    Object,
}

impl Empty {
    pub(crate) fn of(kind: Kind) -> Self {
        match kind {
            Kind::Date | Kind::Integer | Kind::Decimal => Self::Null,
            Kind::Standard | Kind::List | Kind::Link | Kind::Tags | Kind::Multiline => Self::Text,
        }
    }
}

/// What a person says about one attribute.
pub(crate) enum Value<'a> {
    Empty(Empty),
    Text(Cow<'a, str>),
    Integer(i64),
    /// A day that is written as the midnight it begins with.
    Midnight(Date),
    /// A day that is always written plainly.
    Day(Date),
    Instant(DateTime),
    /// A department, an office and the like.
    Unit(&'static str, i64, Cow<'a, str>),
    CostCenter(i64, &'static str),
    Tags(Vec<&'static str>),
    Person(&'a Person),
    Object(Json),
    Json(&'a Json),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Option<Date>> for Value<'_> {
    fn from(day: Option<Date>) -> Self {
        day.map_or(Self::Empty(Empty::Null), Self::Midnight)
    }
}

/// A value on its way into an answer.
pub(crate) struct Shown<'a> {
    pub(crate) context: &'a Context<'a>,
    pub(crate) value: &'a Value<'a>,
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { context, value } = self;
        match value {
            Value::Empty(empty) => write_empty(*empty, context.writing.empty_objects, serializer),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Midnight(day) if context.writing.dates == Dates::Day => serializer.collect_str(day),
            Value::Midnight(day) => {
                serializer.collect_str(&instant(context, day.to_datetime(time(0, 0, 0, 0)), context.writing.dates))
            }
            Value::Day(day) => serializer.collect_str(day),
            Value::Instant(moment) => serializer.collect_str(&instant(context, *moment, Dates::Midnight)),
            Value::Unit(kind, id, name) => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("type", kind)?;
                map.serialize_entry("attributes", &Named { id: *id, name })?;
                map.end()
            }
            Value::CostCenter(id, name) => {
                let attributes = serde_json::json!({ "id": id, "name": name, "percentage": 100 });
                [serde_json::json!({ "type": "CostCenter", "attributes": attributes })].serialize(serializer)
            }
            Value::Tags(tags) => match context.writing.tags {
                Tags::Commas => serializer.serialize_str(&tags.join(",")),
                Tags::JsonText => serializer.collect_str(&serde_json::json!(tags)),
                Tags::List => tags.serialize(serializer),
            },
            Value::Person(person) => write_superior(context, person, serializer),
            Value::Object(json) => json.serialize(serializer),
            Value::Json(json) => json.serialize(serializer),
        }
    }
}

#[derive(Serialize)]
struct Named<'a> {
    id: i64,
    name: &'a str,
}

fn write_empty<S: Serializer>(empty: Empty, objects: EmptyObjects, serializer: S) -> Result<S::Ok, S::Error> {
    match (empty, objects) {
        (Empty::Text, _) | (Empty::Object, EmptyObjects::Text) => serializer.serialize_str(""),
        (Empty::Null, _) | (Empty::Object, EmptyObjects::Null) => serializer.serialize_none(),
        (Empty::List, _) | (Empty::Object, EmptyObjects::List) => serializer.collect_seq::<[u8; 0]>([]),
    }
}

/// A superior is an employee within an employee, with few attributes.
fn write_superior<S: Serializer>(context: &Context<'_>, person: &Person, serializer: S) -> Result<S::Ok, S::Error> {
    let keys: &[&str] = match context.writing.supervisor {
        Supervisor::Full => &["id", "first_name", "last_name", "email"],
        Supervisor::Id => &["id"],
    };
    let columns: Vec<_> =
        super::BUILT_IN.iter().filter(|built_in| keys.contains(&built_in.key)).map(super::Column::BuiltIn).collect();
    super::Written { context, columns: &columns, person, withheld: &[] }.serialize(serializer)
}

/// A local moment with the offset that clocks had then, summer time included.
fn instant(context: &Context<'_>, moment: DateTime, dates: Dates) -> String {
    let offset =
        context.zone.to_ambiguous_timestamp(moment).compatible().map_or(0, |at| context.zone.to_offset(at).seconds());
    let (hours, minutes) = (offset.abs() / 3600, offset.abs() / 60 % 60);
    let sign = if offset < 0 { '-' } else { '+' };
    let colon = if dates == Dates::MidnightShortOffset { "" } else { ":" };
    format!("{moment}{sign}{hours:02}{colon}{minutes:02}")
}
