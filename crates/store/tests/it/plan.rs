//! Plans: staged, amended and read again.

use domain::{
    field::Field,
    guard,
    member::State,
    plan::{Change, Counts, Kind, Reason, Welcome},
    print::Print,
    problem::{Code, Problem, Severity},
};
use futures::TryStreamExt;
use jiff::civil::date;
use rollcall_store::{
    ProblemRow,
    plan::{Amendment, Essence, Plan, PlanRow, ProblemOf, email_in},
};

use crate::support::{Db, PROGRAMME, Run, both, changes, join, member, of, takes, uuid};

/// A row with a value in every place.
fn full(number: i64, kind: Kind) -> PlanRow {
    let change = Change {
        kind,
        member: (kind != Kind::Join).then_some(member(1)),
        version: 7,
        employee_id: Some("00 42/ü".into()),
        name: format!("Zoë {number}"),
        reason: Some(Reason::OutsideSegment("office:name".into())),
        state: Some(State::NotInvited),
        before: vec![(Field::Email, None), (Field::custom("x"), Some("\"quoted\", 'text'\n".into()))],
        after: crate::support::person(1),
        claim: Some("zoë@acme.example".into()),
        frees: Some(member(2)),
        welcome: Some(Welcome::Personal),
        clock_stopped_until: Some(date(2027, 1, 31)),
        print: Some(Print(i64::MIN)),
        changes_id: true,
        keeps: true,
    };
    PlanRow { number, position: number * 3, account: Some(member(1)), mail: Some(uuid(4)), change, skipped: false }
}

fn problem(number: i64, employee_id: &str, problem: Problem) -> ProblemOf {
    ProblemOf { number, row: None, member: None, employee_id: Some(employee_id.into()), name: "Zoë".into(), problem }
}

async fn rows(plan: &Plan<'_>) -> Vec<PlanRow> {
    let mut rows: Vec<PlanRow> = plan.rows(None).await.unwrap().try_collect().await.unwrap();
    rows.sort_by_key(|row| row.number);
    rows
}

async fn numbers(plan: &Plan<'_>) -> Vec<i64> {
    rows(plan).await.iter().map(|row| row.number).collect()
}

async fn planning(db: &Db) -> Run {
    db.begin(domain::import::State::Planning).await
}

async fn a_row_comes_out_as_it_went_in(db: &Db) {
    let run = planning(db).await;
    let kinds = [Kind::Join, Kind::Update, Kind::Leave, Kind::Rejoin, Kind::Reject];
    let mut staged: Vec<PlanRow> = (0..).zip(kinds).map(|(number, kind)| full(number, kind)).collect();
    // And rows with as little as possible.
    let least = Change::new(Kind::Reject, None, String::new());
    staged.push(PlanRow { number: 5, position: 0, account: None, mail: None, change: least, skipped: false });
    for reason in [Reason::Inactive, Reason::Absent, Reason::Excluded, Reason::IdReassigned] {
        let mut row = full(i64::try_from(staged.len()).unwrap(), Kind::Leave);
        row.change.reason = Some(reason);
        staged.push(row);
    }
    run.plan(db).stage(&run.lease, &staged, &[]).await.unwrap();
    assert_eq!(rows(&run.plan(db)).await, staged);
    let only: Vec<PlanRow> = run.plan(db).rows(Some(Kind::Join)).await.unwrap().try_collect().await.unwrap();
    assert_eq!(changes(&only), [&staged[0].change]);
    assert_eq!(email_in(&only[0].change), Some("p1@acme.example"));
}

/// R53: nobody is shown the rows that only note what the source said.
async fn rows_are_shown_in_the_order_of_names(db: &Db) {
    let run = planning(db).await;
    let named = |number: i64, kind, name: &str| {
        let mut row = full(number, kind);
        row.change.name = name.into();
        row
    };
    let staged = [
        named(1, Kind::Update, "Nora"),
        named(2, Kind::Refresh, "Aaron"),
        named(3, Kind::Leave, "Ada"),
        named(4, Kind::Join, "Mia"),
    ];
    run.plan(db).stage(&run.lease, &staged, &[]).await.unwrap();
    let shown: Vec<PlanRow> = run.plan(db).rows(None).await.unwrap().try_collect().await.unwrap();
    assert_eq!(shown.iter().map(|row| row.number).collect::<Vec<_>>(), [3, 4, 1]);
}

/// R53
async fn a_problem_comes_out_as_it_went_in(db: &Db) {
    let run = planning(db).await;
    let flaw = Problem::new(Code::EmailTaken).at("email").with_value("zoë@acme.example").about(Some("0041"));
    let row = full(1, Kind::Update);
    let of_row = ProblemOf::row(2, &row, Problem::new(Code::KeptByHand));
    let staged = [problem(1, "2", flaw), of_row, problem(3, "1", Problem::new(Code::EmailDuplicate))];
    run.plan(db).stage(&run.lease, std::slice::from_ref(&row), &staged).await.unwrap();
    let found = db.problems_of(&run.import).await;
    assert_eq!(found.iter().map(|found| found.number).collect::<Vec<_>>(), [2, 3, 1]);
    let expected = ProblemRow {
        programme_id: PROGRAMME.0,
        import_id: run.import.id,
        try_number: 1,
        number: 1,
        row_number: None,
        member_id: None,
        employee_id: Some("2".into()),
        name: "Zoë".into(),
        code: "email-taken".into(),
        severity: "error".into(),
        field: Some("email".into()),
        value: Some("zoë@acme.example".into()),
        other: Some("0041".into()),
    };
    assert_eq!(found[2], expected);
    assert_eq!((found[0].row_number, found[0].member_id), (Some(1), Some(member(1).0)));
    let warnings: Vec<ProblemRow> =
        db.problems(&run.import, Some(Severity::Warning)).await.unwrap().try_collect().await.unwrap();
    assert_eq!(warnings.len(), 1);
}

async fn one_call_may_stage_more_than_a_statement_holds(db: &Db) {
    let run = planning(db).await;
    let staged: Vec<PlanRow> = (1..=2_500).map(join).collect();
    let problems: Vec<ProblemOf> =
        (1..=5_500).map(|number| problem(number, "1", Problem::new(Code::TooLong))).collect();
    run.plan(db).stage(&run.lease, &staged, &problems).await.unwrap();
    assert_eq!(rows(&run.plan(db)).await, staged);
    assert_eq!(db.problems_of(&run.import).await.len(), 5_500);
}

async fn a_row_that_is_refused_takes_the_whole_call_with_it(db: &Db) {
    let run = planning(db).await;
    let mut staged: Vec<PlanRow> = (1..=1_500).map(join).collect();
    staged.push(join(1));
    assert!(run.plan(db).stage(&run.lease, &staged, &[]).await.is_err());
    assert!(numbers(&run.plan(db)).await.is_empty());
}

/// R2
async fn earlier_tries_are_forgotten(db: &Db) {
    let run = planning(db).await;
    let plan = |number| db.plan(PROGRAMME, run.import.number(), number);
    for number in 1..=3 {
        let problems = [problem(1, "1", Problem::new(Code::TooLong))];
        plan(number).stage(&run.lease, &[join(1)], &problems).await.unwrap();
    }
    // The same try of another import is another plan.
    let other = db.plan(PROGRAMME, crate::support::import(500), 1);
    other.stage(&run.lease, &[join(9)], &[]).await.unwrap();
    plan(2).discard(&run.lease, false).await.unwrap();
    assert_eq!((numbers(&plan(1)).await, numbers(&plan(2)).await), (vec![], vec![1]));
    plan(2).discard(&run.lease, true).await.unwrap();
    assert_eq!((numbers(&plan(2)).await, numbers(&plan(3)).await), (vec![], vec![1]));
    assert_eq!(db.number("SELECT COUNT(*) FROM problems").await, 1);
    assert_eq!(numbers(&other).await, [9]);
}

async fn an_amendment_does_all_it_holds(db: &Db) {
    let run = planning(db).await;
    let plan = run.plan(db);
    let found = |number, id| problem(number, id, Problem::new(Code::TooLong));
    let staged: Vec<PlanRow> = (1..=6).map(join).collect();
    plan.stage(&run.lease, &staged, &[found(1, "1"), found(2, "2"), found(3, "3")]).await.unwrap();
    let mut amendment = Amendment {
        // Among more people than a statement holds.
        forget_people: (1..=2_500).map(|n| format!("nobody {n}")).chain(["1".into(), "2".into()]).collect(),
        drop: vec![3, 99],
        place: vec![(4, 5), (5, 5)],
        add: vec![full(7, Kind::Leave)],
        problems: vec![found(4, "7")],
        ..Amendment::default()
    };
    amendment.reject(&staged[5], 5, Problem::new(Code::EmailDuplicate));
    let replaced = PlanRow { position: 2, ..full(4, Kind::Update) };
    amendment.replace.push(replaced.clone());
    plan.amend(&run.lease, &amendment).await.unwrap();

    let rows = rows(&plan).await;
    assert_eq!(
        rows.iter().map(|row| (row.number, row.change.kind, row.position)).collect::<Vec<_>>(),
        [(4, Kind::Update, 5), (5, Kind::Join, 5), (6, Kind::Reject, staged[5].position), (7, Kind::Leave, 21),]
    );
    assert_eq!(rows[0], PlanRow { position: 5, ..replaced });
    let rejected = &rows[2];
    assert_eq!((&rejected.change.claim, &rejected.change.welcome, rejected.mail), (&None, &None, None));
    assert_eq!(rejected.change.employee_id.as_deref(), Some("6"));
    let problems: Vec<_> = db.problems_of(&run.import).await.into_iter().map(|found| found.number).collect();
    assert_eq!(problems, [3, 5, 4]);
}

async fn an_amendment_that_fails_did_nothing(db: &Db) {
    let run = planning(db).await;
    let plan = run.plan(db);
    let staged: Vec<PlanRow> = (1..=3).map(join).collect();
    plan.stage(&run.lease, &staged, &[]).await.unwrap();
    let amendment = Amendment {
        forget_people: vec!["1".into()],
        drop: vec![2],
        place: vec![(3, 1)],
        add: vec![join(3)],
        ..Amendment::default()
    };
    assert!(plan.amend(&run.lease, &amendment).await.is_err());
    assert_eq!(rows(&plan).await, staged);
}

async fn rows_and_problems_are_counted(db: &Db) {
    let run = planning(db).await;
    let kinds = [Kind::Join, Kind::Join, Kind::Update, Kind::Leave, Kind::Rejoin, Kind::Reject, Kind::Refresh];
    let staged: Vec<PlanRow> = (1..).zip(kinds).map(|(number, kind)| full(number, kind)).collect();
    let problems = [Code::TooLong, Code::EmailTaken, Code::EmailMoved, Code::KeptByHand];
    let problems: Vec<_> = (1..).zip(problems).map(|(number, code)| problem(number, "1", Problem::new(code))).collect();
    run.plan(db).stage(&run.lease, &staged, &problems).await.unwrap();
    let mut counts = Counts { read: 50, unchanged: 40, not_eligible: 3, ..Counts::default() };
    run.plan(db).count(&mut counts).await.unwrap();
    let expected = Counts {
        read: 50,
        join: 2,
        update: 1,
        leave: 1,
        rejoin: 1,
        reject: 1,
        unchanged: 41,
        not_eligible: 3,
        excluded: 0,
        starts_later: 0,
        errors: 1,
        warnings: 3,
    };
    assert_eq!(counts, expected);
}

/// R43: the database counts as the guard's own words say.
async fn changes_of_identity_are_counted(db: &Db) {
    let run = planning(db).await;
    let codes = [
        None,
        Some(Code::EmailMoved),
        Some(Code::IdentityChanged),
        Some(Code::EmailTaken),
        Some(Code::EmailOfFormerMember),
        Some(Code::PossibleRehire),
    ];
    let kinds = [Kind::Join, Kind::Update, Kind::Leave, Kind::Rejoin, Kind::Reject, Kind::Refresh];
    let (mut rows, mut problems, mut expected) = (Vec::new(), Vec::new(), 0);
    for kind in kinds {
        for code in codes {
            for (changes_id, member) in [(false, None), (true, Some(member(1))), (false, Some(member(1)))] {
                let mut row = full(i64::try_from(rows.len()).unwrap(), kind);
                row.change.changes_id = changes_id;
                (row.change.member, row.account) = (member, member);
                // Two problems of one kind do not make two changes.
                let found: Vec<_> = code.into_iter().chain(code).map(Problem::new).collect();
                expected += u64::from(guard::changes_identity(&row.change, &found));
                for problem in found {
                    let number = i64::try_from(problems.len()).unwrap();
                    problems.push(ProblemOf::row(number, &row, problem));
                }
                rows.push(row);
            }
        }
    }
    run.plan(db).stage(&run.lease, &rows, &problems).await.unwrap();
    assert_eq!(run.plan(db).identity_changes().await.unwrap(), expected);
    let changing = rows.iter().filter(|row| row.change.changes_id).map(|row| row.number);
    let mut numbers = run.plan(db).identity_rows().await.unwrap();
    numbers.sort_unstable();
    assert_eq!(numbers, changing.collect::<Vec<_>>());
}

/// R11, R35: whoever is rejected keeps the address, so nothing is said of their invitation.
async fn a_rejected_person_is_not_told_of_the_invitation(db: &Db) {
    let run = planning(db).await;
    let rows = [full(1, Kind::Update), full(2, Kind::Update)];
    let mut problems = Vec::new();
    for (number, row) in (1..).zip(&rows) {
        problems.push(ProblemOf::row(number, row, Problem::new(Code::InvitationAddressChanged)));
        problems.push(ProblemOf::row(number + 10, row, Problem::new(Code::TooLong)));
    }
    run.plan(db).stage(&run.lease, &rows, &problems).await.unwrap();
    let mut amendment = Amendment::default();
    amendment.reject(&rows[0], 20, Problem::new(Code::EmailDuplicate));
    run.plan(db).amend(&run.lease, &amendment).await.unwrap();
    let left: Vec<_> = db.problems_of(&run.import).await.into_iter().map(|found| found.number).collect();
    assert_eq!(left, [2, 11, 12, 20]);
}

/// R22: of a leaver whom the source no longer holds it is noted that they are absent; nobody read them.
async fn the_absent_are_not_counted_as_unchanged(db: &Db) {
    let run = planning(db).await;
    let mut rows = [full(1, Kind::Refresh), full(2, Kind::Refresh), full(3, Kind::Refresh)];
    rows[0].change.print = Some(Print::ABSENT);
    rows[1].change.print = None;
    run.plan(db).stage(&run.lease, &rows, &[]).await.unwrap();
    let mut counts = Counts::default();
    run.plan(db).count(&mut counts).await.unwrap();
    assert_eq!(counts, Counts { unchanged: 2, ..Counts::default() });
}

/// R30, R46
async fn a_plan_is_stale_once_a_member_has_changed(db: &Db) {
    db.employ(3).await;
    let run = db.begin(domain::import::State::OnHold).await;
    let plan = run.plan(db);
    let refresh = of(Kind::Refresh, &db.member(2).await, 2);
    plan.stage(&run.lease, &[of(Kind::Leave, &db.member(1).await, 1), refresh, join(4)], &[]).await.unwrap();
    assert!(!plan.is_stale().await.unwrap());
    // Members for whom the plan has nothing that anybody sees.
    db.run("UPDATE members SET version = 9 WHERE employee_id IN ('2', '3')").await;
    assert!(!plan.is_stale().await.unwrap());
    db.run("UPDATE members SET version = 2 WHERE employee_id = '1'").await;
    assert!(plan.is_stale().await.unwrap());
}

/// R46: one plan has one essence, whenever and in whatever order its rows were made.
async fn the_essence_does_not_depend_on_numbers(db: &Db) {
    db.employ(2).await;
    let essence = async |run: &Run, kind| -> Vec<Essence> {
        run.plan(db).essence(kind).await.unwrap().try_collect().await.unwrap()
    };
    let leave = of(Kind::Leave, &db.member(1).await, 1);
    let update = takes(of(Kind::Update, &db.member(2).await, 2), "new@acme.example");
    let first = db.plan_of(&[leave.clone(), update.clone(), join(3)]).await;
    let expected = essence(&first, None).await;
    assert_eq!(expected.iter().map(|row| row.kind.as_str()).collect::<Vec<_>>(), ["leave", "update", "join"]);
    assert_eq!(expected[2].member_id, None);
    assert_eq!(essence(&first, Some(Kind::Leave)).await, expected[..1]);
    db.release_work(&first.lease).await.unwrap();

    let mut newcomer = PlanRow { number: 70, position: 1, account: Some(member(77)), mail: None, ..join(3) };
    newcomer.change.print = None;
    let (update, leave) = (PlanRow { number: 80, ..update }, PlanRow { number: 90, ..leave });
    let second = db.plan_of(&[newcomer, update, leave]).await;
    assert_eq!(essence(&second, None).await, expected);
}

both!(
    a_row_comes_out_as_it_went_in,
    rows_are_shown_in_the_order_of_names,
    a_problem_comes_out_as_it_went_in,
    one_call_may_stage_more_than_a_statement_holds,
    a_row_that_is_refused_takes_the_whole_call_with_it,
    earlier_tries_are_forgotten,
    an_amendment_does_all_it_holds,
    an_amendment_that_fails_did_nothing,
    rows_and_problems_are_counted,
    changes_of_identity_are_counted,
    a_rejected_person_is_not_told_of_the_invitation,
    the_absent_are_not_counted_as_unchanged,
    a_plan_is_stale_once_a_member_has_changed,
    the_essence_does_not_depend_on_numbers,
);
