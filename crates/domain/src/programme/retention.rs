//! How long it stays known whom imports were about, and what administrators did.

use jiff::{Timestamp, ToSpan, civil::Time, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::days;
use crate::named::named;

/// The shortest and the longest that people of imports may stay, in months.
pub const MONTHS: std::ops::RangeInclusive<u32> = 3..=120;

/// The shortest and the longest that the audit log may stay where it does not stay for good, in years.
pub const YEARS: std::ops::RangeInclusive<u32> = 1..=30;

/// What is set for a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Retention {
    /// After how many months an import no longer says whom it was about; its numbers stay.
    pub people_months: u32,
    /// After how many years entries of the audit log go; `None` is never.
    pub audit_years: Option<u32>,
}

impl Default for Retention {
    fn default() -> Self {
        Self { people_months: 24, audit_years: Some(6) }
    }
}

/// The same as an owner types it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Typed<'a> {
    /// A number of months.
    pub people_months: &'a str,
    /// A number of years; empty for never.
    pub audit_years: &'a str,
}

/// An entry of [`Retention`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// [`Retention::people_months`]
    PeopleMonths,
    /// [`Retention::audit_years`]
    AuditYears,
}

impl Entry {
    const NAMES: [(Self, &'static str); 2] = [(Self::PeopleMonths, "people_months"), (Self::AuditYears, "audit_years")];
}

named!(Entry, UnknownEntry, "there is no entry “{0}”");

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Not within [`MONTHS`].
    PeopleMonths,
    /// Not within [`YEARS`].
    AuditYears,
}

impl Flaw {
    const NAMES: [(Self, &'static str); 2] = [(Self::PeopleMonths, "people-months"), (Self::AuditYears, "audit-years")];
}

named!(Flaw, UnknownFlaw, "there is no flaw “{0}”");

impl Retention {
    /// What was typed, or everything that is wrong with it.
    pub fn parse(typed: &Typed<'_>) -> Result<Self, Vec<(Entry, Flaw)>> {
        let months = days::number(typed.people_months).filter(|months| MONTHS.contains(months));
        let for_good = typed.audit_years.trim().is_empty();
        let audit_years = days::number(typed.audit_years).filter(|years| YEARS.contains(years));
        let mut flaws = Vec::new();
        if months.is_none() {
            flaws.push((Entry::PeopleMonths, Flaw::PeopleMonths));
        }
        if !for_good && audit_years.is_none() {
            flaws.push((Entry::AuditYears, Flaw::AuditYears));
        }
        match months {
            Some(people_months) if flaws.is_empty() => Ok(Self { people_months, audit_years }),
            _ => Err(flaws),
        }
    }

    /// Imports that ended before this day began no longer say whom they were about, in microseconds of UTC.
    pub fn people_until(&self, now: Timestamp, zone: &TimeZone) -> i64 {
        start_of_day(now, zone, i64::from(self.people_months))
    }

    /// Entries of the audit log of before this day go, in microseconds of UTC.
    pub fn audit_until(&self, now: Timestamp, zone: &TimeZone) -> Option<i64> {
        self.audit_years.map(|years| start_of_day(now, zone, i64::from(years) * 12))
    }
}

/// The beginning of the day so many months ago: things go once a day, not by the second.
fn start_of_day(now: Timestamp, zone: &TimeZone, months: i64) -> i64 {
    let day = zone.to_datetime(now).date().saturating_sub(months.months());
    let start = zone.to_timestamp(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::MIN);
    start.as_microsecond()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(people_months: &str, audit_years: &str) -> Result<Retention, Vec<Flaw>> {
        let parsed = Retention::parse(&Typed { people_months, audit_years });
        parsed.map_err(|flaws| flaws.into_iter().map(|(_, flaw)| flaw).collect())
    }

    #[test]
    fn two_years_and_six_are_the_default() {
        assert_eq!(parse("24", "6"), Ok(Retention::default()));
        assert_eq!(parse(" 3", " ").unwrap().audit_years, None);
    }

    #[test]
    fn what_cannot_be_is_told_beside_its_entry() {
        assert_eq!(parse("2", "x"), Err(vec![Flaw::PeopleMonths, Flaw::AuditYears]));
        assert_eq!(parse("121", "0"), Err(vec![Flaw::PeopleMonths, Flaw::AuditYears]));
        assert_eq!(parse("", "31"), Err(vec![Flaw::PeopleMonths, Flaw::AuditYears]));
    }

    #[test]
    fn a_leap_day_ends_with_february() {
        let now: Timestamp = "2028-02-29T12:00:00Z".parse().unwrap();
        let until = |months| Retention { people_months: months, audit_years: None }.people_until(now, &TimeZone::UTC);
        let start = |day: &str| format!("{day}T00:00:00Z").parse::<Timestamp>().unwrap().as_microsecond();
        assert_eq!(until(24), start("2026-02-28"));
        assert_eq!(until(48), start("2024-02-29"));
    }
}
