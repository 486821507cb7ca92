//! The fields of a member, and what each may hold (R35).

mod check;
mod custom;
mod words;

use std::{collections::BTreeMap, fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use check::{Flaw, check};
pub use custom::{CustomField, CustomFieldError, MOST_CUSTOM_FIELDS};

/// A member's values: what a field holds, in its normal form. A field without a value is absent.
pub type Fields = BTreeMap<Field, String>;

/// A field of a member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Unique in the programme; where mail goes.
    Email,
    /// Given name.
    FirstName,
    /// Family name.
    LastName,
    /// What the person likes to be called.
    PreferredName,
    /// Such as `Dr.`
    Title,
    /// One of a small set of words.
    Gender,
    /// Day of birth.
    DateOfBirth,
    /// First day of work.
    ContractStartDate,
    /// The language of mails, as a language tag.
    Language,
    /// Postal address, first line.
    AddressLine1,
    /// Postal address, second line.
    AddressLine2,
    /// Postal address, third line.
    AddressLine3,
    /// Postal address, fourth line.
    AddressLine4,
    /// Postal code.
    Postcode,
    /// Telephone number.
    Phone,
    /// Position in the company.
    JobTitle,
    /// Department.
    Department,
    /// Division.
    Division,
    /// Subdivision.
    Subdivision,
    /// Office or place of work.
    Location,
    /// A private address, which still reaches a leaver (R62).
    PersonalEmail,
    /// A field that the programme defines itself, by name.
    Custom(Arc<str>),
    /// What the source last said of an attribute that decides membership (status, segment), by the
    /// attribute's key. Not a field that anybody fills in: it is there to explain a leaver.
    Seen(Arc<str>),
}

/// The standard fields that a mapping can feed, by the name that set-up files and exports use.
const NAMES: [(&str, Field); 21] = [
    ("email", Field::Email),
    ("first_name", Field::FirstName),
    ("last_name", Field::LastName),
    ("preferred_name", Field::PreferredName),
    ("title", Field::Title),
    ("gender", Field::Gender),
    ("date_of_birth", Field::DateOfBirth),
    ("contract_start_date", Field::ContractStartDate),
    ("language", Field::Language),
    ("address_line_1", Field::AddressLine1),
    ("address_line_2", Field::AddressLine2),
    ("address_line_3", Field::AddressLine3),
    ("address_line_4", Field::AddressLine4),
    ("postcode", Field::Postcode),
    ("phone", Field::Phone),
    ("job_title", Field::JobTitle),
    ("department", Field::Department),
    ("division", Field::Division),
    ("subdivision", Field::Subdivision),
    ("location", Field::Location),
    ("personal_email", Field::PersonalEmail),
];

impl Field {
    /// The standard fields, in the order in which exports list them.
    pub fn standard() -> impl Iterator<Item = Field> {
        NAMES.iter().map(|(_, field)| field.clone())
    }

    /// A field that the programme defines itself.
    pub fn custom(name: &str) -> Self {
        Self::Custom(name.into())
    }

    /// What the source said of an attribute that decides membership.
    pub fn seen(attribute: &str) -> Self {
        Self::Seen(attribute.into())
    }

    /// Whether people see and use the field, as opposed to the source's word kept as evidence.
    pub fn is_shown(&self) -> bool {
        !matches!(self, Self::Seen(_))
    }

    /// Whether a person without it cannot be a member. (The employee ID is the other mandatory
    /// value; it is an identity and not a field.)
    pub fn is_mandatory(&self) -> bool {
        *self == Self::Email
    }

    /// The name for people: `First name`, or the custom field's own name. Never empty where the name is not.
    pub fn label(&self) -> String {
        let name = match self {
            Self::Custom(name) | Self::Seen(name) => name.to_string(),
            standard => standard.to_string(),
        };
        let words = name.replace('_', " ");
        let words = if words.trim().is_empty() { name.as_str() } else { words.trim() };
        let mut chars = words.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Custom(name) => write!(f, "custom.{name}"),
            Self::Seen(attribute) => write!(f, "seen.{attribute}"),
            standard => {
                let name = NAMES.iter().find(|(_, field)| field == standard).map_or("", |(name, _)| name);
                f.write_str(name)
            }
        }
    }
}

/// The text names no field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no member field “{0}”")]
pub struct UnknownField(String);

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(name) = text.strip_prefix("custom.") {
            return Ok(Self::custom(name));
        }
        if let Some(attribute) = text.strip_prefix("seen.") {
            return Ok(Self::seen(attribute));
        }
        let found = NAMES.iter().find(|(name, _)| *name == text);
        found.map(|(_, field)| field.clone()).ok_or_else(|| UnknownField(text.to_owned()))
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_read_back_from_its_name() {
        for field in Field::standard().chain([Field::custom("cost_centre"), Field::seen("status")]) {
            assert_eq!(field.to_string().parse(), Ok(field));
        }
        assert!("employee".parse::<Field>().is_err());
        assert_eq!(Field::custom("cost_centre").label(), "Cost centre");
        assert_eq!(Field::seen("_t_shirt_size").label(), "T shirt size");
        assert_eq!(Field::custom("__").label(), "__", "something to see and to point at");
    }
}
