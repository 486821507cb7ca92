//! What an owner types.

use super::super::*;

fn rest() -> Typed<'static> {
    Typed { erase_days: "7", rejected_days: "90", ..Typed::default() }
}

fn flaws(notice_hours: &str, reminder_days: &str, close_day: &str) -> Vec<Flaw> {
    let typed = Typed { notice_hours, reminder_days, close_day, ..rest() };
    CloseDown::parse(&typed).err().unwrap_or_default().into_iter().map(|(_, flaw)| flaw).collect()
}

/// R60
#[test]
fn sixty_days_with_a_notice_and_two_reminders_are_the_default() {
    let default = CloseDown::default();
    let reminder_days = default.typed_reminders();
    let typed = Typed { notice_hours: "24", reminder_days: &reminder_days, close_day: "60", ..rest() };
    assert_eq!(CloseDown::parse(&typed), Ok(default));
}

#[test]
fn reminders_may_be_none_and_come_in_any_order() {
    let typed = Typed { notice_hours: "0", reminder_days: "", close_day: "1", ..rest() };
    assert!(CloseDown::parse(&typed).unwrap().reminder_days.is_empty());
    let typed = Typed { notice_hours: " 24 ", reminder_days: "53 30,30", close_day: "60", ..rest() };
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

#[test]
fn r63_erasing_takes_a_month_at_most() {
    let flaws = |erase_days, rejected_days| {
        let typed = Typed { notice_hours: "24", close_day: "60", erase_days, rejected_days, ..Typed::default() };
        CloseDown::parse(&typed).err().unwrap_or_default().into_iter().map(|(_, flaw)| flaw).collect::<Vec<_>>()
    };
    assert_eq!(flaws("30", "1"), []);
    assert_eq!(flaws("31", "0"), [Flaw::EraseDays, Flaw::RejectedDays]);
}
