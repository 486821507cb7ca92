//! What a programme has set for an integration, and how it turns a record into a person.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    eligibility::{self, Eligibility, SegmentRow},
    field::{self, Field, Fields},
    guard::Thresholds,
    print::Print,
    problem::{Code, Problem},
    record::{Asked, AttributeType, Record, Value},
};

/// Where a field's value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedAttribute {
    /// The attribute's key.
    pub key: String,
    /// Its type, which custom fields are checked by.
    pub kind: AttributeType,
}

/// What happens to members of this integration whom a whole, settled read no longer holds (R22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Absent {
    /// They become leavers.
    #[default]
    Leave,
    /// They stay members.
    Keep,
}

/// The settings of an integration that decide what an import does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The attribute that holds the employee ID, the identity (R10).
    pub employee_id: String,
    /// The attribute that holds the employment status (R20).
    pub status: String,
    /// Which attribute feeds which field.
    pub mapping: BTreeMap<Field, MappedAttribute>,
    /// Who may be a member; no row lets everybody in.
    pub segment: Vec<SegmentRow>,
    /// How many days before the hire date an onboarding person may be a member, if at all (R20).
    pub early_days: Option<u16>,
    /// What becomes of members that are absent (R22).
    pub absent: Absent,
    /// Whether joiners get an invitation (R32).
    pub welcome_email: bool,
    /// Domains of made-up addresses, which get no mail (R32); small letters.
    pub no_mailbox_domains: Vec<String>,
    /// When an import waits for an administrator.
    pub guard: Thresholds,
}

/// What a person's record says of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A good value, in its normal form.
    Value(String),
    /// Shared, and empty: clears an optional field (R34).
    Empty,
}

/// The fields that a record speaks of. One that was not shared, or holds a bad value, is absent
/// and keeps what the member has (R34, R35).
pub type Statement = BTreeMap<Field, Told>;

/// Reads records by the rules: knows at which position of a record each value stands.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    rules: &'a Rules,
    asked: Asked,
    employee_id: usize,
    status: usize,
    fields: Vec<(&'a Field, AttributeType, usize)>,
    segment: Vec<(&'a SegmentRow, usize)>,
}

impl Rules {
    /// The attributes that an import asks for: the ID, the status, what is mapped and what the
    /// segment looks at, and nothing else (R4).
    pub fn asked(&self) -> Asked {
        let mapped = self.mapping.values().map(|attribute| attribute.key.as_str());
        let segment = self.segment.iter().map(|row| row.attribute.as_str());
        Asked::new([self.employee_id.as_str(), self.status.as_str()].into_iter().chain(mapped).chain(segment))
    }

    /// The attributes without which nobody can be judged (R8), each with what it is needed for.
    pub fn indispensable(&self) -> Vec<(&str, &'static str)> {
        let mut needed = vec![(self.employee_id.as_str(), "the employee ID"), (self.status.as_str(), "the status")];
        needed.extend(self.mapping.get(&Field::Email).map(|email| (email.key.as_str(), "the e-mail address")));
        needed.extend(self.segment.iter().map(|row| (row.attribute.as_str(), "the segment")));
        needed
    }

    /// The custom fields, by name.
    pub fn custom_fields(&self) -> impl Iterator<Item = &str> {
        self.mapping.keys().filter_map(|field| match field {
            Field::Custom(name) => Some(&**name),
            _ => None,
        })
    }

    /// What changes when a setting does that decides what a record means for a member. Records
    /// noted under other settings say nothing: everybody has to be judged anew.
    pub fn print(&self) -> Print {
        let deciding = (&self.employee_id, &self.status, &self.mapping, &self.segment, self.early_days);
        Print::of(serde_json::to_vec(&deciding).unwrap_or_default().as_slice())
    }

    /// A reader for records of [`Rules::asked`].
    pub fn reader(&self) -> Reader<'_> {
        let asked = self.asked();
        let position = |key: &str| asked.position(key).unwrap_or(usize::MAX);
        Reader {
            rules: self,
            employee_id: position(&self.employee_id),
            status: position(&self.status),
            fields: self.mapping.iter().map(|(field, from)| (field, from.kind, position(&from.key))).collect(),
            segment: self.segment.iter().map(|row| (row, position(&row.attribute))).collect(),
            asked,
        }
    }
}

impl Reader<'_> {
    /// What the records were asked for with.
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The settings that it reads by.
    pub fn rules(&self) -> &Rules {
        self.rules
    }

    /// The employee ID: trimmed, leading zeros kept, 1–100 characters.
    pub fn employee_id(&self, record: &Record) -> Result<String, Problem> {
        let id = record.at(self.employee_id).map(Value::to_line).unwrap_or_default();
        match id.chars().count() {
            0 => Err(Problem::new(Code::EmployeeIdMissing).at("employee_id")),
            1..=100 => Ok(id),
            _ => Err(Problem { severity: crate::problem::Severity::Error, ..Problem::new(Code::TooLong) }
                .at("employee_id")
                .with_value(&id)),
        }
    }

    /// The e-mail address as the source has it, valid or not; `None` when not shared or empty.
    pub fn raw_email(&self, record: &Record) -> Option<String> {
        self.raw(record, &Field::Email)
    }

    fn raw(&self, record: &Record, wanted: &Field) -> Option<String> {
        let (.., position) = self.fields.iter().find(|(field, ..)| *field == wanted)?;
        record.at(*position).map(Value::to_line).filter(|text| !text.is_empty())
    }

    /// The person's name as the source has it, valid or not (R53).
    pub fn name(&self, record: &Record) -> String {
        let raw = |field| self.raw(record, &field);
        let first = raw(Field::FirstName).or_else(|| raw(Field::PreferredName));
        [first, raw(Field::LastName)].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The hire date, where it is mapped and readable.
    pub fn hire_date(&self, record: &Record) -> Option<Date> {
        self.raw(record, &Field::ContractStartDate)?.get(..10)?.parse().ok()
    }

    /// Whether the person may be a member (R20, R21).
    pub fn eligibility(&self, record: &Record, today: Date) -> (Eligibility, Vec<Problem>) {
        let early = self.rules.early_days.zip(self.hire_date(record));
        eligibility::judge(
            record.at(self.status),
            self.segment.iter().map(|(row, position)| (*row, record.at(*position))),
            today,
            early.map(|(days, hire_date)| eligibility::early_from(hire_date, days)),
        )
    }

    /// What the record says of the fields, and all that is wrong with it (R34, R35, R53).
    ///
    /// `known_email` is the member's address: one that the source mangled is as good as not
    /// shared (R15).
    pub fn statement(&self, record: &Record, today: Date, known_email: Option<&str>) -> (Statement, Vec<Problem>) {
        let mut statement = Statement::new();
        let mut problems = Vec::new();
        for (field, kind, position) in &self.fields {
            let Some(value) = record.at(*position) else { continue };
            if **field == Field::Email
                && known_email.is_some_and(|known| crate::email::is_mangled_form_of(&value.to_line(), known))
            {
                continue;
            }
            if value.is_empty() {
                if !field.is_mandatory() {
                    statement.insert((*field).clone(), Told::Empty);
                }
                continue;
            }
            match field::check(field, *kind, value, today) {
                Ok(normal) => drop(statement.insert((*field).clone(), Told::Value(normal))),
                Err(flaw) => problems.push(Problem::flaw(field, flaw, &value.to_line())),
            }
        }
        if self.lacks_email(record, &statement, &problems, known_email) {
            problems.push(Problem::new(Code::EmailMissing).at(Field::Email.to_string()));
        }
        (statement, problems)
    }

    /// Whether there is no address at all: emptied, or not shared for somebody who has none yet.
    fn lacks_email(&self, record: &Record, told: &Statement, problems: &[Problem], known: Option<&str>) -> bool {
        let is_empty = self
            .fields
            .iter()
            .any(|(field, _, position)| **field == Field::Email && record.at(*position).is_some_and(Value::is_empty));
        let is_told = told.contains_key(&Field::Email) || problems.iter().any(Problem::is_error);
        !is_told && (is_empty || known.is_none())
    }

    /// What the source says of the attributes that decide membership, kept to explain a leaver.
    pub fn seen(&self, record: &Record) -> Fields {
        let status = (&self.rules.status, self.status);
        let segment = self.segment.iter().map(|(row, position)| (&row.attribute, *position));
        std::iter::once(status)
            .chain(segment)
            .filter_map(|(key, position)| {
                let text = record.at(position)?.to_line();
                Some((Field::seen(key), text.chars().take(255).collect()))
            })
            .collect()
    }

    /// What changes whenever the record does (R24, R31).
    pub fn print(&self, record: &Record) -> Print {
        Print::of_record(record)
    }
}

#[cfg(test)]
mod tests;
