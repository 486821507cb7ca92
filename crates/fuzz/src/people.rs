//! Values of people, whoever sent them.

use domain::{
    email,
    field::{self, Field},
    names,
    password::{self, Owner},
    record::{AttributeType, Value},
};
use jiff::civil::Date;

use crate::text;

const TODAY: Date = Date::constant(2026, 11, 23);

const KINDS: [AttributeType; 7] = [
    AttributeType::Text,
    AttributeType::Integer,
    AttributeType::Decimal,
    AttributeType::Date,
    AttributeType::Boolean,
    AttributeType::Choice,
    AttributeType::List,
];

/// R35: a value is in its normal form once it was checked, short, and no markup where there may be none.
pub(crate) fn fields(data: &[u8]) {
    let text = text(data);
    let value = Value::text(&text);
    let standard = Field::standard().map(|field| (field, AttributeType::Text));
    let custom = KINDS.into_iter().map(|kind| (Field::custom("level"), kind));
    for (field, kind) in standard.chain(custom) {
        let Ok(normal) = field::check(&field, kind, &value, TODAY) else { continue };
        assert!(normal.chars().count() <= 255, "{field}");
        let again = field::check(&field, kind, &Value::text(&normal), TODAY);
        assert_eq!(again.as_ref(), Ok(&normal), "{field} as {kind:?}");
        let is_plain = matches!(field, Field::Email | Field::FirstName | Field::LastName | Field::AddressLine1);
        assert!(!is_plain || !normal.contains(['<', '>']), "{field}: {normal:?}");
    }
    if let Ok(field) = text.parse::<Field>() {
        assert_eq!(field.to_string().parse(), Ok(field));
    }
    let dated = Value::date(&text);
    assert!(dated.to_line().chars().count() <= 10);
}

/// R13, R15: keys are the same for what is the same.
pub(crate) fn names(data: &[u8]) {
    let text = text(data);
    let key = names::key(&text);
    assert_eq!(names::key(&key), key, "the key of a key");
    assert_eq!(names::key(&format!(" {text} ")), key);
    let address = email::key(&text);
    assert_eq!(email::key(&address), address);
    let domain = email::domain(&text);
    assert!(!domain.contains('@'));
    if email::is_valid(&text) {
        assert!(!text.contains(['<', '>', '\r', '\n']), "{text:?}");
        let mangled = text.replacen('@', "_x1y2z@", 1);
        assert!(mangled == text || text.matches('@').count() > 1 || email::is_mangled_form_of(&mangled, &text));
    }
    assert!(!email::is_mangled_form_of(&text, &text));
    for list in names::searched(&text) {
        assert!(!list.is_empty() && list.iter().all(|wanted| wanted.len() > 1), "{list:?}");
    }
    let owner = Owner { email: "ada@acme.example", name: "Ada Lovelace", programmes: &["Acme"] };
    if password::check(&text, &owner).is_ok() {
        let length = password::normal(&text).chars().count();
        assert!((password::SHORTEST..=password::LONGEST).contains(&length), "{length}");
    }
}
