//! How long an invitation works, and when whoever has not used theirs is reminded of it.

use serde::{Deserialize, Serialize};

use super::days;
use crate::named::named;

/// The longest that an invitation may work, in days.
pub const LONGEST: u32 = 90;

/// The most reminders.
pub const MOST_REMINDERS: usize = 3;

const DAY: i64 = 24 * 3_600 * 1_000_000;

/// What is set for a programme's invitations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Invitations {
    /// How many days the link works.
    pub days: u32,
    /// After how many days somebody is reminded, in order.
    pub reminder_days: Vec<u32>,
}

impl Default for Invitations {
    fn default() -> Self {
        Self { days: 14, reminder_days: vec![3, 10] }
    }
}

/// The same as an owner types it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Typed<'a> {
    /// A number of days.
    pub days: &'a str,
    /// Days, with commas or spaces between; empty for none.
    pub reminder_days: &'a str,
}

/// An entry of [`Invitations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// [`Invitations::days`]
    Days,
    /// [`Invitations::reminder_days`]
    ReminderDays,
}

impl Entry {
    const NAMES: [(Self, &'static str); 2] = [(Self::Days, "days"), (Self::ReminderDays, "reminder_days")];
}

named!(Entry, UnknownEntry, "there is no entry “{0}”");

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Not from 1 to [`LONGEST`].
    Days,
    /// Something is no number of a day.
    ReminderDays,
    /// More than [`MOST_REMINDERS`].
    TooManyReminders,
    /// A reminder would go when the link works no longer.
    ReminderAfterEnd,
}

impl Flaw {
    const NAMES: [(Self, &'static str); 4] = [
        (Self::Days, "invitation-days"),
        (Self::ReminderDays, "reminder-days"),
        (Self::TooManyReminders, "too-many-invitation-reminders"),
        (Self::ReminderAfterEnd, "reminder-after-end"),
    ];
}

named!(Flaw, UnknownFlaw, "there is no flaw “{0}”");

impl Invitations {
    /// The days as they are typed.
    pub fn typed_reminders(&self) -> String {
        days::typed(&self.reminder_days)
    }

    /// What was typed, or everything that is wrong with it.
    pub fn parse(typed: &Typed<'_>) -> Result<Self, Vec<(Entry, Flaw)>> {
        let days = days::number(typed.days).filter(|days| (1..=LONGEST).contains(days));
        let reminders = days::list(typed.reminder_days);
        let mut flaws = Vec::new();
        if days.is_none() {
            flaws.push((Entry::Days, Flaw::Days));
        }
        match &reminders {
            None => flaws.push((Entry::ReminderDays, Flaw::ReminderDays)),
            Some(reminders) if reminders.len() > MOST_REMINDERS => {
                flaws.push((Entry::ReminderDays, Flaw::TooManyReminders));
            }
            Some(reminders) if days.is_some_and(|days| reminders.iter().any(|day| *day >= days)) => {
                flaws.push((Entry::ReminderDays, Flaw::ReminderAfterEnd));
            }
            Some(_) => {}
        }
        match (days, reminders) {
            (Some(days), Some(reminder_days)) if flaws.is_empty() => Ok(Self { days, reminder_days }),
            _ => Err(flaws),
        }
    }

    /// How long the link works, in microseconds.
    pub fn valid(&self) -> i64 {
        i64::from(self.days) * DAY
    }

    /// When the reminder after so many earlier ones is due for an invitation that went then, both in microseconds
    /// of UTC; none where there is no further one.
    pub fn reminder(&self, went: i64, earlier: usize) -> Option<i64> {
        self.reminder_days.get(earlier).map(|day| went.saturating_add(i64::from(*day) * DAY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaws(days: &str, reminder_days: &str) -> Vec<Flaw> {
        let typed = Typed { days, reminder_days };
        Invitations::parse(&typed).err().unwrap_or_default().into_iter().map(|(_, flaw)| flaw).collect()
    }

    #[test]
    fn fourteen_days_and_two_reminders_are_the_default() {
        let default = Invitations::default();
        let reminder_days = default.typed_reminders();
        assert_eq!(Invitations::parse(&Typed { days: "14", reminder_days: &reminder_days }), Ok(default));
        assert_eq!(Invitations::parse(&Typed { days: " 7", reminder_days: "" }).unwrap().reminder_days, [0; 0]);
    }

    #[test]
    fn what_cannot_be_is_told_beside_its_entry() {
        assert_eq!(flaws("0", "x"), [Flaw::Days, Flaw::ReminderDays]);
        assert_eq!(flaws("91", "1 2 3 4"), [Flaw::Days, Flaw::TooManyReminders]);
        assert_eq!(flaws("10", "3, 10"), [Flaw::ReminderAfterEnd]);
    }

    #[test]
    fn reminders_are_due_one_after_the_other() {
        let set = Invitations::default();
        assert_eq!([0, 1, 2].map(|earlier| set.reminder(5, earlier)), [Some(5 + 3 * DAY), Some(5 + 10 * DAY), None]);
    }
}
