//! When an integration's imports begin by themselves: by the clock on the wall of the programme's time zone.

use std::iter;

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, DateTime, Time},
    tz::{AmbiguousOffset, TimeZone},
};
use serde::{Deserialize, Serialize};

use crate::{ids::IntegrationId, named::named, print::Print};

/// Imports begin within so many minutes after a time of their schedule, so that not all programmes with the same
/// time ask their source in the same second.
pub const SPREAD_MINUTES: u8 = 15;

/// How long after a time of its schedule the imports of an integration begin: less than [`SPREAD_MINUTES`], and the
/// same at all times and on every machine.
pub fn spread(integration: IntegrationId) -> SignedDuration {
    let Print(hash) = Print::of(integration.0.as_bytes());
    SignedDuration::from_secs(hash.rem_euclid(i64::from(SPREAD_MINUTES) * 60))
}

/// How often imports begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frequency {
    /// Once in every hour.
    Hourly,
    /// Once a day.
    Daily,
    /// Once a week.
    Weekly,
    /// Once a month.
    Monthly,
}

impl Frequency {
    /// All of them, the most frequent first.
    pub const ALL: [Self; 4] = [Self::Hourly, Self::Daily, Self::Weekly, Self::Monthly];

    const NAMES: [(Self, &'static str); 4] =
        [(Self::Hourly, "hourly"), (Self::Daily, "daily"), (Self::Weekly, "weekly"), (Self::Monthly, "monthly")];
}

named!(Frequency, UnknownFrequency, "there is no frequency “{0}”; it is hourly, daily, weekly or monthly");

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the days speak for themselves")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All of them, from Monday.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    const NAMES: [(Self, &'static str); 7] = [
        (Self::Monday, "monday"),
        (Self::Tuesday, "tuesday"),
        (Self::Wednesday, "wednesday"),
        (Self::Thursday, "thursday"),
        (Self::Friday, "friday"),
        (Self::Saturday, "saturday"),
        (Self::Sunday, "sunday"),
    ];
}

named!(Weekday, UnknownWeekday, "there is no day of the week “{0}”; it is one of monday to sunday");

/// When imports begin. Parts that the frequency has no use for keep their defaults, or whatever was chosen before.
///
/// A month that lacks the day has its last day instead. A time of day that a clock change skips becomes the first
/// minute after it; one that comes twice counts the first time only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Schedule {
    /// How often.
    pub frequency: Frequency,
    /// The hour of the day, 0 to 23; not for [`Frequency::Hourly`].
    pub hour: i8,
    /// The minute of the hour, 0 to 59.
    pub minute: i8,
    /// The day of the week; for [`Frequency::Weekly`].
    pub weekday: Weekday,
    /// The day of the month, 1 to 31; for [`Frequency::Monthly`].
    pub day: i8,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { frequency: Frequency::Daily, hour: 6, minute: 0, weekday: Weekday::Monday, day: 1 }
    }
}

/// A part of a schedule that no clock or calendar shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("schedule, {part}: {value} is out of range; give a number from {from} to {to}")]
pub struct OutOfRange {
    /// The field of [`Schedule`].
    pub part: &'static str,
    /// What it was.
    pub value: i8,
    /// The least that it may be.
    pub from: i8,
    /// The most that it may be.
    pub to: i8,
}

impl Schedule {
    /// Whether every part is in its range, used or not. [`next`](Self::next) takes the nearest value for one that is not.
    pub fn check(self) -> Result<(), OutOfRange> {
        let parts = [("hour", self.hour, 0, 23), ("minute", self.minute, 0, 59), ("day", self.day, 1, 31)];
        match parts.into_iter().find(|(_, value, from, to)| value < from || value > to) {
            Some((part, value, from, to)) => Err(OutOfRange { part, value, from, to }),
            None => Ok(()),
        }
    }

    /// The first time after `after`, never that instant itself. `Timestamp::MAX` when the calendar ends before.
    ///
    /// Hourly is whenever a clock of the zone shows the minute, so once in every hour that passes, a repeated one
    /// included. Daily leaves out a day that the zone skips as a whole.
    pub fn next(self, after: Timestamp, zone: &TimeZone) -> Timestamp {
        let found = match self.frequency {
            Frequency::Hourly => self.next_hour(after, zone),
            _ => self.dates(zone.to_datetime(after).date()).find_map(|date| {
                let instant = self.instant(date, zone)?;
                (instant > after).then_some(instant)
            }),
        };
        found.unwrap_or(Timestamp::MAX)
    }

    /// Whether this instant is one of its times.
    pub fn holds(self, instant: Timestamp, zone: &TimeZone) -> bool {
        let just_before = instant.checked_sub(SignedDuration::from_micros(1));
        just_before.is_ok_and(|before| self.next(before, zone) == instant)
    }

    /// The first `n` times after `after`, in order.
    pub fn next_times(self, after: Timestamp, zone: &TimeZone, n: usize) -> Vec<Timestamp> {
        let times = iter::successors(Some(self.next(after, zone)), |last| Some(self.next(*last, zone)));
        times.take(n).collect()
    }

    /// The dates of the schedule, in order, from a little before `around`.
    fn dates(self, around: Date) -> Box<dyn Iterator<Item = Date>> {
        let step =
            |by: jiff::Span| iter::successors(Some(around.saturating_sub(by)), move |at| at.checked_add(by).ok());
        match self.frequency {
            Frequency::Hourly | Frequency::Daily => Box::new(step(1.day())),
            Frequency::Weekly => {
                let weekday = self.weekday as i8;
                Box::new(
                    step(1.week()).filter_map(move |at| {
                        at.checked_add((weekday - at.weekday().to_monday_zero_offset()).days()).ok()
                    }),
                )
            }
            Frequency::Monthly => {
                let day = self.day.max(1);
                let first = around.first_of_month();
                let months =
                    iter::successors(Some(first.saturating_sub(1.month())), |at| at.checked_add(1.month()).ok());
                Box::new(
                    months.filter_map(move |at| Date::new(at.year(), at.month(), day.min(at.days_in_month())).ok()),
                )
            }
        }
    }

    /// The instant of the schedule's time of day on that date; `None` if the schedule leaves that date out.
    fn instant(self, date: Date, zone: &TimeZone) -> Option<Timestamp> {
        let time = Time::new(self.hour.clamp(0, 23), self.minute.clamp(0, 59), 0, 0).ok()?;
        let found = first_showing(DateTime::from_parts(date, time), zone)?;
        let skipped_day = self.frequency == Frequency::Daily && zone.to_datetime(found).date() != date;
        (!skipped_day).then_some(found)
    }

    /// The next instant at which a clock of the zone shows the minute.
    fn next_hour(self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let minute = i64::from(self.minute.clamp(0, 59)) * 60;
        let at_offset_of = |instant: Timestamp, from: i64| {
            let offset = i64::from(zone.to_offset(instant).seconds());
            let into_hour = (from + offset - minute).rem_euclid(3600);
            from + (3600 - into_hour) % 3600
        };
        // Whole seconds: the first one that is later than `after`.
        let begin = i64::try_from(after.as_nanosecond().div_euclid(1_000_000_000)).ok()? + 1;
        let found = at_offset_of(Timestamp::from_second(begin).ok()?, begin);
        // A clock change on the way: what counts is what the clock shows from then on.
        let changed = zone.following(Timestamp::from_second(begin).ok()?).next().map(|change| change.timestamp());
        match changed {
            Some(change) if change.as_second() <= found => {
                Timestamp::from_second(at_offset_of(change, change.as_second())).ok()
            }
            _ => Timestamp::from_second(found).ok(),
        }
    }
}

/// The first instant at which clocks of the zone show that time, or have passed over it.
pub(crate) fn first_showing(time: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(time);
    match ambiguous.offset() {
        AmbiguousOffset::Gap { after, .. } => {
            let before_change = after.to_timestamp(time).ok()?;
            zone.following(before_change).next().map(|change| change.timestamp())
        }
        _ => ambiguous.earlier().ok(),
    }
}

#[cfg(test)]
mod tests;
