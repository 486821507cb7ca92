//! Leases: one import at a time (R39).

use domain::{ids::IntegrationId, import::State};
use rollcall_store::{Import, Integration, StoreError, work::OWNERS};

use crate::support::{Db, INTEGRATION, OTHER, PROGRAMME, both, import, import_row, integration_row, join, uuid};

/// As if the owner had not been heard of for eleven seconds.
async fn let_it_expire(db: &Db) {
    assert_eq!(db.run("UPDATE work SET heartbeat = heartbeat - 11000000").await, 1);
}

async fn work_is_one_owners_until_it_is_given_up(db: &Db) {
    let lease = db.claim_work(PROGRAMME, "import", db.token()).await.unwrap().unwrap();
    assert_eq!(db.claim_work(PROGRAMME, "import", db.token()).await.unwrap(), None);
    assert_eq!(db.work(PROGRAMME, "import").await.unwrap().unwrap().lease, lease.token);
    // Other work is not concerned.
    assert!(db.claim_work(PROGRAMME, "other", db.token()).await.unwrap().is_some());
    assert!(db.claim_work(OTHER, "import", db.token()).await.unwrap().is_some());
    db.release_work(&lease).await.unwrap();
    assert_eq!(db.work(PROGRAMME, "import").await.unwrap(), None);
    assert!(db.claim_work(PROGRAMME, "import", db.token()).await.unwrap().is_some());
}

async fn an_owner_who_shows_up_keeps_the_work(db: &Db) {
    let lease = db.claim_work(PROGRAMME, "import", db.token()).await.unwrap().unwrap();
    let_it_expire(db).await;
    let long_ago = db.work(PROGRAMME, "import").await.unwrap().unwrap().heartbeat;
    db.renew_work(&lease).await.unwrap();
    assert!(db.work(PROGRAMME, "import").await.unwrap().unwrap().heartbeat >= long_ago + 11_000_000);
    assert_eq!(db.claim_work(PROGRAMME, "import", db.token()).await.unwrap(), None);
}

async fn an_owner_who_was_only_slow_writes_nothing(db: &Db) {
    let mut run = db.plan_of(&[join(1)]).await;
    let_it_expire(db).await;
    let second = db.claim_work(PROGRAMME, "import", db.token()).await.unwrap().unwrap();
    assert_eq!(db.claim_work(PROGRAMME, "import", db.token()).await.unwrap(), None);

    let lost = |result: Result<_, StoreError>| assert!(matches!(result, Err(StoreError::LeaseLost)));
    let plan = run.plan(db);
    lost(db.renew_work(&run.lease).await);
    lost(plan.stage(&run.lease, &[join(2)], &[]).await);
    lost(plan.discard(&run.lease, true).await);
    lost(plan.amend(&run.lease, &rollcall_store::plan::Amendment { drop: vec![1], ..Default::default() }).await);
    lost(run.step(db).await.map(drop));
    lost(db.move_import(Some(&run.lease), State::Applying, &run.import, &[]).await.map(drop));
    // Giving up what is somebody else's gives nothing up.
    db.release_work(&run.lease).await.unwrap();
    assert_eq!(db.work(PROGRAMME, "import").await.unwrap().unwrap().lease, second.token);
    assert_eq!(db.number("SELECT COUNT(*) FROM changes").await, 1);
    assert_eq!(db.number("SELECT COUNT(*) FROM members").await, 0);

    // The new owner goes on where the old one stopped.
    run.lease = second;
    assert_eq!(run.apply(db).await, [1]);
    assert_eq!(db.number("SELECT COUNT(*) FROM members").await, 1);
}

async fn of_many_who_ask_at_once_exactly_one_gets_the_work(db: &Db) {
    let stores = [db.open_again().await, db.open_again().await];
    for round in 0..20 {
        let kind = format!("import:{}", round % 10);
        if round == 10 {
            // Work whose owner is gone is no different.
            db.run("UPDATE work SET heartbeat = 0").await;
        }
        let mut tasks = Vec::new();
        for n in 0..16 {
            let (store, kind, token) = (stores[n % 2].clone(), kind.clone(), db.token());
            tasks.push(tokio::spawn(async move { store.claim_work(PROGRAMME, &kind, token).await.unwrap() }));
        }
        let mut won = Vec::new();
        for task in tasks {
            won.extend(task.await.unwrap());
        }
        assert_eq!(won.len(), 1);
        assert_eq!(db.work(PROGRAMME, &kind).await.unwrap().unwrap().lease, won[0].token);
    }
}

/// Whoever works on an import, and the oldest that wait: of programmes of which nobody does anything, or of any.
async fn what_waits_is_found_by_what_is_worked_on(db: &Db) {
    let waiting = async |idle, largest| {
        let found = db.imports_to_take_up(idle, largest, 10).await.unwrap();
        found.into_iter().map(|import| import.id).collect::<Vec<_>>()
    };
    let other = IntegrationId(uuid(77));
    let row = |n: u64, state| import_row(import(n), state);
    let ours = Import { progress_total: 30, ..row(1, State::Queued) };
    let large = Import { integration_id: other.0, progress_total: 90_000, ..row(2, State::Reading) };
    let theirs = Import { programme_id: OTHER.0, integration_id: other.0, ..row(3, State::Applying) };
    let done = row(4, State::Completed);
    for programme in [PROGRAMME, OTHER] {
        let row = Integration { programme_id: programme.0, id: other.0, source: "other".into(), ..integration_row() };
        db.save_integration(&row).await.unwrap();
    }
    for import in [&ours, &large, &theirs, &done] {
        db.add_import(import).await.unwrap();
    }
    assert_eq!(waiting(true, None).await, [ours.id, large.id, theirs.id]);
    assert_eq!(waiting(true, Some(5_000)).await, [ours.id], "nobody knows how many people the other's has");
    let lease = db.claim_imports(PROGRAMME, INTEGRATION, db.token()).await.unwrap().unwrap();
    assert_eq!(waiting(true, None).await, [theirs.id], "one import of a programme at a time, while others wait");
    assert_eq!(waiting(false, None).await, [large.id, theirs.id]);
    let_it_expire(db).await;
    assert_eq!(waiting(true, None).await, [ours.id, large.id, theirs.id], "its owner is gone");
    db.renew_work(&lease).await.unwrap();
    db.release_work(&lease).await.unwrap();
    // What else is done for a programme holds up no import.
    db.claim_work(OTHER, "delivery", db.token()).await.unwrap().unwrap();
    assert_eq!(waiting(true, None).await, [ours.id, large.id, theirs.id]);
}

/// Others may have taken an import up, or done it, or its programme was suspended, since it was found to wait.
async fn an_import_is_claimed_only_while_it_waits(db: &Db) {
    let import = import_row(import(1), State::Queued);
    db.add_import(&import).await.unwrap();
    let claim = async || db.claim_import(&import, db.token()).await.unwrap();
    let lease = claim().await.unwrap();
    assert_eq!(claim().await, None, "somebody works on it");
    assert_eq!(db.claim_imports(PROGRAMME, INTEGRATION, db.token()).await.unwrap(), None, "it is the same work");
    db.release_work(&lease).await.unwrap();
    let suspend = async |since: &str| {
        let sql = format!("UPDATE programmes SET suspended_at = {since} WHERE slug = 'acme'");
        assert_eq!(db.run(&sql).await, 1);
    };
    suspend("1").await;
    assert_eq!(claim().await, None);
    suspend("NULL").await;
    let applying = Import { state: State::Applying.to_string(), ..import.clone() };
    assert!(db.move_import(None, State::Queued, &applying, &[]).await.unwrap());
    suspend("1").await;
    db.release_work(&claim().await.expect("it only goes on")).await.unwrap();
    suspend("NULL").await;
    let done = Import { state: State::Completed.to_string(), ..import.clone() };
    assert!(db.move_import(None, State::Applying, &done, &[]).await.unwrap());
    assert_eq!(claim().await, None, "it is done");
}

/// R54: whoever dies over it counts, however; that the work moved on, or was given up, forgets them.
async fn work_that_ends_its_owners_is_known_by_how_often_it_was_taken_over(db: &Db) {
    let import = import_row(import(1), State::Applying);
    db.add_import(&import).await.unwrap();
    let claim = async || db.claim_imports(PROGRAMME, INTEGRATION, db.token()).await.unwrap();
    let waiting = async || db.imports_to_take_up(false, None, 10).await.unwrap().len();
    for takeovers in 0..=OWNERS {
        assert_eq!(waiting().await, 1);
        let lease = claim().await.unwrap();
        assert_eq!((lease.takeovers, lease.is_of_no_avail()), (takeovers, takeovers == OWNERS));
        let_it_expire(db).await;
    }
    assert_eq!(waiting().await, 0, "it rests for a while");
    assert!(claim().await.is_some(), "but not from a person who asks for it");
    db.run("UPDATE work SET heartbeat = heartbeat - 600000000").await;
    assert_eq!(waiting().await, 1);
    let lease = claim().await.unwrap();
    db.renew_work(&lease).await.unwrap();
    assert!(db.number("SELECT takeovers FROM work").await > OWNERS, "a sign of life is no progress");
    let done = Import { state: State::Completed.to_string(), ..import.clone() };
    assert!(db.move_import(Some(&lease), State::Applying, &done, &[]).await.unwrap());
    let_it_expire(db).await;
    let lease = claim().await.unwrap();
    db.release_work(&lease).await.unwrap();
    assert_eq!(claim().await.unwrap().takeovers, 0);
}

both!(
    an_import_is_claimed_only_while_it_waits,
    work_that_ends_its_owners_is_known_by_how_often_it_was_taken_over,
    what_waits_is_found_by_what_is_worked_on,
    work_is_one_owners_until_it_is_given_up,
    an_owner_who_shows_up_keeps_the_work,
    an_owner_who_was_only_slow_writes_nothing,
    of_many_who_ask_at_once_exactly_one_gets_the_work,
);
