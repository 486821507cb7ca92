//! Fields that a programme defines itself.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

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
    /// The name for what an administrator calls the field: `Cost centre` becomes `cost_centre`, which
    /// [`Field::label`](super::Field::label) shows as it was. Empty where nothing of it can stand in a name.
    pub fn name_of(title: &str) -> String {
        let mut name = String::new();
        for c in title.trim().to_lowercase().nfc() {
            match c {
                'a'..='z' | '0'..='9' => name.push(c),
                'ä' => name.push_str("ae"),
                'ö' => name.push_str("oe"),
                'ü' => name.push_str("ue"),
                'ß' => name.push_str("ss"),
                // Other letters lose their marks; whatever then is no letter stands between two words.
                c => match std::iter::once(c).nfd().next() {
                    Some(letter @ 'a'..='z') => name.push(letter),
                    _ if name.ends_with('_') || name.is_empty() => {}
                    _ => name.push('_'),
                },
            }
        }
        name.trim_end_matches('_').to_owned()
    }

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
    fn a_title_becomes_a_name_that_is_shown_like_it() {
        let pairs = [
            ("Cost centre", "cost_centre"),
            ("  T-Shirt-Größe ", "t_shirt_groesse"),
            ("Café (2nd)", "cafe_2nd"),
            ("Kostenstelle", "kostenstelle"),
            ("社員", ""),
        ];
        for (title, name) in pairs {
            assert_eq!(CustomField::name_of(title), name);
            assert!(name.is_empty() || CustomField::check_name(name).is_ok(), "{name}");
        }
        assert_eq!(crate::field::Field::custom("cost_centre").label(), "Cost centre");
    }

    #[test]
    fn a_name_becomes_a_column_and_must_not_be_one_already() {
        assert_eq!(CustomField::check_name("cost_centre"), Ok(()));
        assert!(matches!(CustomField::check_name("Cost centre"), Err(CustomFieldError::Name(_))));
        assert!(matches!(CustomField::check_name(""), Err(CustomFieldError::Name(_))));
        assert!(matches!(CustomField::check_name("email"), Err(CustomFieldError::Standard(_))));
        assert!(matches!(CustomField::check_name("status"), Err(CustomFieldError::Standard(_))));
    }
}
