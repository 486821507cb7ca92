//! Every row of one database in another, of either kind.

use std::sync::Mutex;

use rollcall_store::{
    Address, Store, StoreError,
    copy::{LEFT_BEHIND, Stage, Step, copy_all},
};

use crate::support::{Db, PROGRAMME, both, import, import_row};

/// An empty database of either kind.
pub(crate) enum Empty {
    File(testkit::TempDir),
    Server(String),
}

impl Empty {
    pub(crate) fn each() -> [Self; 2] {
        [Self::File(testkit::place()), Self::Server(testkit::postgres_url())]
    }

    pub(crate) fn address(&self) -> Address {
        match self {
            Self::File(place) => Address::File(place.path().join("copy.db")),
            Self::Server(url) => Address::Server(url.clone()),
        }
    }
}

/// Something in every table.
async fn fill(db: &Db) {
    db.employ(30).await;
    db.add_by_hand(40, "ünï@acme.example").await;
    db.fill_every_table().await;
    // A trigger that fired while copying would be seen.
    db.run("UPDATE subscriptions SET kinds = ' joined left '").await;
}

/// How many rows each table has.
async fn counts(db: &Db) -> Vec<(String, i64)> {
    let mut counts = Vec::new();
    for table in db.tables().await.unwrap() {
        counts.push((table.clone(), db.number(&format!("SELECT COUNT(*) FROM \"{table}\"")).await));
    }
    counts
}

async fn every_row_of_every_table_is_copied_and_compared(db: &Db) {
    fill(db).await;
    let there = counts(db).await;
    for empty in Empty::each() {
        let to = Store::open_empty(&empty.address()).await.unwrap();
        let told = Mutex::new(Vec::new());
        let progress = |step: Step<'_>| {
            told.lock().unwrap().push((step.stage, step.table.to_owned(), step.done == step.of));
        };
        let copied = copy_all(db, &to, &progress).await.unwrap();

        let mut names: Vec<String> = copied.iter().map(|one| one.table.clone()).collect();
        names.extend(LEFT_BEHIND.iter().map(|table| (*table).to_owned()));
        names.sort();
        assert_eq!(names, db.tables().await.unwrap(), "every table of the catalogue");
        for table in &copied {
            assert!(table.rows > 0, "{} is copied by no test", table.table);
            assert!(there.contains(&(table.table.clone(), i64::try_from(table.rows).unwrap())), "{table:?}");
        }
        let told = told.into_inner().unwrap();
        for stage in [Stage::Copying, Stage::Comparing] {
            assert!(told.contains(&(stage, "members".into(), true)), "{told:?}");
        }
        to.close().await.unwrap();

        // The copy is a database like any other: its triggers are awake, and it can be copied in turn.
        let copy = Db::at(empty.address()).await;
        assert_eq!(copy.number("SELECT COUNT(*) FROM work").await, 0);
        assert_eq!(copy.member(3).await, db.member(3).await);
        let before = copy.number("SELECT COUNT(*) FROM event_deliveries").await;
        copy.add_by_hand(41, "later@acme.example").await;
        assert_eq!(copy.number("SELECT COUNT(*) FROM event_deliveries").await, before + 1);
        let again = Empty::File(testkit::place());
        copy_all(&copy, &Store::open_empty(&again.address()).await.unwrap(), &|_| {}).await.unwrap();
    }
}

/// Somebody else's rows are never mixed with ours, and nothing is added to what is not empty.
async fn a_database_that_holds_something_is_left_alone(db: &Db) {
    match Store::open_empty(&db.address).await {
        Err(StoreError::NotEmpty { table }) => assert_eq!(table, "integrations"),
        // A file that somebody has open is not even looked at.
        Err(StoreError::InUse { .. }) => assert!(!db.is_shared()),
        other => panic!("a database with a programme is not empty: {:?}", other.err()),
    }
    for empty in Empty::each() {
        let to = Store::open_empty(&empty.address()).await.unwrap();
        copy_all(db, &to, &|_| {}).await.unwrap();
        let again = copy_all(db, &to, &|_| {}).await.unwrap_err();
        assert!(matches!(again, StoreError::NotEmpty { .. }), "{again}");
        assert_eq!(to.programmes().await.unwrap().len(), 2);
    }
}

/// Whoever wants to be alone is told of others; a file is closed to them meanwhile.
async fn whoever_wants_to_be_alone_waits_for_nobody(db: &Db) {
    let in_use = Store::open_alone(&db.address).await.unwrap_err();
    assert!(matches!(in_use, StoreError::InUse { .. }), "{in_use}");
    assert!(in_use.to_string().contains("rollcall serve"), "{in_use}");

    let empty = Empty::File(testkit::place());
    let alone = Store::open_alone(&empty.address()).await.unwrap();
    assert!(matches!(Store::open(&empty.address()).await, Err(StoreError::InUse { .. })));
    drop(alone);
    Store::open(&empty.address()).await.unwrap();
}

/// What is written while it goes on belongs to the source alone: the copy is one moment.
async fn a_copy_is_one_moment(db: &Db) {
    db.employ(1_200).await;
    let empty = Empty::File(testkit::place());
    let to = Store::open_empty(&empty.address()).await.unwrap();
    let (told, mut hear) = tokio::sync::mpsc::unbounded_channel();
    let copying = async {
        // Whoever listens hears the end of it too.
        let tell = move |step: Step<'_>| drop(told.send(step.table.to_owned()));
        copy_all(db, &to, &tell).await
    };
    let writing = async {
        while hear.recv().await.is_some_and(|table| table != "members") {}
        db.add_import(&import_row(import(77), domain::import::State::Queued)).await.unwrap();
        db.add_by_hand(5_000, "meanwhile@acme.example").await;
    };
    let (copied, ()) = tokio::join!(copying, writing);
    let members = copied.unwrap().into_iter().find(|one| one.table == "members").unwrap();
    assert_eq!(members.rows, 1_200);
    assert_eq!(to.imports(PROGRAMME, 9).await.unwrap().len(), 1);
}

both!(
    every_row_of_every_table_is_copied_and_compared,
    a_database_that_holds_something_is_left_alone,
    whoever_wants_to_be_alone_waits_for_nobody,
    a_copy_is_one_moment,
);

/// PostgreSQL has no such text: the row is named, nothing is half there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_that_the_other_side_does_not_take_is_named() {
    let db = Db::sqlite().await;
    db.run("UPDATE programmes SET name = 'A' || char(0) || 'B' WHERE slug = 'acme'").await;
    let empty = Empty::Server(testkit::postgres_url());
    let to = Store::open_empty(&empty.address()).await.unwrap();
    let error = copy_all(&db, &to, &|_| {}).await.unwrap_err().to_string();
    assert!(error.contains("name of the row") && error.contains("programmes"), "{error}");
    assert!(to.programmes().await.unwrap().is_empty());
}
