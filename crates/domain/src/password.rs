//! Which passwords are good enough: long, and not what somebody would try first.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;

/// The most characters of a password.
pub const LONGEST: usize = 256;

/// How much of a password must be more than words that anybody would guess.
const OF_ONES_OWN: usize = 6;

/// So many guessable words in a row are a passphrase, and hard to guess again.
const PASSPHRASE: usize = 3;

/// Words and rows of keys that passwords are made of most often.
const COMMON: &str = include_str!("password/common.txt");

/// The common words, the longest first: the most of a password is taken away by them then.
static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut words: Vec<&str> = COMMON.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    words
});

/// Why a password is not good enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than [`SHORTEST`] characters.
    TooShort,
    /// More than [`LONGEST`] characters.
    TooLong,
    /// Little more than the person's e-mail address or name.
    LikePerson,
    /// Little more than the name of the programme.
    LikeProgramme,
    /// Among the first that anybody would try.
    Common,
}

/// Whom a password is for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Owner<'a> {
    /// Their e-mail address.
    pub email: &'a str,
    /// Their name.
    pub name: &'a str,
    /// The names of their programmes.
    pub programmes: &'a [&'a str],
}

/// The one form in which a password is hashed, however its characters were typed.
pub fn normal(password: &str) -> String {
    password.nfkc().collect()
}

/// Whether the password is good enough for its owner.
pub fn check(password: &str, owner: &Owner<'_>) -> Result<(), Weakness> {
    let password = normal(password);
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Weakness::TooShort);
    }
    if length > LONGEST {
        return Err(Weakness::TooLong);
    }
    let spellings = [folded(&password), unmasked(&password)];
    let is_mostly = |words: &[String]| spellings.iter().any(|spelling| rest(spelling, words) < OF_ONES_OWN);
    let (local, domain) = owner.email.rsplit_once('@').unwrap_or((owner.email, ""));
    let company = domain.rsplit_once('.').map_or(domain, |(company, _)| company);
    let person = [owner.email, local, company, domain, owner.name];
    let person = person.into_iter().chain(parts(local)).chain(parts(owner.name)).map(folded).collect::<Vec<_>>();
    if is_mostly(&person) {
        return Err(Weakness::LikePerson);
    }
    let programmes = owner.programmes.iter().flat_map(|name| std::iter::once(*name).chain(parts(name)));
    if is_mostly(&programmes.map(folded).collect::<Vec<_>>()) {
        return Err(Weakness::LikeProgramme);
    }
    if spellings.iter().any(|spelling| is_common(spelling)) { Err(Weakness::Common) } else { Ok(()) }
}

/// The words of a name or of the part of an address before the `@`.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
}

/// Letters and digits in small.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The same, with digits and signs that stand for letters taken for them: `p4$$w0rd`.
fn unmasked(text: &str) -> String {
    let letter = |c: char| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    folded(&text.chars().map(letter).collect::<String>())
}

/// How many characters of a password are left when these words are taken out of it.
fn rest(password: &str, words: &[String]) -> usize {
    let mut words: Vec<&str> = words.iter().map(String::as_str).filter(|word| word.chars().count() >= 3).collect();
    words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    take_out(password, &words).0
}

/// How many characters are left without these words, and how many of the words were found.
fn take_out(password: &str, words: &[&str]) -> (usize, usize) {
    let (mut left, mut found) = (password.to_owned(), 0);
    for word in words {
        if left.contains(word) {
            // What stood on either side must not grow together into another word.
            left = left.replace(word, "\u{0}");
            found += 1;
        }
    }
    (left.chars().filter(|c| *c != '\u{0}').count(), found)
}

fn is_common(password: &str) -> bool {
    let characters: Vec<char> = password.chars().collect();
    let mut distinct = characters.clone();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 5 {
        return true;
    }
    // 123456…, abcdef…, aabbcc…: each character beside the one before.
    let beside = characters.windows(2).filter(|two| u32::from(two[0]).abs_diff(u32::from(two[1])) <= 1).count();
    if beside * 4 >= characters.len() * 3 {
        return true;
    }
    let (left, found) = take_out(password, &WORDS);
    left < OF_ONES_OWN && found < PASSPHRASE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weakness(password: &str) -> Option<Weakness> {
        let owner =
            Owner { email: "ada.lovelace@acme.example", name: "Ada Lovelace", programmes: &["Harbour Benefits"] };
        check(password, &owner).err()
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(weakness("kürzer 11 Z"), Some(Weakness::TooShort));
        assert_eq!(weakness("x9ü löng gänug"), None);
        assert_eq!(weakness(&"tangerine-".repeat(25)), None);
        assert_eq!(weakness(&"tangerine-".repeat(26)), Some(Weakness::TooLong));
    }

    #[test]
    fn who_somebody_is_makes_no_password() {
        for bad in ["ada.lovelace@acme.example", "Lovelace2026!", "AdaAdaAdaAda1", "acme-lovelace", "L0vel4ce-2026"] {
            assert_eq!(weakness(bad), Some(Weakness::LikePerson), "{bad}");
        }
        for bad in ["HarbourBenefits", "Harbour-2026!", "harbourharbour"] {
            assert_eq!(weakness(bad), Some(Weakness::LikeProgramme), "{bad}");
        }
    }

    #[test]
    fn what_anybody_would_try_makes_no_password() {
        for bad in [
            "password1234",
            "Passwort2026!",
            "p4$$w0rd p4$$w0rd",
            "qwertzuiop123",
            "asdfghjkl123!",
            "123456789012",
            "111111222222",
            "abcdefghijkl",
            "Sommer2026!!",
            "iloveyou1234",
            "letmein-letmein",
            "Willkommen123",
            "administrator1",
        ] {
            assert_eq!(weakness(bad), Some(Weakness::Common), "{bad}");
        }
    }

    #[test]
    fn what_nobody_would_try_is_a_password() {
        for good in ["correct horse battery staple", "tX9#qm2!vLr7", "summer dragon monkey coffee", "zwölf Boxkämpfer"]
        {
            assert_eq!(weakness(good), None, "{good}");
        }
    }

    #[test]
    fn the_list_is_in_the_form_that_it_is_compared_in() {
        assert!(WORDS.len() > 400, "{}", WORDS.len());
        for word in WORDS.iter() {
            assert_eq!(*word, folded(word));
            assert!(word.chars().count() >= 4, "{word}");
        }
    }

    #[test]
    fn one_password_has_one_form() {
        assert_eq!(normal("cafe\u{301}"), normal("caf\u{e9}"));
    }
}
