//! How a programme may be called, and what is set for it.

pub mod close_down;
mod days;
pub mod invitations;
pub mod retention;
pub mod settings;

use jiff::tz::TimeZone;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The most letters of a name in addresses and commands.
pub const LONGEST_SLUG: usize = 40;

/// The most characters of a programme's name.
pub const LONGEST_NAME: usize = 100;

/// Words that addresses of Rollcall's own begin with: a programme's members find their site under its name.
pub const RESERVED: [&str; 16] = [
    "account",
    "api",
    "assets",
    "events",
    "first-run",
    "forgotten",
    "healthz",
    "help",
    "invitation",
    "manage",
    "metrics",
    "programmes",
    "readyz",
    "reset",
    "sign-in",
    "sign-out",
];

/// Whether a programme can be called this in addresses and commands: 1 to 40 small letters, digits
/// and hyphens, not beginning with a hyphen, and no word of [`RESERVED`].
pub fn is_slug(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_word = !text.is_empty() && text.len() <= LONGEST_SLUG && text.chars().all(fits) && !text.starts_with('-');
    is_word && !is_reserved(text)
}

/// Whether this is a word of [`RESERVED`].
pub fn is_reserved(text: &str) -> bool {
    RESERVED.contains(&text)
}

/// Whether a programme can be called this among people: something, on one line.
pub fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= LONGEST_NAME && !text.chars().any(char::is_control)
}

/// Whether there is such a time zone.
pub fn is_time_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

/// What a programme of this name is called in addresses: `Grün & Söhne` gives `grun-sohne`.
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for c in name.replace(['ß', 'ẞ'], "ss").nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') && !matches!(c, '\'' | '’') {
            slug.push('-');
        }
    }
    slug.truncate(LONGEST_SLUG);
    let slug = slug.trim_end_matches('-');
    match slug {
        "" => "programme".to_owned(),
        taken if is_reserved(taken) => format!("{taken}-programme"),
        slug => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_makes_a_slug_whatever_it_is() {
        for (name, slug) in [
            ("Acme Rewards", "acme-rewards"),
            ("  Grün & Söhne  ", "grun-sohne"),
            ("O’Neill's Club", "oneills-club"),
            ("Straße 7", "strasse-7"),
            ("日本", "programme"),
            ("Help!", "help-programme"),
        ] {
            assert_eq!(slug_of(name), slug, "{name}");
        }
        let long = slug_of(&"ab ".repeat(40));
        assert!(is_slug(&long) && long.len() <= LONGEST_SLUG, "{long}");
    }

    #[test]
    fn a_slug_fits_into_an_address() {
        assert!(is_slug("acme-2"));
        for bad in ["", "-acme", "Acme", "a b", "ä", "manage", &"a".repeat(41)] {
            assert!(!is_slug(bad), "{bad}");
        }
    }
}
