//! What can be wrong with settings: where, a stable code, and words for the command line.

use std::{collections::BTreeMap, fmt};

use thiserror::Error;

use crate::field::{CustomFieldError, Field, MOST_CUSTOM_FIELDS};

/// A part of the settings that an administrator can put right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The attribute of the employee ID.
    EmployeeId,
    /// The attribute of a field, standard or custom.
    Field(Field),
    /// The custom fields as a whole.
    CustomFields,
    /// A row of the segment; the first is 0.
    Segment(usize),
    /// The domains of made-up addresses.
    NoMailboxDomains,
    /// Somebody who is told of imports; the first is 0.
    Recipient(usize),
    /// The schedule.
    Schedule,
    /// A threshold of the guard, by its name in files.
    Guard(&'static str),
}

impl fmt::Display for Place {
    /// As the set-up file names it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmployeeId => f.write_str("[mapping] employee_id"),
            Self::Field(Field::Custom(name)) => write!(f, "[custom_fields] {name}"),
            Self::Field(field) => write!(f, "[mapping] {field}"),
            Self::CustomFields => f.write_str("[custom_fields]"),
            Self::Segment(row) => write!(f, "[[segment]] number {}", row + 1),
            Self::NoMailboxDomains => f.write_str("[integration] no_mailbox_domains"),
            Self::Recipient(_) => f.write_str("[integration] recipients"),
            Self::Schedule => f.write_str("[integration] frequency"),
            Self::Guard(key) => write!(f, "[guard] {key}"),
        }
    }
}

/// What is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Flaw {
    /// The attribute feeds something else already.
    #[error("the attribute “{attribute}” already feeds {first}.")]
    AttributeTwice {
        /// The attribute's key.
        attribute: String,
        /// What it feeds.
        first: Place,
    },
    /// The text is empty where an attribute's key has to stand.
    #[error("no attribute is named.")]
    AttributeMissing,
    /// The source does not share the attribute with these credentials (R8).
    #[error("the attribute “{attribute}” is not shared with these credentials.")]
    AttributeNotShared {
        /// The attribute's key.
        attribute: String,
    },
    /// The employee ID or the e-mail address is not mapped.
    #[error("it is not mapped, and nobody can be a member without it.")]
    NotMapped {
        /// An attribute that is likely to be meant.
        likely: &'static str,
    },
    /// The identity is another than that of the members there are.
    #[error("it was “{published}” when the integration was first published, and stays that: members are known by it.")]
    EmployeeIdFixed {
        /// The attribute that holds it.
        published: String,
    },
    /// There are more custom fields than there may be.
    #[error("there are {count} custom fields.")]
    TooManyCustomFields {
        /// How many there are.
        count: usize,
    },
    /// The custom field's name is not one.
    #[error("{0}")]
    CustomFieldName(#[from] CustomFieldError),
    /// Custom fields differ from the published ones, and the integration was not revoked.
    #[error("custom fields stay as they were published while the integration is authorised.")]
    CustomFieldsFixed,
    /// A row names no attribute or no values.
    #[error("it names no attribute, or no value to include or exclude.")]
    SegmentRowEmpty,
    /// One of a row's values is blank.
    #[error("one of the values is empty.")]
    SegmentValueEmpty,
    /// The text is no domain.
    #[error("“{domain}” is not a domain.")]
    NotADomain {
        /// What was written.
        domain: String,
    },
    /// The text is no e-mail address.
    #[error("“{address}” is not an e-mail address.")]
    NotAnAddress {
        /// What was written.
        address: String,
    },
    /// Somebody is named twice.
    #[error("“{address}” is named twice.")]
    RecipientTwice {
        /// The address.
        address: String,
    },
    /// There is no such time.
    #[error("{0}")]
    Schedule(String),
    /// A share of more than everybody.
    #[error("{share}% is more than everybody.")]
    ShareTooLarge {
        /// What was written.
        share: u64,
    },
}

impl Flaw {
    /// The stable name, by which pages find their words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AttributeTwice { .. } => "attribute-twice",
            Self::AttributeMissing => "attribute-missing",
            Self::AttributeNotShared { .. } => "attribute-not-shared",
            Self::NotMapped { .. } => "not-mapped",
            Self::EmployeeIdFixed { .. } => "employee-id-fixed",
            Self::TooManyCustomFields { .. } => "too-many-custom-fields",
            Self::CustomFieldName(CustomFieldError::Name(_)) => "custom-field-name",
            Self::CustomFieldName(CustomFieldError::Standard(_)) => "custom-field-standard",
            Self::CustomFieldsFixed => "custom-fields-fixed",
            Self::SegmentRowEmpty => "segment-row-empty",
            Self::SegmentValueEmpty => "segment-value-empty",
            Self::NotADomain { .. } => "not-a-domain",
            Self::NotAnAddress { .. } => "not-an-address",
            Self::RecipientTwice { .. } => "recipient-twice",
            Self::Schedule(_) => "schedule",
            Self::ShareTooLarge { .. } => "share-too-large",
        }
    }

    /// What to do about it, for somebody who writes files; empty where the flaw says it.
    pub fn remedy(&self, place: &Place) -> String {
        match self {
            Self::AttributeTwice { .. } => "Use each attribute once.".to_owned(),
            Self::AttributeMissing => "Name one, or take the line out.".to_owned(),
            Self::AttributeNotShared { .. } => {
                "Allow it in the HR system for these credentials, or choose another.".to_owned()
            }
            Self::NotMapped { likely } => {
                let name = if *place == Place::EmployeeId { "employee_id" } else { "email" };
                format!("Add a line such as `{name} = \"{likely}\"`.")
            }
            Self::EmployeeIdFixed { published } => format!("Put “{published}” back."),
            Self::TooManyCustomFields { .. } => format!("Keep at most {MOST_CUSTOM_FIELDS}."),
            Self::CustomFieldsFixed => {
                "To change them, revoke the integration, authorise it again, map, and publish.".to_owned()
            }
            Self::SegmentRowEmpty => "Give it an attribute and a list of values.".to_owned(),
            Self::SegmentValueEmpty | Self::RecipientTwice { .. } => "Take it out.".to_owned(),
            Self::NotADomain { .. } => "Write what stands behind the @, such as “no-mailbox.acme.example”.".to_owned(),
            Self::NotAnAddress { .. } => "Name who is told about imports.".to_owned(),
            Self::ShareTooLarge { .. } => "Use a number from 0 to 100.".to_owned(),
            Self::CustomFieldName(_) | Self::Schedule(_) => String::new(),
        }
    }
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub flaw: Flaw,
}

impl Mistake {
    /// A flaw at a place.
    pub fn new(place: Place, flaw: impl Into<Flaw>) -> Self {
        Self { place, flaw: flaw.into() }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, flaw } = self;
        write!(f, "{}", format!("{place}: {flaw} {}", flaw.remedy(place)).trim_end())
    }
}

/// Everything that is wrong; nothing of it was saved. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Mistakes(pub Vec<Mistake>);

impl Mistakes {
    /// An error where there are mistakes.
    pub fn unless_none(mistakes: Vec<Mistake>) -> Result<(), Self> {
        if mistakes.is_empty() { Ok(()) } else { Err(Self(mistakes)) }
    }

    /// The mistakes by place, for pages that show each beside its field.
    pub fn by_place(&self) -> BTreeMap<&Place, Vec<&Flaw>> {
        let mut by_place: BTreeMap<&Place, Vec<&Flaw>> = BTreeMap::new();
        for Mistake { place, flaw } in &self.0 {
            by_place.entry(place).or_default().push(flaw);
        }
        by_place
    }
}
