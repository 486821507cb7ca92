//! Which of Personio's attributes probably feeds which field: a first mapping, for an administrator to
//! look over.

use std::collections::BTreeMap;

use domain::{field::Field, record::Attribute, rules::MappedAttribute};

/// Attributes that are the same in every account, by key.
const BY_KEY: [(&str, Field); 9] = [
    ("email", Field::Email),
    ("first_name", Field::FirstName),
    ("last_name", Field::LastName),
    ("preferred_name", Field::PreferredName),
    ("gender", Field::Gender),
    ("position", Field::JobTitle),
    ("department", Field::Department),
    ("office", Field::Location),
    ("hire_date", Field::ContractStartDate),
];

/// A private address is an attribute of each company's own: only its label tells (letters, in small).
const PRIVATE_EMAIL: [&str; 8] = [
    "privateemail",
    "privateemailaddress",
    "personalemail",
    "personalemailaddress",
    "privateemailadresse",
    "privatemail",
    "emailprivate",
    "emailprivat",
];

/// What these attributes probably feed. Each is suggested once, and none that is not shared.
pub fn suggest(shared: &[Attribute]) -> BTreeMap<Field, MappedAttribute> {
    let mapped = |attribute: &Attribute| MappedAttribute { key: attribute.key.clone(), kind: attribute.kind };
    let find = |key: &str| shared.iter().find(|attribute| attribute.key == key);
    let mut mapping: BTreeMap<Field, MappedAttribute> =
        BY_KEY.into_iter().filter_map(|(key, field)| Some((field, mapped(find(key)?)))).collect();
    let private = shared.iter().find(|attribute| {
        let letters: String = attribute.label.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
        PRIVATE_EMAIL.contains(&letters.as_str())
    });
    mapping.extend(private.map(|attribute| (Field::PersonalEmail, mapped(attribute))));
    mapping
}

/// The attributes that a usual set-up maps: what to tick in Personio where nothing is mapped yet.
pub fn usual() -> impl Iterator<Item = &'static str> {
    BY_KEY.into_iter().map(|(key, _)| key)
}

#[cfg(test)]
mod tests {
    use domain::record::AttributeType;

    use super::*;

    fn attribute(key: &str, label: &str) -> Attribute {
        Attribute { key: key.into(), label: label.into(), kind: AttributeType::Text }
    }

    #[test]
    fn what_is_shared_is_suggested_for_the_field_it_is_meant_for() {
        let shared = [
            attribute("office", "Büro"),
            attribute("email", "Email"),
            attribute("dynamic_1", "Private E-Mail"),
            attribute("dynamic_2", "E-Mail"),
        ];
        let suggested = suggest(&shared);
        let pairs: Vec<_> = suggested.iter().map(|(field, from)| (field.to_string(), from.key.as_str())).collect();
        let expected = [("email", "email"), ("location", "office"), ("personal_email", "dynamic_1")];
        assert_eq!(pairs, expected.map(|(field, key)| (field.to_owned(), key)));
    }
}
