//! What changed between plan and apply is respected (R30), and never stops the others (R36).

use domain::{
    field::Field,
    plan::{Counts, Kind, Reason},
};
use rollcall_store::plan::PlanRow;

use super::moving::{moves, newcomer, together};
use crate::support::{Db, PROGRAMME, Run, both, email, join, of};

/// Whose row was passed over, by employee ID.
async fn passed_over(db: &Db, run: &Run) -> Vec<String> {
    let problems = db.problems_of(&run.import).await;
    assert!(problems.iter().all(|problem| problem.code == "changed-meanwhile" && problem.severity == "warning"));
    let skipped = "SELECT COUNT(*) FROM changes WHERE skipped AND kind <> 'refresh'";
    assert_eq!(db.number(skipped).await, i64::try_from(problems.len()).unwrap());
    problems.into_iter().filter_map(|problem| problem.employee_id).collect()
}

async fn a_member_changed_by_someone_else_is_passed_over(db: &Db) {
    db.employ(6).await;
    let mut rows: Vec<PlanRow> = Vec::new();
    let kinds = [Kind::Update, Kind::Leave, Kind::Refresh, Kind::Update, Kind::Leave];
    for (n, kind) in (1..).zip(kinds) {
        rows.push(of(kind, &db.member(n).await, i64::try_from(n).unwrap()));
    }
    rows.push(join(7));
    let run = db.plan_of(&rows).await;
    db.run("UPDATE members SET version = 2, fields = '{\"email\":\"x@acme.example\"}' WHERE employee_id < '4'").await;
    assert_eq!(run.apply(db).await, [6]);
    assert_eq!(passed_over(db, &run).await, ["1", "2"]);
    for n in [1, 2, 3] {
        let member = db.member(n).await;
        assert_eq!((member.version, member.fields.len(), member.state.is_current()), (2, 1, true));
    }
    assert_eq!((db.member(4).await.version, db.member(5).await.state.is_current()), (2, false));
    assert_eq!(db.member(7).await.version, 1);

    let mut counts = Counts { join: 1, update: 2, leave: 2, unchanged: 1, ..Counts::default() };
    db.count_skipped(&run.import, &mut counts).await.unwrap();
    assert_eq!(counts, Counts { join: 1, update: 1, leave: 1, unchanged: 3, warnings: 2, ..Counts::default() });
}

/// People who were not read are not counted when their row is passed over.
async fn the_absent_are_not_counted_when_passed_over(db: &Db) {
    db.employ(2).await;
    let mut rows = [of(Kind::Leave, &db.member(1).await, 1), of(Kind::Leave, &db.member(2).await, 2)];
    rows[0].change.reason = Some(Reason::Absent);
    let run = db.plan_of(&rows).await;
    db.run("UPDATE members SET version = 2").await;
    run.apply(db).await;
    let mut counts = Counts { leave: 2, ..Counts::default() };
    db.count_skipped(&run.import, &mut counts).await.unwrap();
    assert_eq!(counts, Counts { unchanged: 1, warnings: 2, ..Counts::default() });
}

async fn a_member_who_is_gone_is_passed_over(db: &Db) {
    db.employ(2).await;
    let run = db.plan_of(&[of(Kind::Update, &db.member(1).await, 1), of(Kind::Leave, &db.member(2).await, 2)]).await;
    db.run("DELETE FROM members WHERE employee_id = '1'").await;
    run.apply(db).await;
    assert_eq!(passed_over(db, &run).await, ["1"]);
    assert!(!db.member(2).await.state.is_current());
}

/// R13: whoever has an address keeps it, and so does everybody who waits for the next.
async fn an_address_that_was_taken_stops_the_chain_behind_it(db: &Db) {
    db.employ(4).await;
    let chain = [
        moves(db, 1, &email(2)).await,
        moves(db, 2, &email(3)).await,
        moves(db, 3, "new@acme.example").await,
        newcomer(11, &email(1), None),
    ];
    let rows = [together(chain, 5), vec![moves(db, 4, "four@acme.example").await, join(12)]].concat();
    let run = db.plan_of(&rows).await;
    db.add_by_hand(20, "NEW@acme.example").await;
    run.apply(db).await;
    assert_eq!(passed_over(db, &run).await, ["1", "11", "2", "3"]);
    assert_eq!(db.addresses(&[1, 2, 3, 20]).await, [&email(1), &email(2), &email(3), "new@acme.example"]);
    assert_eq!(db.addresses(&[4, 12]).await, ["four@acme.example", &email(12)]);
    // Nobody was written to who has no account.
    assert_eq!(db.number("SELECT COUNT(*) FROM outbox").await, 5);
    assert_eq!([1, 2, 3].map(|_| 1), [db.member(1).await, db.member(2).await, db.member(3).await].map(|m| m.version));
}

/// The ring is broken at one place, and so cannot turn at all.
async fn a_ring_with_a_changed_member_stays_as_it_was(db: &Db) {
    db.employ(3).await;
    let ring = [moves(db, 1, &email(2)).await, moves(db, 2, &email(3)).await, moves(db, 3, &email(1)).await];
    let run = db.plan_of(&together(ring, 1)).await;
    db.run("UPDATE members SET version = 2 WHERE employee_id = '2'").await;
    run.apply(db).await;
    assert_eq!(passed_over(db, &run).await, ["1", "2", "3"]);
    assert_eq!(db.addresses(&[1, 2, 3]).await, [1, 2, 3].map(email));
}

/// R10
async fn an_employee_id_that_was_taken_is_not_given_twice(db: &Db) {
    db.add_by_hand(20, "hand@acme.example").await;
    db.employ(2).await;
    let mut link = of(Kind::Update, &db.member(20).await, 20);
    link.change.employee_id = Some("9".into());
    let mut changes = of(Kind::Update, &db.member(1).await, 1);
    (changes.change.employee_id, changes.change.changes_id) = (Some("8".into()), true);
    // Waits for the ID that this one does not give up after all.
    let mut heir = join(11);
    heir.change.employee_id = Some("1".into());
    let run = db.plan_of(&[link, changes, heir, join(7), join(10)]).await;
    for (n, id) in [(30, "9"), (31, "8"), (32, "7")] {
        db.add_by_hand(n, &format!("hand{n}@acme.example")).await;
        db.run(&format!(
            "UPDATE members SET employee_id = '{id}', integration_id = (SELECT id FROM integrations) \
             WHERE email_key = 'hand{n}@acme.example'"
        ))
        .await;
    }
    run.apply(db).await;
    assert_eq!(passed_over(db, &run).await, ["1", "7", "8", "9"]);
    assert_eq!((db.member(20).await.integration, db.member(1).await.employee_id.as_deref()), (None, Some("1")));
    assert_eq!(db.member(10).await.version, 1);
    assert_eq!(db.number("SELECT COUNT(*) FROM members").await, 7);
}

/// R30: no plan should have it, but an import that has begun to apply goes on.
async fn what_two_rows_want_neither_gets(db: &Db) {
    let wish = "wish@acme.example";
    let mut same = join(4);
    same.change.employee_id = Some("3".into());
    let run = db.plan_of(&[newcomer(1, wish, None), newcomer(2, wish, None), join(3), same, join(5)]).await;
    assert_eq!(run.apply(db).await, [5]);
    assert_eq!(passed_over(db, &run).await, ["1", "2", "3", "3"]);
    assert_eq!(db.number("SELECT COUNT(*) FROM members").await, 1);
    assert_eq!(db.number("SELECT COUNT(*) FROM outbox").await, 1);
    assert_eq!(db.member(5).await.fields[&Field::Email], email(5));
}

/// The mail of a joiner who is passed over is not written, nor an open invitation cancelled.
async fn whoever_is_passed_over_keeps_the_invitation(db: &Db) {
    db.apply(&[join(1)]).await;
    let run = db.plan_of(&[moves(db, 1, "new@acme.example").await, join(2)]).await;
    db.run("UPDATE members SET version = 5").await;
    db.add_by_hand(20, &email(2)).await;
    run.apply(db).await;
    assert_eq!(passed_over(db, &run).await, ["1", "2"]);
    let mails = db.outbox(PROGRAMME).await.unwrap();
    assert_eq!((mails.len(), mails[0].state.as_str()), (1, "pending"));
}

both!(
    the_absent_are_not_counted_when_passed_over,
    a_member_changed_by_someone_else_is_passed_over,
    a_member_who_is_gone_is_passed_over,
    an_address_that_was_taken_stops_the_chain_behind_it,
    a_ring_with_a_changed_member_stays_as_it_was,
    an_employee_id_that_was_taken_is_not_given_twice,
    what_two_rows_want_neither_gets,
    whoever_is_passed_over_keeps_the_invitation,
);
