//! What the clock is looked at for, and what the end of an import means for its integration.

use std::time::Duration;

use domain::{
    ids::{ImportId, IntegrationId, ProgrammeId},
    import::State,
    plan::Kind,
};
use rollcall_store::{Audit, Import, Integration, Store, audit::AuditFilter, due::Due};

use crate::support::{
    Db, INTEGRATION, NOW, OTHER, PROGRAMME, both, email, import, import_row, integration_row, mail, of, uuid,
};

/// As the database has it now.
async fn now(db: &Db) -> Integration {
    db.integration_by_number(PROGRAMME, INTEGRATION).await.unwrap().unwrap()
}

async fn due_at(db: &Db, at: i64) -> Integration {
    let due = Integration { due_at: Some(at), ..integration_row() };
    db.save_integration(&due).await.unwrap();
    due
}

async fn numbers(db: &Db, at: i64, after: Option<(i64, IntegrationId)>, most: u64) -> Vec<uuid::Uuid> {
    db.due_integrations(at, after, most).await.unwrap().into_iter().map(|due| due.id).collect()
}

async fn whoever_has_waited_longest_comes_first(db: &Db) {
    due_at(db, NOW).await;
    for (number, at) in [(8, NOW - 5), (9, NOW - 5), (10, NOW + 1)] {
        let other = Integration {
            programme_id: OTHER.0,
            id: uuid(number),
            source: format!("source-{number}"),
            due_at: Some(at),
            ..integration_row()
        };
        db.save_integration(&other).await.unwrap();
    }
    let all = [uuid(8), uuid(9), INTEGRATION.0];
    assert_eq!(numbers(db, NOW, None, 10).await, all);
    assert_eq!(numbers(db, NOW, None, 1).await, all[..1]);
    assert_eq!(numbers(db, NOW, Some((NOW - 5, IntegrationId(uuid(8)))), 10).await, all[1..]);
    assert!(numbers(db, NOW - 6, None, 10).await.is_empty());
}

/// What begins import `n` of an integration by itself.
fn due(seen: &Integration, n: u64) -> Due<'_> {
    let import = Import {
        programme_id: seen.programme_id,
        integration_id: seen.id,
        trigger: "schedule".into(),
        ..import_row(import(n), State::Queued)
    };
    let entry = Audit {
        programme_id: seen.programme_id,
        id: uuid(7_000_000 + n),
        at: NOW,
        actor_kind: "system".into(),
        actor: "Rollcall".into(),
        address: None,
        action: "import.started".into(),
        subject: import.number().to_string(),
        before: None,
        after: Some("{\"trigger\":\"schedule\"}".into()),
    };
    Due { seen, import, next: NOW + 9, entry }
}

/// The imports that begin.
async fn begun(store: &Store, due: &[Due<'_>]) -> Vec<ImportId> {
    store.start_due(due).await.unwrap().iter().map(|one| one.import.number()).collect()
}

/// What the log says was begun in a programme, the newest first.
async fn noted(db: &Db, programme: ProgrammeId) -> Vec<Audit> {
    db.audit(programme, &AuditFilter::default(), None, 99).await.unwrap()
}

/// Of two who saw that it was due, one begins it.
async fn an_import_that_is_due_is_begun_once(db: &Db) {
    let seen = due_at(db, NOW).await;
    let second = db.open_again().await;
    let (one, two) = ([due(&seen, 1)], [due(&seen, 2)]);
    let (first, other) = tokio::join!(begun(db, &one), begun(&second, &two));
    assert_eq!(first.len() + other.len(), 1, "{first:?} {other:?}");
    let whole = if first.is_empty() { &two[0] } else { &one[0] };
    assert_eq!(now(db).await.due_at, Some(NOW + 9));
    assert_eq!(db.imports(PROGRAMME, 9).await.unwrap(), std::slice::from_ref(&whole.import));
    assert_eq!(noted(db, PROGRAMME).await, std::slice::from_ref(&whole.entry));
}

/// R39
async fn an_import_stays_due_while_another_is_running(db: &Db) {
    for (n, state) in (1..).zip(State::all()) {
        let seen = due_at(db, NOW).await;
        db.run("DELETE FROM imports").await;
        db.add_import(&import_row(import(n), state)).await.unwrap();
        let begun = begun(db, &[due(&seen, 100 + n)]).await;
        let after = (begun.len(), now(db).await.due_at, db.imports(PROGRAMME, 9).await.unwrap().len());
        let wanted = if state.is_running() { (0, Some(NOW), 1) } else { (1, Some(NOW + 9), 2) };
        assert_eq!(after, wanted, "{state}");
    }
}

async fn of_many_those_begin_that_are_idle_and_as_they_were_seen(db: &Db) {
    let mut seen = Vec::new();
    for (n, due_at) in (11..).zip([Some(NOW), Some(NOW), Some(NOW), Some(NOW), None]) {
        let source = format!("source-{n}");
        let one = Integration { programme_id: OTHER.0, id: uuid(n), source, due_at, ..integration_row() };
        db.save_integration(&one).await.unwrap();
        seen.push(one);
    }
    seen.push(due_at(db, NOW).await);
    // Meanwhile another import runs, somebody moves the time, and somebody pauses.
    db.add_import(&due(&seen[1], 1).import).await.unwrap();
    db.save_integration(&Integration { due_at: Some(NOW + 5), ..seen[2].clone() }).await.unwrap();
    db.save_integration(&Integration { state: "paused".into(), ..seen[3].clone() }).await.unwrap();
    let all: Vec<_> = (101..).zip(&seen).map(|(n, seen)| due(seen, n)).collect();
    assert_eq!(begun(db, &all).await, [import(101), import(105), import(106)]);
    let mut times = Vec::new();
    for one in &seen {
        times.push(db.integration_by_number(one.programme(), one.number()).await.unwrap().unwrap().due_at.unwrap());
    }
    assert_eq!(times, [NOW + 9, NOW, NOW + 5, NOW, NOW + 9, NOW + 9]);
    let imports = db.imports(OTHER, 9).await.unwrap();
    assert_eq!(imports, [all[4].import.clone(), all[0].import.clone(), due(&seen[1], 1).import]);
    assert_eq!(db.imports(PROGRAMME, 9).await.unwrap(), std::slice::from_ref(&all[5].import));
    assert_eq!(noted(db, OTHER).await, [all[4].entry.clone(), all[0].entry.clone()]);
    assert_eq!(noted(db, PROGRAMME).await, std::slice::from_ref(&all[5].entry));
    assert!(begun(db, &all).await.is_empty(), "once");
}

/// SQLite has one writer anyway.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_integration_that_somebody_has_in_hand_keeps_no_other_waiting() {
    let db = &Db::postgres().await;
    let other = Integration { programme_id: OTHER.0, id: uuid(8), due_at: Some(NOW), ..integration_row() };
    db.save_integration(&other).await.unwrap();
    let seen = due_at(db, NOW).await;
    let all = [due(&seen, 1), due(&other, 2)];
    db.run("BEGIN").await;
    db.run(&format!("SELECT 1 FROM integrations WHERE id = '{INTEGRATION}' FOR NO KEY UPDATE")).await;
    let at_once = tokio::time::timeout(Duration::from_secs(20), begun(db, &all)).await;
    assert_eq!(at_once.expect("nobody is waited for"), [import(2)]);
    db.run("ROLLBACK").await;
    assert_eq!(begun(db, &all).await, [import(1)], "it stayed due");
}

async fn what_is_not_timed_is_found_and_timed_once(db: &Db) {
    let seen = db.integrations_to_be_timed(9).await.unwrap().pop().unwrap();
    assert!(!db.time_integration(&seen, "Asia/Tokyo", 5).await.unwrap(), "the zone was changed meanwhile");
    assert!(db.time_integration(&seen, "Europe/Berlin", NOW + 5).await.unwrap());
    assert!(!db.time_integration(&seen, "Europe/Berlin", NOW + 6).await.unwrap());
    assert_eq!(db.integrations_to_be_timed(9).await.unwrap(), []);
    // In another zone everything is due at another time.
    let programme = db.programme("acme").await.unwrap().unwrap();
    let moved = rollcall_store::Programme { time_zone: "Asia/Tokyo".into(), ..programme.clone() };
    assert!(db.replace_programme(&programme, &moved).await.unwrap());
    assert_eq!(now(db).await.due_at, None);
    due_at(db, NOW).await;
    db.save_programme(&programme).await.unwrap();
    assert_eq!(now(db).await.due_at, None);
}

/// R5, R52: import, integration and mail move as one, or not at all.
async fn an_integration_follows_its_import_in_the_same_transaction(db: &Db) {
    let run = db.begin(State::Planning).await;
    let failed = Import { state: "failed".into(), ..run.import.clone() };
    let refuse = |mails: Vec<rollcall_store::Mail>| {
        move |integration: &mut Integration| {
            integration.state = "reconnect-needed".into();
            integration.due_at = None;
            Ok(mails.clone())
        }
    };
    due_at(db, NOW).await;
    let twice = refuse(vec![mail(1, NOW), mail(1, NOW)]);
    assert!(db.move_import_and(None, State::Planning, &failed, &[], Some(&twice)).await.is_err());
    assert_eq!((now(db).await.state.as_str(), now(db).await.due_at), ("live", Some(NOW)));
    assert_eq!(db.import(run.import.number()).await.unwrap().unwrap().state, "planning");
    let once = refuse(vec![mail(1, NOW)]);
    assert!(!db.move_import_and(None, State::Reading, &failed, &[], Some(&once)).await.unwrap());
    assert_eq!(now(db).await.state, "live");
    assert!(db.move_import_and(None, State::Planning, &failed, &[], Some(&once)).await.unwrap());
    assert_eq!((now(db).await.state.as_str(), now(db).await.due_at), ("reconnect-needed", None));
    assert_eq!(db.outbox(PROGRAMME).await.unwrap(), [mail(1, NOW)]);
}

/// R56: whoever owns an integration and leaves is noted with the very change, and not any more when they are back.
async fn an_owner_who_leaves_is_noted_by_the_change_itself(db: &Db) {
    db.employ(2).await;
    let owned = Integration { owner: format!(" {}", email(1).to_uppercase()), ..integration_row() };
    db.save_integration(&owned).await.unwrap();
    db.apply(&[of(Kind::Leave, &db.member(2).await, 2)]).await;
    assert_eq!(now(db).await.owner_left_at, None, "somebody else");
    let leave = db.apply(&[of(Kind::Leave, &db.member(1).await, 1)]).await;
    let without = now(db).await;
    assert!(without.owner_left_at.is_some());
    assert_eq!(db.integrations_without_owner(9).await.unwrap(), std::slice::from_ref(&without));
    assert!(db.tell_without_owner(&without, NOW, &[mail(1, NOW)]).await.unwrap());
    assert!(!db.tell_without_owner(&without, NOW, &[mail(2, NOW)]).await.unwrap(), "once");
    assert_eq!(db.integrations_without_owner(9).await.unwrap(), []);
    db.restore_leavers(PROGRAMME, leave.number(), NOW).await.unwrap();
    assert_eq!((now(db).await.owner_left_at, now(db).await.owner_left_told_at), (None, None));
}

both!(
    whoever_has_waited_longest_comes_first,
    an_import_that_is_due_is_begun_once,
    an_import_stays_due_while_another_is_running,
    of_many_those_begin_that_are_idle_and_as_they_were_seen,
    what_is_not_timed_is_found_and_timed_once,
    an_integration_follows_its_import_in_the_same_transaction,
    an_owner_who_leaves_is_noted_by_the_change_itself,
);
