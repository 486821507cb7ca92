//! A leaver's days until their account is closed (R60). Days are calendar days of the programme's zone;
//! the day they became a leaver is day 0.

mod outlook;
mod stops;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::days;
use crate::named::named;

pub use outlook::{Due, Leaver, NOTICE_DAYS, Notice, Outlook};
pub use stops::Stops;

/// The latest notice after somebody became a leaver, in hours.
pub const LATEST_NOTICE: u32 = 168;

/// The most reminders.
pub const MOST_REMINDERS: usize = 5;

/// The latest day on which an account is closed.
pub const LATEST_CLOSE: u32 = 365;

/// The most days until somebody is erased who asked for it (R63).
pub const LATEST_ERASURE: u32 = 30;

/// The most days for which the details of rejected people are kept (R61).
pub const LATEST_REJECTED: u32 = 365;

/// When a leaver is written to, and when their account is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CloseDown {
    /// How many hours after they became a leaver the notice goes.
    pub notice_hours: u32,
    /// The days on which they are reminded, in order.
    pub reminder_days: Vec<u32>,
    /// The last day of access; with its end the account is closed.
    pub close_day: u32,
    /// How many days somebody's own closing, or an administrator's *erase now*, takes at most (R63).
    pub erase_days: u32,
    /// How many days the details of people are kept whom an import rejected (R61).
    pub rejected_days: u32,
}

impl Default for CloseDown {
    fn default() -> Self {
        Self { notice_hours: 24, reminder_days: vec![30, 53], close_day: 60, erase_days: 7, rejected_days: 90 }
    }
}

/// The same as an owner types it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Typed<'a> {
    /// A number of hours.
    pub notice_hours: &'a str,
    /// Days, with commas or spaces between; empty for none.
    pub reminder_days: &'a str,
    /// A day.
    pub close_day: &'a str,
    /// A number of days.
    pub erase_days: &'a str,
    /// A number of days.
    pub rejected_days: &'a str,
}

/// An entry of a [`CloseDown`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// [`CloseDown::notice_hours`]
    NoticeHours,
    /// [`CloseDown::reminder_days`]
    ReminderDays,
    /// [`CloseDown::close_day`]
    CloseDay,
    /// [`CloseDown::erase_days`]
    EraseDays,
    /// [`CloseDown::rejected_days`]
    RejectedDays,
}

impl Entry {
    const NAMES: [(Self, &'static str); 5] = [
        (Self::NoticeHours, "notice_hours"),
        (Self::ReminderDays, "reminder_days"),
        (Self::CloseDay, "close_day"),
        (Self::EraseDays, "erase_days"),
        (Self::RejectedDays, "rejected_days"),
    ];
}

named!(Entry, UnknownEntry, "there is no entry “{0}”");

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Later than [`LATEST_NOTICE`], or no number.
    NoticeHours,
    /// The notice would go when the account is closed already.
    NoticeAfterClose,
    /// Something is no number of a day.
    ReminderDays,
    /// More than [`MOST_REMINDERS`].
    TooManyReminders,
    /// A reminder would go on the closing day or after it.
    ReminderAfterClose,
    /// Not from 1 to [`LATEST_CLOSE`].
    CloseDay,
    /// Later than [`LATEST_ERASURE`], or no number.
    EraseDays,
    /// Not from 1 to [`LATEST_REJECTED`].
    RejectedDays,
}

impl Flaw {
    const NAMES: [(Self, &'static str); 8] = [
        (Self::NoticeHours, "notice-hours"),
        (Self::NoticeAfterClose, "notice-after-close"),
        (Self::ReminderDays, "reminder-days"),
        (Self::TooManyReminders, "too-many-reminders"),
        (Self::ReminderAfterClose, "reminder-after-close"),
        (Self::CloseDay, "close-day"),
        (Self::EraseDays, "erase-days"),
        (Self::RejectedDays, "rejected-days"),
    ];
}

named!(Flaw, UnknownFlaw, "there is no flaw “{0}”");

impl CloseDown {
    /// The days as they are typed.
    pub fn typed_reminders(&self) -> String {
        days::typed(&self.reminder_days)
    }

    /// What was typed, or everything that is wrong with it.
    pub fn parse(typed: &Typed<'_>) -> Result<Self, Vec<(Entry, Flaw)>> {
        let mut flaws = Vec::new();
        let notice_hours = days::number(typed.notice_hours).filter(|hours| *hours <= LATEST_NOTICE);
        let close_day = days::number(typed.close_day).filter(|day| (1..=LATEST_CLOSE).contains(day));
        let erase_days = days::number(typed.erase_days).filter(|days| *days <= LATEST_ERASURE);
        let rejected_days = days::number(typed.rejected_days).filter(|days| (1..=LATEST_REJECTED).contains(days));
        let days = days::list(typed.reminder_days);
        if notice_hours.is_none() {
            flaws.push((Entry::NoticeHours, Flaw::NoticeHours));
        }
        match &days {
            None => flaws.push((Entry::ReminderDays, Flaw::ReminderDays)),
            Some(days) if days.len() > MOST_REMINDERS => flaws.push((Entry::ReminderDays, Flaw::TooManyReminders)),
            Some(days) if close_day.is_some_and(|close| days.iter().any(|day| *day >= close)) => {
                flaws.push((Entry::ReminderDays, Flaw::ReminderAfterClose));
            }
            Some(_) => {}
        }
        match (notice_hours, close_day) {
            (_, None) => flaws.push((Entry::CloseDay, Flaw::CloseDay)),
            (Some(hours), Some(close)) if hours >= close * 24 => {
                flaws.push((Entry::NoticeHours, Flaw::NoticeAfterClose));
            }
            _ => {}
        }
        if erase_days.is_none() {
            flaws.push((Entry::EraseDays, Flaw::EraseDays));
        }
        if rejected_days.is_none() {
            flaws.push((Entry::RejectedDays, Flaw::RejectedDays));
        }
        match (notice_hours, days, close_day, erase_days, rejected_days) {
            (Some(notice_hours), Some(reminder_days), Some(close_day), Some(erase_days), Some(rejected_days))
                if flaws.is_empty() =>
            {
                Ok(Self { notice_hours, reminder_days, close_day, erase_days, rejected_days })
            }
            _ => Err(flaws),
        }
    }
}
