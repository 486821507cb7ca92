//! Which texts there are, at which addresses, and in which order the contents list them.

use std::{collections::BTreeMap, sync::LazyLock};

use include_dir::{Dir, include_dir};

use super::draw::{self, Text};

pub(super) static GUIDE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../docs/guide");
static PROBLEMS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../docs/problems");
const RULES: &str = include_str!("../../../../../docs/RULES.md");

/// Where help begins.
pub(super) const INDEX: &str = "/help";

/// The contents: parts (whose titles are in the catalogue), and the addresses in each.
const CONTENTS: [(&str, &[&str]); 4] = [
    ("start", &[INDEX, "/help/set-up", "/help/custom-fields", "/help/roles"]),
    ("work", &["/help/import-results", "/help/on-hold", "/help/leavers", "/help/members", "/help/people-not-sure"]),
    ("look-up", &["/help/problems", "/help/problems/failures", "/help/rules"]),
    ("operators", &["/help/command-line", "/help/api", "/help/problems/api"]),
];

/// Pages with a section for each code, under its name.
const SECTIONED: [&str; 2] = ["/help/problems/failures", "/help/problems/api"];

/// One part of the contents.
pub(super) struct Part {
    pub(super) name: &'static str,
    /// Addresses, each with its title.
    pub(super) texts: Vec<(&'static str, &'static str)>,
}

/// All texts by address, drawn when the first is asked for.
static TEXTS: LazyLock<BTreeMap<String, Text>> = LazyLock::new(|| {
    let drawn = files().map(|(path, text)| Some((address_of(&path)?, draw::draw(&path, text))));
    drawn.flatten().collect()
});

/// Every text with its path in `docs/`.
fn files() -> impl Iterator<Item = (String, &'static str)> {
    let within = |folder: &'static Dir<'static>, name: &'static str| {
        folder.files().filter_map(move |file| {
            let is_text = file.path().extension().is_some_and(|kind| kind == "md");
            let path = file.path().to_str().filter(|_| is_text)?;
            Some((format!("{name}/{path}"), file.contents_utf8()?))
        })
    };
    within(&GUIDE, "guide").chain(within(&PROBLEMS, "problems")).chain([("RULES.md".to_owned(), RULES)])
}

/// The address of the text with this path in `docs/`.
pub(super) fn address_of(path: &str) -> Option<String> {
    let name = path.strip_suffix(".md")?;
    Some(match name.split_once('/') {
        Some(("guide", "index")) => INDEX.to_owned(),
        Some(("guide", page)) => format!("/help/{page}"),
        Some(("problems", "README")) => "/help/problems".to_owned(),
        Some(("problems", code)) => format!("/help/problems/{code}"),
        None if name == "RULES" => "/help/rules".to_owned(),
        _ => return None,
    })
}

/// The text at this address.
pub(super) fn text(address: &str) -> Option<&'static Text> {
    TEXTS.get(address)
}

/// Where a code is explained that shares a page with others of its kind.
pub(super) fn place_of(code: &str) -> Option<String> {
    let has = |address: &&str| text(address).is_some_and(|text| text.sections.iter().any(|section| section == code));
    SECTIONED.into_iter().find(has).map(|address| format!("{address}#{code}"))
}

/// The contents, in order.
pub(super) fn contents() -> Vec<Part> {
    let titled = |address: &'static str| Some((address, text(address)?.title.as_str()));
    let part = |(name, texts): (&'static str, &'static [&'static str])| Part {
        name,
        texts: texts.iter().copied().filter_map(titled).collect(),
    };
    CONTENTS.into_iter().map(part).collect()
}

#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static Text)> {
    TEXTS.iter().map(|(address, text)| (address.as_str(), text))
}
