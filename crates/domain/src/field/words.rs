//! Words that sources use for values of which Rollcall knows only a few.

/// The normal form of a gender, from the words that sources use.
pub(super) fn gender(text: &str) -> Option<&'static str> {
    Some(match text.to_lowercase().as_str() {
        "male" | "m" | "man" | "männlich" => "male",
        "female" | "f" | "w" | "woman" | "weiblich" => "female",
        "diverse" | "divers" | "d" | "x" | "non-binary" | "nonbinary" | "other" => "diverse",
        "not specified" | "unspecified" | "undefined" | "unknown" | "keine angabe" => "not specified",
        _ => return None,
    })
}

/// The normal form of yes or no.
pub(super) fn yes_no(text: &str) -> Option<&'static str> {
    Some(match text.to_lowercase().as_str() {
        "true" | "yes" | "1" | "ja" => "yes",
        "false" | "no" | "0" | "nein" => "no",
        _ => return None,
    })
}

/// What the standard asks everybody to have room for; no language that people write in needs more.
const LONGEST_TAG: usize = 35;

/// A language tag (RFC 5646) in its usual capitals, `de-CH` or `zh-Hant-TW`; `_` is read as `-`.
/// More than [`LONGEST_TAG`] characters are none. Subtags beyond language, script and region are kept as they are.
pub(super) fn language(text: &str) -> Option<String> {
    if text.len() > LONGEST_TAG {
        return None;
    }
    let text = text.replace('_', "-");
    let mut subtags = text.split('-');
    let language = subtags.next()?;
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let mut tag = language.to_ascii_lowercase();
    for subtag in subtags {
        if !(1..=8).contains(&subtag.len()) || !subtag.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        match subtag.len() {
            2 => tag.push_str(&subtag.to_ascii_uppercase()),
            4 => {
                tag.push_str(&subtag[..1].to_ascii_uppercase());
                tag.push_str(&subtag[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&subtag.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r35_words_of_the_source_become_ours() {
        assert_eq!(gender("Weiblich"), Some("female"));
        assert_eq!(gender("Klingon"), None);
        assert_eq!(yes_no("True"), Some("yes"));
        assert_eq!(yes_no("perhaps"), None);
        assert_eq!(language("de_de").as_deref(), Some("de-DE"));
        assert_eq!(language("zh-hant-tw").as_deref(), Some("zh-Hant-TW"));
        assert_eq!(language("German"), None);
        assert_eq!(language("de-"), None);
        assert_eq!(language(&format!("de{}", "-AT".repeat(12))), None, "longer than any");
    }
}
