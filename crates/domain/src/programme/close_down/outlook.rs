//! What is due for one leaver, and what lies ahead of them.
//!
//! Each notice goes once, and in order. Of what was missed, since nothing ran, only the last is made up for: a
//! reminder whose day has passed is not sent once the next one, or the closing, is due.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};

use super::{
    CloseDown, Stops,
    stops::{add, days},
};
use crate::schedule::first_showing;

/// How many days a leaver has at least from the notice to the last day of access, however late the notice
/// goes; fewer only where the settings leave fewer.
pub const NOTICE_DAYS: i32 = 7;

/// Reminders go in the morning of their day.
const MORNING: Time = Time::constant(8, 0, 0, 0);

/// How far the leaver's notice is (R37).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Notice {
    /// Nobody has written it.
    #[default]
    Ahead,
    /// It is written, and waits for delivery. Nothing else happens before it has gone.
    Waits,
    /// It went on this day, or there was nobody to send it to.
    Gone(Date),
}

/// Somebody whose account is closing, and what they were told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaver {
    /// Since when they are a leaver.
    pub left_at: Timestamp,
    /// The days that do not count.
    pub stops: Stops,
    /// The notice.
    pub notice: Notice,
    /// The last day of access that they were told: it is never earlier than that.
    pub told: Option<Date>,
    /// The day of the newest reminder that was sent.
    pub reminded: Option<u32>,
    /// The last day of access of somebody who is erased at their own or an administrator's wish (R63).
    pub erase_on: Option<Date>,
}

/// What is to be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Tell them that their access ends (R37).
    Notice,
    /// Remind them: the setting's day.
    Reminder(u32),
    /// Close the account, and erase what is personal (R61).
    Close,
}

/// What lies ahead of a leaver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// The day that it is, counted from the day they left.
    pub day: u32,
    /// The last of these days.
    pub last_day: u32,
    /// The same in the calendar: access ends with the end of this day.
    pub ends_on: Date,
    /// The clock stands still, up to and with this day (R20).
    pub standing_until: Option<Date>,
    /// When the notice may go.
    pub notice_at: Timestamp,
    /// Reminders that are still to go: the setting's day and the day in the calendar.
    pub reminders: Vec<(u32, Date)>,
    /// What is to be done now.
    pub due: Option<Due>,
    /// When there is something to be done again, if nothing is now and nothing else happens;
    /// `Timestamp::MAX` where that depends on a delivery.
    pub next: Timestamp,
}

impl CloseDown {
    /// What lies ahead of a leaver, and what is due.
    pub fn outlook(&self, leaver: &Leaver, zone: &TimeZone, now: Timestamp) -> Outlook {
        let today = zone.to_datetime(now).date();
        let first = zone.to_datetime(leaver.left_at).date();
        let hours = SignedDuration::from_hours(i64::from(self.notice_hours));
        let notice_at = leaver.left_at.saturating_add(hours).unwrap_or(Timestamp::MAX);
        let notice_day = zone.to_datetime(notice_at).date();
        let day = |date: Date| u32::try_from(days(first, date) - leaver.stops.before(date)).unwrap_or_default();
        let told_from = match leaver.notice {
            Notice::Ahead | Notice::Waits => notice_day.max(today),
            Notice::Gone(on) => on,
        };
        let ends_on = leaver.erase_on.unwrap_or_else(|| {
            let planned = leaver.stops.day_after(first, whole(self.close_day));
            let fair = add(told_from, self.days_of_notice());
            planned.max(fair).max(leaver.told.unwrap_or(Date::MIN))
        });
        let standing_until = leaver.stops.standing_until(today).filter(|_| leaver.erase_on.is_none());
        let missed = |on: Date| on <= told_from || on > ends_on;
        let reminders: Vec<(u32, Date)> = self
            .reminder_days
            .iter()
            .filter(|day| leaver.erase_on.is_none() && leaver.reminded.is_none_or(|last| **day > last))
            .map(|day| (*day, leaver.stops.day_after(first, whole(*day))))
            .filter(|(_, on)| !missed(*on))
            .collect();
        let mut outlook = Outlook {
            day: day(today),
            last_day: day(ends_on),
            ends_on,
            standing_until,
            notice_at,
            reminders,
            due: None,
            next: Timestamp::MAX,
        };
        outlook.look(leaver, zone, now, today);
        outlook
    }

    /// How many days there are between the notice and the last day of access.
    fn days_of_notice(&self) -> i32 {
        let left = whole(self.close_day) - whole(self.notice_hours.div_ceil(24));
        NOTICE_DAYS.min(left).max(0)
    }
}

impl Outlook {
    fn look(&mut self, leaver: &Leaver, zone: &TimeZone, now: Timestamp, today: Date) {
        let begin = |day: Date| first_showing(day.at(0, 0, 0, 0), zone).unwrap_or(Timestamp::MAX);
        let end = |day: Date| begin(add(day, 1));
        if let Some(until) = self.standing_until {
            self.next = end(until);
            return;
        }
        let may_close = leaver.erase_on.is_some() || matches!(leaver.notice, Notice::Gone(_));
        if may_close && today > self.ends_on {
            self.due = Some(Due::Close);
            return;
        }
        match leaver.notice {
            _ if leaver.erase_on.is_some() => self.next = end(self.ends_on),
            Notice::Ahead if now >= self.notice_at => self.due = Some(Due::Notice),
            Notice::Ahead => self.next = self.notice_at,
            Notice::Waits => {}
            Notice::Gone(_) => {
                let passed = self.reminders.iter().filter(|(_, on)| *on <= today).count();
                self.reminders.drain(..passed.saturating_sub(1));
                let morning = |on: Date| first_showing(on.to_datetime(MORNING), zone).unwrap_or(Timestamp::MAX);
                self.next =
                    self.reminders.first().map_or(Timestamp::MAX, |(_, on)| morning(*on)).min(end(self.ends_on));
                let is_due = |(_, on): &&(u32, Date)| morning(*on) <= now;
                self.due = self.reminders.first().filter(is_due).map(|(day, _)| Due::Reminder(*day));
            }
        }
    }
}

fn whole(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
