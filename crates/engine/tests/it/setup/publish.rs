//! R45: what was previewed is published, and a typed number agrees to those who were shown.

use domain::import::{Purpose, State};
use engine::{EngineError, setup::PublishError};
use jiff::SignedDuration;
use sandbox::{Change, Fault, FaultKind};
use store::Integration;

use super::{actions, by, choice, live, ready};
use crate::{
    bed::{Bed, CLIENT},
    both,
    people::people,
};

#[track_caller]
fn error<T: std::fmt::Debug>(outcome: Result<T, EngineError>) -> PublishError {
    match outcome {
        Err(EngineError::Publish(error)) => error,
        other => panic!("published: {other:?}"),
    }
}

/// Forty members, of whom so many would leave under the segment that waits and was previewed.
async fn waiting(bed: &Bed, leavers: i64) -> Integration {
    bed.employ_people(people(40));
    let integration = live(bed, &[]).await;
    for id in 1..=leavers {
        bed.change(id, &Change::set("employment_type", "external"));
    }
    bed.import().await;
    bed.engine.save_mapping(&integration, &choice(&[], &["internal"]), &by()).await.expect("saved");
    let preview = bed.try_import(Purpose::Preview).await.expect("a preview");
    assert_eq!(preview.counts.leave, u64::try_from(leavers).expect("small"));
    integration
}

async fn publish(bed: &Bed, integration: &Integration, typed: Option<u64>) -> Result<Integration, EngineError> {
    let published = bed.engine.publish(integration, typed, &by()).await;
    bed.pass(SignedDuration::from_secs(1));
    published
}

async fn r45_only_what_was_previewed_within_a_day_is_published(bed: Bed) {
    bed.employ_people(people(5));
    let integration = ready(&bed, &[]).await;
    assert!(bed.engine.preview_of(&integration).await.expect("readable").is_some());
    // Another mapping is another plan.
    bed.engine.save_mapping(&integration, &choice(&[], &["internal"]), &by()).await.expect("saved");
    assert_eq!(error(publish(&bed, &integration, None).await), PublishError::NoPreview);
    bed.try_import(Purpose::Preview).await.expect("a preview");
    bed.pass(SignedDuration::from_hours(24) + SignedDuration::from_secs(1));
    assert_eq!(error(publish(&bed, &integration, None).await), PublishError::NoPreview);
    // A preview that failed shows nothing.
    bed.sandbox.add_fault(CLIENT, Fault::new(FaultKind::Empty)).expect("a company");
    bed.try_import(Purpose::Preview).await.expect("a report");
    bed.sandbox.clear_faults(CLIENT).expect("a company");
    assert_eq!(error(publish(&bed, &integration, None).await), PublishError::NoPreview);
    bed.try_import(Purpose::Preview).await.expect("a preview");
    let live = publish(&bed, &integration, None).await.expect("published");
    assert_eq!((live.state.as_str(), live.draft), ("live", None));
    assert_eq!(actions(&bed).await.last().map(String::as_str), Some("integration.published"));
}

/// One way: all leavers are among those shown, so the import goes on by itself.
async fn r45_the_typed_number_agrees_to_the_leavers_who_were_shown(bed: Bed) {
    let integration = waiting(&bed, 20).await;
    for typed in [None, Some(19)] {
        let error = error(publish(&bed, &integration, typed).await);
        assert_eq!(error, PublishError::Leavers { typed, leavers: 20 });
        assert!(error.to_string().contains("20") && (typed.is_none() || error.to_string().contains("19")));
    }
    publish(&bed, &integration, Some(20)).await.expect("published");
    // One that fails before it has a plan has looked at nothing.
    bed.sandbox.add_fault(CLIENT, Fault::new(FaultKind::Empty)).expect("a company");
    assert_eq!(bed.import().await.state, State::Failed);
    bed.sandbox.clear_faults(CLIENT).expect("a company");
    assert!(bed.integration().await.1.agreed_leavers.is_some());
    // One of them is back by now: the others were shown all the same.
    bed.change(1, &Change::set("employment_type", "internal"));
    let report = bed.import().await;
    assert_eq!((report.state, report.counts.leave), (State::Completed, 19));
    let import = bed.engine.import_by_number(report.import).await.expect("there");
    assert_eq!(import.answered_by.as_deref(), Some("owner@acme.example"));
    // It was good for one import.
    assert_eq!(bed.integration().await.1.agreed_leavers, None);
    for id in 21..=33 {
        bed.change(id, &Change::set("employment_type", "external"));
    }
    assert_eq!(bed.import().await.state, State::OnHold);
}

/// Another: somebody was not shown, so the import waits for an answer.
async fn r45_a_leaver_who_was_not_shown_is_asked_about(bed: Bed) {
    let integration = waiting(&bed, 20).await;
    publish(&bed, &integration, Some(20)).await.expect("published");
    bed.change(30, &Change::set("employment_type", "external"));
    let report = bed.import().await;
    assert_eq!((report.state, report.counts.leave), (State::OnHold, 21));
    assert_eq!(bed.integration().await.1.agreed_leavers, None, "it was looked at");
    bed.change(30, &Change::set("employment_type", "internal"));
    assert_eq!(bed.import().await.state, State::OnHold, "and is used up");
}

/// A third: below the guard no number is asked for, and none agrees to anything.
async fn r45_below_the_guard_nothing_is_typed(bed: Bed) {
    let integration = waiting(&bed, 3).await;
    let error = error(publish(&bed, &integration, Some(4)).await);
    assert_eq!(error, PublishError::Leavers { typed: Some(4), leavers: 3 });
    let published = publish(&bed, &integration, None).await.expect("published");
    assert_eq!(published.agreed_leavers, None);
    let report = bed.import().await;
    assert_eq!((report.state, report.counts.leave), (State::Completed, 3));
}

async fn r45_an_import_that_fails_uses_no_agreement_up(bed: Bed) {
    let integration = waiting(&bed, 20).await;
    publish(&bed, &integration, Some(20)).await.expect("published");
    bed.sandbox.add_fault(CLIENT, Fault::new(FaultKind::Empty)).expect("a company");
    assert_eq!(bed.import().await.state, State::Failed);
    bed.sandbox.clear_faults(CLIENT).expect("a company");
    let report = bed.import().await;
    assert_eq!((report.state, report.counts.leave), (State::Completed, 20));
}

/// R41: leavers whom somebody agreed to do not count again.
async fn r41_leavers_agreed_to_when_publishing_are_no_drip(bed: Bed) {
    let integration = waiting(&bed, 20).await;
    publish(&bed, &integration, Some(20)).await.expect("published");
    bed.import().await;
    bed.change(21, &Change::set("employment_type", "external"));
    let report = bed.import().await;
    assert_eq!((report.state, report.counts.leave), (State::Completed, 1));
}

both!(
    r45_only_what_was_previewed_within_a_day_is_published,
    r45_the_typed_number_agrees_to_the_leavers_who_were_shown,
    r45_a_leaver_who_was_not_shown_is_asked_about,
    r45_below_the_guard_nothing_is_typed,
    r45_an_import_that_fails_uses_no_agreement_up,
    r41_leavers_agreed_to_when_publishing_are_no_drip,
);
