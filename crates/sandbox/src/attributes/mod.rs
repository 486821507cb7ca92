//! What the API tells about a person: which attributes there are, and how their values are written.

mod built_in;
mod value;
mod writing;

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};
use serde_json::Value as Json;

pub(crate) use built_in::{BUILT_IN, Definition, PARTS_OF_UNITS};
pub(crate) use value::Empty;
pub use writing::{Dates, EmptyObjects, Mangled, Supervisor, Tags, Writing};

use crate::company::{
    Company,
    person::{Person, Told},
};
use value::{Shown, Value};

/// The kind of an attribute, as the API names it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Text, and everything that has no kind of its own.
    #[default]
    Standard,
    /// A day.
    Date,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// One of the options.
    List,
    /// An address of the web.
    Link,
    /// Any of the options.
    Tags,
    /// Text of several lines.
    Multiline,
}

/// An attribute that a company added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Custom {
    /// What it is called on screen.
    pub label: String,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// A name that is the same in every company.
    pub universal_id: Option<String>,
    /// What can be chosen, for lists and tags.
    pub options: Vec<String>,
}

/// What writing a value takes besides the person.
pub(crate) struct Context<'a> {
    pub(crate) company: &'a Company,
    pub(crate) writing: Writing,
    /// Where the API is reached, for the addresses in its answers.
    pub(crate) base_url: &'a str,
    /// Added to every id.
    pub(crate) renumbered_by: i64,
    /// The zone that days begin in.
    pub(crate) zone: TimeZone,
}

impl<'a> Context<'a> {
    /// The context of a look at the company that no client takes.
    pub(crate) fn plain(company: &'a Company) -> Self {
        Self::new(company, Writing::default(), "")
    }

    pub(crate) fn new(company: &'a Company, writing: Writing, base_url: &'a str) -> Self {
        // The zone is part of the build; were it missing, days would begin at midnight UTC.
        let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        Self { company, writing, base_url, renumbered_by: 0, zone }
    }
}

/// One attribute of the list.
#[derive(Clone, Copy)]
pub(crate) enum Column<'a> {
    BuiltIn(&'static Definition),
    Custom(&'a str, &'a Custom),
}

impl<'a> Column<'a> {
    pub(crate) fn key(&self) -> &'a str {
        match self {
            Self::BuiltIn(definition) => definition.key,
            Self::Custom(key, _) => key,
        }
    }

    fn label(&self) -> &'a str {
        match self {
            Self::BuiltIn(definition) => definition.label,
            Self::Custom(_, custom) => &custom.label,
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::BuiltIn(definition) => definition.kind,
            Self::Custom(_, custom) => custom.kind,
        }
    }

    fn universal_id(&self) -> Option<&'a str> {
        match self {
            Self::BuiltIn(definition) => definition.universal_id,
            Self::Custom(_, custom) => custom.universal_id.as_deref(),
        }
    }

    fn empty(&self) -> Empty {
        match self {
            Self::BuiltIn(definition) => definition.empty,
            Self::Custom(_, custom) => Empty::of(custom.kind),
        }
    }

    /// What the person says; `None` where the attribute is not shared.
    fn value<'v>(&self, context: &Context<'v>, person: &'v Person) -> Option<Value<'v>> {
        match (person.told(self.key()), self) {
            (Some(Told::Absent), _) => None,
            (Some(Told::Json(json)), _) => Some(Value::Json(json)),
            (Some(Told::Day(day)), _) => Some(Value::Midnight(*day)),
            (None, Self::BuiltIn(definition)) if definition.is_known_of(person) => {
                Some((definition.value)(person, context))
            }
            (None, _) => Some(Value::Empty(self.empty())),
        }
    }
}

impl Serialize for Column<'_> {
    /// The attribute as the list of attributes describes it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let options: Vec<&str> = match self {
            Self::BuiltIn(definition) => definition.options.to_vec(),
            Self::Custom(_, custom) => custom.options.iter().map(String::as_str).collect(),
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("key", self.key())?;
        map.serialize_entry("label", self.label())?;
        map.serialize_entry("type", &self.kind())?;
        map.serialize_entry("universal_id", &self.universal_id())?;
        if !options.is_empty() {
            map.serialize_entry("options", &options)?;
        }
        map.end()
    }
}

/// Every attribute of the company that these credentials may read, in the order of the API.
pub(crate) fn readable<'a>(company: &'a Company, allowed: Option<&BTreeSet<String>>) -> Vec<Column<'a>> {
    let built_in = BUILT_IN.iter().map(Column::BuiltIn);
    let custom = company.custom().iter().map(|(key, custom)| Column::Custom(key, custom));
    built_in.chain(custom).filter(|column| allowed.is_none_or(|allowed| allowed.contains(column.key()))).collect()
}

/// The value of one attribute, as the API would give it.
pub(crate) fn shown(context: &Context<'_>, person: &Person, key: &str) -> Option<Json> {
    let column = readable(context.company, None).into_iter().find(|column| column.key() == key)?;
    let value = column.value(context, person)?;
    serde_json::to_value(Shown { context, value: &value }).ok()
}

/// The bits of these attributes in [`Person::changed`].
pub(crate) fn bits(keys: &[&str]) -> u64 {
    keys.iter().fold(0, |bits, key| bits | bit(key))
}

/// Attributes that a company added share the last bit.
fn bit(key: &str) -> u64 {
    let place = BUILT_IN.iter().position(|definition| definition.key == key).unwrap_or(63);
    1 << place
}

/// A person with some of their attributes, the way the API writes it.
pub(crate) struct Written<'a, 'c> {
    pub(crate) context: &'a Context<'c>,
    pub(crate) columns: &'a [Column<'a>],
    pub(crate) person: &'a Person,
    /// The attributes that nobody, or not this person, shares for now.
    pub(crate) withheld: &'a [(String, Option<i64>)],
}

impl Serialize for Written<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("type", "Employee")?;
        map.serialize_entry("attributes", &Attributes(self))?;
        map.end()
    }
}

struct Attributes<'a>(&'a Written<'a, 'a>);

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Written { context, columns, person, withheld } = self.0;
        let mut map = serializer.serialize_map(None)?;
        for column in *columns {
            let hidden = |(key, id): &(String, Option<i64>)| key == column.key() && id.is_none_or(|id| id == person.id);
            if withheld.iter().any(hidden) {
                continue;
            }
            if let Some(value) = column.value(context, person) {
                map.serialize_entry(column.key(), &Labelled { column, shown: Shown { context, value: &value } })?;
            }
        }
        map.end()
    }
}

/// A value with everything the API puts around it.
struct Labelled<'a> {
    column: &'a Column<'a>,
    shown: Shown<'a>,
}

impl Serialize for Labelled<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("label", self.column.label())?;
        map.serialize_entry("value", &self.shown)?;
        map.serialize_entry("type", &self.column.kind())?;
        map.serialize_entry("universal_id", &self.column.universal_id())?;
        if self.column.kind() == Kind::Decimal {
            map.serialize_entry("currency", "EUR")?;
        }
        map.end()
    }
}
