//! Forms: entries with their label, hint and error, and what is wrong with a form as a whole.

mod entries;
mod wrongs;

use std::fmt;

use askama::{Template, filters::HtmlSafe};
use axum::{http::StatusCode, response::IntoResponse};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};

pub(crate) use wrongs::{Summary, Wrongs};

use crate::{
    page::{Page, draw},
    words::Words,
};

/// A password as it was typed, which nothing prints.
#[derive(Default)]
pub(crate) struct Secret(SecretString);

impl Secret {
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(SecretString::from(String::deserialize(from)?)))
    }
}

/// What was sent, where a name may come more than once.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Entries(Vec<(String, String)>);

impl Entries {
    /// The first text under this name; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.all_of(name).next().unwrap_or_default()
    }

    /// All texts under this name.
    pub(crate) fn all_of(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, text)| text.as_str())
    }
}

/// Draws a page once more, with what was entered and what is wrong with it.
pub(crate) fn again(page: &impl Template) -> Page {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(page)?).into_response())
}

/// An entry of one line, or several.
#[derive(Debug, Clone, Template)]
#[template(path = "form/input.html")]
pub(crate) struct Input {
    id: String,
    label: String,
    kind: &'static str,
    value: String,
    hint: String,
    wrong: Option<String>,
    unit: String,
    autocomplete: &'static str,
    inputmode: &'static str,
    required: bool,
    focused: bool,
    short: bool,
    /// What is said of a password while it is typed.
    strength: Option<Strength>,
}

/// How good a password is so far, in words.
#[derive(Debug, Clone)]
struct Strength {
    shortest: usize,
    short: String,
    good: String,
    strong: String,
}

impl HtmlSafe for Input {}

impl Input {
    /// An entry whose name in the form is its id too.
    pub(crate) fn new(id: impl Into<String>, label: impl fmt::Display) -> Self {
        Self {
            id: id.into(),
            label: label.to_string(),
            kind: "text",
            value: String::new(),
            hint: String::new(),
            wrong: None,
            unit: String::new(),
            autocomplete: "off",
            inputmode: "",
            required: false,
            focused: false,
            short: false,
            strength: None,
        }
    }

    /// An entry for an e-mail address.
    pub(crate) fn email(id: &str, label: impl fmt::Display) -> Self {
        Self { kind: "email", inputmode: "email", ..Self::new(id, label) }
    }

    /// An entry for a password, which is never shown again.
    pub(crate) fn password(id: &str, label: impl fmt::Display, autocomplete: &'static str) -> Self {
        Self { kind: "password", autocomplete, required: true, ..Self::new(id, label) }
    }

    /// An entry `password` for one that is chosen now, with what it has to be.
    pub(crate) fn new_password(words: Words) -> Self {
        Self::password("password", words.t("entry-new-password"), "new-password").hint(words.t("password-rules"))
    }

    /// With how good it is, told while it is typed. Whether it is good enough is decided when it is sent.
    pub(crate) fn strength(mut self, words: Words) -> Self {
        self.strength = Some(Strength {
            shortest: domain::password::SHORTEST,
            short: words.t("strength-short").to_string(),
            good: words.t("strength-good").to_string(),
            strong: words.t("strength-strong").to_string(),
        });
        self
    }

    /// An entry for a whole number.
    pub(crate) fn number(id: impl Into<String>, label: impl fmt::Display, unit: impl fmt::Display) -> Self {
        let entry = Self::new(id, label);
        Self { inputmode: "numeric", required: true, short: true, unit: unit.to_string(), ..entry }
    }

    /// An entry for a day, such as `2026-11-23`.
    pub(crate) fn day(id: impl Into<String>, label: impl fmt::Display) -> Self {
        Self { kind: "date", short: true, ..Self::new(id, label) }
    }

    /// What stands in it. A password is never written back.
    pub(crate) fn value(mut self, value: impl fmt::Display) -> Self {
        self.value = value.to_string();
        self
    }

    /// What helps to fill it in.
    pub(crate) fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.hint = hint.to_string();
        self
    }

    /// What the browser may fill in.
    pub(crate) fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = what;
        self
    }

    /// Which keys a phone shows.
    pub(crate) fn keys(mut self, inputmode: &'static str) -> Self {
        self.inputmode = inputmode;
        self
    }

    /// A colour is picked, not typed.
    pub(crate) fn colour(mut self) -> Self {
        self.kind = "color";
        self
    }

    pub(crate) fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Where the page begins, unless something is wrong.
    pub(crate) fn focused(mut self) -> Self {
        self.focused = true;
        self
    }

    pub(crate) fn short(mut self) -> Self {
        self.short = true;
        self
    }

    /// With what is wrong with it.
    pub(crate) fn told(mut self, wrongs: &Wrongs) -> Self {
        self.wrong = wrongs.beside(&self.id, &self.label);
        self.focused &= wrongs.is_empty();
        self
    }

    fn described(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id));
        let wrong = self.wrong.as_ref().map(|_| format!("{}-wrong", self.id));
        [hint, wrong].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// A choice of one.
#[derive(Debug, Clone, Template)]
#[template(path = "form/choice.html")]
pub(crate) struct Choice {
    id: String,
    label: String,
    hint: String,
    wrong: Option<String>,
    options: Vec<(String, String)>,
    value: String,
    zone: bool,
    short: bool,
}

impl HtmlSafe for Choice {}

impl Choice {
    /// A choice whose name in the form is its id too; of values with what each is called.
    pub(crate) fn new(id: impl Into<String>, label: impl fmt::Display, options: Vec<(String, String)>) -> Self {
        let (id, label) = (id.into(), label.to_string());
        Self { id, label, hint: String::new(), wrong: None, options, value: String::new(), zone: false, short: false }
    }

    /// A choice of a time zone.
    pub(crate) fn zone(id: &str, label: impl fmt::Display) -> Self {
        Self::new(id, label, zones().into_iter().map(|zone| (zone.clone(), zone.replace('_', " "))).collect())
    }

    /// A choice of a language that the portal speaks.
    pub(crate) fn language(id: &str, label: impl fmt::Display, words: Words) -> Self {
        let name = |language: domain::language::Language| {
            (language.to_string(), words.of("language-", language.as_str()).to_string())
        };
        Self { short: true, ..Self::new(id, label, domain::language::Language::ALL.into_iter().map(name).collect()) }
    }

    /// Which one is chosen.
    pub(crate) fn value(mut self, value: impl fmt::Display) -> Self {
        self.value = value.to_string();
        // What is set already stays possible, whatever this machine knows.
        if !self.value.is_empty() && !self.options.iter().any(|(value, _)| *value == self.value) {
            self.options.insert(0, (self.value.clone(), self.value.clone()));
        }
        self
    }

    pub(crate) fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.hint = hint.to_string();
        self
    }

    /// The browser's own zone is chosen where it tells it.
    pub(crate) fn guessed(mut self) -> Self {
        self.zone = true;
        self
    }

    /// With what is wrong with it.
    pub(crate) fn told(mut self, wrongs: &Wrongs) -> Self {
        self.wrong = wrongs.beside(&self.id, &self.label);
        self
    }

    fn described(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id));
        let wrong = self.wrong.as_ref().map(|_| format!("{}-wrong", self.id));
        [hint, wrong].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// The time zones of places, and UTC.
fn zones() -> Vec<String> {
    const PLACES: [&str; 10] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    let names = jiff::tz::db().available().map(|name| name.to_string());
    let mut zones: Vec<String> =
        names.filter(|name| name == "UTC" || PLACES.iter().any(|place| name.starts_with(place))).collect();
    zones.sort_unstable();
    zones
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_stands_beside_its_entry_and_what_was_entered_stays() {
        let wrongs = Wrongs::one("name", "Enter a name.");
        let html = Input::new("name", "Name").value("<b>").hint("A hint").told(&wrongs).to_string();
        assert!(html.contains(r#"aria-invalid="true""#) && html.contains(r#"aria-describedby="name-hint name-wrong""#));
        assert!(html.contains("&#60;b&#62;") && html.contains("Enter a name."), "{html}");
    }

    #[test]
    fn a_password_is_never_written_back() {
        let html = Input::password("password", "Password", "new-password").value("secret").to_string();
        assert!(!html.contains("secret"), "{html}");
    }

    #[test]
    fn every_place_has_its_zone() {
        let zones = zones();
        assert!(zones.len() > 300 && zones.iter().any(|zone| zone == "Europe/Berlin"), "{}", zones.len());
    }
}
