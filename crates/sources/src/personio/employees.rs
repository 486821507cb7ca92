//! A page of employees, parsed straight into records.
//!
//! Only what was asked for is ever held (R4): the rest is skipped while it is being parsed.

use std::fmt;

use domain::record::{Asked, Record, Value};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{
    values::{self, Usual},
    wire::{Envelope, Key, Metadata, Unfit, unreadable},
};
use crate::Page;

/// The page in an answer of `GET company/employees`.
///
/// Nearly every answer is good and has values of the usual form, and is read in one go. Any other is taken apart once more,
/// to say what is wrong or what the values mean.
pub(super) fn page(body: &[u8], asked: &Asked) -> Result<Page, Unfit> {
    match at_once(body, asked) {
        Some(page) => Ok(page),
        None => read(&Envelope::open(body)?, asked),
    }
}

/// The page, unless there is anything to be said against the answer, or to be looked at twice.
fn at_once(body: &[u8], asked: &Asked) -> Option<Page> {
    // What is passed over in a text is not looked at otherwise.
    let mut json = serde_json::Deserializer::from_str(std::str::from_utf8(body).ok()?);
    let page = Answer(asked).deserialize(&mut json).ok()?;
    json.end().ok()?;
    Some(page)
}

/// A good answer: `success` is not false, there is no error, and the total is at least what came.
struct Answer<'a>(&'a Asked);

impl<'de> DeserializeSeed<'de> for Answer<'_> {
    type Value = Page;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Page, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Answer<'_> {
    type Value = Page;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a good answer")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut parts: A) -> Result<Page, A::Error> {
        let (mut success, mut total, mut records) = (None, None, None);
        let bad = || A::Error::custom("not a good answer");
        while let Some(part) = parts.next_key_seed(Key(Part::of))? {
            let again = match part {
                Part::Success => success.replace(parts.next_value::<Option<bool>>()?).is_some(),
                Part::Total => total.replace(parts.next_value::<Metadata>()?.total_elements).is_some(),
                Part::Data => records.replace(parts.next_value_seed(People(self.0, Form::Usual))?).is_some(),
                Part::Error => parts.next_value::<Option<IgnoredAny>>()?.is_some(),
                Part::Other => {
                    parts.next_value::<IgnoredAny>()?;
                    false
                }
            };
            if again {
                return Err(bad());
            }
        }
        match (success.flatten(), total, records) {
            (None | Some(true), Some(total), Some(records)) if total >= records.len() as u64 => {
                Ok(Page { records, total })
            }
            _ => Err(bad()),
        }
    }
}

/// A part of an answer.
enum Part {
    Success,
    Total,
    Data,
    Error,
    Other,
}

impl Part {
    fn of(key: &str) -> Self {
        match key {
            "success" => Self::Success,
            "metadata" => Self::Total,
            "data" => Self::Data,
            "error" => Self::Error,
            _ => Self::Other,
        }
    }
}

/// The page in an answer that was opened.
pub(super) fn read(envelope: &Envelope<'_>, asked: &Asked) -> Result<Page, Unfit> {
    let total = envelope.total()?;
    let mut json = serde_json::Deserializer::from_str(envelope.data()?);
    let records =
        People(asked, Form::Any).deserialize(&mut json).map_err(|error| unreadable("the list of employees", &error))?;
    // A total below what one page holds is no total: taking its word would end the read early.
    if total < records.len() as u64 {
        return Err(Unfit::Unreadable(format!("a page of {} employees out of {total}", records.len())));
    }
    Ok(Page { records, total })
}

/// The person in an answer of `GET company/employees/{id}`.
pub(super) fn read_one(envelope: &Envelope<'_>, asked: &Asked) -> Result<Record, Unfit> {
    let mut json = serde_json::Deserializer::from_str(envelope.data()?);
    Person(asked, Form::Any).deserialize(&mut json).map_err(|error| unreadable("the employee", &error))
}

/// Which forms of values are understood.
#[derive(Clone, Copy)]
enum Form {
    /// The one that nearly all have; any other is an error.
    Usual,
    /// All of them.
    Any,
}

/// `data`: a list of employees.
struct People<'a>(&'a Asked, Form);

impl<'de> DeserializeSeed<'de> for People<'_> {
    type Value = Vec<Record>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for People<'_> {
    type Value = Vec<Record>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of employees")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut records = Vec::new();
        while let Some(record) = list.next_element_seed(Person(self.0, self.1))? {
            records.push(record);
        }
        Ok(records)
    }
}

/// `{"type":"Employee","attributes":{…}}`.
struct Person<'a>(&'a Asked, Form);

impl<'de> DeserializeSeed<'de> for Person<'_> {
    type Value = Record;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Record, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Person<'_> {
    type Value = Record;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an employee")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut parts: A) -> Result<Record, A::Error> {
        let mut values = vec![None; self.0.keys().len()];
        while let Some(is_attributes) = parts.next_key_seed(Key(|key: &str| key == "attributes"))? {
            if is_attributes {
                parts.next_value_seed(Attributes { asked: self.0, form: self.1, values: &mut values })?;
            } else {
                parts.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Record(values))
    }
}

/// Each attribute under its key; `[]` or `null` where none is shared.
struct Attributes<'a> {
    asked: &'a Asked,
    form: Form,
    values: &'a mut [Option<Value>],
}

impl<'de> DeserializeSeed<'de> for Attributes<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Attributes<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the attributes of an employee")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut attributes: A) -> Result<(), A::Error> {
        while let Some(position) = attributes.next_key_seed(Key(|key: &str| self.asked.position(key)))? {
            match (position, self.form) {
                (Some(at), Form::Usual) => self.values[at] = Some(attributes.next_value_seed(Usual)?),
                (Some(at), Form::Any) => self.values[at] = values::of_attribute(attributes.next_value()?),
                (None, _) => drop(attributes.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        match list.next_element::<IgnoredAny>()? {
            Some(_) => Err(Error::custom("attributes without keys")),
            None => Ok(()),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"{"success":true,"metadata":{"total_elements":2,"current_page":0,"total_pages":1},"offset":0,"limit":50,
     "data":[{"type":"Employee","attributes":{
      "id":{"label":"ID","value":1,"type":"integer","universal_id":"id"},
      "email":{"label":"Email","value":"a@demo.email","type":"standard","universal_id":"email"},
      "hire_date":{"label":"Hire date","value":"2022-01-12T00:00:00+01:00","type":"date","universal_id":"hire_date"},
      "termination_date":{"label":"Termination date","value":null,"type":"date","universal_id":"termination_date"},
      "department":{"label":"Department","value":{"type":"Department","attributes":{"id":281521,"name":"IT"}},"type":"standard"},
      "fix_salary":{"label":"Fix salary","value":3000,"type":"decimal","universal_id":"fix_salary","currency":"EUR"}}},
      {"type":"Employee","attributes":{"i\u0064":{"label":"ID","value":2,"type":"integer","universal_id":"id"}}}]}"#;

    /// Read in one go or part by part comes to the same.
    fn page(body: &str, asked: &[&str]) -> Result<Page, Unfit> {
        let asked = Asked::new(asked.iter().copied());
        let read = super::page(body.as_bytes(), &asked);
        let by_parts = Envelope::open(body.as_bytes()).and_then(|envelope| super::read(&envelope, &asked));
        match (&read, &by_parts) {
            (Ok(one), Ok(other)) => assert_eq!((&one.records, one.total), (&other.records, other.total)),
            (Err(one), Err(other)) => assert_eq!(one, other),
            (one, other) => panic!("{one:?} {other:?}"),
        }
        read
    }

    #[test]
    fn r1_only_a_good_answer_is_read_in_one_go() {
        let asked = Asked::new(["id"]);
        let one = r#""data":[{"attributes":{"id":{"value":1}}}]"#;
        let good = |body: &str| at_once(body.as_bytes(), &asked).is_some();
        assert!(good(&format!(r#"{{{one},"metadata":{{"total_elements":1}}}}"#)));
        assert!(good(&format!(r#"{{"success":null,"error":null,{one},"metadata":{{"total_elements":1}},"x":[]}} "#)));
        for rest in [
            r#""success":false,"metadata":{"total_elements":1}"#,
            r#""error":{},"metadata":{"total_elements":1}"#,
            r#""metadata":{"total_elements":0}"#,
            r#""metadata":null"#,
            r#""success":true"#,
            r#""data":[],"metadata":{"total_elements":1}"#,
        ] {
            assert!(!good(&format!("{{{one},{rest}}}")), "{rest}");
        }
        assert!(at_once(b"{\"data\":[],\"metadata\":{\"total_elements\":0},\"x\":\"\xff\"}", &asked).is_none());
    }

    fn of_people(data: &str, total: u64) -> Result<Page, Unfit> {
        page(&format!(r#"{{"success":true,"data":{data},"metadata":{{"total_elements":{total}}}}}"#), &["id", "email"])
    }

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn r4_values_stand_where_they_were_asked_for_and_others_are_dropped() {
        let page = page(PAGE, &["department", "hire_date", "termination_date", "id", "team"]).unwrap();
        assert_eq!(page.total, 2);
        assert_eq!(
            page.records[0].0,
            [Some(text("IT")), Some(text("2022-01-12")), Some(Value::Empty), Some(text("1")), None]
        );
        assert_eq!(page.records[1].0, [None, None, None, Some(text("2")), None]);
    }

    #[test]
    fn r7_labels_are_nothing_to_go_by() {
        let data = r#"[{"attributes":{"dynamic_7":{"label":"id","universal_id":"id","value":"x"},"id":{"label":"Mail","value":5}}}]"#;
        assert_eq!(of_people(data, 1).unwrap().records[0].0, [Some(text("5")), None]);
    }

    #[test]
    fn odd_entries_are_survived() {
        let data = r#"[{"type":"Employee"},{"attributes":[]},{"attributes":null},{},
            {"attributes":{"id":{"value":1},"id":{"value":2},"email":null}}]"#;
        let page = of_people(data, 5).unwrap();
        for record in &page.records[..4] {
            assert_eq!(record.0, [None, None]);
        }
        assert_eq!(page.records[4].0, [Some(text("2")), Some(Value::Empty)]);
    }

    #[test]
    fn r1_data_of_another_form_is_unreadable() {
        for data in [
            "null",
            "{}",
            r#""""#,
            "7",
            "[7]",
            "[null]",
            r#"["Anna"]"#,
            r#"[{"attributes":"Anna"}]"#,
            r#"[{"attributes":["Anna"]}]"#,
        ] {
            let Err(Unfit::Unreadable(detail)) = of_people(data, 1) else { panic!("{data}") };
            assert!(!detail.contains("Anna"), "{detail}");
        }
        assert_eq!(of_people("[]", 0).unwrap().records.len(), 0);
    }

    #[test]
    fn r1_more_people_than_there_are_is_unreadable() {
        assert!(matches!(of_people("[{},{}]", 1), Err(Unfit::Unreadable(_))));
        assert!(matches!(of_people("[{},{}]", 0), Err(Unfit::Unreadable(_))));
    }

    #[test]
    fn r1_a_page_cut_anywhere_is_unreadable() {
        for end in 0..PAGE.len() {
            assert!(matches!(page(&PAGE[..end], &["id", "department"]), Err(Unfit::Unreadable(_))), "{end}");
        }
    }

    #[test]
    fn garbage_is_survived() {
        let mut body = PAGE.as_bytes().to_vec();
        for at in 0..body.len() {
            for byte in [b'"', b'{', b']', b'0', b'\\', 0xff] {
                let kept = std::mem::replace(&mut body[at], byte);
                drop(super::page(&body, &Asked::new(["id", "email", "department"])));
                body[at] = kept;
            }
        }
    }
}
