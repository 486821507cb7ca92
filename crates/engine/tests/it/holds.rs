//! Holds, leases and interruptions, with a clock that the test moves.

use domain::import::{Purpose, State};
use engine::{Actor, EngineError, Refusal, Scope, import::Silent};
use jiff::SignedDuration;
use sandbox::{Change, Fault, FaultKind, Mutation};

use crate::{
    bed::{Bed, CLIENT},
    both,
    people::people,
};

fn leave(bed: &Bed, first: usize) {
    bed.sandbox.company(CLIENT, |company| company.mutate(&Mutation::Leave { first })).expect("a company");
}

async fn with_members(bed: &Bed, count: i64) {
    bed.employ_people(people(count));
    bed.set_up("").await;
    assert_eq!(bed.import().await.counts.join, u64::try_from(count).expect("small"));
}

async fn r46_an_approval_lapses_after_72_hours(bed: Bed) {
    with_members(&bed, 40).await;
    leave(&bed, 30);
    let held = bed.import().await;
    assert_eq!((held.state, held.held_by.as_slice()), (State::OnHold, ["R40".to_owned(), "R41".to_owned()].as_slice()));
    assert_eq!(bed.engine.lapse_holds().await.expect("looked"), 0);
    bed.pass(SignedDuration::from_hours(72) + SignedDuration::from_secs(1));
    let refused = bed.engine.approve(held.import, Scope::Whole, &Actor::command(), &Silent).await;
    assert!(matches!(&refused, Err(EngineError::Refused(Refusal::HoldLapsed { .. }))), "{refused:?}");
    assert_eq!(bed.engine.import_by_number(held.import).await.expect("import").state, "lapsed");
    assert!(bed.members().await.iter().all(|member| member.state.is_current()));
}

async fn r46_nobody_has_to_ask_for_a_hold_to_lapse(bed: Bed) {
    with_members(&bed, 40).await;
    leave(&bed, 30);
    let held = bed.import().await;
    bed.pass(SignedDuration::from_hours(73));
    assert_eq!(bed.engine.lapse_holds().await.expect("looked"), 1);
    assert_eq!(bed.engine.import_by_number(held.import).await.expect("import").state, "lapsed");
}

async fn r46_just_in_time_is_in_time(bed: Bed) {
    with_members(&bed, 40).await;
    leave(&bed, 30);
    let held = bed.import().await;
    bed.pass(SignedDuration::from_hours(72));
    let report = bed.engine.approve(held.import, Scope::Whole, &Actor::command(), &Silent).await.expect("approved");
    assert_eq!((report.state, report.counts.leave), (State::Completed, 30));
}

async fn r30_a_stale_plan_is_refused(bed: Bed) {
    with_members(&bed, 40).await;
    leave(&bed, 10);
    let first = bed.import().await;
    bed.engine.approve(first.import, Scope::Whole, &Actor::command(), &Silent).await.expect("approved");
    leave(&bed, 30);
    let held = bed.import().await;
    assert_eq!(held.state, State::OnHold);
    // Somebody brings the first ten back: the plan that waits knows nothing of that.
    assert_eq!(bed.engine.restore_leavers(first.import, &Actor::command()).await.expect("restored"), 10);
    let outcome = bed.engine.approve(held.import, Scope::Whole, &Actor::command(), &Silent).await;
    // The ten are not in the waiting plan, so it is as fresh as before.
    assert!(outcome.is_ok(), "{outcome:?}");
    let again = bed.import().await;
    assert_eq!(again.counts.leave, 0, "restored members stay until their record changes (R24)");
}

async fn r41_a_slow_drip_is_noticed(bed: Bed) {
    with_members(&bed, 100).await;
    let mut held = None;
    for day in 0..4 {
        bed.pass(SignedDuration::from_hours(24));
        leave(&bed, 8);
        let report = bed.import().await;
        if report.state == State::OnHold {
            held = Some((day, report.held_by));
            break;
        }
    }
    // 8 of 100, 8 of 92 (16 in all: 17 %), then 24 of 84: more than 20 %.
    assert_eq!(held, Some((2, vec!["R41".to_owned()])));
}

async fn r41_a_week_later_the_drip_is_forgotten(bed: Bed) {
    with_members(&bed, 100).await;
    for _ in 0..4 {
        bed.pass(SignedDuration::from_hours(8 * 24));
        leave(&bed, 6);
        assert_eq!(bed.import().await.state, State::Completed);
    }
}

async fn r39_a_second_import_is_refused_while_the_first_is_alive(bed: Bed) {
    with_members(&bed, 5).await;
    bed.sandbox.add_fault(CLIENT, Fault::new(FaultKind::Hang { within: false })).expect("a fault");
    let other = bed.another_engine().await;
    let (programme, integration) = bed.integration().await;
    let request = engine::import::Request { purpose: Purpose::Apply, trigger: "test", renumbered: false };
    let first = bed.engine.import(&programme, &integration, request, &Silent);
    let second = async {
        // Only once the first has begun.
        while bed.engine.store().unfinished_imports().await.expect("imports").is_empty() {
            tokio::task::yield_now().await;
        }
        other.import(&programme, &integration, request, &Silent).await
    };
    // The first would hang for as long as a page is given; the second need not wait for that.
    let second = tokio::select! {
        first = first => panic!("the first ended: {first:?}"),
        second = second => second,
    };
    let running = bed.engine.store().unfinished_imports().await.expect("imports").remove(0).number();
    assert!(matches!(second, Err(EngineError::AlreadyRunning(Some(id))) if id == running), "{second:?}");
}

async fn r54_an_interrupted_import_goes_on_under_its_number(bed: Bed) {
    bed.employ_people(people(30));
    bed.set_up("").await;
    let (programme, integration) = bed.integration().await;
    let request = engine::import::Request { purpose: Purpose::Apply, trigger: "test", renumbered: false };
    {
        bed.sandbox.add_fault(CLIENT, Fault::new(FaultKind::Slow { ms: 200 })).expect("a fault");
        let work = bed.engine.import(&programme, &integration, request, &Silent);
        let begun = async {
            while bed.engine.store().unfinished_imports().await.expect("imports").is_empty() {
                tokio::task::yield_now().await;
            }
        };
        // Dropped half-way: as after a kill, the lease stays and nobody renews it.
        tokio::select! { _ = work => panic!("finished too soon"), () = begun => {} }
        bed.sandbox.clear_faults(CLIENT).expect("a company");
    }
    let interrupted = bed.engine.store().unfinished_imports().await.expect("imports").remove(0);
    let report = bed.another_engine().await.import(&programme, &integration, request, &Silent).await.expect("goes on");
    assert_eq!((report.import, report.state, report.counts.join), (interrupted.number(), State::Completed, 30));
    assert_eq!(bed.count_mails("welcome").await, 30);
    assert_eq!(bed.count_mails("import-summary").await, 1);
}

async fn r5_refused_credentials_are_told_once_and_cleared_by_a_good_read(bed: Bed) {
    with_members(&bed, 5).await;
    bed.sandbox.rotate_secret(CLIENT, "another").expect("a company");
    bed.sandbox.expire_tokens(CLIENT).expect("a company");
    for _ in 0..2 {
        assert_eq!(bed.import().await.failure_code.as_deref(), Some("credentials-refused"));
        assert_eq!(bed.integration().await.1.state, "reconnect-needed");
    }
    assert_eq!(bed.count_mails("reconnect-needed").await, 1);
    assert_eq!(bed.count_mails("import-failed").await, 0);
    bed.sandbox.rotate_secret(CLIENT, crate::bed::SECRET).expect("a company");
    assert_eq!(bed.import().await.state, State::Completed);
    assert_eq!(bed.integration().await.1.state, "live");
}

async fn r45_a_preview_changes_nothing_and_is_no_history_for_the_guard(bed: Bed) {
    with_members(&bed, 40).await;
    leave(&bed, 30);
    let before = bed.members().await;
    let preview = bed.try_import(Purpose::Preview).await.expect("a preview");
    assert_eq!((preview.state, preview.counts.leave, preview.preview), (State::OnHold, 30, true));
    assert_eq!(bed.members().await, before);
    assert_eq!(bed.count_mails("on-hold").await, 0);
    let refused = bed.engine.approve(preview.import, Scope::Whole, &Actor::command(), &Silent).await;
    assert!(matches!(refused, Err(EngineError::Refused(_))), "a preview is not a held import");
}

async fn r21_settings_that_change_are_applied_to_everybody(bed: Bed) {
    with_members(&bed, 40).await;
    bed.change(7, &Change::set("employment_type", "external"));
    assert_eq!(bed.import().await.counts.changes(), 0);
    bed.set_up("[[segment]]\nattribute = \"employment_type\"\ninclude = [\"internal\"]\n").await;
    let report = bed.import().await;
    assert_eq!((report.state, report.counts.leave), (State::Completed, 1));
    let plain = bed.member("7").await;
    assert!(!plain.state.is_current());
}

async fn r46_leavers_left_out_of_an_approval_come_up_again(bed: Bed) {
    bed.employ_people(people(40));
    bed.set_up("[[segment]]\nattribute = \"employment_type\"\ninclude = [\"internal\"]\n").await;
    bed.import().await;
    for id in 1..=20 {
        bed.change(id, &Change::set("employment_type", "external"));
    }
    let held = bed.import().await;
    assert_eq!((held.state, held.counts.leave), (State::OnHold, 20));
    let report =
        bed.engine.approve(held.import, Scope::WithoutLeavers, &Actor::command(), &Silent).await.expect("approved");
    assert_eq!((report.state, report.counts.leave), (State::Completed, 0));
    let again = bed.import().await;
    assert_eq!((again.state, again.counts.leave), (State::OnHold, 20), "they are not forgotten");
}

async fn r24_a_change_of_settings_lets_go_of_nobody(bed: Bed) {
    with_members(&bed, 40).await;
    leave(&bed, 3);
    let report = bed.import().await;
    assert_eq!(report.counts.leave, 3);
    assert_eq!(bed.engine.restore_leavers(report.import, &Actor::command()).await.expect("restored"), 3);
    bed.set_up("phone = \"dynamic_1830011\"\n").await;
    for _ in 0..2 {
        let again = bed.import().await;
        assert_eq!((again.counts.leave, again.counts.warnings), (0, 3), "{:?}", bed.problems(again.import).await);
    }
    // Once their record changes, the HR system has the last word again.
    let left = bed.sandbox.company(CLIENT, |company| company.ids_with_status("inactive")).expect("a company");
    bed.change(left[0], &Change::set("department", "Elsewhere"));
    assert_eq!(bed.import().await.counts.leave, 1);
}

async fn r21_settings_changed_while_a_plan_waits_are_applied_after_it(bed: Bed) {
    let segment = |values: &str| format!("[[segment]]\nattribute = \"employment_type\"\ninclude = [{values}]\n");
    bed.employ_people(people(40));
    bed.set_up(&segment("\"internal\", \"external\"")).await;
    bed.change(40, &Change::set("employment_type", "external"));
    bed.import().await;
    leave(&bed, 20);
    let held = bed.import().await;
    assert_eq!(held.state, State::OnHold);
    bed.pass(SignedDuration::from_secs(1));
    bed.set_up(&segment("\"internal\"")).await;
    bed.engine.approve(held.import, Scope::Whole, &Actor::command(), &Silent).await.expect("approved");
    assert!(bed.member("40").await.state.is_current(), "the plan was made under the settings before");
    assert_eq!(bed.import().await.counts.leave, 1);
    assert!(!bed.member("40").await.state.is_current());
}

both!(
    r21_settings_changed_while_a_plan_waits_are_applied_after_it,
    r24_a_change_of_settings_lets_go_of_nobody,
    r46_an_approval_lapses_after_72_hours,
    r46_nobody_has_to_ask_for_a_hold_to_lapse,
    r46_just_in_time_is_in_time,
    r30_a_stale_plan_is_refused,
    r41_a_slow_drip_is_noticed,
    r41_a_week_later_the_drip_is_forgotten,
    r39_a_second_import_is_refused_while_the_first_is_alive,
    r54_an_interrupted_import_goes_on_under_its_number,
    r5_refused_credentials_are_told_once_and_cleared_by_a_good_read,
    r45_a_preview_changes_nothing_and_is_no_history_for_the_guard,
    r21_settings_that_change_are_applied_to_everybody,
    r46_leavers_left_out_of_an_approval_come_up_again,
);
