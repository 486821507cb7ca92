//! Events: what is written for subscriptions, in the transaction of the change.

use domain::plan::Kind;
use rollcall_store::{
    EventDelivery, Subscription,
    events::{Attempt, Mark},
};

use crate::support::{Db, NOW, OTHER, PROGRAMME, both, join, of, uuid};

async fn subscribe(db: &Db, kinds: &str) -> Subscription {
    let row = Subscription {
        programme_id: PROGRAMME.0,
        id: uuid(7_000_000 + db.next()),
        url: "https://hooks.acme.example/rollcall".into(),
        kinds: format!(" {kinds} "),
        secret: vec![1, 2, 3],
        previous_secret: None,
        previous_until: None,
        state: "active".into(),
        created_by: "a test".into(),
        created_at: NOW,
    };
    db.add_subscription(&row).await.unwrap();
    row
}

async fn all(db: &Db, subscription: &Subscription) -> Vec<EventDelivery> {
    let mut all = db.events(subscription, None, 50).await.unwrap();
    all.sort_by_key(|one| (one.member_id, one.version));
    all
}

fn told(deliveries: &[EventDelivery]) -> Vec<(u128, i64, &str)> {
    let number = |one: &EventDelivery| one.member_id.as_u128() & 0xffff_ffff;
    deliveries.iter().map(|one| (number(one) - 1_000_000, one.version, one.kind.as_str())).collect()
}

/// R50
async fn whoever_changes_a_member_the_change_is_told(db: &Db) {
    let everything = subscribe(db, "joined updated left rejoined closed").await;
    let leavers = subscribe(db, "left").await;
    db.employ(2).await;
    let one = db.member(1).await;
    let mut update = of(Kind::Update, &one, 1);
    update.change.after.insert(domain::field::Field::FirstName, "Another".into());
    let unseen = of(Kind::Refresh, &db.member(2).await, 2);
    db.apply(&[update, unseen]).await;
    let leave = db.apply(&[of(Kind::Leave, &db.member(1).await, 1)]).await;
    db.restore_leavers(PROGRAMME, leave.number(), NOW).await.unwrap();
    db.run("UPDATE members SET state = 'closed', version = version + 1 WHERE employee_id = '2'").await;
    let expected =
        [(1, 1, "joined"), (1, 2, "updated"), (1, 3, "left"), (1, 4, "rejoined"), (2, 1, "joined"), (2, 2, "closed")];
    assert_eq!(told(&all(db, &everything).await), expected);
    assert_eq!(told(&all(db, &leavers).await), [(1, 3, "left")]);
}

/// R31
async fn what_changes_nothing_is_not_told_and_neither_is_anything_where_nobody_listens(db: &Db) {
    db.employ(1).await;
    let subscription = subscribe(db, "joined updated left rejoined closed").await;
    db.apply(&[of(Kind::Refresh, &db.member(1).await, 1)]).await;
    db.run("UPDATE members SET version = version + 1, updated_at = updated_at + 1").await;
    assert_eq!(all(db, &subscription).await, []);
    assert_eq!(db.number("SELECT COUNT(*) FROM event_deliveries").await, 0);
    db.apply(&[join(5)]).await;
    assert_eq!(told(&all(db, &subscription).await), [(5, 1, "joined")]);
    db.remove_subscription(&subscription).await.unwrap();
    assert_eq!(db.number("SELECT COUNT(*) FROM event_deliveries").await, 0);
}

async fn of_each_member_one_thing_is_told_after_the_other(db: &Db) {
    let subscription = subscribe(db, "joined updated left").await;
    db.employ(2).await;
    db.apply(&[of(Kind::Leave, &db.member(1).await, 1)]).await;
    let due = async |now| db.due_events(&subscription, now, 10).await.unwrap();
    let first = due(i64::MAX).await;
    let mut names: Vec<_> = first.iter().map(|one| one.kind.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["joined", "joined"], "the leaving waits until the joining was told");
    let joined = first.iter().find(|one| told(std::slice::from_ref(one))[0].0 == 1).unwrap();
    let again = NOW + 1_000;
    let failed = Attempt { status: Some(500), failure: Some("the answer was 500".into()), again: Some(again) };
    db.note_event(joined, NOW, &failed).await.unwrap();
    assert_eq!(due(again - 1).await.iter().filter(|one| one.member_id == joined.member_id).count(), 0);
    db.note_event(joined, NOW, &Attempt { status: Some(204), failure: None, again: None }).await.unwrap();
    let left = due(i64::MAX).await;
    assert!(left.iter().any(|one| one.member_id == joined.member_id && one.kind == "left"), "{left:?}");
    db.hold_events(&subscription, NOW + 5_000_000).await.unwrap();
    assert_eq!(due(NOW + 4_999_999).await, []);
}

async fn what_was_told_can_be_told_again_and_is_forgotten_in_time(db: &Db) {
    let subscription = subscribe(db, "joined").await;
    db.employ(3).await;
    for delivery in db.due_events(&subscription, i64::MAX, 10).await.unwrap() {
        db.note_event(&delivery, NOW, &Attempt { status: Some(200), failure: None, again: None }).await.unwrap();
    }
    assert_eq!(db.due_events(&subscription, i64::MAX, 10).await.unwrap(), []);
    let newest = db.events(&subscription, None, 2).await.unwrap();
    let last = newest.last().unwrap();
    let mark = Mark { at: last.at, member: last.member_id, kind: last.kind.clone() };
    assert_eq!(db.events(&subscription, Some(&mark), 2).await.unwrap().len(), 1);
    assert_eq!(db.tell_again(&subscription, 0, NOW + 9).await.unwrap(), 3);
    assert_eq!(db.due_events(&subscription, NOW + 9, 10).await.unwrap().len(), 3);
    assert_eq!(db.forget_events(&subscription, i64::MAX).await.unwrap(), 0, "what is still to be told stays");
    assert!(db.subscription(OTHER, subscription.id).await.unwrap().is_none());
}

both!(
    whoever_changes_a_member_the_change_is_told,
    what_changes_nothing_is_not_told_and_neither_is_anything_where_nobody_listens,
    of_each_member_one_thing_is_told_after_the_other,
    what_was_told_can_be_told_again_and_is_forgotten_in_time,
);
