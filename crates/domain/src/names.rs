//! When two names are the same person's.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::field::{Field, Fields};

/// What of a name counts when two are compared: letters and digits, without case and accents, so
/// that `Béatrice O’Neill-Ray` and `beatrice oneill ray` agree. The vowel signs of scripts that
/// write vowels as marks are letters.
pub fn key(name: &str) -> String {
    if name.is_ascii() {
        // Most names and all addresses: nothing to take apart.
        return name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    }
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

/// How much of a name, an address or an ID a search looks at, in characters: keys of indexes are bounded.
const SEARCHED: [usize; 4] = [60, 60, 80, 40];

/// What people are looked up and sorted by: last name, first name, e-mail address and employee ID as
/// they are compared ([`key`]), each after a tab. `name` stands in where `fields` has no name.
pub fn search_key(fields: &Fields, name: &str, employee_id: Option<&str>) -> String {
    let get = |field| fields.get(&field).map(String::as_str);
    let (mut last, mut first) = (get(Field::LastName), get(Field::FirstName).or_else(|| get(Field::PreferredName)));
    if last.is_none() && first.is_none() {
        let (before, after) = name.trim().rsplit_once(' ').unwrap_or_default();
        (first, last) = if after.is_empty() { (None, Some(name)) } else { (Some(before), Some(after)) };
    }
    let parts = [last, first, get(Field::Email), employee_id];
    let mut all = String::new();
    for (part, most) in parts.into_iter().zip(SEARCHED) {
        all.push('\t');
        all.extend(key(part.unwrap_or_default()).chars().take(most));
    }
    all
}

/// What has to stand in a [`search_key`] for what somebody typed: one of the lists, all of it. Empty
/// where nothing was typed that could be looked for.
pub fn searched(typed: &str) -> Vec<Vec<String>> {
    let wanted = |text: &str| Some(key(text)).filter(|key| !key.is_empty()).map(|key| format!("\t{key}"));
    let words: Vec<String> = typed.split_whitespace().filter_map(wanted).take(4).collect();
    let whole: Vec<String> = wanted(typed).into_iter().collect();
    let mut lists = vec![whole, words];
    lists.retain(|list| !list.is_empty());
    lists.dedup();
    lists
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
    fn plain_letters_are_compared_like_all_others() {
        for text in ["", "Ada", "O'Neill-Ray 2", "B.Neill@acme.example", " \t~"] {
            // One letter beyond ASCII, and the text goes the long way.
            assert_eq!(format!("{}ä", key(text)).replace('ä', "a"), key(&format!("{text}ä")), "{text}");
        }
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
    fn people_are_looked_up_by_the_beginning_of_any_name_address_or_id() {
        let mut ada = named("Béatrice", "van der O’Neill");
        ada.insert(Field::Email, "B.Neill@acme.example".into());
        let key = search_key(&ada, "", Some("0042"));
        let finds = |typed: &str| searched(typed).iter().any(|all| all.iter().all(|part| key.contains(part)));
        for typed in ["bea", "VAN der", "b.neill@", "0042", "beatrice van", "van der oneill"] {
            assert!(finds(typed), "{typed}");
        }
        for typed in ["neill", "42", "ada van", "acme"] {
            assert!(!finds(typed), "{typed}");
        }
        assert!(searched(" \t-").is_empty());
        assert!(search_key(&Fields::new(), "Ada Adamski", None).starts_with("\tadamski\tada\t"));
        assert_eq!(search_key(&Fields::new(), "", None), "\t\t\t\t");
    }

    #[test]
    fn r15_twins_need_a_day_of_birth() {
        let mut ada = named("Ada", "Aubry");
        assert_eq!(twin_key(&ada), None);
        ada.insert(Field::DateOfBirth, "1990-01-02".into());
        assert_eq!(twin_key(&ada).as_deref(), Some("ada|aubry|1990-01-02"));
    }
}
