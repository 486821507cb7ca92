//! When two names are the same person's.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::field::{Field, Fields};

/// What of a name counts when two are compared: letters and digits, without case and accents, so
/// that `Béatrice O’Neill-Ray` and `beatrice oneill ray` agree. The vowel signs of scripts that
/// write vowels as marks are letters.
pub fn key(name: &str) -> String {
    let counts = |c: &char| !is_accent(*c) && (c.is_alphanumeric() || is_combining_mark(*c));
    name.nfkd().filter(counts).flat_map(char::to_lowercase).collect()
}

/// Accents of any alphabet, and the points of Hebrew and Arabic, which most people leave out.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
        || matches!(c, '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Whether both have a first and a last name, and both agree.
pub fn agree(one: &Fields, other: &Fields) -> bool {
    same(one, other, &Field::FirstName) && same(one, other, &Field::LastName)
}

/// Whether both have a first and a last name, and neither agrees.
pub fn both_differ(one: &Fields, other: &Fields) -> bool {
    differs(one, other, &Field::FirstName) && differs(one, other, &Field::LastName)
}

/// Whether both have a day of birth, and it is the same.
pub fn same_birth(one: &Fields, other: &Fields) -> bool {
    both(one, other, &Field::DateOfBirth).is_some_and(|(one, other)| one == other)
}

/// Whether both have a day of birth, and it is not the same.
pub fn other_birth(one: &Fields, other: &Fields) -> bool {
    both(one, other, &Field::DateOfBirth).is_some_and(|(one, other)| one != other)
}

/// What two accounts of one human share whatever their ID and e-mail (R15): both names and the
/// day of birth. `None` when one of the three is missing.
pub fn twin_key(fields: &Fields) -> Option<String> {
    let part = |field| fields.get(&field).map(|text| key(text)).filter(|key| !key.is_empty());
    let birth = fields.get(&Field::DateOfBirth)?;
    Some(format!("{}|{}|{birth}", part(Field::FirstName)?, part(Field::LastName)?))
}

/// The name for people: preferred or first, and last; empty when there is none.
pub fn display(fields: &Fields) -> String {
    let get = |field| fields.get(&field).map(String::as_str);
    let first = get(Field::FirstName).or_else(|| get(Field::PreferredName));
    [first, get(Field::LastName)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn both<'a>(one: &'a Fields, other: &'a Fields, field: &Field) -> Option<(&'a str, &'a str)> {
    Some((one.get(field)?.as_str(), other.get(field)?.as_str()))
}

fn same(one: &Fields, other: &Fields, field: &Field) -> bool {
    both(one, other, field).is_some_and(|(one, other)| key(one) == key(other))
}

fn differs(one: &Fields, other: &Fields, field: &Field) -> bool {
    both(one, other, field).is_some_and(|(one, other)| key(one) != key(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(first: &str, last: &str) -> Fields {
        Fields::from([(Field::FirstName, first.into()), (Field::LastName, last.into())])
    }

    #[test]
    fn r15_spelling_does_not_make_another_person() {
        assert!(agree(&named("Béatrice", "O’Neill-Ray"), &named("beatrice", "ONEILL RAY")));
        assert!(!agree(&named("Béatrice", "Aubry"), &named("Béatrice", "Brandt")));
        assert!(!agree(&named("Béatrice", "Aubry"), &Fields::new()));
    }

    #[test]
    fn r10_vowel_signs_make_another_name() {
        assert_ne!(key("राम"), key("रोम"));
        assert_eq!(key("مُحَمَّد"), key("محمد"));
    }

    #[test]
    fn r10_both_names_must_differ() {
        assert!(both_differ(&named("Ada", "Aubry"), &named("Jonas", "Brandt")));
        assert!(!both_differ(&named("Ada", "Aubry"), &named("Ada", "Brandt")));
        assert!(!both_differ(&named("Ada", "Aubry"), &Fields::new()));
    }

    #[test]
    fn r15_twins_need_a_day_of_birth() {
        let mut ada = named("Ada", "Aubry");
        assert_eq!(twin_key(&ada), None);
        ada.insert(Field::DateOfBirth, "1990-01-02".into());
        assert_eq!(twin_key(&ada).as_deref(), Some("ada|aubry|1990-01-02"));
    }
}
