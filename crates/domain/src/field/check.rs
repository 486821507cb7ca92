//! What a field may hold (R35): the table of limits, and the normal form of a value.

use jiff::{Span, civil::Date};
use unicode_normalization::char::is_combining_mark;

use super::{Field, words};
use crate::{
    email,
    record::{AttributeType, Value},
};

/// What is wrong with a value. Whether it is an error or a warning is the field's concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// More characters than the field holds.
    TooLong {
        /// How many it holds.
        most: usize,
    },
    /// A character that the field must not hold.
    Characters,
    /// Not an e-mail address.
    Address,
    /// Not a day of the calendar.
    Date,
    /// A day outside what the field may hold.
    DateRange,
    /// Not a number.
    Number,
    /// None of the words that the field knows.
    Word,
    /// Not a language tag.
    Language,
}

/// The value in its normal form, ready to be stored, or what is wrong with it.
///
/// `kind` is the attribute's type and decides for custom fields only; `today` is the day of the
/// import in the programme's time zone.
pub fn check(field: &Field, kind: AttributeType, value: &Value, today: Date) -> Result<String, Flaw> {
    let text = value.to_line();
    match field {
        Field::Email => address(text, 200),
        Field::PersonalEmail => address(text, 100),
        Field::FirstName | Field::LastName | Field::PreferredName => name(text),
        Field::Title => short(text, 20),
        Field::Gender => words::gender(&text).map(str::to_owned).ok_or(Flaw::Word),
        Field::DateOfBirth => date(&text, today),
        Field::ContractStartDate => date(&text, today.saturating_add(Span::new().years(2))),
        Field::Language => words::language(&text).ok_or(Flaw::Language),
        Field::AddressLine1 => no_angle_brackets(short(text, 80)?),
        Field::AddressLine2 | Field::AddressLine3 | Field::AddressLine4 => no_angle_brackets(short(text, 50)?),
        Field::Custom(_) => custom(kind, text),
        Field::Seen(_) => Ok(text),
        _ => short(text, 100),
    }
}

fn short(text: String, most: usize) -> Result<String, Flaw> {
    if text.chars().count() > most { Err(Flaw::TooLong { most }) } else { Ok(text) }
}

fn no_angle_brackets(text: String) -> Result<String, Flaw> {
    if text.contains(['<', '>']) { Err(Flaw::Characters) } else { Ok(text) }
}

fn address(text: String, most: usize) -> Result<String, Flaw> {
    let text = short(text, most)?;
    if email::is_valid(&text) { Ok(text) } else { Err(Flaw::Address) }
}

fn name(text: String) -> Result<String, Flaw> {
    let text = short(text, 100)?;
    let fits = |c: char| {
        c.is_alphabetic()
            || is_combining_mark(c)
            || matches!(c, ' ' | '-' | '\u{2010}' | '\u{2011}' | '.' | ',' | '(' | ')' | '·' | '・')
            || matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ')
            || matches!(c, '\u{200c}' | '\u{200d}') // joiners without which some scripts cannot be spelt
    };
    if text.chars().all(fits) { Ok(text) } else { Err(Flaw::Characters) }
}

/// A day from 1900 up to `latest`, as `YYYY-MM-DD`; whatever stands behind the day is ignored (R7).
fn date(text: &str, latest: Date) -> Result<String, Flaw> {
    let day = text.get(..10).and_then(|day| day.parse::<Date>().ok()).ok_or(Flaw::Date)?;
    if (Date::constant(1900, 1, 1)..=latest).contains(&day) { Ok(day.to_string()) } else { Err(Flaw::DateRange) }
}

fn custom(kind: AttributeType, text: String) -> Result<String, Flaw> {
    let text = short(text, 255)?;
    match kind {
        AttributeType::Text | AttributeType::Choice | AttributeType::List => Ok(text),
        AttributeType::Integer => text.parse::<i64>().map(|number| number.to_string()).map_err(|_| Flaw::Number),
        // Checked as a number, kept as written: 3000.10 is not to become 3000.1.
        AttributeType::Decimal => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(text),
            _ => Err(Flaw::Number),
        },
        AttributeType::Date => date(&text, Date::MAX),
        AttributeType::Boolean => words::yes_no(&text).map(str::to_owned).ok_or(Flaw::Word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 23);

    fn text(field: &Field, value: &str) -> Result<String, Flaw> {
        check(field, AttributeType::Text, &Value::text(value), TODAY)
    }

    #[test]
    fn r35_names_of_any_script_fit_and_markup_does_not() {
        for name in [
            "Łukasz",
            "Thị Hạnh",
            "O’Neill",
            "Anne-Marie (Mia)",
            "J. R.",
            "Gal·la",
            "山田",
            "محمد",
            "Nguye\u{302}\u{303}n",
        ] {
            assert_eq!(text(&Field::LastName, name), Ok(name.to_owned()));
        }
        for name in ["<b>Jo</b>", "Jo1", "Jo;", "Jo\u{202e}", "=1+1"] {
            assert_eq!(text(&Field::FirstName, name), Err(Flaw::Characters), "{name}");
        }
        assert_eq!(text(&Field::FirstName, &"é".repeat(100)), Ok("é".repeat(100)));
        assert_eq!(text(&Field::FirstName, &"é".repeat(101)), Err(Flaw::TooLong { most: 100 }));
    }

    #[test]
    fn r35_dates_are_real_days_within_range() {
        assert_eq!(text(&Field::DateOfBirth, "2026-11-23T00:00:00+01:00"), Ok("2026-11-23".into()));
        assert_eq!(text(&Field::DateOfBirth, "2026-11-24"), Err(Flaw::DateRange));
        assert_eq!(text(&Field::DateOfBirth, "1899-12-31"), Err(Flaw::DateRange));
        assert_eq!(text(&Field::DateOfBirth, "2023-02-29"), Err(Flaw::Date));
        assert_eq!(text(&Field::DateOfBirth, "soon"), Err(Flaw::Date));
        assert_eq!(text(&Field::ContractStartDate, "2028-11-23"), Ok("2028-11-23".into()));
        assert_eq!(text(&Field::ContractStartDate, "2028-11-24"), Err(Flaw::DateRange));
    }

    #[test]
    fn r35_lengths_and_addresses() {
        assert_eq!(text(&Field::Title, &"x".repeat(21)), Err(Flaw::TooLong { most: 20 }));
        assert_eq!(text(&Field::AddressLine1, "<i>"), Err(Flaw::Characters));
        assert_eq!(text(&Field::AddressLine2, &"x".repeat(51)), Err(Flaw::TooLong { most: 50 }));
        assert_eq!(text(&Field::Email, "ada@acme.example"), Ok("ada@acme.example".into()));
        assert_eq!(text(&Field::Email, "Ada <ada@acme.example>"), Err(Flaw::Address));
        assert_eq!(text(&Field::PersonalEmail, "ada"), Err(Flaw::Address));
    }

    #[test]
    fn r35_custom_fields_follow_the_attributes_type() {
        let check = |kind, value: &str| check(&Field::custom("x"), kind, &Value::text(value), TODAY);
        assert_eq!(check(AttributeType::Integer, "0042"), Ok("42".into()));
        assert_eq!(check(AttributeType::Integer, "4.2"), Err(Flaw::Number));
        assert_eq!(check(AttributeType::Decimal, "3000.10"), Ok("3000.10".into()));
        assert_eq!(check(AttributeType::Decimal, "NaN"), Err(Flaw::Number));
        assert_eq!(check(AttributeType::Boolean, "Ja"), Ok("yes".into()));
        assert_eq!(check(AttributeType::Date, "2099-01-01"), Ok("2099-01-01".into()));
        assert_eq!(check(AttributeType::Text, &"x".repeat(256)), Err(Flaw::TooLong { most: 255 }));
    }
}
