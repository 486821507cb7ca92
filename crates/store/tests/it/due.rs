//! What the clock is looked at for, and what the end of an import means for its integration.

use domain::{ids::IntegrationId, import::State, plan::Kind};
use rollcall_store::{Import, Integration, imports::Started};

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

/// Of two who saw that it was due, one begins it.
async fn an_import_that_is_due_is_begun_once(db: &Db) {
    let seen = due_at(db, NOW).await;
    let second = db.open_again().await;
    let (one, two) = (import_row(import(1), State::Queued), import_row(import(2), State::Queued));
    let began = tokio::join!(db.start_due(&seen, &one, NOW + 9), second.start_due(&seen, &two, NOW + 9));
    let began = [began.0.unwrap(), began.1.unwrap()];
    assert_eq!(began.iter().filter(|one| **one == Started::Begun).count(), 1, "{began:?}");
    assert_eq!(began.iter().filter(|one| **one == Started::Moved).count(), 1, "{began:?}");
    assert_eq!((now(db).await.due_at, db.imports(PROGRAMME, 9).await.unwrap().len()), (Some(NOW + 9), 1));
}

/// R39
async fn an_import_stays_due_while_another_is_running(db: &Db) {
    let seen = due_at(db, NOW).await;
    let run = db.begin(State::Reading).await;
    assert_eq!(
        db.start_due(&seen, &import_row(import(7), State::Queued), NOW + 9).await.unwrap(),
        Started::Busy(run.import.number())
    );
    assert_eq!(now(db).await.due_at, Some(NOW));
    let paused = Integration { state: "paused".into(), ..seen.clone() };
    assert!(db.change_integration(&seen, &paused).await.unwrap());
    assert_eq!(
        db.start_due(&seen, &import_row(import(7), State::Queued), NOW + 9).await.unwrap(),
        Started::Moved,
        "it was paused meanwhile"
    );
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
    what_is_not_timed_is_found_and_timed_once,
    an_integration_follows_its_import_in_the_same_transaction,
    an_owner_who_leaves_is_noted_by_the_change_itself,
);
