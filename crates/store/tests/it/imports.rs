//! Imports: from queued to their end.

use domain::{
    import::State,
    plan::{Counts, Kind},
};
use rollcall_store::{Import, Integration, StoreError};

use crate::support::{
    Db, INTEGRATION, NOW, OTHER, PROGRAMME, both, import, import_row, integration_row, mail, of, uuid,
};

/// R30
async fn an_import_moves_only_from_where_it_stands_and_its_mails_go_with_it(db: &Db) {
    let run = db.begin(State::Planning).await;
    let counts = Counts { read: 3, join: 2, ..Counts::default() };
    let held = Import {
        state: "on-hold".into(),
        counts: serde_json::to_string(&counts).unwrap(),
        held_by: "leavers".into(),
        held_at: Some(NOW),
        plan_print: Some("p".into()),
        ..run.import.clone()
    };
    assert!(!db.move_import(Some(&run.lease), State::Reading, &held, &[mail(1, NOW)]).await.unwrap());
    assert_eq!(db.import(run.import.number()).await.unwrap(), Some(run.import.clone()));
    assert_eq!(db.outbox(PROGRAMME).await.unwrap(), []);

    assert!(db.move_import(Some(&run.lease), State::Planning, &held, &[mail(1, NOW), mail(2, NOW)]).await.unwrap());
    assert!(!db.move_import(Some(&run.lease), State::Planning, &held, &[mail(3, NOW)]).await.unwrap());
    let known = db.import(run.import.number()).await.unwrap().unwrap();
    assert_eq!(known, held);
    assert_eq!((known.state().unwrap(), known.counts().unwrap()), (State::OnHold, counts));
    assert_eq!(db.outbox(PROGRAMME).await.unwrap(), [mail(1, NOW), mail(2, NOW)]);
}

/// R50
async fn a_mail_that_cannot_be_written_keeps_the_import_where_it_was(db: &Db) {
    let run = db.begin(State::Planning).await;
    let failed = Import { state: "failed".into(), ..run.import.clone() };
    assert!(db.move_import(None, State::Planning, &failed, &[mail(1, NOW), mail(1, NOW)]).await.is_err());
    assert_eq!(db.import(run.import.number()).await.unwrap().unwrap().state, "planning");
    assert!(db.move_import(None, State::Planning, &failed, &[mail(1, NOW)]).await.unwrap());
}

/// R39
async fn an_import_without_its_lease_does_not_move(db: &Db) {
    let run = db.begin(State::Planning).await;
    db.release_work(&run.lease).await.unwrap();
    let moved = db.move_import(Some(&run.lease), State::Planning, &run.import, &[mail(1, NOW)]).await;
    assert!(matches!(moved, Err(StoreError::LeaseLost)));
    assert_eq!(db.outbox(PROGRAMME).await.unwrap(), []);
}

/// R54
async fn moving_an_import_leaves_its_cursor_alone(db: &Db) {
    let run = db.plan_of(&[crate::support::join(1)]).await;
    run.apply(db).await;
    let cursor = run.reloaded(db).await.cursor;
    assert!(cursor > 0);
    assert!(db.move_import(None, State::Applying, &run.import, &[]).await.unwrap());
    assert_eq!(run.reloaded(db).await.cursor, cursor);
}

async fn the_newest_import_in_a_state_is_found(db: &Db) {
    let states = [State::Completed, State::Failed, State::Completed, State::OnHold];
    for (n, state) in (1..).zip(states) {
        db.add_import(&import_row(import(n), state)).await.unwrap();
    }
    db.add_import(&Import { purpose: "preview".into(), ..import_row(import(9), State::Completed) }).await.unwrap();
    let newest = async |purpose, states: &[State]| {
        let found = db.newest_import(PROGRAMME, INTEGRATION, purpose, states).await.unwrap();
        found.map(|found| found.number())
    };
    assert_eq!(newest("apply", &[State::Completed]).await, Some(import(3)));
    assert_eq!(newest("apply", &[State::Completed, State::OnHold]).await, Some(import(4)));
    assert_eq!(newest("preview", &[State::Completed]).await, Some(import(9)));
    assert_eq!(newest("apply", &[State::Applying]).await, None);
    assert_eq!(db.newest_import(OTHER, INTEGRATION, "apply", &[State::Completed]).await.unwrap(), None);
    let listed: Vec<_> = db.imports(PROGRAMME, 2).await.unwrap().iter().map(Import::number).collect();
    assert_eq!(listed, [import(9), import(4)]);
    assert_eq!(db.imports(OTHER, 2).await.unwrap(), []);
}

async fn imports_that_somebody_should_work_on_are_found(db: &Db) {
    let states = [State::Queued, State::Reading, State::Planning, State::OnHold, State::Applying, State::Previewed];
    for (n, state) in (1..).zip(states) {
        db.add_import(&import_row(import(n), state)).await.unwrap();
    }
    let running: Vec<_> = db.unfinished_imports().await.unwrap().iter().map(Import::number).collect();
    assert_eq!(running, [import(1), import(2), import(3), import(5)]);
}

async fn progress_is_noted_for_whoever_watches(db: &Db) {
    let run = db.begin(State::Reading).await;
    db.note_progress(&run.import, 300, u64::MAX).await.unwrap();
    let known = db.import(run.import.number()).await.unwrap().unwrap();
    assert_eq!((known.progress_done, known.progress_total), (300, i64::MAX));
}

/// R41: leavers of approved plans do not count again, nor do members who came back.
async fn leavers_of_the_last_days_are_counted(db: &Db) {
    db.employ(6).await;
    let leave = async |numbers: &[u64], approved: Option<&str>| {
        let mut rows = Vec::new();
        for (number, n) in (1..).zip(numbers) {
            rows.push(of(Kind::Leave, &db.member(*n).await, number));
        }
        let import = db.apply(&rows).await;
        let approved = Import { approved: approved.map(Into::into), ..import.clone() };
        assert!(db.move_import(None, State::Completed, &approved, &[]).await.unwrap());
        import
    };
    leave(&[1, 2], None).await;
    leave(&[3], Some("all")).await;
    let restored = leave(&[4, 5], None).await;
    let since = async |then| db.measure(PROGRAMME, INTEGRATION, then).await.unwrap();
    assert_eq!(since(NOW).await.leavers, 4);
    assert_eq!(since(NOW + 8).await.leavers, 0);
    assert_eq!(db.restore_leavers(PROGRAMME, restored.number(), NOW).await.unwrap(), 2);
    let after = since(NOW).await;
    assert_eq!((after.leavers, after.members, after.has_held, after.last_read), (2, 3, false, Some(0)));
    assert_eq!(db.current_members(PROGRAMME, INTEGRATION).await.unwrap(), 3);
    let nobody = db.measure(OTHER, INTEGRATION, NOW).await.unwrap();
    assert_eq!((nobody.leavers, nobody.members, nobody.has_held, nobody.last_read), (0, 0, false, None));
}

async fn the_last_whole_read_of_each_says_how_many_people_there_are(db: &Db) {
    let other =
        |n| Integration { programme_id: OTHER.0, id: uuid(n), source: format!("source-{n}"), ..integration_row() };
    let (known, strange, broken) = (integration_row(), other(8), other(9));
    for one in [&strange, &broken] {
        db.save_integration(one).await.unwrap();
    }
    let read = |n, state, read| {
        let counts = serde_json::to_string(&Counts { read, ..Counts::default() }).unwrap();
        Import { counts, ..import_row(import(n), state) }
    };
    db.add_import(&read(1, State::Completed, 3)).await.unwrap();
    db.add_import(&read(2, State::Previewed, 5)).await.unwrap();
    db.add_import(&read(3, State::Failed, 7)).await.unwrap();
    let unreadable = Import {
        programme_id: OTHER.0,
        integration_id: broken.id,
        counts: "?".into(),
        ..import_row(import(4), State::Completed)
    };
    db.add_import(&unreadable).await.unwrap();
    let people = db.people_read(&[&known, &strange, &broken]).await.unwrap();
    assert_eq!(people.len(), 3);
    assert!(matches!(people[&known.number()], Ok(5)), "{people:?}");
    assert!(matches!(people[&strange.number()], Ok(0)), "{people:?}");
    assert!(people[&broken.number()].is_err(), "{people:?}");
}

both!(
    the_last_whole_read_of_each_says_how_many_people_there_are,
    an_import_moves_only_from_where_it_stands_and_its_mails_go_with_it,
    a_mail_that_cannot_be_written_keeps_the_import_where_it_was,
    an_import_without_its_lease_does_not_move,
    moving_an_import_leaves_its_cursor_alone,
    the_newest_import_in_a_state_is_found,
    imports_that_somebody_should_work_on_are_found,
    progress_is_noted_for_whoever_watches,
    leavers_of_the_last_days_are_counted,
);
