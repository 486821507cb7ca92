//! What Personio answers, or whoever stands in its place.

use std::collections::BTreeMap;

use domain::{
    eligibility::{Rule, SegmentRow},
    field::{self, Field},
    guard::Thresholds,
    record::{Asked, Attribute, AttributeType, Record, Value},
    rules::{Absent, MappedAttribute, Rules, Told},
};
use jiff::civil::Date;
use serde_json::json;
use sources::personio::{fuzz, suggest};

use crate::{halves, text};

/// What an answer holds that nobody is to read in a message.
const PRIVATE: &str = "Geheim";

const TODAY: Date = Date::constant(2026, 11, 23);

/// More characters than this has no message about an answer.
const LONGEST_TOLD: usize = 300;

fn rules() -> Rules {
    let from = |key: &str, kind| MappedAttribute { key: key.to_owned(), kind };
    Rules {
        employee_id: "id".to_owned(),
        status: "status".to_owned(),
        mapping: BTreeMap::from([
            (Field::Email, from("email", AttributeType::Text)),
            (Field::FirstName, from("first_name", AttributeType::Text)),
            (Field::LastName, from("last_name", AttributeType::Text)),
            (Field::ContractStartDate, from("hire_date", AttributeType::Date)),
            (Field::Department, from("department", AttributeType::Text)),
            (Field::custom("tags"), from("tags", AttributeType::List)),
            (Field::custom("level"), from("level", AttributeType::Integer)),
        ]),
        segment: vec![SegmentRow {
            attribute: "department".to_owned(),
            rule: Rule::Include,
            values: vec!["IT".to_owned()],
        }],
        early_days: Some(14),
        absent: Absent::Leave,
        welcome_email: true,
        no_mailbox_domains: Vec::new(),
        guard: Thresholds::default(),
    }
}

/// R1, R4, R7, R35: a page is whole or refused, values are in their normal form, and no message tells what was read.
pub(crate) fn employees(body: &[u8]) {
    let rules = rules();
    let reader = rules.reader();
    match fuzz::employees(body, reader.asked()) {
        Ok(page) => {
            assert!(page.records.len() as u64 <= page.total, "more people than there are");
            if let Ok(slowly) = fuzz::employees_at_length(body, reader.asked()) {
                assert_eq!((slowly.total, &slowly.records), (page.total, &page.records), "both ways of reading");
            }
            let held: usize = page.records.iter().map(held).sum();
            assert!(held <= body.len(), "{held} bytes of {}", body.len());
            for record in &page.records {
                judged(&reader, record);
            }
        }
        Err(told) => {
            assert!(fuzz::employees_at_length(body, reader.asked()).is_err(), "what was read at length is read");
            is_fit_to_tell(&told);
        }
    }
    match fuzz::employee(body, reader.asked()) {
        Ok(record) => judged(&reader, &record),
        Err(told) => is_fit_to_tell(&told),
    }
    // R4: who is not asked about is not read.
    if let Ok(page) = fuzz::employees(body, &Asked::new(["id"])) {
        assert!(page.records.iter().all(|record| record.0.len() == 1));
    }
}

/// How many bytes of text a record holds.
fn held(record: &Record) -> usize {
    let value = |value: &Value| match value {
        Value::Empty => 0,
        Value::Text(text) => text.len(),
        Value::List(items) => items.iter().map(String::len).sum(),
    };
    record.0.iter().flatten().map(value).sum()
}

fn judged(reader: &domain::rules::Reader<'_>, record: &Record) {
    assert_eq!(record.0.len(), reader.asked().keys().len());
    let tidy = |text: &String| !text.is_empty() && text.trim() == text;
    for value in record.0.iter().flatten() {
        match value {
            Value::Empty => {}
            Value::Text(text) => assert!(tidy(text), "{text:?}"),
            Value::List(items) => assert!(!items.is_empty() && items.iter().all(tidy), "{items:?}"),
        }
    }
    if let Ok(id) = reader.employee_id(record) {
        assert!((1..=100).contains(&id.chars().count()), "{id:?}");
    }
    let (told, problems) = reader.statement(record, TODAY, Some("ada@acme.example"));
    for (field, told) in &told {
        let kind = reader.rules().mapping[field].kind;
        if let Told::Value(value) = told {
            let again = field::check(field, kind, &Value::text(value), TODAY);
            assert_eq!(again.as_ref(), Ok(value), "{field} in its normal form");
        }
    }
    for problem in &problems {
        assert!(!problem.code.as_str().is_empty());
    }
    reader.eligibility(record, TODAY);
    reader.name(record);
    reader.seen(record);
    assert!(reader.print(record) == reader.print(&record.clone()));
}

/// R7: attributes are known by key; what was read is read the same from what we would write.
pub(crate) fn attributes(body: &[u8]) {
    let read = match fuzz::attributes(body) {
        Ok(read) => read,
        Err(told) => return is_fit_to_tell(&told),
    };
    let written = |attribute: &Attribute| {
        let kind = match attribute.kind {
            AttributeType::Text => "standard",
            AttributeType::Integer => "integer",
            AttributeType::Decimal => "decimal",
            AttributeType::Date => "date",
            AttributeType::Boolean => "boolean",
            AttributeType::Choice => "list",
            AttributeType::List => "tags",
        };
        json!({ "key": attribute.key, "label": attribute.label, "type": kind })
    };
    let answer = json!({ "success": true, "data": read.iter().map(written).collect::<Vec<_>>() });
    assert_eq!(fuzz::attributes(answer.to_string().as_bytes()).as_ref(), Ok(&read));
    let suggested = suggest(&read);
    assert!(suggested.values().all(|from| read.iter().any(|attribute| attribute.key == from.key)));
}

/// R5: a token is something that a header can carry, and nothing else.
pub(crate) fn token(body: &[u8]) {
    match fuzz::authorization(body) {
        Ok(header) => {
            let token = header.strip_prefix("Bearer ").unwrap_or_default();
            assert!(!token.is_empty(), "{header:?}");
            assert!(!token.contains(char::is_whitespace), "{header:?}");
        }
        Err(told) => is_fit_to_tell(&told),
    }
}

/// What an error says of itself is one line of bounded length.
pub(crate) fn error(body: &[u8]) {
    if let Some(said) = fuzz::said(body) {
        assert!(!said.is_empty());
        is_one_line(&said);
    }
}

/// R6: what headers ask for is nothing or a time, and no redirect is told with its path or query.
pub(crate) fn headers(data: &[u8]) {
    let text = text(data);
    let (first, rest) = halves(&text);
    fuzz::retry_after(first.as_bytes(), rest.as_bytes());
    for base in [sources::personio::DEFAULT_BASE_URL, first] {
        if let Some(told) = fuzz::pointed_at(base, rest) {
            let authority = told.split_once("://").map_or("", |(_, authority)| authority);
            assert!(!authority.contains(['/', '?', '#', '@']), "{told:?}");
        }
    }
}

/// R4: a message about an answer says where it went wrong. What the answer itself says is passed on where it is an
/// error; private values stand elsewhere.
fn is_fit_to_tell(told: &str) {
    is_one_line(told);
    let is_about_form = told.contains(" (line ");
    assert!(!is_about_form || !told.contains(PRIVATE), "{told:?}");
}

fn is_one_line(text: &str) {
    assert!(text.chars().count() <= LONGEST_TOLD, "{} characters", text.chars().count());
    assert!(!text.contains(char::is_control), "{text:?}");
}
