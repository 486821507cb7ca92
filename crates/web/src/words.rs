//! What pages say, in British English and German, from one catalogue (`words/en`, `words/de`).

use std::{borrow::Cow, fmt, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

/// The files of the catalogue; each language has every one of them.
macro_rules! catalogue {
    ($language:literal: $($file:literal),* $(,)?) => {
        &[$(include_str!(concat!("words/", $language, "/", $file, ".ftl"))),*]
    };
}

const ENGLISH: &[&str] = catalogue![
    "en": "common", "account", "erase", "events", "help", "home", "imports", "integrations", "mails", "members", "outbox", "problems", "refusals", "set_up", "settings", "sign-in", "site",
];
const GERMAN: &[&str] = catalogue![
    "de": "common", "account", "erase", "events", "help", "home", "imports", "integrations", "mails", "members", "outbox", "problems", "refusals", "set_up", "settings", "sign-in", "site",
];

/// A language that pages are shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    German,
}

impl Language {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 2] = [Self::English, Self::German];

    /// The language tag for the page.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en-GB",
            Self::German => "de",
        }
    }

    /// The language that somebody chose.
    pub(crate) fn of(chosen: domain::language::Language) -> Self {
        match chosen {
            domain::language::Language::En => Self::English,
            domain::language::Language::De => Self::German,
        }
    }

    /// The same as a choice that is kept.
    pub(crate) fn spoken(self) -> domain::language::Language {
        match self {
            Self::English => domain::language::Language::En,
            Self::German => domain::language::Language::De,
        }
    }

    /// The language with this tag, in whatever country.
    pub(crate) fn parse(tag: &str) -> Option<Self> {
        match tag.trim().get(..2)? {
            "en" => Some(Self::English),
            "de" => Some(Self::German),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that is spoken here.
    pub(crate) fn accepted(header: &str) -> Self {
        header.split(',').find_map(|part| Self::parse(part.trim())).unwrap_or(Self::English)
    }

    fn catalogue(self) -> &'static Catalogue {
        static CATALOGUES: LazyLock<[Catalogue; 2]> =
            LazyLock::new(|| [Catalogue::new(Language::English, ENGLISH), Catalogue::new(Language::German, GERMAN)]);
        &CATALOGUES[self as usize]
    }
}

struct Catalogue(FluentBundle<FluentResource>);

impl Catalogue {
    fn new(language: Language, files: &[&str]) -> Self {
        let mut bundle =
            FluentBundle::new_concurrent(language.tag().parse::<LanguageIdentifier>().into_iter().collect());
        // Marks of direction around every name would end up in what people copy.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::English => |value: &FluentValue<'_>, _: &_| grouped(value, ','),
            Language::German => |value: &FluentValue<'_>, _: &_| grouped(value, '.'),
        }));
        for file in files {
            // What does not parse is left out, and missed by the test that looks for every key.
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self(bundle)
    }
}

/// `1840` → `1,840`
fn grouped(value: &FluentValue<'_>, mark: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = format!("{}", number.value);
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut text = String::with_capacity(digits.len() + 4);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) && digit != '-' {
            text.push(mark);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(if mark == ',' { '.' } else { ',' });
        text.push_str(fraction);
    }
    Some(text)
}

/// A whole number as it comes out of rows and plans.
pub(crate) trait Count {
    fn to_i64(self) -> i64;
}

macro_rules! counts {
    ($($number:ty),*) => {$(
        impl Count for $number {
            fn to_i64(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
    )*};
}

counts!(u64, i64, usize, u32, i32, u16, i8, u8);

impl<C: Count + Copy> Count for &C {
    fn to_i64(self) -> i64 {
        (*self).to_i64()
    }
}

/// The words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words {
    /// Which language.
    pub(crate) language: Language,
}

impl Words {
    pub(crate) fn new(language: Language) -> Self {
        Self { language }
    }

    /// What the catalogue says under this key.
    pub(crate) fn t<'a>(self, key: impl Into<Cow<'a, str>>) -> Phrase<'a> {
        Phrase { words: self, key: key.into(), arguments: FluentArgs::new() }
    }

    /// What the catalogue says under a key that is put together of its beginning and a name.
    pub(crate) fn of(self, beginning: &str, name: impl fmt::Display) -> Phrase<'static> {
        self.t(format!("{beginning}{name}"))
    }

    /// The same with a number in it.
    pub(crate) fn n<'a>(self, key: impl Into<Cow<'a, str>>, number: impl Count) -> Phrase<'a> {
        self.t(key).count("n", number)
    }

    /// Whether the catalogue has this key.
    pub(crate) fn has(self, key: &str) -> bool {
        self.language.catalogue().0.has_message(key)
    }

    /// A number as people write it.
    pub(crate) fn num(self, number: impl Count) -> String {
        let number = number.to_i64();
        let mark = if self.language == Language::German { '.' } else { ',' };
        grouped(&FluentValue::from(number), mark).unwrap_or_default()
    }
}

/// A message of the catalogue and what is put into it. Shown, it is plain text.
pub(crate) struct Phrase<'a> {
    words: Words,
    key: Cow<'a, str>,
    arguments: FluentArgs<'a>,
}

impl Phrase<'_> {
    /// With a text in it.
    pub(crate) fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.arguments.set(name, value.to_string());
        self
    }

    /// With a number in it, which is grouped and which plurals go by.
    pub(crate) fn count(mut self, name: &'static str, number: impl Count) -> Self {
        self.arguments.set(name, number.to_i64());
        self
    }
}

impl From<Phrase<'_>> for String {
    fn from(phrase: Phrase<'_>) -> Self {
        phrase.to_string()
    }
}

impl fmt::Display for Phrase<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bundle = &self.words.language.catalogue().0;
        let Some(pattern) = bundle.get_message(&self.key).and_then(|message| message.value()) else {
            return f.write_str(&self.key);
        };
        let mut errors = Vec::new();
        f.write_str(&bundle.format_pattern(pattern, Some(&self.arguments), &mut errors))
    }
}

#[cfg(test)]
mod tests;
