//! Notices, reminders, and who is back in time.

use domain::member::State;
use engine::{Actor, ClosingDone, Told};
use jiff::civil::Date;
use sandbox::Change;

use super::{ada_leaves, days, hours, live, look, told};
use crate::{bed::Bed, both};

both!(
    a_leaver_is_told_reminded_and_closed,
    a_mistake_put_right_in_time_is_never_mailed,
    whoever_was_told_hears_that_they_are_back,
    three_weeks_off_skip_nothing_and_send_nothing_twice,
    two_nodes_tell_once,
    closing_waits_for_the_notice_to_go,
    the_clock_stands_still_while_they_are_to_start_again,
    nobody_is_told_of_an_account_they_never_heard_of,
);

/// R37, R60, R62
async fn a_leaver_is_told_reminded_and_closed(bed: Bed) {
    ada_leaves(&bed).await;
    let (programme, _) = bed.integration().await;
    let ada = bed.member("1").await.id;
    assert_eq!(look(&bed).await, ClosingDone::default());
    let closing = bed.engine.closing_of(&programme, ada).await.expect("an answer").expect("a leaver");
    assert_eq!((closing.day, closing.last_day, closing.ends_on), (0, 60, Date::constant(2027, 1, 22)));
    assert!(matches!(closing.told, Told::From(at) if at > bed.engine.now()), "{closing:?}");
    bed.pass(hours(23));
    look(&bed).await;
    assert!(told(&bed).await.is_empty());
    bed.pass(hours(1));
    assert_eq!(look(&bed).await.told, 1);
    let mails = bed.mails().await;
    let notice = mails.iter().find(|(kind, ..)| kind == "leaver-notice").expect("a notice");
    assert_eq!(notice.1.as_deref(), Some("ada@home.example"), "to the private address");
    live(&bed, 28).await;
    assert_eq!(told(&bed).await, ["leaver-notice"]);
    live(&bed, 1).await;
    assert_eq!(told(&bed).await, ["leaver-notice", "leaver-reminder"]);
    live(&bed, 29).await;
    let closing = bed.engine.closing_of(&programme, ada).await.expect("an answer").expect("a leaver");
    assert_eq!((closing.day, closing.told, closing.reminders.len()), (59, Told::Yes, 0));
    assert_eq!(told(&bed).await, ["leaver-notice", "leaver-reminder", "leaver-reminder"]);
    live(&bed, 1).await;
    assert_eq!(bed.member("1").await.state, State::Leaver, "the sixtieth day is theirs");
    live(&bed, 1).await;
    assert_eq!(told(&bed).await, ["leaver-notice", "leaver-reminder", "leaver-reminder", "closed"]);
    let states: Vec<State> = bed.members().await.into_iter().map(|member| member.state).collect();
    assert_eq!(states.iter().filter(|state| **state == State::Closed).count(), 1);
    assert_eq!(bed.engine.closing_of(&programme, ada).await.expect("an answer"), None);
}

/// R37, R38, R55
async fn a_mistake_put_right_in_time_is_never_mailed(bed: Bed) {
    ada_leaves(&bed).await;
    look(&bed).await;
    bed.pass(hours(20));
    bed.change(1, &Change::set("status", "active"));
    bed.import().await;
    live(&bed, 70).await;
    assert!(told(&bed).await.is_empty());
    assert_eq!(bed.member("1").await.state, State::Active);
    // And once more, put right by undoing the import.
    bed.change(1, &Change::set("status", "inactive"));
    let left = bed.import().await;
    bed.pass(hours(5));
    look(&bed).await;
    assert_eq!(bed.engine.restore_leavers(left.import, &Actor::command()).await.expect("restored"), 1);
    live(&bed, 70).await;
    assert!(told(&bed).await.is_empty());
    assert_eq!(bed.member("1").await.state, State::Active);
}

/// R38, R55
async fn whoever_was_told_hears_that_they_are_back(bed: Bed) {
    ada_leaves(&bed).await;
    live(&bed, 3).await;
    assert_eq!(told(&bed).await, ["leaver-notice"]);
    bed.change(1, &Change::set("status", "active"));
    bed.import().await;
    assert_eq!(look(&bed).await.returned, 1);
    live(&bed, 10).await;
    assert_eq!(told(&bed).await, ["leaver-notice", "reopened"]);
    assert_eq!(bed.count_mails("welcome").await, 2, "no new invitation");
    // Leaving again begins anew.
    bed.change(1, &Change::set("status", "inactive"));
    let left = bed.import().await;
    live(&bed, 31).await;
    assert_eq!(told(&bed).await, ["leaver-notice", "reopened", "leaver-notice", "leaver-reminder"]);
    assert_eq!(bed.engine.restore_leavers(left.import, &Actor::command()).await.expect("restored"), 1);
    live(&bed, 40).await;
    assert_eq!(told(&bed).await.last().map(String::as_str), Some("reopened"));
    assert_eq!(bed.member("1").await.state, State::Active);
}

/// R60
async fn three_weeks_off_skip_nothing_and_send_nothing_twice(bed: Bed) {
    ada_leaves(&bed).await;
    // Off from the first day to day 21: the notice is late, and goes once.
    bed.pass(days(21));
    look(&bed).await;
    look(&bed).await;
    assert_eq!(told(&bed).await, ["leaver-notice"]);
    live(&bed, 10).await;
    assert_eq!(told(&bed).await, ["leaver-notice", "leaver-reminder"]);
    // Off from day 31 to day 59: the second reminder is made up for, on the day before the last.
    bed.pass(days(28));
    look(&bed).await;
    look(&bed).await;
    assert_eq!(told(&bed).await, ["leaver-notice", "leaver-reminder", "leaver-reminder"]);
    bed.pass(days(2));
    look(&bed).await;
    assert_eq!(told(&bed).await, ["leaver-notice", "leaver-reminder", "leaver-reminder", "closed"]);
}

/// R50, R62
async fn two_nodes_tell_once(bed: Bed) {
    ada_leaves(&bed).await;
    let other = bed.another_engine().await;
    for _ in 0..70 {
        bed.pass(days(1));
        let (one, two) = tokio::join!(bed.engine.close_down(), other.close_down());
        one.and(two).expect("a look");
        bed.engine.deliver().await.expect("delivered");
    }
    assert_eq!(told(&bed).await, ["leaver-notice", "leaver-reminder", "leaver-reminder", "closed"]);
}

async fn closing_waits_for_the_notice_to_go(bed: Bed) {
    ada_leaves(&bed).await;
    bed.pass(days(2));
    bed.engine.close_down().await.expect("a look");
    assert_eq!(told(&bed).await, ["leaver-notice"]);
    for _ in 0..70 {
        bed.pass(days(1));
        bed.engine.close_down().await.expect("a look");
    }
    assert_eq!(told(&bed).await, ["leaver-notice"], "the mail server is away");
    bed.engine.deliver().await.expect("delivered");
    live(&bed, 6).await;
    assert_eq!(bed.member("1").await.state, State::Leaver, "a week is theirs");
    live(&bed, 2).await;
    assert_eq!(told(&bed).await, ["leaver-notice", "closed"]);
}

/// R20
async fn the_clock_stands_still_while_they_are_to_start_again(bed: Bed) {
    ada_leaves(&bed).await;
    live(&bed, 10).await;
    let (programme, _) = bed.integration().await;
    bed.change(1, &Change::set("status", "onboarding").and("hire_date", "2027-01-10T00:00:00+01:00"));
    bed.import().await;
    let ada = bed.member("1").await;
    assert_eq!(ada.clock_stopped_until, Some(Date::constant(2027, 1, 24)));
    live(&bed, 20).await;
    let closing = bed.engine.closing_of(&programme, ada.id).await.expect("an answer").expect("a leaver");
    assert_eq!((closing.day, closing.standing_until), (10, Some(Date::constant(2027, 1, 24))));
    assert_eq!(closing.ends_on, Date::constant(2027, 3, 15), "fifty days after the stop");
    live(&bed, 50).await;
    assert_eq!(told(&bed).await, ["leaver-notice"], "day 28");
    live(&bed, 40).await;
    assert_eq!(told(&bed).await, ["leaver-notice", "leaver-reminder", "leaver-reminder", "closed"]);
}

async fn nobody_is_told_of_an_account_they_never_heard_of(bed: Bed) {
    ada_leaves(&bed).await;
    bed.sql("UPDATE members SET state_before_leaving = 'not-invited' WHERE state = 'leaver'").await;
    live(&bed, 62).await;
    assert!(told(&bed).await.is_empty());
    assert_eq!(bed.members().await.iter().filter(|member| member.state == State::Closed).count(), 1);
}
