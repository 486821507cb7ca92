//! What each kind of row does to its member.

use domain::{
    field::Field,
    import::State as ImportState,
    member::State,
    plan::{Counts, Kind, Reason, Welcome},
    print::Print,
};
use jiff::civil::date;
use rollcall_store::{Import, apply::Step, plan::PlanRow};

use crate::support::{Db, INTEGRATION, NOW, PROGRAMME, both, email, import_row, join, mail, member, of, person, takes};

/// Version, and when it was last changed.
async fn stamp(db: &Db, n: u64) -> (i64, i64) {
    let updated = format!("SELECT updated_at FROM members WHERE employee_id = '{n}'");
    (db.member(n).await.version, db.number(&updated).await)
}

async fn trace(db: &Db, employee_id: &str) -> String {
    let sql = "SELECT CAST(left_at AS TEXT), leave_reason, state_before_leaving, clock_stopped_until, \
               CAST(kept_by_hand AS TEXT) FROM members WHERE employee_id =";
    db.lines(&format!("{sql} '{employee_id}'")).await.join("\n")
}

/// R32, R50
async fn a_joiner_gets_an_account_and_exactly_one_invitation(db: &Db) {
    let with = |n, welcome: Option<Welcome>| {
        let mut row = join(n);
        row.change.welcome = welcome;
        row.change.state = Some(if welcome.is_some() { State::Invited } else { State::NotInvited });
        row.mail = row.mail.filter(|_| welcome.is_some());
        row
    };
    let rows = [
        with(1, Some(Welcome::Account)),
        with(2, Some(Welcome::Personal)),
        with(3, Some(Welcome::Letter)),
        with(4, None),
    ];
    let import = db.apply(&rows).await;
    let one = db.member(1).await;
    assert_eq!((one.state, one.version, one.integration), (State::Invited, 1, Some(INTEGRATION)));
    assert_eq!((one.employee_id.as_deref(), one.print, one.fields), (Some("1"), Some(Print(1)), person(1)));
    assert_eq!(stamp(db, 1).await, (1, NOW + 7));
    assert_eq!(db.member(4).await.state, State::NotInvited);
    let mails = db.outbox(PROGRAMME).await.unwrap();
    let summary = |mail: &rollcall_store::Mail| {
        assert_eq!((mail.kind.as_str(), mail.import_id, mail.due_at), ("welcome", Some(import.id), NOW + 7));
        (mail.member_id.unwrap(), mail.route.clone(), mail.state.clone())
    };
    let expected = [(1, "account", "pending"), (2, "personal", "pending"), (3, "letter", "to-print")];
    let expected = expected.map(|(n, route, state)| (member(n).0, route.to_owned(), state.to_owned()));
    assert_eq!(mails.iter().map(summary).collect::<Vec<_>>(), expected);
    assert_eq!((db.rows_applied(&import).await.unwrap(), db.rows_to_apply(&import).await.unwrap()), (4, 4));
}

/// R33, R11
async fn an_update_is_silent(db: &Db) {
    db.employ(2).await;
    let mut row = takes(of(Kind::Update, &db.member(1).await, 0), "NEW@acme.example");
    row.change.after.insert(Field::FirstName, "O'Brien \"Ada\"".into());
    row.change.after.remove(&Field::LastName);
    db.apply(std::slice::from_ref(&row)).await;
    let one = db.member(1).await;
    assert_eq!((&one.fields, one.state, one.print), (&row.change.after, State::Invited, row.change.print));
    assert_eq!(stamp(db, 1).await, (2, NOW + 7));
    assert_eq!(db.addresses(&[1, 2]).await, ["new@acme.example", "p2@acme.example"]);
    assert_eq!((stamp(db, 2).await.0, db.outbox(PROGRAMME).await.unwrap().len()), (1, 2));
    let other = db.members_by_employee_id(PROGRAMME, INTEGRATION, &["2"]).await.unwrap();
    assert_eq!(other["2"].fields, person(2));
}

/// R31: only what the source said is noted.
async fn a_refresh_is_no_change(db: &Db) {
    db.employ(1).await;
    db.run("UPDATE members SET updated_at = 5, kept_by_hand = 3").await;
    let import = db.apply(&[of(Kind::Refresh, &db.member(1).await, 1)]).await;
    assert_eq!((stamp(db, 1).await, db.member(1).await.print), ((1, 5), Some(Print(1_001))));
    assert_eq!((db.member(1).await.kept_by_hand, db.rows_applied(&import).await.unwrap()), (None, 1));
}

/// R37
async fn a_leaver_is_restricted_and_the_reason_kept(db: &Db) {
    db.employ(3).await;
    db.run("UPDATE members SET state = 'active', kept_by_hand = 3 WHERE employee_id = '1'").await;
    let mut rows = [of(Kind::Leave, &db.member(1).await, 1), of(Kind::Leave, &db.member(2).await, 2)];
    rows[1].change.reason = Some(Reason::OutsideSegment("office:name".into()));
    let import = db.apply(&rows).await;
    let one = db.member(1).await;
    assert_eq!((one.state, one.version, one.state_before_leaving), (State::Leaver, 2, Some(State::Active)));
    assert_eq!(trace(db, "1").await, format!("{}|inactive|active|-|-", NOW + 7));
    assert_eq!(trace(db, "2").await, format!("{}|outside-segment:office:name|invited|-|-", NOW + 7));
    assert_eq!(trace(db, "3").await, "-|-|-|-|-");
    assert_eq!(db.restorable_leavers(PROGRAMME, import.number()).await.unwrap(), 2);
    // Still theirs until the account is closed.
    assert_eq!(db.addresses(&[1]).await, [email(1)]);
}

/// R14, R38
async fn a_leaver_is_reopened_as_they_were(db: &Db) {
    db.employ(1).await;
    db.run("UPDATE members SET state = 'active'").await;
    db.apply(&[of(Kind::Leave, &db.member(1).await, 1)]).await;
    db.apply(&[takes(of(Kind::Rejoin, &db.member(1).await, 1), "new@acme.example")]).await;
    let one = db.member(1).await;
    assert_eq!((one.state, one.version, one.state_before_leaving), (State::Active, 3, None));
    assert_eq!(trace(db, "1").await, "-|-|-|-|-");
    assert_eq!(db.addresses(&[1]).await, ["new@acme.example"]);
    assert_eq!(db.outbox(PROGRAMME).await.unwrap().len(), 1);
}

/// R20
async fn a_leavers_clock_is_stopped(db: &Db) {
    db.employ(1).await;
    let left = db.apply(&[of(Kind::Leave, &db.member(1).await, 1)]).await;
    let mut row = of(Kind::Update, &db.member(1).await, 1);
    row.change.clock_stopped_until = Some(date(2027, 2, 15));
    db.apply(&[row]).await;
    assert_eq!(trace(db, "1").await, format!("{}|inactive|invited|2027-02-15|-", NOW + 7));
    assert_eq!(db.restorable_leavers(PROGRAMME, left.number()).await.unwrap(), 1);
}

/// R16: a member made by hand is linked; an invitation to the very same address stays open.
async fn a_member_made_by_hand_is_linked(db: &Db) {
    db.add_by_hand(1, &email(1)).await;
    db.run("UPDATE members SET state = 'invited'").await;
    let import = import_row(crate::support::import(900), ImportState::Queued);
    db.add_import(&import).await.unwrap();
    let welcome = rollcall_store::Mail {
        kind: "welcome".into(),
        member_id: Some(member(1).0),
        route: "account".into(),
        ..mail(1, NOW)
    };
    assert!(db.move_import(None, ImportState::Queued, &import, &[welcome]).await.unwrap());
    let mut row = takes(of(Kind::Update, &db.member(1).await, 1), &email(1));
    row.change.employee_id = Some("0001".into());
    db.apply(&[row]).await;
    let one = db.member(1).await;
    assert_eq!((one.integration, one.employee_id.as_deref()), (Some(INTEGRATION), Some("0001")));
    assert_eq!(db.addresses(&[1]).await, [email(1)]);
    assert_eq!(db.outbox(PROGRAMME).await.unwrap()[0].state, "pending");
}

/// R11: an open invitation to the old address dies.
async fn an_invited_member_who_moves_is_not_written_to(db: &Db) {
    let mut letter = join(2);
    letter.change.welcome = Some(Welcome::Letter);
    db.apply(&[join(1), letter, join(3), join(4)]).await;
    db.run(
        "UPDATE outbox SET state = 'sent' WHERE route = 'account' AND id IN (SELECT mail_id FROM changes \
            WHERE employee_id = '4')",
    )
    .await;
    let mut named = of(Kind::Update, &db.member(3).await, 3);
    named.change.after.insert(Field::FirstName, "Other".into());
    let mut rows = vec![named];
    for (number, n) in [(1, 1), (2, 2), (4, 4)] {
        rows.push(takes(of(Kind::Update, &db.member(n).await, number), &format!("new{n}@acme.example")));
    }
    db.apply(&rows).await;
    let states: Vec<_> = db.outbox(PROGRAMME).await.unwrap().into_iter().map(|mail| mail.state).collect();
    assert_eq!(states, ["cancelled", "cancelled", "pending", "sent"]);
}

/// R11: the same holds for a former member who comes back under another address.
async fn an_invitation_that_was_open_when_they_left_dies_as_well(db: &Db) {
    db.apply(&[join(1), join(2)]).await;
    db.apply(&[of(Kind::Leave, &db.member(1).await, 1), of(Kind::Leave, &db.member(2).await, 2)]).await;
    let moved = takes(of(Kind::Rejoin, &db.member(1).await, 1), "new@acme.example");
    db.apply(&[moved, of(Kind::Rejoin, &db.member(2).await, 2)]).await;
    let states: Vec<_> = db.outbox(PROGRAMME).await.unwrap().into_iter().map(|mail| mail.state).collect();
    assert_eq!(states, ["cancelled", "pending"]);
}

/// R24: an administrator's hand keeps a member in spite of the very record that is noted.
async fn a_member_kept_by_hand_stays_kept_while_the_row_says_so(db: &Db) {
    db.employ(2).await;
    db.run("UPDATE members SET kept_by_hand = record_print").await;
    let (mut kept, let_go) = (of(Kind::Refresh, &db.member(1).await, 1), of(Kind::Refresh, &db.member(2).await, 2));
    kept.change.keeps = true;
    db.apply(&[kept, let_go]).await;
    assert_eq!((db.member(1).await.kept_by_hand, db.member(1).await.print), (Some(Print(1_001)), Some(Print(1_001))));
    assert_eq!(db.member(2).await.kept_by_hand, None);
}

/// Whoever's row was not applied is looked at next time, even if the record stays as it is.
async fn whoever_was_left_out_is_looked_at_again(db: &Db) {
    db.employ(6).await;
    let mut rows = Vec::new();
    let kinds = [Kind::Update, Kind::Reject, Kind::Update, Kind::Leave, Kind::Refresh];
    for (n, kind) in (1..).zip(kinds) {
        rows.push(of(kind, &db.member(n).await, i64::try_from(n).unwrap()));
    }
    let mut run = db.plan_of(&rows).await;
    run.import.approved = Some("without-leavers".into());
    assert!(db.move_import(None, ImportState::Applying, &run.import, &[]).await.unwrap());
    db.run("UPDATE members SET version = 2 WHERE employee_id = '3'").await;
    db.leave_out(&run.lease, &run.import, Kind::Leave).await.unwrap();
    run.apply(db).await;
    db.look_again(&run.lease, &run.import).await.unwrap();
    let mut prints = Vec::new();
    for n in 1..=6 {
        prints.push(db.member(n).await.print.map(|print| print.0));
    }
    assert_eq!(prints, [Some(1_001), None, None, None, Some(1_005), Some(6)]);
    // What an approval leaves out nobody has to be told of.
    assert_eq!(db.problems_of(&run.import).await.len(), 1);
    let mut counts = Counts { update: 2, leave: 1, reject: 1, unchanged: 2, ..Counts::default() };
    db.count_skipped(&run.import, &mut counts).await.unwrap();
    assert_eq!(counts, Counts { update: 1, reject: 1, unchanged: 4, warnings: 1, ..Counts::default() });
}

/// R46: an administrator approved all but the leavers.
async fn an_approval_may_leave_the_leavers_out(db: &Db) {
    db.employ(2).await;
    let mut rejected = of(Kind::Reject, &db.member(2).await, 3);
    rejected.change.version = 99;
    let rows = [of(Kind::Leave, &db.member(1).await, 1), of(Kind::Update, &db.member(2).await, 2), rejected, join(4)];
    let run = db.begin(ImportState::OnHold).await;
    run.plan(db).stage(&run.lease, &rows, &[]).await.unwrap();
    let approved = Import { state: "applying".into(), approved: Some("without-leavers".into()), ..run.import.clone() };
    assert!(db.move_import(Some(&run.lease), ImportState::OnHold, &approved, &[]).await.unwrap());
    assert_eq!(db.rows_to_apply(&approved).await.unwrap(), 2);
    // Also when whoever applies still has the import as it was before.
    assert_eq!(run.apply(db).await, [2]);
    assert_eq!((db.member(1).await.state, db.member(1).await.version), (State::Invited, 1));
    assert_eq!((db.member(2).await.version, db.member(4).await.version), (2, 1));
    assert!(db.problems_of(&run.import).await.is_empty());
}

/// R31
async fn an_empty_plan_writes_nothing(db: &Db) {
    db.employ(2).await;
    let everything = "SELECT 'm', CAST(version AS TEXT), CAST(updated_at AS TEXT), fields FROM members \
                      UNION ALL SELECT 'o', state, kind, CAST(due_at AS TEXT) FROM outbox \
                      UNION ALL SELECT 'i', state, CAST(cursor AS TEXT), CAST(progress_done AS TEXT) FROM imports \
                      ORDER BY 1, 2, 3, 4";
    // Somebody who is rejected does not make it fuller.
    let rejected = PlanRow { account: None, ..of(Kind::Reject, &db.member(1).await, 1) };
    let run = db.plan_of(&[rejected]).await;
    let before = db.lines(everything).await;
    assert_eq!(run.step(db).await.unwrap(), Step::Done);
    assert_eq!(db.lines(everything).await, before);
    assert_eq!(db.rows_to_apply(&run.import).await.unwrap(), 0);
}

both!(
    a_joiner_gets_an_account_and_exactly_one_invitation,
    an_update_is_silent,
    a_refresh_is_no_change,
    a_leaver_is_restricted_and_the_reason_kept,
    a_leaver_is_reopened_as_they_were,
    a_leavers_clock_is_stopped,
    a_member_made_by_hand_is_linked,
    an_invited_member_who_moves_is_not_written_to,
    an_invitation_that_was_open_when_they_left_dies_as_well,
    a_member_kept_by_hand_stays_kept_while_the_row_says_so,
    whoever_was_left_out_is_looked_at_again,
    an_approval_may_leave_the_leavers_out,
    an_empty_plan_writes_nothing,
);
