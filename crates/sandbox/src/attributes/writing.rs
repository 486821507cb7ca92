//! How values are written, where different accounts of the API differ.

use serde::{Deserialize, Serialize};

/// How values are written. The defaults are what is documented or seen most often.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Writing {
    /// How days are written.
    pub dates: Dates,
    /// How several tags are written.
    pub tags: Tags,
    /// How an object is written that is not there, such as the team of somebody without one.
    pub empty_objects: EmptyObjects,
    /// What is told about a superior.
    pub supervisor: Supervisor,
    /// Where an old profile's address is mangled.
    pub mangled: Mangled,
}

/// How days are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dates {
    /// Midnight in Berlin, with the offset of that day: `2022-07-01T00:00:00+02:00`.
    #[default]
    Midnight,
    /// The same, without the colon in the offset.
    MidnightShortOffset,
    /// `2022-07-01`.
    Day,
}

/// How several tags are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tags {
    /// `A,B`.
    #[default]
    Commas,
    /// `["A","B"]`, as text.
    JsonText,
    /// A list.
    List,
}

/// How an object is written that is not there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EmptyObjects {
    /// `null`.
    #[default]
    Null,
    /// `""`.
    Text,
    /// `[]`.
    List,
}

/// What is told about a superior.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Supervisor {
    /// The id, the names and the e-mail.
    #[default]
    Full,
    /// The id only.
    Id,
}

/// Where `_` and five characters are put into an old profile's address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mangled {
    /// After all of it: `ada@acme.example_1x4kd`.
    #[default]
    End,
    /// Before the `@`: `ada_1x4kd@acme.example`.
    LocalPart,
}
