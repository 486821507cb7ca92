//! Imports that are asked for and done in the background, and those who watch them.

use std::time::Duration;

use domain::{
    import::{Purpose, State},
    plan::Kind,
};
use engine::{Actor, ActorKind, Engine, EngineError, HoldAnswer, Refusal, import::Request};
use jiff::SignedDuration;
use sandbox::{Fault, FaultKind, Mutation};
use store::audit::AuditFilter;
use tokio::{sync::watch, time::timeout};

use crate::{
    bed::{Bed, CLIENT},
    both,
    people::people,
};

const ASKED: Request = Request { purpose: Purpose::Apply, trigger: "portal", renumbered: false };

fn ada() -> Actor {
    Actor { kind: ActorKind::Administrator, name: "ada@acme.example".into(), address: Some("192.0.2.1".into()) }
}

/// Works in the background until it is dropped.
struct Worker(watch::Sender<bool>);

fn worker(engine: &Engine) -> Worker {
    let (stop, stopping) = watch::channel(false);
    let engine = engine.clone();
    tokio::spawn(async move { Box::pin(engine.work(stopping)).await });
    Worker(stop)
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.0.send_replace(true);
    }
}

async fn with_members(bed: &Bed, count: i64) {
    bed.employ_people(people(count));
    bed.set_up("").await;
    assert_eq!(bed.import().await.counts.join, u64::try_from(count).expect("small"));
}

/// Follows an import until it waits for somebody or has ended.
async fn end_of(engine: &Engine, import: domain::ids::ImportId) -> State {
    let mut watched = engine.watch(import).await.expect("watched");
    let ended = watched.wait_for(|now| now.finished || now.state == State::OnHold);
    timeout(Duration::from_secs(30), ended).await.expect("in time").expect("told").state
}

async fn held(bed: &Bed) -> domain::ids::ImportId {
    with_members(bed, 40).await;
    bed.sandbox.company(CLIENT, |company| company.mutate(&Mutation::Leave { first: 30 })).expect("a company");
    let held = bed.import().await;
    assert_eq!(held.state, State::OnHold);
    held.import
}

async fn an_import_that_was_asked_for_is_done_in_the_background(bed: Bed) {
    bed.employ_people(people(30));
    bed.set_up("").await;
    let (programme, integration) = bed.integration().await;
    let asked = bed.engine.start_import(&programme, &integration, ASKED, &ada()).await.expect("asked");
    let queued = bed.engine.import_of(programme.number(), asked).await.expect("there");
    assert_eq!((queued.state.as_str(), queued.trigger.as_str()), ("queued", "portal"));
    assert_eq!(queued.person.as_deref(), Some("ada@acme.example"));
    let _worker = worker(&bed.engine);
    assert_eq!(end_of(&bed.engine, asked).await, State::Completed);
    assert_eq!(bed.members().await.len(), 30);
    assert_eq!(bed.engine.running_of(&integration).await.expect("looked"), None);
    let noted = bed.engine.store().audit(programme.number(), &AuditFilter::default(), None, 10).await.expect("noted");
    let started: Vec<_> = noted.iter().filter(|entry| entry.action == "import.started").collect();
    assert_eq!(started.len(), 1);
    assert_eq!((started[0].actor.as_str(), started[0].subject.as_str()), ("ada@acme.example", &*asked.to_string()));
}

/// R39
async fn of_many_who_ask_at_once_one_is_heard(bed: Bed) {
    bed.employ_people(people(5));
    bed.set_up("").await;
    let (programme, integration) = bed.integration().await;
    let other = bed.another_engine().await;
    let engines = [&bed.engine, &other, &bed.engine, &other, &bed.engine, &other];
    let by = ada();
    let asking = engines.map(|engine| engine.start_import(&programme, &integration, ASKED, &by));
    let outcomes = futures::future::join_all(asking).await;
    let (good, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    let begun = good[0].as_ref().expect("good").to_owned();
    assert_eq!((good.len(), refused.len()), (1, 5));
    for refused in refused {
        assert!(matches!(refused, Err(EngineError::AlreadyRunning(Some(id))) if id == begun), "{refused:?}");
    }
}

/// R39
async fn a_preview_throws_no_import_away_that_waits(bed: Bed) {
    bed.employ_people(people(5));
    bed.set_up("").await;
    let (programme, integration) = bed.integration().await;
    let asked = bed.engine.start_import(&programme, &integration, ASKED, &ada()).await.expect("asked");
    let preview = bed.try_import(Purpose::Preview).await;
    assert!(matches!(preview, Err(EngineError::AlreadyRunning(Some(id))) if id == asked), "{preview:?}");
    assert_eq!(bed.import().await.import, asked, "the command line does what waits");
}

async fn nobody_can_ask_where_the_credentials_were_revoked(bed: Bed) {
    bed.employ_people(people(5));
    bed.set_up("").await;
    let (programme, integration) = bed.integration().await;
    bed.engine.revoke(&integration, &ada()).await.expect("revoked");
    let refused = bed.engine.start_import(&programme, &integration, ASKED, &ada()).await;
    assert!(matches!(&refused, Err(EngineError::Refused(Refusal::Revoked { .. }))), "{refused:?}");
}

/// R46
async fn an_approval_is_applied_in_the_background(bed: Bed) {
    let held = held(&bed).await;
    assert_eq!(bed.engine.answer_hold(held, HoldAnswer::Approve, &ada()).await.expect("answered"), held);
    let (programme, integration) = bed.integration().await;
    let import = bed.engine.import_of(programme.number(), held).await.expect("there");
    assert_eq!((import.state.as_str(), import.approved.as_deref()), ("applying", Some("whole")));
    assert_eq!((import.answered_by.as_deref(), import.progress_total), (Some("ada@acme.example"), 30));
    assert_eq!(bed.engine.running_of(&integration).await.expect("looked"), Some(import));
    let again = bed.engine.answer_hold(held, HoldAnswer::Reject, &ada()).await;
    assert!(matches!(&again, Err(EngineError::Refused(_))), "{again:?}");
    let _worker = worker(&bed.engine);
    assert_eq!(end_of(&bed.engine, held).await, State::Completed);
    let leavers = bed.members().await.iter().filter(|member| !member.state.is_current()).count();
    assert_eq!(leavers, 30);
}

/// R46
async fn an_approval_without_the_leavers_and_a_rejection_say_who_gave_them(bed: Bed) {
    let held = held(&bed).await;
    bed.engine.answer_hold(held, HoldAnswer::Reject, &ada()).await.expect("answered");
    let (programme, _) = bed.integration().await;
    let rejected = bed.engine.import_of(programme.number(), held).await.expect("there");
    assert_eq!((rejected.state.as_str(), rejected.answered_by.as_deref()), ("rejected", Some("ada@acme.example")));
    let held = bed.import().await.import;
    bed.engine.answer_hold(held, HoldAnswer::WithoutLeavers, &ada()).await.expect("answered");
    let _worker = worker(&bed.engine);
    assert_eq!(end_of(&bed.engine, held).await, State::Completed);
    assert!(bed.members().await.iter().all(|member| member.state.is_current()));
    let noted = bed.engine.store().audit(programme.number(), &AuditFilter::default(), None, 10).await.expect("noted");
    let actions: Vec<&str> = noted.iter().map(|entry| entry.action.as_str()).collect();
    assert!(actions.contains(&"hold.rejected") && actions.contains(&"hold.approved-without-leavers"), "{actions:?}");
}

/// R30, R46
async fn an_answer_that_comes_too_late_or_to_a_stale_plan_is_refused(bed: Bed) {
    let held = held(&bed).await;
    let (programme, _) = bed.integration().await;
    let import = bed.engine.import_of(programme.number(), held).await.expect("there");
    let plan = bed.engine.store().plan(programme.number(), held, import.try_number);
    assert_eq!(plan.page(Some(Kind::Leave), "", None, 5).await.expect("rows").len(), 5);
    bed.pass(SignedDuration::from_hours(73));
    let late = bed.engine.answer_hold(held, HoldAnswer::Approve, &ada()).await;
    assert!(matches!(&late, Err(EngineError::Refused(Refusal::HoldLapsed { .. }))), "{late:?}");
}

/// R43
async fn renumbered_is_planned_once_more_in_the_background(bed: Bed) {
    let held = held(&bed).await;
    let anew = bed.engine.answer_hold(held, HoldAnswer::Renumbered, &ada()).await.expect("answered");
    assert_ne!(anew, held);
    let (programme, _) = bed.integration().await;
    let import = bed.engine.import_of(programme.number(), anew).await.expect("there");
    assert!(import.renumbered && import.trigger == "renumbered");
}

async fn watchers_see_one_bar_whoever_works(bed: Bed) {
    bed.employ_people(people(2_500));
    bed.set_up("").await;
    bed.sandbox.add_fault(CLIENT, Fault::new(FaultKind::Slow { ms: 500 })).expect("a fault");
    let (programme, integration) = bed.integration().await;
    let asked = bed.engine.start_import(&programme, &integration, ASKED, &ada()).await.expect("asked");
    // Somebody else does the work; here it is only watched, twice.
    let other = bed.another_engine().await;
    let _worker = worker(&other);
    let mut first = bed.engine.watch(asked).await.expect("watched");
    let second = bed.engine.watch(asked).await.expect("watched");
    assert_eq!(bed.engine.watched_imports(), 1);
    let reading = first.wait_for(|now| now.state == State::Reading && now.done > 0 && now.total == 2_500);
    timeout(Duration::from_secs(30), reading).await.expect("in time").expect("told");
    let done = first.wait_for(|now| now.finished);
    assert_eq!(timeout(Duration::from_secs(30), done).await.expect("in time").expect("told").state, State::Completed);
    assert!(second.borrow().finished);
    drop((first, second));
    timeout(Duration::from_secs(5), async {
        while bed.engine.watched_imports() > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("nobody is polled for");
}

async fn nobody_is_polled_for_once_the_last_watcher_has_gone(bed: Bed) {
    let held = held(&bed).await;
    let watched = bed.engine.watch(held).await.expect("watched");
    assert_eq!((bed.engine.watched_imports(), watched.borrow().finished), (1, false));
    drop(watched);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(bed.engine.watched_imports(), 0);
}

both!(
    an_import_that_was_asked_for_is_done_in_the_background,
    of_many_who_ask_at_once_one_is_heard,
    a_preview_throws_no_import_away_that_waits,
    nobody_can_ask_where_the_credentials_were_revoked,
    an_approval_is_applied_in_the_background,
    an_approval_without_the_leavers_and_a_rejection_say_who_gave_them,
    an_answer_that_comes_too_late_or_to_a_stale_plan_is_refused,
    renumbered_is_planned_once_more_in_the_background,
    watchers_see_one_bar_whoever_works,
    nobody_is_polled_for_once_the_last_watcher_has_gone,
);
