//! What any one node does for all of them.

use std::time::Duration;

use crate::support::{Db, both};

const HOUR: Duration = Duration::from_hours(1);

async fn of_all_nodes_one_begins_a_round(db: &Db) {
    let stores = [db.open_again().await, db.open_again().await];
    for round in 0..3 {
        let mut tasks = Vec::new();
        for node in 0..10 {
            let store = stores[node % 2].clone();
            tasks.push(tokio::spawn(async move { store.begin_round("leavers", HOUR).await.unwrap() }));
        }
        let mut begun = 0;
        for task in tasks {
            begun += usize::from(task.await.unwrap());
        }
        assert_eq!(begun, 1, "round {round}");
        assert_eq!(db.run("UPDATE rounds SET begun_at = begun_at - 3600000000").await, 1);
    }
}

async fn a_round_is_due_by_its_own_name_and_time(db: &Db) {
    assert!(db.begin_round("leavers", HOUR).await.unwrap());
    assert!(db.begin_round("what-is-old", HOUR).await.unwrap(), "another");
    db.run("UPDATE rounds SET begun_at = begun_at - 3000000000").await;
    assert!(!db.begin_round("leavers", HOUR).await.unwrap(), "not yet");
    assert!(db.begin_round("leavers", HOUR / 2).await.unwrap());
    // The database's clock was put back by a day.
    db.run("UPDATE rounds SET begun_at = begun_at + 86400000000").await;
    assert!(db.begin_round("leavers", HOUR).await.unwrap(), "nobody waits for a day");
}

both!(of_all_nodes_one_begins_a_round, a_round_is_due_by_its_own_name_and_time);
