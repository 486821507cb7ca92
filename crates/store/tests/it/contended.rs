//! The rows of a plan that need everybody (R12, R13, R15).

use std::collections::BTreeMap;

use domain::{
    field::Field,
    ids::MemberId,
    member::Member,
    plan::{Fate, Kind},
};
use rollcall_store::plan::{Amendment, Contended, PlanRow};

use crate::support::{Db, Run, both, email, employed, hand_made, join, member, of, takes};

async fn planned(db: &Db, rows: &[PlanRow]) -> (Run, Contended) {
    let run = db.begin(domain::import::State::Planning).await;
    run.plan(db).stage(&run.lease, rows, &[]).await.unwrap();
    let mut contended = run.plan(db).contended().await.unwrap();
    contended.claims.sort_unstable();
    (run, contended)
}

fn holders(contended: &Contended) -> BTreeMap<MemberId, Fate> {
    let named = |(key, member): (&String, &Member)| assert_eq!(member.email_key().as_ref(), Some(key));
    contended.holders.iter().for_each(named);
    contended.holders.values().map(|member| (member.id, contended.fate(member))).collect()
}

/// A newcomer with this address.
fn newcomer(n: u64, address: &str) -> PlanRow {
    let mut row = takes(join(n), address);
    row.change.before.clear();
    row
}

async fn what_nobody_else_wants_is_not_contended(db: &Db) {
    db.employ(3).await;
    let moves = takes(of(Kind::Update, &db.member(1).await, 1), "new@acme.example");
    let leaves = of(Kind::Leave, &db.member(2).await, 2);
    // Their own address, in other letters.
    let same = takes(of(Kind::Update, &db.member(3).await, 3), "P3@acme.example");
    let (_, contended) = planned(db, &[moves, leaves, same, join(4)]).await;
    assert!(contended.rows.is_empty() && contended.claims.is_empty() && contended.holders.is_empty());
}

async fn several_who_want_one_address_are_found(db: &Db) {
    let wish = "wish@acme.example";
    let (_, contended) = planned(db, &[newcomer(1, wish), newcomer(2, "WISH@acme.example"), join(3)]).await;
    assert_eq!(contended.claims, [1, 2]);
    assert_eq!(contended.rows.keys().copied().collect::<Vec<_>>(), [1, 2]);
    assert!(contended.holders.is_empty());
}

async fn each_holder_comes_with_their_fate(db: &Db) {
    db.employ(6).await;
    db.apply(&[of(Kind::Leave, &db.member(4).await, 1), of(Kind::Leave, &db.member(5).await, 2)]).await;
    db.add_by_hand(7, "hand@acme.example").await;
    let rows = [
        takes(of(Kind::Update, &db.member(2).await, 2), "elsewhere@acme.example"),
        of(Kind::Leave, &db.member(3).await, 3),
        of(Kind::Refresh, &db.member(5).await, 5),
        of(Kind::Reject, &db.member(6).await, 6),
        newcomer(11, &email(1)),
        newcomer(12, &email(2)),
        newcomer(13, &email(3)),
        newcomer(14, &email(4)),
        newcomer(15, &email(5)),
        newcomer(16, &email(6)),
        newcomer(17, "hand@acme.example"),
    ];
    let (_, contended) = planned(db, &rows).await;
    // The row by which a holder moves on is a claim as well.
    assert_eq!(contended.claims, [2, 11, 12, 13, 14, 15, 16, 17]);
    assert_eq!(contended.rows.keys().copied().collect::<Vec<_>>(), [2, 3, 5, 6, 11, 12, 13, 14, 15, 16, 17]);
    assert_eq!(contended.rows[&12], rows[5]);
    let fates = [
        (1, Fate::Stays),
        (2, Fate::Moves(2)),
        (3, Fate::Leaves(3)),
        (4, Fate::Left(None)),
        (5, Fate::Left(Some(5))),
        (6, Fate::Stays),
        (7, Fate::Stays),
    ];
    assert_eq!(holders(&contended), fates.map(|(n, fate)| (member(n), fate)).into());
}

/// R14: a former member who comes back keeps the address.
async fn a_leaver_who_is_reopened_stays(db: &Db) {
    db.employ(1).await;
    db.apply(&[of(Kind::Leave, &db.member(1).await, 1)]).await;
    let back = of(Kind::Rejoin, &db.member(1).await, 1);
    let (_, contended) = planned(db, &[back, newcomer(2, &email(1))]).await;
    assert_eq!(holders(&contended), [(member(1), Fate::Stays)].into());
}

/// R16: of several rows about one member, one that does something counts, and one that keeps them in.
async fn the_row_that_keeps_a_member_counts_first(db: &Db) {
    db.employ(1).await;
    let leaves = of(Kind::Leave, &db.member(1).await, 1);
    let rejected = of(Kind::Reject, &db.member(1).await, 2);
    let moves = takes(of(Kind::Update, &db.member(1).await, 3), "elsewhere@acme.example");
    let (run, contended) = planned(db, &[leaves, rejected, moves, newcomer(11, &email(1))]).await;
    assert_eq!(holders(&contended), [(member(1), Fate::Moves(3))].into());
    let amendment = Amendment { drop: vec![3], ..Amendment::default() };
    run.plan(db).amend(&run.lease, &amendment).await.unwrap();
    let contended = run.plan(db).contended().await.unwrap();
    assert_eq!(holders(&contended), [(member(1), Fate::Leaves(1))].into());
}

/// R15
async fn newcomers_who_look_like_members_are_found(db: &Db) {
    let born = |mut row: PlanRow, day: &str| {
        row.change.after.insert(Field::DateOfBirth, day.into());
        row.change.after.insert(Field::FirstName, "Zoë".into());
        row
    };
    db.apply(&[born(join(1), "1990-01-31"), born(join(2), "1990-02-01"), born(join(3), "1990-01-31")]).await;
    db.apply(&[of(Kind::Leave, &db.member(2).await, 1)]).await;
    db.run("UPDATE members SET state = 'closed' WHERE employee_id = '3'").await;
    let mut plain = born(join(14), "1990-01-31");
    plain.change.after.insert(Field::FirstName, "ZOE".into());
    let rows = [
        plain.clone(),
        born(join(15), "1990-02-01"),
        born(join(16), "1990-03-01"),
        // Not a newcomer.
        of(Kind::Refresh, &db.member(1).await, 17),
    ];
    let (_, contended) = planned(db, &rows).await;
    let mut twins: Vec<_> =
        contended.twins.iter().map(|(row, member)| (*row, member.id, contended.fate(member))).collect();
    twins.sort_by_key(|twin| twin.0);
    assert_eq!(twins, [(14, member(1), Fate::Stays), (15, member(2), Fate::Left(None))]);
    assert_eq!(contended.rows[&14], plain);
    assert!(contended.claims.is_empty());
}

async fn another_programmes_members_hold_nothing_here(db: &Db) {
    db.add_member(crate::support::OTHER, member(9), &hand_made(9, &email(1)), crate::support::NOW).await.unwrap();
    let (_, contended) = planned(db, &[join(1)]).await;
    assert!(contended.claims.is_empty() && contended.holders.is_empty());
}

/// More contended rows than a statement holds: everybody's address goes to the next.
async fn many_may_be_contended(db: &Db) {
    let last = 2_200;
    db.employ(last).await;
    let mut rows = Vec::new();
    for n in 1..=last {
        let next = if n == last { "free@acme.example".into() } else { email(n + 1) };
        rows.push(takes(of(Kind::Update, &employed(n), i64::try_from(n).unwrap()), &next));
    }
    let (_, contended) = planned(db, &rows).await;
    assert_eq!(contended.claims.len(), rows.len());
    assert_eq!(contended.holders.len(), rows.len() - 1);
    let moving = holders(&contended).into_values().filter(|fate| matches!(fate, Fate::Moves(_)));
    assert_eq!(moving.count(), rows.len() - 1);
}

both!(
    what_nobody_else_wants_is_not_contended,
    several_who_want_one_address_are_found,
    each_holder_comes_with_their_fate,
    a_leaver_who_is_reopened_stays,
    the_row_that_keeps_a_member_counts_first,
    newcomers_who_look_like_members_are_found,
    another_programmes_members_hold_nothing_here,
    many_may_be_contended,
);
