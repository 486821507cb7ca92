//! Opening a database, also by several at once.

use domain::import::State;
use rollcall_store::{Address, Store, StoreError};

use crate::support::{Db, PROGRAMME, both, import, import_row, join};

async fn opening_twice_changes_nothing(db: &Db) {
    let again = db.open_again().await;
    assert_eq!(again.programmes().await.unwrap().len(), 2);
    assert!(again.ping().await.unwrap() > 1_700_000_000_000_000);
    again.close().await.unwrap();
    assert_eq!(db.programmes().await.unwrap().len(), 2);
}

/// Opens an empty database eight times at once.
async fn open_together(address: &Address) {
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let address = address.clone();
            tokio::spawn(async move { Store::open(&address).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_empty_file_may_be_opened_by_many_at_once() {
    for _ in 0..10 {
        let place = testkit::place();
        open_together(&Address::File(place.path().join("rollcall.db"))).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_empty_server_may_be_opened_by_many_at_once() {
    for _ in 0..3 {
        open_together(&Address::Server(testkit::postgres_url())).await;
    }
}

#[tokio::test]
async fn what_cannot_be_opened_is_named() {
    let place = testkit::place();
    let error = Store::open(&Address::File(place.path().join("missing/rollcall.db"))).await.unwrap_err();
    assert!(error.to_string().contains("missing/rollcall.db"), "{error}");
}

/// Nobody is told that the database is locked, however many write.
async fn many_writers_wait_for_each_other(db: &Db) {
    let stores = [db.open_again().await, db.open_again().await];
    let mut tasks = Vec::new();
    for n in 0..12_u64 {
        let store = stores[usize::try_from(n % 2).unwrap()].clone();
        let token = db.token();
        tasks.push(tokio::spawn(async move {
            let row = import_row(import(1_000 + n), State::Reading);
            store.add_import(&row).await?;
            let lease = store.claim_work(PROGRAMME, &format!("import:{n}"), token).await?.unwrap();
            let plan = store.plan(PROGRAMME, row.number(), 1);
            for round in 0..25 {
                plan.stage(&lease, &[join(round)], &[]).await?;
                store.note_progress(&row, round, 25).await?;
                store.renew_work(&lease).await?;
            }
            store.move_import(Some(&lease), State::Reading, &row, &[]).await
        }));
    }
    for task in tasks {
        assert!(task.await.unwrap().unwrap());
    }
    assert_eq!(db.number("SELECT COUNT(*) FROM changes").await, 12 * 25);
}

/// A later version may have changed what this one relies on.
async fn a_database_of_a_newer_version_is_refused(db: &Db) {
    let steps = db.pending_steps(&db.address).await.unwrap();
    assert!(steps.is_empty(), "{steps:?}");
    db.run("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)").await;
    let error = Store::open(&db.address).await.unwrap_err();
    assert!(matches!(error, StoreError::Newer { .. }) && error.to_string().contains("m9999_future"), "{error}");
}

both!(a_database_of_a_newer_version_is_refused, opening_twice_changes_nothing, many_writers_wait_for_each_other);
