//! Trying one person: read → shared? → mapped → eligible? → what would change. Nothing is written.

mod find;

use domain::{
    eligibility::{Eligibility, SegmentRow},
    field::Field,
    member::Member,
    plan::{Change, Outcome},
    problem::Problem,
    record::{Record, Value},
    rules::{Reader, Rules, Told},
};
use jiff::{civil::Date, tz::TimeZone};
use store::{Integration, Programme};

use find::Found;
pub use find::{Candidate, Read};

use crate::{Engine, EngineResult, import::alone::judge_alone};

/// What came of trying one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// What was typed: a name, an e-mail address or an employee ID.
    pub typed: String,
    /// First step: whether somebody was read.
    pub read: Read,
    /// The other steps, where one person was.
    pub person: Option<TriedPerson>,
}

/// What becomes of one person's record.
#[derive(Debug, Clone, PartialEq)]
pub struct TriedPerson {
    /// Second step: what the source shares of them, attribute by attribute.
    pub shared: Vec<SharedAttribute>,
    /// Third step: what that comes to, field by field.
    pub mapped: Vec<TriedValue>,
    /// Fourth step: whether they may be a member.
    pub eligible: Eligibility,
    /// The rows of the segment, and the value that each looks at.
    pub segment: Vec<(SegmentRow, Shares)>,
    /// Fifth step: what the next import would do with them.
    pub outcome: Outcome,
    /// The change, where there is one.
    pub change: Option<Change>,
    /// The account that they have.
    pub member: Option<Member>,
    /// All that is wrong, or deserves a look.
    pub problems: Vec<Problem>,
}

/// What the source says of one attribute of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shares {
    /// It shares this value.
    Value(String),
    /// It shares it, and there is nothing in it.
    Empty,
    /// It does not share it.
    Nothing,
}

/// An attribute that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedAttribute {
    /// Its key.
    pub key: String,
    /// What the source says.
    pub shares: Shares,
    /// Whether nobody can be judged without it (R8).
    pub indispensable: bool,
}

/// What a mapped attribute comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriedValue {
    /// The field.
    pub field: Field,
    /// The attribute that feeds it.
    pub attribute: String,
    /// What the source says.
    pub shares: Shares,
    /// What it comes to; none where the field keeps what it has (R34, R35).
    pub told: Option<Told>,
    /// What is wrong with it.
    pub problem: Option<Problem>,
}

impl Shares {
    fn of(value: Option<&Value>) -> Self {
        match value {
            None => Self::Nothing,
            Some(value) if value.is_empty() => Self::Empty,
            Some(value) => Self::Value(value.to_line()),
        }
    }
}

impl Engine {
    /// Tries one person under the published rules: somebody with this name, e-mail address or employee
    /// ID. Only that person is read where the source can be asked so.
    pub async fn try_person(
        &self,
        programme: &Programme,
        integration: &Integration,
        typed: &str,
    ) -> EngineResult<Trial> {
        let rules = integration.rules()?;
        let source = self.source_of(integration).await?;
        let reader = rules.reader();
        let found = find::Search { engine: self, integration, source: &*source, reader: &reader }.find(typed).await?;
        let typed = typed.to_owned();
        let record = match found {
            Found::One(record) => record,
            Found::Else(read) => return Ok(Trial { typed, read, person: None }),
        };
        let zone = TimeZone::get(&programme.time_zone).unwrap_or(TimeZone::UTC);
        let today = self.world.now().to_zoned_datetime(zone).date();
        let employee_id = reader.employee_id(&record).ok();
        let read = Read::Person { employee_id: employee_id.clone(), name: reader.name(&record) };
        let person = self.follow(integration, &rules, &reader, today, employee_id, &record).await?;
        Ok(Trial { typed, read, person: Some(person) })
    }

    async fn follow(
        &self,
        integration: &Integration,
        rules: &Rules,
        reader: &Reader<'_>,
        today: Date,
        employee_id: Option<String>,
        record: &Record,
    ) -> EngineResult<TriedPerson> {
        let said = |key: &str| Shares::of(reader.asked().position(key).and_then(|position| record.at(position)));
        let indispensable = rules.indispensable();
        let shared = reader.asked().keys().iter().map(|key| SharedAttribute {
            key: key.clone(),
            shares: said(key),
            indispensable: indispensable.iter().any(|(needed, _)| needed == key),
        });
        let (eligible, _) = reader.eligibility(record, today);
        let segment = rules.segment.iter().map(|row| (row.clone(), said(&row.attribute))).collect();
        let Some(employee_id) = employee_id else {
            // Without an ID nobody can tell whose record it is (R35).
            let problems = reader.employee_id(record).err().into_iter().collect();
            let outcome = Outcome::Changed(domain::plan::Kind::Reject);
            let mapped = mapped(rules, reader, record, today, None, &said);
            let shared = shared.collect();
            return Ok(TriedPerson {
                shared,
                mapped,
                eligible,
                segment,
                outcome,
                change: None,
                member: None,
                problems,
            });
        };
        let alone = judge_alone(self, integration, reader, today, &employee_id, record).await?;
        let known = alone.member.as_ref().and_then(|member| member.fields.get(&Field::Email)).map(String::as_str);
        Ok(TriedPerson {
            shared: shared.collect(),
            mapped: mapped(rules, reader, record, today, known, &said),
            eligible,
            segment,
            outcome: alone.verdict.outcome,
            change: alone.verdict.change,
            member: alone.member,
            problems: alone.verdict.problems,
        })
    }
}

fn mapped(
    rules: &Rules,
    reader: &Reader<'_>,
    record: &Record,
    today: Date,
    known_email: Option<&str>,
    shares: &impl Fn(&str) -> Shares,
) -> Vec<TriedValue> {
    let (mut statement, problems) = reader.statement(record, today, known_email);
    let value = |(field, from): (&Field, &domain::rules::MappedAttribute)| {
        let name = field.to_string();
        TriedValue {
            field: field.clone(),
            attribute: from.key.clone(),
            shares: shares(&from.key),
            told: statement.remove(field),
            problem: problems.iter().find(|problem| problem.field.as_deref() == Some(&name)).cloned(),
        }
    };
    rules.mapping.iter().map(value).collect()
}
