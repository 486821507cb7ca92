//! A leaver's days until their account is closed (R60). Days are calendar days of the programme's zone;
//! the day they became a leaver is day 0.

use serde::{Deserialize, Serialize};

use super::days;
use crate::named::named;

/// The latest notice after somebody became a leaver, in hours.
pub const LATEST_NOTICE: u32 = 168;

/// The most reminders.
pub const MOST_REMINDERS: usize = 5;

/// The latest day on which an account is closed.
pub const LATEST_CLOSE: u32 = 365;

/// When a leaver is written to, and when their account is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CloseDown {
    /// How many hours after they became a leaver the notice goes.
    pub notice_hours: u32,
    /// The days on which they are reminded, in order.
    pub reminder_days: Vec<u32>,
    /// The day on which the account is closed.
    pub close_day: u32,
}

impl Default for CloseDown {
    fn default() -> Self {
        Self { notice_hours: 24, reminder_days: vec![30, 53], close_day: 60 }
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
}

impl Entry {
    const NAMES: [(Self, &'static str); 3] =
        [(Self::NoticeHours, "notice_hours"), (Self::ReminderDays, "reminder_days"), (Self::CloseDay, "close_day")];
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
}

impl Flaw {
    const NAMES: [(Self, &'static str); 6] = [
        (Self::NoticeHours, "notice-hours"),
        (Self::NoticeAfterClose, "notice-after-close"),
        (Self::ReminderDays, "reminder-days"),
        (Self::TooManyReminders, "too-many-reminders"),
        (Self::ReminderAfterClose, "reminder-after-close"),
        (Self::CloseDay, "close-day"),
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
        match (notice_hours, days, close_day) {
            (Some(notice_hours), Some(reminder_days), Some(close_day)) if flaws.is_empty() => {
                Ok(Self { notice_hours, reminder_days, close_day })
            }
            _ => Err(flaws),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaws(notice_hours: &str, reminder_days: &str, close_day: &str) -> Vec<Flaw> {
        let typed = Typed { notice_hours, reminder_days, close_day };
        CloseDown::parse(&typed).err().unwrap_or_default().into_iter().map(|(_, flaw)| flaw).collect()
    }

    /// R60
    #[test]
    fn sixty_days_with_a_notice_and_two_reminders_are_the_default() {
        let default = CloseDown::default();
        let reminder_days = default.typed_reminders();
        let typed = Typed { notice_hours: "24", reminder_days: &reminder_days, close_day: "60" };
        assert_eq!(CloseDown::parse(&typed), Ok(default));
    }

    #[test]
    fn reminders_may_be_none_and_come_in_any_order() {
        let typed = Typed { notice_hours: "0", reminder_days: "", close_day: "1" };
        assert!(CloseDown::parse(&typed).unwrap().reminder_days.is_empty());
        let typed = Typed { notice_hours: " 24 ", reminder_days: "53 30,30", close_day: "60" };
        assert_eq!(CloseDown::parse(&typed).unwrap().reminder_days, [30, 53]);
    }

    #[test]
    fn what_cannot_be_is_told_beside_its_entry() {
        assert_eq!(flaws("169", "", "60"), [Flaw::NoticeHours]);
        assert_eq!(flaws("", "x", "0"), [Flaw::NoticeHours, Flaw::ReminderDays, Flaw::CloseDay]);
        assert_eq!(flaws("24", "30, 60", "60"), [Flaw::ReminderAfterClose]);
        assert_eq!(flaws("24", "1 2 3 4 5 6", "60"), [Flaw::TooManyReminders]);
        assert_eq!(flaws("48", "", "2"), [Flaw::NoticeAfterClose]);
        assert_eq!(flaws("+4", "0", "366"), [Flaw::NoticeHours, Flaw::ReminderDays, Flaw::CloseDay]);
    }
}
