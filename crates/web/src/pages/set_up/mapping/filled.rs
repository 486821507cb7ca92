//! The form of *Mapping* as it is filled in.

use std::collections::BTreeMap;

use domain::{
    eligibility::{Rule, SegmentRow, join_values, same_value, split_values},
    field::{CustomField, Field},
    rules::MappedAttribute,
    setup::Draft,
};
use engine::setup::Choice;

use crate::form::Entries;

/// Fields that the form offers without being asked.
const ALWAYS: [Field; 4] = [Field::Email, Field::PersonalEmail, Field::FirstName, Field::LastName];

/// What stands in the form.
pub(super) struct Filled {
    pub(super) employee_id: String,
    /// The standard fields that have a row, with their attributes; empty for none.
    pub(super) fields: Vec<(Field, String)>,
    /// A field that is to have a row, and its attribute.
    pub(super) added: (String, String),
    pub(super) custom: Vec<Custom>,
    pub(super) segment: Vec<Row>,
}

/// A custom field.
pub(super) struct Custom {
    /// What an administrator calls it.
    pub(super) title: String,
    pub(super) attribute: String,
}

/// A row of the segment.
pub(super) struct Row {
    pub(super) rule: Rule,
    pub(super) attribute: String,
    /// Values that were typed.
    pub(super) typed: String,
    /// Values that were ticked.
    pub(super) ticked: Vec<String>,
}

impl Custom {
    fn is_empty(&self) -> bool {
        self.title.is_empty() && self.attribute.is_empty()
    }

    fn name(&self) -> String {
        CustomField::name_of(&self.title)
    }
}

impl Row {
    fn blank() -> Self {
        Self { rule: Rule::Include, attribute: String::new(), typed: String::new(), ticked: Vec::new() }
    }

    fn is_empty(&self) -> bool {
        self.attribute.is_empty() && self.typed.is_empty() && self.ticked.is_empty()
    }

    /// All values, each once.
    pub(super) fn values(&self) -> Vec<String> {
        let mut values = self.ticked.clone();
        for value in split_values(&self.typed) {
            if !values.iter().any(|one| same_value(one, &value)) {
                values.push(value);
            }
        }
        values
    }

    fn row(&self) -> SegmentRow {
        SegmentRow { attribute: self.attribute.clone(), rule: self.rule, values: self.values() }
    }
}

/// The standard fields in the order of the page.
pub(super) fn in_order() -> impl Iterator<Item = Field> {
    let rest = Field::standard().filter(|field| !ALWAYS.contains(field));
    ALWAYS.into_iter().chain(rest)
}

impl Filled {
    /// What is saved; `suggested` where nothing was mapped yet.
    pub(super) fn of(draft: &Draft, suggested: &BTreeMap<Field, MappedAttribute>) -> Self {
        let mapping = if draft.mapping.is_empty() { suggested } else { &draft.mapping };
        let fields = in_order().filter(|field| ALWAYS.contains(field) || mapping.contains_key(field));
        let attribute = |field: &Field| mapping.get(field).map(|from| from.key.clone()).unwrap_or_default();
        let custom = mapping.iter().filter(|(field, _)| matches!(field, Field::Custom(_)));
        let segment = draft.segment.iter().map(|row| Row {
            rule: row.rule,
            attribute: row.attribute.clone(),
            typed: join_values(&row.values),
            ticked: Vec::new(),
        });
        Self {
            employee_id: draft.employee_id.clone(),
            fields: fields.map(|field| (field.clone(), attribute(&field))).collect(),
            added: (String::new(), String::new()),
            custom: custom.map(|(field, from)| Custom { title: field.label(), attribute: from.key.clone() }).collect(),
            segment: segment.collect(),
        }
    }

    /// What was sent. The identity stays as the draft has it where it is fixed.
    pub(super) fn read(entries: &Entries, draft: &Draft, identity_fixed: bool) -> Self {
        let fields = in_order().filter(|field| entries.has(&format!("field.{field}")));
        let custom = (0..entries.rows("custom.")).map(|number| Custom {
            title: entries.get(&format!("custom.{number}.name")).to_owned(),
            attribute: entries.get(&format!("custom.{number}.attribute")).to_owned(),
        });
        let segment = (0..entries.rows("segment.")).map(|number| Row {
            rule: if entries.get(&format!("segment.{number}.rule")) == "exclude" {
                Rule::Exclude
            } else {
                Rule::Include
            },
            attribute: entries.get(&format!("segment.{number}.attribute")).to_owned(),
            typed: entries.get(&format!("segment.{number}.values")).to_owned(),
            ticked: entries.all_of(&format!("segment.{number}.tick")).map(|value| value.trim().to_owned()).collect(),
        });
        let employee_id = if identity_fixed { draft.employee_id.as_str() } else { entries.get("employee_id") };
        Self {
            employee_id: employee_id.to_owned(),
            fields: fields.map(|field| (field.clone(), entries.get(&format!("field.{field}")).to_owned())).collect(),
            added: (entries.get("add.field").to_owned(), entries.get("add.attribute").to_owned()),
            custom: custom.collect(),
            segment: segment.collect(),
        }
    }

    /// Adds or takes out a row, and tells the name of the entry or button where somebody goes on; `None` when something
    /// else was asked for.
    pub(super) fn rearrange(&mut self, wish: &str) -> Option<String> {
        if wish == "look" {
            return Some(String::new());
        }
        let (what, number) = wish.split_once('.').unwrap_or((wish, ""));
        let number = number.parse().unwrap_or(usize::MAX);
        let goes_on = match what {
            "add-field" => match self.add_field() {
                Some(field) => format!("field.{field}"),
                None => "add.field".to_owned(),
            },
            "add-custom" => {
                self.custom.push(Custom { title: String::new(), attribute: String::new() });
                format!("custom.{}.name", self.custom.len() - 1)
            }
            "add-segment" => {
                self.segment.push(Row::blank());
                format!("segment.{}.rule", self.segment.len() - 1)
            }
            "look-segment" => format!("segment.{number}.attribute"),
            "remove-custom" if number < self.custom.len() => {
                self.custom.remove(number);
                "add-custom".to_owned()
            }
            "remove-segment" if number < self.segment.len() => {
                self.segment.remove(number);
                "add-segment".to_owned()
            }
            _ => return None,
        };
        Some(goes_on)
    }

    /// Gives the chosen field a row, if it has none; tells which it was.
    pub(super) fn add_field(&mut self) -> Option<Field> {
        let (name, attribute) = std::mem::take(&mut self.added);
        let known = |field: &Field| self.fields.iter().any(|(one, _)| one == field);
        let field = Field::standard().find(|field| field.to_string() == name && !known(field))?;
        self.fields.push((field.clone(), attribute));
        Some(field)
    }

    /// Numbers of rows whose custom field has the name of an earlier one.
    pub(super) fn custom_fields_twice(&self) -> Vec<usize> {
        let names: Vec<String> = self.custom.iter().map(Custom::name).collect();
        let twice = |number: &usize| !names[*number].is_empty() && names[..*number].contains(&names[*number]);
        (0..names.len()).filter(twice).collect()
    }

    /// How many custom fields there are.
    pub(super) fn custom_count(&self) -> usize {
        self.custom.iter().filter(|custom| !custom.is_empty()).count()
    }

    /// What is chosen. Rows that were left blank are none; custom fields stay the draft's where they are fixed.
    pub(super) fn choice(&self, draft: &Draft, custom_fixed: bool) -> Choice {
        let mapped = self.fields.iter().filter(|(_, attribute)| !attribute.is_empty());
        let mut fields: BTreeMap<Field, String> = mapped.cloned().collect();
        if custom_fixed {
            let fixed = draft.mapping.iter().filter(|(field, _)| matches!(field, Field::Custom(_)));
            fields.extend(fixed.map(|(field, from)| (field.clone(), from.key.clone())));
        } else {
            let custom = self.custom.iter().filter(|custom| !custom.is_empty());
            fields.extend(custom.map(|custom| (Field::custom(&custom.name()), custom.attribute.clone())));
        }
        let segment = self.segment.iter().filter(|row| !row.is_empty()).map(Row::row).collect();
        Choice { employee_id: self.employee_id.clone(), fields, segment }
    }

    /// Where in the form the custom field with this name stands.
    pub(super) fn custom_row(&self, name: &str) -> usize {
        self.custom.iter().position(|custom| !custom.is_empty() && custom.name() == name).unwrap_or_default()
    }

    /// Where in the form the choice's row stands.
    pub(super) fn segment_row(&self, number: usize) -> usize {
        let mut rows = self.segment.iter().enumerate().filter(|(_, row)| !row.is_empty());
        rows.nth(number).map_or(0, |(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use domain::record::AttributeType;

    use super::*;

    fn filled() -> Filled {
        let mut draft = Draft::new("id");
        draft.mapping.insert(Field::Email, MappedAttribute { key: "email".into(), kind: AttributeType::Text });
        draft.mapping.insert(
            Field::custom("cost_centre"),
            MappedAttribute { key: "dynamic_1".into(), kind: AttributeType::Text },
        );
        Filled::of(&draft, &BTreeMap::new())
    }

    #[test]
    fn what_is_shown_is_what_would_be_saved_again() {
        let choice = filled().choice(&Draft::new("id"), false);
        let fields: Vec<_> = choice.fields.iter().map(|(field, key)| (field.to_string(), key.as_str())).collect();
        let expected = [("email", "email"), ("custom.cost_centre", "dynamic_1")];
        assert_eq!(fields, expected.map(|(field, key)| (field.to_owned(), key)));
        assert!(choice.segment.is_empty());
        assert_eq!(filled().fields.len(), 4, "some fields are always offered");
    }

    #[test]
    fn rows_come_and_go_without_script() {
        let mut filled = filled();
        assert_eq!(filled.rearrange("add-custom").as_deref(), Some("custom.1.name"));
        assert_eq!(filled.rearrange("add-segment").as_deref(), Some("segment.0.rule"));
        assert_eq!((filled.custom.len(), filled.segment.len(), filled.custom_count()), (2, 1, 1));
        assert!(filled.choice(&Draft::new("id"), false).segment.is_empty(), "a blank row is none");
        assert_eq!(filled.rearrange("look-segment.0").as_deref(), Some("segment.0.attribute"));
        assert_eq!(filled.rearrange("remove-custom.0").as_deref(), Some("add-custom"));
        assert_eq!(filled.rearrange("remove-segment.0").as_deref(), Some("add-segment"));
        assert_eq!((filled.custom.len(), filled.segment.len()), (1, 0));
        filled.added = ("phone".into(), "dynamic_2".into());
        assert_eq!(filled.rearrange("add-field").as_deref(), Some("field.phone"));
        assert_eq!(filled.fields.last(), Some(&(Field::Phone, "dynamic_2".into())));
        assert_eq!(filled.rearrange("add-field").as_deref(), Some("add.field"), "none is chosen");
        assert_eq!((filled.rearrange("save"), filled.rearrange("remove-custom.9")), (None, None));
    }

    #[test]
    fn typed_and_ticked_values_count_once() {
        let row = Row { typed: "Intern, extern".into(), ticked: vec!["intern".into()], ..Row::blank() };
        assert_eq!(row.values(), ["intern", "extern"]);
    }

    #[test]
    fn a_custom_field_has_a_name_of_its_own() {
        let mut filled = filled();
        filled.custom.push(Custom { title: "Cost Centre".into(), attribute: "dynamic_9".into() });
        assert_eq!((filled.custom_fields_twice(), filled.custom_row("cost_centre")), (vec![1], 0));
    }
}
