//! Which texts there are, at which addresses, and in which order the contents list them.

use std::{collections::BTreeMap, sync::LazyLock};

use include_dir::{Dir, include_dir};

use super::draw::{self, Text};
use crate::words::Language;

pub(super) static GUIDE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../docs/guide");
static PROBLEMS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../docs/problems");
const RULES: &str = include_str!("../../../../../docs/RULES.md");

/// Where help begins.
pub(super) const INDEX: &str = "/help";

/// The contents: parts (whose titles are in the catalogue), and the addresses in each.
const CONTENTS: [(&str, &[&str]); 4] = [
    ("start", &[INDEX, "/help/set-up", "/help/custom-fields", "/help/roles"]),
    (
        "work",
        &[
            "/help/import-results",
            "/help/on-hold",
            "/help/leavers",
            "/help/members",
            "/help/people-not-sure",
            "/help/mails",
        ],
    ),
    ("look-up", &["/help/problems", "/help/problems/failures", "/help/rules"]),
    (
        "operators",
        &[
            "/help/command-line",
            "/help/programmes",
            "/help/configuration",
            "/help/backup",
            "/help/moving",
            "/help/scale",
            "/help/operate",
            "/help/api",
            "/help/events",
            "/help/problems/api",
        ],
    ),
];

/// Pages with a section for each code, under its name.
const SECTIONED: [&str; 2] = ["/help/problems/failures", "/help/problems/api"];

/// One part of the contents.
pub(super) struct Part {
    pub(super) name: &'static str,
    /// Addresses, each with its text.
    pub(super) texts: Vec<(&'static str, &'static Text)>,
}

/// The texts of one language by address.
type Texts = BTreeMap<String, Text>;

/// All texts by language, drawn when the first is asked for.
static TEXTS: LazyLock<[Texts; 2]> = LazyLock::new(|| {
    let mut texts = [Texts::new(), Texts::new()];
    for (path, markdown) in files() {
        if let Some((language, address)) = address_of(&path) {
            texts[language as usize].insert(address, draw::draw(language, &path, markdown));
        }
    }
    texts
});

/// Every text with its path in `docs/`.
fn files() -> impl Iterator<Item = (String, &'static str)> {
    let within = |folder: &'static Dir<'static>, name: &'static str| {
        let german = folder.get_dir("de").into_iter().flat_map(Dir::files);
        folder.files().chain(german).filter_map(move |file| {
            let is_text = file.path().extension().is_some_and(|kind| kind == "md");
            let path = file.path().to_str().filter(|_| is_text)?;
            Some((format!("{name}/{path}"), file.contents_utf8()?))
        })
    };
    within(&GUIDE, "guide").chain(within(&PROBLEMS, "problems")).chain([("RULES.md".to_owned(), RULES)])
}

/// The language of the text with this path in `docs/`, and its address, which all languages share.
pub(super) fn address_of(path: &str) -> Option<(Language, String)> {
    let parts: Vec<&str> = path.strip_suffix(".md")?.split('/').collect();
    let address = match parts[..] {
        ["guide", "index"] | ["guide", "de", "index"] => INDEX.to_owned(),
        ["guide", page] | ["guide", "de", page] => format!("/help/{page}"),
        ["problems", "README"] | ["problems", "de", "README"] => "/help/problems".to_owned(),
        ["problems", code] | ["problems", "de", code] => format!("/help/problems/{code}"),
        ["RULES"] => "/help/rules".to_owned(),
        _ => return None,
    };
    let language = if parts.contains(&"de") { Language::German } else { Language::English };
    Some((language, address))
}

/// The text at this address, in this language where there is one, else in English.
pub(super) fn text(language: Language, address: &str) -> Option<&'static Text> {
    let in_language = |language| TEXTS[language as usize].get(address);
    in_language(language).or_else(|| in_language(Language::English))
}

/// Where a code is explained that shares a page with others of its kind.
pub(super) fn place_of(code: &str) -> Option<String> {
    let has = |address: &&str| {
        text(Language::English, address).is_some_and(|text| text.sections.iter().any(|section| section == code))
    };
    SECTIONED.into_iter().find(has).map(|address| format!("{address}#{code}"))
}

/// The contents, in order.
pub(super) fn contents(language: Language) -> Vec<Part> {
    let titled = |address: &'static str| Some((address, text(language, address)?));
    let part = |(name, texts): (&'static str, &'static [&'static str])| Part {
        name,
        texts: texts.iter().copied().filter_map(titled).collect(),
    };
    CONTENTS.into_iter().map(part).collect()
}

#[cfg(test)]
pub(super) fn all(language: Language) -> impl Iterator<Item = (&'static str, &'static Text)> {
    TEXTS[language as usize].iter().map(|(address, text)| (address.as_str(), text))
}
