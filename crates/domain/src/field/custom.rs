//! Fields that a programme defines itself.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::record::AttributeType;

/// How many custom fields a programme may have.
pub const MOST_CUSTOM_FIELDS: usize = 10;

/// A custom field: its name, and the type that its attribute gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomField {
    /// The name, as exports show it.
    pub name: String,
    /// How its values are checked (R35).
    pub kind: AttributeType,
}

/// Why a custom field's name is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CustomFieldError {
    /// Names are 1–40 small letters, digits and underscores.
    #[error("“{0}” is not a name for a custom field: use 1 to 40 small letters, digits and underscores")]
    Name(String),
    /// The name is that of a standard field or column.
    #[error("“{0}” is the name of a standard field: map it under [mapping], or choose another name")]
    Standard(String),
}

impl CustomField {
    /// Checks a name before it becomes a column of exports.
    pub fn check_name(name: &str) -> Result<(), CustomFieldError> {
        let fits = (1..=40).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !fits {
            return Err(CustomFieldError::Name(name.to_owned()));
        }
        if name.parse::<super::Field>().is_ok() || ["employee_id", "status"].contains(&name) {
            return Err(CustomFieldError::Standard(name.to_owned()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_column_and_must_not_be_one_already() {
        assert_eq!(CustomField::check_name("cost_centre"), Ok(()));
        assert!(matches!(CustomField::check_name("Cost centre"), Err(CustomFieldError::Name(_))));
        assert!(matches!(CustomField::check_name(""), Err(CustomFieldError::Name(_))));
        assert!(matches!(CustomField::check_name("email"), Err(CustomFieldError::Standard(_))));
        assert!(matches!(CustomField::check_name("status"), Err(CustomFieldError::Standard(_))));
    }
}
