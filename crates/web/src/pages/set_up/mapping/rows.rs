//! The rows that say which attribute fills which field.

use std::collections::BTreeMap;

use domain::{
    problem::Code,
    record::{Attribute, AttributeType},
    setup::{Flaw, Mistake, Place},
};
use engine::setup::{Column, Fit, Sample};

use super::super::mistakes;
use crate::{
    form::Wrongs,
    tell::{self, Labels},
    words::Words,
};

/// An attribute to choose.
pub(super) struct Choosable {
    pub(super) key: String,
    pub(super) label: String,
    pub(super) kind: AttributeType,
}

/// A row of the table: what is filled, and by what.
pub(super) struct Row {
    /// The name of the choice in the form, which names the parts of the page as well.
    pub(super) name: String,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) is_required: bool,
    /// The key of the attribute that is chosen; empty for none.
    pub(super) attribute: String,
    /// What that attribute is called.
    pub(super) attribute_name: String,
    /// What the attribute is: its key and type.
    pub(super) about: Option<String>,
    /// Whether the attribute was chosen earlier and is not shared any more.
    pub(super) is_gone: bool,
    /// What is wrong with the choice.
    pub(super) wrong: Option<String>,
    /// What is not as it should be with the people, in numbers.
    pub(super) notes: Vec<Note>,
    /// Some values, one a line.
    pub(super) values: String,
}

impl Row {
    /// The name in the form of one of its entries, where the row has several.
    pub(super) fn entry(&self, of: &str) -> String {
        format!("{}.{of}", self.name)
    }
}

/// A remark about the people's values.
pub(super) struct Note {
    /// Its colour: red where the people whom it is about are kept out.
    pub(super) tone: &'static str,
    pub(super) text: String,
}

/// What rows are put together of.
pub(super) struct Table<'a> {
    pub(super) words: Words,
    pub(super) attributes: &'a [Choosable],
    /// What they were called earlier.
    pub(super) labels: &'a Labels,
    pub(super) sample: Option<&'a Sample>,
    pub(super) fit: Option<&'a Fit>,
    pub(super) mistakes: &'a [Mistake],
    pub(super) wrong: &'a Wrongs,
    /// Whether the list of attributes is the whole truth.
    pub(super) is_listed: bool,
}

impl Table<'_> {
    /// The row for one place.
    pub(super) fn row(&self, name: String, label: String, place: &Place, attribute: &str) -> Row {
        let known = self.attributes.iter().find(|one| one.key == attribute);
        let about = known.map(|one| format!("{} · {}", one.key, kind_name(self.words, one.kind)));
        let column = self.fit.and_then(|fit| fit.columns.iter().find(|column| column.place == *place));
        let twice = self
            .mistakes
            .iter()
            .find(|mistake| mistake.place == *place && matches!(mistake.flaw, Flaw::AttributeTwice { .. }));
        let wrong = self.wrong.beside(&name, &label);
        let wrong = wrong.or_else(|| twice.map(|mistake| mistakes::text(self.words, mistake)));
        let values = self.sample.map(|sample| sample.values(attribute).join("\n")).unwrap_or_default();
        Row {
            name,
            label,
            hint: None,
            is_required: false,
            attribute: attribute.to_owned(),
            attribute_name: known.map_or_else(|| self.labels.attribute(self.words, attribute), |one| one.label.clone()),
            about,
            is_gone: self.is_listed && known.is_none() && !attribute.is_empty(),
            wrong,
            notes: column.map(|column| notes(self.words, column)).unwrap_or_default(),
            values,
        }
    }
}

/// What the people inside have there that is not as it should be.
fn notes(words: Words, column: &Column) -> Vec<Note> {
    let is_error = |code: Code| code.severity() == domain::problem::Severity::Error;
    let note = |(code, people): (&Code, &u64)| {
        let keeps_out = is_error(*code) || column.place == Place::EmployeeId;
        let tone = if keeps_out { "reject" } else { "leave" };
        Note { tone, text: words.n(short_text(words, *code), *people).to_string() }
    };
    let mut notes: Vec<Note> = column.problems.iter().map(note).collect();
    let told =
        column.problems.contains_key(&Code::EmailMissing) || column.problems.contains_key(&Code::EmployeeIdMissing);
    if column.empty > 0 && !told {
        notes.push(Note { tone: "quiet", text: words.n("mapping-empty", column.empty).to_string() });
    }
    notes
}

/// The key of a problem in a few words with its number.
fn short_text(words: Words, code: Code) -> String {
    let key = format!("mapping-people-{}", code.as_str());
    if words.has(&key) { key } else { "mapping-people-other".to_owned() }
}

/// How an attribute's values are to be read.
pub(super) fn kind_name(words: Words, kind: AttributeType) -> String {
    let key = match kind {
        AttributeType::Text => words.t("attribute-type-text"),
        AttributeType::Integer => words.t("attribute-type-integer"),
        AttributeType::Decimal => words.t("attribute-type-decimal"),
        AttributeType::Date => words.t("attribute-type-date"),
        AttributeType::Boolean => words.t("attribute-type-boolean"),
        AttributeType::Choice => words.t("attribute-type-choice"),
        AttributeType::List => words.t("attribute-type-list"),
    };
    key.to_string()
}

/// The attributes to choose from, by label; where two have the same one, with their keys.
pub(super) fn choosable(words: Words, shared: &[Attribute], identity: &str) -> Vec<Choosable> {
    let name = |attribute: &Attribute| tell::shared_attribute(words, attribute);
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for attribute in shared {
        *times.entry(name(attribute)).or_default() += 1;
    }
    let choose = |attribute: &Attribute| {
        let name = name(attribute);
        let label = if times.get(&name) == Some(&1) { name } else { format!("{name} ({})", attribute.key) };
        Choosable { key: attribute.key.clone(), label, kind: attribute.kind }
    };
    let mut all: Vec<Choosable> = shared.iter().map(choose).collect();
    // The source's own ID is there whether it is listed or not.
    if !all.iter().any(|one| one.key == identity) {
        let label = words.t("attribute-id").to_string();
        all.push(Choosable { key: identity.to_owned(), label, kind: AttributeType::Integer });
    }
    all.sort_by_key(|one| one.label.to_lowercase());
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn attributes_with_the_same_label_are_told_apart() {
        let attribute =
            |key: &str, label: &str| Attribute { key: key.into(), label: label.into(), kind: AttributeType::Text };
        let shared =
            [attribute("b", "Team"), attribute("email", "Email"), attribute("a", "Team"), attribute("t_shirt", "")];
        let words = Words::new(Language::English);
        let labels: Vec<_> = choosable(words, &shared, "id").into_iter().map(|one| one.label).collect();
        assert_eq!(labels, ["Email", "ID", "T shirt", "Team (a)", "Team (b)"]);
    }
}
