//! What all processes may do so often and no oftener (R6).

use crate::support::{Db, both};

const MINUTE: i64 = 60_000_000;

/// As if the owner had not been heard of for eleven seconds.
async fn let_it_expire(db: &Db) {
    db.run("UPDATE allowances SET heartbeat = heartbeat - 11000000, written_at = written_at - 11000000").await;
}

async fn an_allowance_is_one_owners_until_it_is_handed_over(db: &Db) {
    let (one, two, three) = (db.token(), db.token(), db.token());
    let fresh = db.take_allowance("a", one, 40).await.unwrap().unwrap();
    assert_eq!((fresh.log.as_str(), fresh.reserved), ("", 0));
    assert_eq!(db.take_allowance("a", two, 40).await.unwrap(), None);
    assert!(db.take_allowance("b", two, 40).await.unwrap().is_some(), "others are not concerned");
    assert_eq!(db.keep_allowance("a", one, "900 10", 41).await.unwrap(), Some(true), "it is wanted");
    assert_eq!(db.keep_allowance("a", two, "", 0).await.unwrap(), None);
    db.give_allowance_up("a", one, "950 60 5").await.unwrap();
    // Whoever asked first is first, and not whoever has just had it.
    assert_eq!(db.take_allowance("a", one, 40).await.unwrap(), None);
    assert_eq!(db.take_allowance("a", three, 40).await.unwrap(), None);
    let taken = db.take_allowance("a", two, 40).await.unwrap().unwrap();
    assert_eq!((taken.log.as_str(), taken.reserved), ("950 60 5", 0));
    assert!((0..5_000_000).contains(&taken.age), "{taken:?}");
    // Nobody has asked again so far.
    assert_eq!(db.keep_allowance("a", two, "", 0).await.unwrap(), Some(false));
}

async fn what_a_dead_owner_might_have_done_is_taken_for_done(db: &Db) {
    let (one, two) = (db.token(), db.token());
    db.take_allowance("a", one, 40).await.unwrap().unwrap();
    assert_eq!(db.keep_allowance("a", one, "100", 43).await.unwrap(), Some(false));
    let_it_expire(db).await;
    let taken = db.take_allowance("a", two, 40).await.unwrap().unwrap();
    assert_eq!((taken.log.as_str(), taken.reserved), ("100", 43));
    assert!(taken.age >= 11_000_000, "{taken:?}");
    assert_eq!(db.keep_allowance("a", one, "", 0).await.unwrap(), None, "whoever was only slow finds out");
    // Two who died one after the other may both have done it.
    let_it_expire(db).await;
    assert_eq!(db.take_allowance("a", one, 40).await.unwrap().unwrap().reserved, 83);
}

async fn no_window_holds_more_than_is_reserved_for_it(db: &Db) {
    let reserve = async |now, wanted| db.reserve("mails", now, (25, MINUTE), wanted).await.unwrap();
    assert_eq!((reserve(MINUTE, 10).await, reserve(MINUTE + 1, 10).await), (10, 10));
    assert_eq!((reserve(MINUTE + 2, 10).await, reserve(MINUTE + 3, 10).await), (5, 0));
    assert_eq!(reserve(2 * MINUTE - 1, 10).await, 0);
    assert_eq!((reserve(2 * MINUTE, 20).await, reserve(2 * MINUTE, 20).await), (10, 0));
    assert_eq!(reserve(5 * MINUTE, 100).await, 25);
    // A clock that was put back for good stops nothing.
    assert_eq!(reserve(MINUTE, 10).await, 10);
}

both!(
    an_allowance_is_one_owners_until_it_is_handed_over,
    what_a_dead_owner_might_have_done_is_taken_for_done,
    no_window_holds_more_than_is_reserved_for_it,
);
