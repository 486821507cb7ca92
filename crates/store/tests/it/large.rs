//! A whole company at once.

use domain::plan::{Counts, Kind};

use crate::support::{Db, INTEGRATION, PROGRAMME, both, employed, join, member, of};

const PEOPLE: u64 = 20_000;

/// R32, R37, R50: everybody joins, and then everybody leaves.
async fn a_company_joins_and_leaves(db: &Db) {
    let run = db.begin(domain::import::State::Applying).await;
    let people: Vec<u64> = (1..=PEOPLE).collect();
    for people in people.chunks(1_000) {
        let rows: Vec<_> = people.iter().copied().map(join).collect();
        run.plan(db).stage(&run.lease, &rows, &[]).await.unwrap();
    }
    assert_eq!(db.rows_to_apply(&run.import).await.unwrap(), PEOPLE);
    assert!(run.plan(db).contended().await.unwrap().rows.is_empty());
    assert_eq!(run.apply(db).await, [1_000; 20]);
    let (people, mut counts) = (i64::try_from(PEOPLE).unwrap(), Counts::default());
    run.plan(db).count(&mut counts).await.unwrap();
    db.count_skipped(&run.import, &mut counts).await.unwrap();
    assert_eq!(counts, Counts { join: PEOPLE, ..Counts::default() });
    assert_eq!(db.rows_applied(&run.finish(db).await).await.unwrap(), PEOPLE);
    assert_eq!(db.current_members(PROGRAMME, INTEGRATION).await.unwrap(), PEOPLE);
    let mails = "SELECT COUNT(*) FROM outbox o JOIN members m ON m.id = o.member_id AND o.kind = 'welcome'";
    assert_eq!(db.number(mails).await, people);
    assert_eq!(db.number("SELECT COUNT(DISTINCT member_id) FROM outbox").await, people);
    assert_eq!(db.due_mails(PROGRAMME, i64::MAX, 50).await.unwrap().len(), 50);

    let leaves: Vec<_> = (1..=PEOPLE).map(|n| of(Kind::Leave, &employed(n), i64::try_from(n).unwrap())).collect();
    let run = db.plan_of(&leaves).await;
    // Whoever compares each row with each member does not get to the end of this.
    assert!(run.plan(db).contended().await.unwrap().rows.is_empty());
    run.apply(db).await;
    let left = run.finish(db).await;
    assert_eq!(db.current_members(PROGRAMME, INTEGRATION).await.unwrap(), 0);
    assert_eq!(db.due_mails(PROGRAMME, i64::MAX, 50).await.unwrap(), []);
    assert_eq!(db.restorable_leavers(PROGRAMME, left.number()).await.unwrap(), PEOPLE);
    assert_eq!(db.member(PEOPLE).await.id, member(PEOPLE));
}

both!(a_company_joins_and_leaves);
