//! Paused, resumed, handed over, revoked.

use domain::import::{Purpose, State};
use engine::{
    EngineError, Refusal, Scope,
    import::{Request, Silent},
};
use sandbox::{Change, Fault, FaultKind};

use super::{actions, authorised, begun, by, choice, codes, live, ready, refuses};
use crate::{
    bed::{Bed, CLIENT},
    both,
    people::people,
};

async fn every_step_of_a_life_is_guarded_and_noted(bed: Bed) {
    bed.employ_people(people(4));
    let integration = ready(&bed, &[]).await;
    refuses(bed.engine.pause(&integration, &by()).await, &["not been published"]);
    refuses(bed.engine.discard_draft(&integration, &by()).await, &["never published"]);
    refuses(bed.try_import(Purpose::Apply).await, &["not been published yet", "publish it"]);
    let integration = bed.engine.publish(&integration, None, &by()).await.expect("published");
    assert_eq!(integration.state, "live");
    refuses(bed.engine.resume(&integration, &by()).await, &["not paused"]);
    let paused = bed.engine.pause(&integration, &by()).await.expect("paused");
    assert_eq!(paused.state, "paused");
    refuses(bed.engine.pause(&integration, &by()).await, &["paused"]);
    assert!(bed.engine.next_imports(&bed.integration().await.0, &paused, 3).expect("readable").is_empty());
    assert_eq!(bed.import().await.counts.join, 4, "R52: a person's import is always tried");
    let live = bed.engine.resume(&integration, &by()).await.expect("resumed");
    assert_eq!(bed.engine.next_imports(&bed.integration().await.0, &live, 3).expect("readable").len(), 3);
    bed.engine.hand_over(&integration, "new@acme.example", &by()).await.expect("handed over");
    refuses(bed.engine.hand_over(&integration, "nobody", &by()).await, &["nobody", "e-mail"]);
    let revoked = bed.engine.revoke(&integration, &by()).await.expect("revoked");
    assert_eq!((revoked.state.as_str(), &revoked.client_id, &revoked.secret), ("revoked", &None, &None));
    assert_eq!(revoked.owner, "new@acme.example");
    for outcome in [bed.engine.pause(&revoked, &by()).await, bed.engine.resume(&revoked, &by()).await] {
        refuses(outcome, &["revoked", "publish"]);
    }
    refuses(bed.engine.revoke(&integration, &by()).await, &["nothing to revoke"]);
    for purpose in [Purpose::Apply, Purpose::Preview] {
        refuses(bed.try_import(purpose).await, &["revoked", "Authorise it again"]);
    }
    let noted = actions(&bed).await;
    let expected = ["published", "paused", "resumed", "handed-over", "revoked"];
    assert_eq!(noted[noted.len() - 5..], expected.map(|action| format!("integration.{action}")));
    assert!(bed.members().await.iter().all(|member| member.state.is_current()), "no member is changed");
}

async fn a_set_up_without_credentials_has_no_preview(bed: Bed) {
    let (_, integration) = begun(&bed).await;
    refuses(bed.try_import(Purpose::Preview).await, &["not authorised yet"]);
    refuses(bed.engine.publish(&integration, None, &by()).await, &["no credentials"]);
    let integration = authorised(&bed, &integration).await;
    refuses(bed.engine.publish(&integration, None, &by()).await, &["initial-setup"]);
    let revoked = bed.engine.revoke(&integration, &by()).await.expect("revoked");
    assert_eq!((revoked.state.as_str(), revoked.is_authorised()), ("draft", false));
}

/// Whichever process works on it: it finds out, and writes nothing more.
async fn an_import_that_is_being_read_fails_when_it_is_revoked(bed: Bed) {
    bed.employ_people(people(30));
    let integration = live(&bed, &[]).await;
    bed.employ_people(people(40));
    bed.sandbox.add_fault(CLIENT, Fault::new(FaultKind::Hang { within: false })).expect("a company");
    let (programme, _) = bed.integration().await;
    let request = Request { purpose: Purpose::Apply, trigger: "test", renumbered: false };
    let import = bed.engine.import(&programme, &integration, request, &Silent);
    let other = bed.another_engine().await;
    let revoke = async {
        let reading = |imports: Vec<store::Import>| imports.iter().any(|import| import.state == "reading");
        while !reading(other.store().unfinished_imports().await.expect("imports")) {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        other.revoke(&integration, &by()).await.expect("revoked")
    };
    let (report, _) = tokio::join!(import, revoke);
    let report = report.expect("a report");
    assert_eq!((report.state, report.failure_code.as_deref()), (State::Failed, Some("revoked")));
    assert_eq!(bed.members().await.len(), 30);
    assert_eq!(bed.count_mails("import-failed").await, 1);
    bed.sandbox.clear_faults(CLIENT).expect("a company");
    refuses(bed.try_import(Purpose::Apply).await, &["revoked"]);
}

async fn an_import_on_hold_fails_when_it_is_revoked(bed: Bed) {
    bed.employ_people(people(20));
    let integration = live(&bed, &[]).await;
    for id in 1..=10 {
        bed.change(id, &Change::set("status", "inactive"));
    }
    let held = bed.import().await;
    assert_eq!(held.state, State::OnHold);
    bed.engine.revoke(&integration, &by()).await.expect("revoked");
    let import = bed.engine.import_by_number(held.import).await.expect("there");
    assert_eq!((import.state.as_str(), import.failure_code.as_deref()), ("failed", Some("revoked")));
    let answer = bed.engine.approve(held.import, Scope::Whole, &by(), &Silent).await;
    assert!(matches!(&answer, Err(EngineError::Refused(Refusal::NotOnHold { .. }))), "{answer:?}");
}

/// Portal, page 7: revoked, authorised again, mapped, published; and nothing else is lost on the way.
async fn custom_fields_change_once_it_was_revoked_and_authorised_again(bed: Bed) {
    bed.employ_people(people(6));
    let integration = live(&bed, &[("cost_centre", "dynamic_1830004")]).await;
    let other = choice(&[("shirt", "dynamic_1830003")], &[]);
    assert_eq!(codes(bed.engine.save_mapping(&integration, &other, &by()).await), ["custom-fields-fixed"]);

    let revoked = bed.engine.revoke(&integration, &by()).await.expect("revoked");
    let revoked = authorised(&bed, &revoked).await;
    assert_eq!(revoked.state, "revoked", "not live until it is published again");
    refuses(bed.try_import(Purpose::Apply).await, &["not been published since"]);
    bed.engine.save_mapping(&revoked, &other, &by()).await.expect("now they may change");
    bed.try_import(Purpose::Preview).await.expect("a preview");
    let live = bed.engine.publish(&revoked, None, &by()).await.expect("published");
    assert_eq!(live.state, "live");
    let report = bed.import().await;
    assert_eq!((report.state, report.counts.join, report.counts.leave), (State::Completed, 0, 0));
    assert_eq!(codes(bed.engine.save_mapping(&live, &choice(&[], &[]), &by()).await), ["custom-fields-fixed"]);
}

both!(
    every_step_of_a_life_is_guarded_and_noted,
    a_set_up_without_credentials_has_no_preview,
    an_import_that_is_being_read_fails_when_it_is_revoked,
    an_import_on_hold_fails_when_it_is_revoked,
    custom_fields_change_once_it_was_revoked_and_authorised_again,
);
