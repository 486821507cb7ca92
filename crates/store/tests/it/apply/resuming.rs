//! An import that was interrupted goes on where it stopped, and does nothing twice (R54).

use domain::plan::Kind;
use rollcall_store::apply::Step;

use crate::support::{Db, NOW, PROGRAMME, both, join, of};

/// Row numbers and positions begin at nought.
async fn the_first_row_is_applied(db: &Db) {
    db.employ(1).await;
    let import = db.apply(&[of(Kind::Leave, &db.member(1).await, 0)]).await;
    assert_eq!((import.cursor, db.rows_applied(&import).await.unwrap()), (0, 1));
    assert!(!db.member(1).await.state.is_current());
}

async fn batch_by_batch_each_row_is_applied_once(db: &Db) {
    let run = db.plan_of(&(1..=2_300).map(join).collect::<Vec<_>>()).await;
    let mut sizes = Vec::new();
    loop {
        // As a process that has just started would: with what the database knows.
        let import = run.reloaded(db).await;
        let applied = i64::try_from(db.rows_applied(&import).await.unwrap()).unwrap();
        assert_eq!(applied, db.number("SELECT COUNT(*) FROM members").await);
        assert_eq!(applied, db.number("SELECT COUNT(*) FROM outbox").await);
        match db.apply_batch(&run.lease, &import, 1_000, NOW).await.unwrap() {
            Step::Applied { cursor, rows, is_last } => {
                assert!(cursor > import.cursor);
                sizes.push((rows, is_last));
            }
            Step::Done => break,
        }
    }
    assert_eq!(sizes, [(1_000, false), (1_000, false), (300, true)]);
}

/// The import in hand is older than the one in the database.
async fn an_old_import_in_hand_applies_nothing_twice(db: &Db) {
    db.employ(1).await;
    let mut rows = vec![of(Kind::Update, &db.member(1).await, 1)];
    rows.extend((2..=1_500).map(join));
    let run = db.plan_of(&rows).await;
    assert_eq!(run.apply(db).await, [1_000, 500]);
    assert_eq!(run.step(db).await.unwrap(), Step::Done);
    assert_eq!(db.member(1).await.version, 2);
    assert!(db.problems_of(&run.import).await.is_empty());
    assert_eq!(db.rows_applied(&run.reloaded(db).await).await.unwrap(), 1_500);
}

/// Even if one owner runs twice at once, each batch is applied once.
async fn two_at_once_share_the_batches(db: &Db) {
    let run = db.plan_of(&(1..=5_000).map(join).collect::<Vec<_>>()).await;
    let second = db.open_again().await;
    let other = async {
        let mut sizes = Vec::new();
        while let Step::Applied { rows, .. } = second.apply_batch(&run.lease, &run.import, 1_000, NOW).await.unwrap() {
            sizes.push(rows);
        }
        sizes
    };
    let (one, other) = tokio::join!(run.apply(db), other);
    assert_eq!(one.iter().chain(&other).sum::<u64>(), 5_000);
    assert_eq!(db.number("SELECT COUNT(*) FROM members").await, 5_000);
    assert_eq!(db.number("SELECT COUNT(*) FROM problems").await, 0);
}

/// A batch that fails leaves nothing behind.
async fn a_batch_that_fails_did_nothing(db: &Db) {
    db.employ(1).await;
    let leave = of(Kind::Leave, &db.member(1).await, 1);
    // Two mails with one number: the last step of the batch is refused.
    let mut twice = [join(2), join(3)];
    twice[1].mail = twice[0].mail;
    let run = db.plan_of(&[vec![leave], twice.into()].concat()).await;
    assert!(run.step(db).await.is_err());
    assert!(db.member(1).await.state.is_current());
    assert_eq!(run.reloaded(db).await.cursor, -1);
    assert_eq!(db.number("SELECT COUNT(*) FROM members").await, 1);
    // The store is as good as before.
    db.renew_work(&run.lease).await.unwrap();
    assert_eq!(db.outbox(PROGRAMME).await.unwrap().len(), 1);
}

both!(
    the_first_row_is_applied,
    batch_by_batch_each_row_is_applied_once,
    an_old_import_in_hand_applies_nothing_twice,
    two_at_once_share_the_batches,
    a_batch_that_fails_did_nothing,
);
