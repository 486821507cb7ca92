//! Addresses and employee IDs that go from one member to another in one import (R12, R18).

use domain::{
    field::Field,
    ids::MemberId,
    member::{Member, State},
    plan::Kind,
};
use rollcall_store::{
    apply::Step,
    plan::{JOIN_PHASE, PlanRow},
};

use crate::support::{Db, INTEGRATION, PROGRAMME, both, email, employed, join, member, of, takes};

/// Rows that share a position: they are never applied apart.
pub(super) fn together(rows: impl IntoIterator<Item = PlanRow>, position: i64) -> Vec<PlanRow> {
    rows.into_iter().map(|row| PlanRow { position, ..row }).collect()
}

/// Member `n` takes the address.
pub(super) async fn moves(db: &Db, n: u64, address: &str) -> PlanRow {
    takes(of(Kind::Update, &db.member(n).await, i64::try_from(n).unwrap()), address)
}

/// A row that makes person `n` a member who takes somebody else's address.
pub(super) fn newcomer(n: u64, address: &str, frees: Option<MemberId>) -> PlanRow {
    let mut row = takes(join(n), address);
    row.change.before.clear();
    row.change.frees = frees;
    row
}

/// R12
async fn a_swap_and_a_ring_end_as_the_source_says(db: &Db) {
    db.employ(5).await;
    let swap = [moves(db, 1, &email(2)).await, moves(db, 2, &email(1)).await];
    let ring = [moves(db, 3, &email(4)).await, moves(db, 4, &email(5)).await, moves(db, 5, &email(3)).await];
    db.apply(&[together(swap, 1), together(ring, 3)].concat()).await;
    assert_eq!(db.addresses(&[1, 2, 3, 4, 5]).await, [2, 1, 4, 5, 3].map(email));
    assert_eq!(db.outbox(PROGRAMME).await.unwrap().len(), 5);
}

/// R12: wherever in the plan the group stands.
async fn a_newcomer_takes_an_address_over(db: &Db) {
    db.employ(2).await;
    let early = [moves(db, 1, "one@acme.example").await, newcomer(11, &email(1), None)];
    let late = [moves(db, 2, "two@acme.example").await, newcomer(12, &email(2), None)];
    db.apply(&[together(early, 0), together(late, JOIN_PHASE + 12)].concat()).await;
    assert_eq!(db.addresses(&[1, 11, 2, 12]).await, ["one@acme.example", &email(1), "two@acme.example", &email(2)]);
    assert_eq!(db.outbox(PROGRAMME).await.unwrap().len(), 4);
}

/// R12: the address was given up by an earlier batch.
async fn a_newcomer_takes_what_was_given_up_before(db: &Db) {
    db.employ(1).await;
    let import = db.apply(&[moves(db, 1, "one@acme.example").await, newcomer(11, &email(1), None)]).await;
    assert_eq!(db.addresses(&[1, 11]).await, ["one@acme.example", &email(1)]);
    assert!(db.problems_of(&import).await.is_empty());
}

/// A batch never cuts a group, however large it is.
async fn a_group_is_applied_as_one(db: &Db) {
    let last = 2_500;
    db.employ(last).await;
    let next = |n| email(n % last + 1);
    let number = |n| i64::try_from(n).unwrap();
    let ring = (1..=last).map(|n| takes(of(Kind::Update, &employed(n), number(n)), &next(n)));
    let mut rows = together(ring, 100);
    let named = |n| {
        let mut row = takes(join(n), &email(n));
        (row.number, row.change.before) = (number(n), Vec::new());
        row
    };
    rows.extend((last + 1..=last + 3).map(named));
    let run = db.plan_of(&rows).await;
    assert_eq!(run.step(db).await.unwrap(), Step::Applied { cursor: 100, rows: last, is_last: false });
    assert_eq!(run.apply(db).await, [3]);
    assert_eq!(db.addresses(&[1, 999, 1_000, 1_001, last]).await, [2, 1_000, 1_001, 1_002, 1].map(email));
    assert_eq!(db.number("SELECT COUNT(*) FROM members WHERE version = 2").await, number(last));
    assert!(db.problems_of(&run.import).await.is_empty());
}

fn renumbered(member: &Member, number: i64, employee_id: Option<&str>) -> PlanRow {
    let mut row = of(Kind::Update, member, number);
    row.change.employee_id = employee_id.map(str::to_owned);
    row.change.changes_id = true;
    row
}

/// R18, R43
async fn employee_ids_are_swapped(db: &Db) {
    db.employ(3).await;
    let (one, two, three) = (db.member(1).await, db.member(2).await, db.member(3).await);
    let swap = [renumbered(&one, 1, Some("2")), renumbered(&two, 2, Some("1"))];
    let mut rows = together(swap, 2);
    // One loses the ID, and a newcomer gets it.
    rows.push(renumbered(&three, 3, None));
    let mut heir = join(14);
    heir.change.employee_id = Some("3".into());
    rows.push(heir);
    db.apply(&rows).await;
    let found = db.members_by_employee_id(PROGRAMME, INTEGRATION, &["1", "2", "3"]).await.unwrap();
    assert_eq!(["1", "2", "3"].map(|id| found[id].id), [member(2), member(1), member(14)]);
    assert_eq!(db.member(3).await.employee_id, None);
    assert_eq!(db.addresses(&[1, 2, 3, 14]).await, [1, 2, 3, 14].map(email));
}

/// R18: somebody else gets a former member's address.
async fn a_former_members_address_is_freed(db: &Db) {
    db.employ(3).await;
    db.apply(&[of(Kind::Leave, &db.member(1).await, 1), of(Kind::Leave, &db.member(2).await, 2)]).await;
    // One left long ago; of one, the plan has something to note; one leaves only now.
    let seen = of(Kind::Refresh, &db.member(2).await, 2);
    let leaves = of(Kind::Leave, &db.member(3).await, 3);
    let mut rows = vec![newcomer(11, &email(1), Some(member(1)))];
    rows.extend(together([seen, newcomer(12, &email(2), Some(member(2)))], JOIN_PHASE + 12));
    rows.extend(together([leaves, newcomer(13, &email(3), Some(member(3)))], JOIN_PHASE + 13));
    let import = db.apply(&rows).await;
    assert!(db.problems_of(&import).await.is_empty());
    assert_eq!(db.addresses(&[11, 12, 13]).await, [1, 2, 3].map(email));
    for n in [1, 2, 3] {
        let former = db.member(n).await;
        assert_eq!((former.state, former.fields.get(&Field::Email)), (State::Leaver, None), "{n}");
        assert!(former.fields.contains_key(&Field::FirstName));
        assert_eq!(former.employee_id, Some(n.to_string()));
    }
    assert!(db.member(1).await.version > 2);
    assert_eq!(db.restorable_leavers(PROGRAMME, import.number()).await.unwrap(), 0);
}

/// R18: an address is freed for a member as well as for a newcomer.
async fn a_member_gets_a_former_members_address(db: &Db) {
    db.employ(2).await;
    db.apply(&[of(Kind::Leave, &db.member(1).await, 1)]).await;
    let mut heir = moves(db, 2, &email(1)).await;
    heir.change.frees = Some(member(1));
    db.apply(&[heir]).await;
    assert_eq!(db.addresses(&[1, 2]).await, ["-", &email(1)]);
}

/// R18, R30: what was to be freed is not taken from somebody who is a member by now.
async fn an_address_is_not_freed_from_a_member(db: &Db) {
    db.employ(3).await;
    let mut rows = Vec::new();
    for n in [1, 2, 3] {
        rows.push(of(Kind::Leave, &db.member(n).await, i64::try_from(n).unwrap()));
    }
    let left = db.apply(&rows).await;
    let run = db.plan_of(&[1, 2].map(|n| newcomer(10 + n, &email(n), Some(member(n))))).await;
    db.restore_leavers(PROGRAMME, left.number(), crate::support::NOW).await.unwrap();
    // This one has left again, but has another address by now.
    db.run(
        "UPDATE members SET state = 'leaver', email_key = 'other@acme.example', \
         fields = REPLACE(fields, 'p2@', 'other@') WHERE employee_id = '2'",
    )
    .await;
    run.apply(db).await;
    assert_eq!(db.addresses(&[1, 2, 12]).await, [&email(1), "other@acme.example", &email(2)]);
    let problems = db.problems_of(&run.import).await;
    assert_eq!(problems.iter().map(|problem| problem.employee_id.as_deref()).collect::<Vec<_>>(), [Some("11")]);
}

/// R46: when the leavers are left out, they keep their address.
async fn whoever_does_not_leave_after_all_keeps_the_address(db: &Db) {
    db.employ(1).await;
    let leaves = of(Kind::Leave, &db.member(1).await, 1);
    let rows = together([leaves, newcomer(11, &email(1), Some(member(1)))], JOIN_PHASE);
    let mut run = db.plan_of(&rows).await;
    run.import.approved = Some("without-leavers".into());
    assert!(db.move_import(None, domain::import::State::Applying, &run.import, &[]).await.unwrap());
    assert_eq!(run.apply(db).await, [1]);
    assert_eq!((db.addresses(&[1]).await, db.member(1).await.state), (vec![email(1)], State::Invited));
    assert_eq!(db.problems_of(&run.import).await.len(), 1);
    assert_eq!(db.number("SELECT COUNT(*) FROM outbox").await, 1);
}

both!(
    a_swap_and_a_ring_end_as_the_source_says,
    a_newcomer_takes_an_address_over,
    a_newcomer_takes_what_was_given_up_before,
    a_group_is_applied_as_one,
    employee_ids_are_swapped,
    a_former_members_address_is_freed,
    a_member_gets_a_former_members_address,
    an_address_is_not_freed_from_a_member,
    whoever_does_not_leave_after_all_keeps_the_address,
);
