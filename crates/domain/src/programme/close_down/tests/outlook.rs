//! One leaver at a time.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::super::*;

pub(super) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Left on 1 March 2026, at ten o'clock in Berlin.
fn leaver() -> Leaver {
    Leaver {
        left_at: "2026-03-01T09:00:00Z".parse().unwrap(),
        stops: Stops::default(),
        notice: Notice::Ahead,
        told: None,
        reminded: None,
        erase_on: None,
    }
}

fn told() -> Leaver {
    Leaver { notice: Notice::Gone(date("2026-03-02")), told: Some(date("2026-04-30")), ..leaver() }
}

fn look(leaver: &Leaver, now: &str) -> Outlook {
    let now: Timestamp = now.parse().unwrap();
    CloseDown::default().outlook(leaver, &zone("Europe/Berlin"), now)
}

/// R37
#[test]
fn the_notice_waits_a_day() {
    let before = look(&leaver(), "2026-03-02T08:59:59Z");
    assert_eq!((before.due, before.next), (None, "2026-03-02T09:00:00Z".parse().unwrap()));
    assert_eq!(look(&leaver(), "2026-03-02T09:00:00Z").due, Some(Due::Notice));
}

/// R60
#[test]
fn access_ends_with_the_end_of_the_sixtieth_day() {
    let last = look(&told(), "2026-04-30T21:59:59Z");
    assert_eq!((last.day, last.last_day, last.ends_on), (60, 60, date("2026-04-30")));
    let reminded = Leaver { reminded: Some(53), ..told() };
    assert_eq!(look(&reminded, "2026-04-30T21:59:59Z").due, None);
    assert_eq!(look(&reminded, "2026-04-30T22:00:00Z").due, Some(Due::Close));
}

/// R60
#[test]
fn reminders_go_in_the_morning_of_their_day() {
    let early = look(&told(), "2026-03-31T05:59:00Z");
    assert_eq!((early.due, early.next), (None, "2026-03-31T06:00:00Z".parse().unwrap()));
    assert_eq!(look(&told(), "2026-03-31T06:00:00Z").due, Some(Due::Reminder(30)));
    let reminded = Leaver { reminded: Some(30), ..told() };
    assert_eq!(look(&reminded, "2026-04-01T06:00:00Z").due, None);
    assert_eq!(look(&reminded, "2026-04-23T06:00:00Z").due, Some(Due::Reminder(53)));
}

/// R60
#[test]
fn a_reminder_that_was_missed_gives_way_to_the_next() {
    assert_eq!(look(&told(), "2026-04-20T06:00:00Z").due, Some(Due::Reminder(30)));
    assert_eq!(look(&told(), "2026-04-24T06:00:00Z").due, Some(Due::Reminder(53)));
    assert_eq!(look(&told(), "2026-05-10T06:00:00Z").due, Some(Due::Close));
}

/// R60
#[test]
fn a_late_notice_still_leaves_a_week() {
    let late = look(&leaver(), "2026-05-20T06:00:00Z");
    assert_eq!((late.due, late.ends_on), (Some(Due::Notice), date("2026-05-27")));
    let told = Leaver { notice: Notice::Gone(date("2026-05-20")), told: Some(late.ends_on), ..leaver() };
    assert_eq!(look(&told, "2026-05-27T21:00:00Z").due, None, "the reminders' days are over");
    assert_eq!(look(&told, "2026-05-27T22:00:00Z").due, Some(Due::Close));
}

#[test]
fn nothing_goes_on_before_the_notice_has_gone() {
    let waits = Leaver { notice: Notice::Waits, told: Some(date("2026-04-30")), ..leaver() };
    let much_later = look(&waits, "2026-07-01T06:00:00Z");
    assert_eq!((much_later.due, much_later.next), (None, Timestamp::MAX));
    let gone = Leaver { notice: Notice::Gone(date("2026-07-01")), ..waits };
    assert_eq!(look(&gone, "2026-07-01T07:00:00Z").ends_on, date("2026-07-08"));
}

#[test]
fn nobody_loses_access_before_the_day_they_were_told() {
    let short = CloseDown { close_day: 20, reminder_days: vec![10], ..CloseDown::default() };
    let now: Timestamp = "2026-04-01T06:00:00Z".parse().unwrap();
    let outlook = short.outlook(&told(), &zone("Europe/Berlin"), now);
    assert_eq!((outlook.ends_on, outlook.due), (date("2026-04-30"), Some(Due::Reminder(10))));
}

/// R20
#[test]
fn days_on_which_the_clock_stands_do_not_count() {
    // On day 50 they are to start again, on 15 May.
    let stops = Stops::default().noted(date("2026-05-29"), date("2026-04-20"));
    let stopped = Leaver { stops, reminded: Some(30), ..told() };
    let standing = look(&stopped, "2026-05-20T06:00:00Z");
    assert_eq!((standing.day, standing.due, standing.standing_until), (50, None, Some(date("2026-05-29"))));
    assert_eq!(standing.next, "2026-05-29T22:00:00Z".parse().unwrap());
    assert_eq!(standing.ends_on, date("2026-06-08"), "ten days are left");
    assert_eq!(look(&stopped, "2026-05-30T06:00:00Z").day, 51);
    assert_eq!(look(&stopped, "2026-06-01T06:00:00Z").due, Some(Due::Reminder(53)));
}

/// R20
#[test]
fn a_first_day_that_is_put_off_makes_the_stop_longer_once() {
    let stops = Stops::default().noted(date("2026-05-10"), date("2026-04-20"));
    assert_eq!(stops.noted(date("2026-05-10"), date("2026-05-01")), stops);
    let longer = stops.noted(date("2026-05-20"), date("2026-05-01"));
    assert_eq!(longer.day_after(date("2026-03-01"), 60), date("2026-05-30"));
    let shorter = stops.noted(date("2026-05-05"), date("2026-05-01"));
    assert_eq!(shorter.day_after(date("2026-03-01"), 60), date("2026-05-15"));
    let again = stops.noted(date("2026-06-10"), date("2026-05-15"));
    assert_eq!(again.day_after(date("2026-03-01"), 60), date("2026-06-15"));
}

/// R63
#[test]
fn whoever_asked_is_erased_whether_told_or_not() {
    let asked = Leaver { erase_on: Some(date("2026-03-07")), ..leaver() };
    let before = look(&asked, "2026-03-07T22:59:59Z");
    assert_eq!((before.due, before.next), (None, "2026-03-07T23:00:00Z".parse().unwrap()));
    assert_eq!(look(&asked, "2026-03-07T23:00:00Z").due, Some(Due::Close));
}
