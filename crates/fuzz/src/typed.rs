//! What administrators type.

use domain::{
    eligibility::{join_values, same_value, split_values},
    field::{CustomField, Field},
    programme::{
        self,
        close_down::{self, CloseDown},
        invitations::{self, Invitations},
        retention::{self, Retention},
    },
};
use jiff::Timestamp;

use crate::{halves, text};

/// R21: values that were split are typed again, and split into the same.
pub(crate) fn segment(data: &[u8]) {
    let text = text(data);
    let values = split_values(&text);
    assert!(values.iter().all(|value| !value.is_empty() && value.trim() == value), "{values:?}");
    assert_eq!(split_values(&join_values(&values)), values, "{:?}", join_values(&values));
    for value in &values {
        assert!(same_value(value, value) && same_value(value, &format!(" {value}\t")), "{value:?}");
    }
}

/// Settings in days are within their bounds, and the same once they were typed again. Instants are, too.
pub(crate) fn days(data: &[u8]) {
    let text = text(data);
    let (first, rest) = halves(&text);
    let (second, third) = halves(rest);
    let typed = close_down::Typed {
        notice_hours: first,
        reminder_days: second,
        close_day: third,
        erase_days: first,
        rejected_days: third,
    };
    match CloseDown::parse(&typed) {
        Ok(set) => {
            let numbers = [set.notice_hours, set.close_day, set.erase_days, set.rejected_days].map(|n| n.to_string());
            let reminder_days = &set.typed_reminders();
            let [notice_hours, close_day, erase_days, rejected_days] = numbers.each_ref().map(String::as_str);
            let typed = close_down::Typed { notice_hours, reminder_days, close_day, erase_days, rejected_days };
            assert!(set.reminder_days.iter().all(|day| *day < set.close_day), "{set:?}");
            assert_eq!(CloseDown::parse(&typed), Ok(set));
        }
        Err(flaws) => assert!(!flaws.is_empty()),
    }
    match Invitations::parse(&invitations::Typed { days: first, reminder_days: second }) {
        Ok(set) => {
            let (days, reminder_days) = (&set.days.to_string(), &set.typed_reminders());
            assert_eq!(Invitations::parse(&invitations::Typed { days, reminder_days }), Ok(set));
        }
        Err(flaws) => assert!(!flaws.is_empty()),
    }
    match Retention::parse(&retention::Typed { people_months: first, audit_years: second }) {
        Ok(set) => {
            let now = Timestamp::UNIX_EPOCH;
            assert!(set.people_until(now, &jiff::tz::TimeZone::UTC) <= now.as_microsecond());
        }
        Err(flaws) => assert!(!flaws.is_empty()),
    }
    if let Some(micros) = web::fuzz::instant(&text) {
        let written = Timestamp::from_microsecond(micros).map(|instant| instant.to_string());
        assert_eq!(written.ok().and_then(|written| web::fuzz::instant(&written)), Some(micros));
    }
}

/// What names something in addresses and in columns of exports can stand there.
pub(crate) fn programme(data: &[u8]) {
    let text = text(data);
    let slug = programme::slug_of(&text);
    assert!(slug.is_empty() || programme::is_slug(&slug), "{slug:?} of {text:?}");
    if programme::is_slug(&text) {
        assert!(text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
    }
    assert!(!programme::is_name(&text) || !text.contains(char::is_control));
    programme::is_time_zone(&text);
    let name = CustomField::name_of(&text);
    assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'), "{name:?}");
    if CustomField::check_name(&name).is_ok() {
        let label = Field::custom(&name).label();
        assert_eq!(CustomField::name_of(&label), name, "{label:?}");
    }
}
