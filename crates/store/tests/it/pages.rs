//! What pages list: plans and members by name, and imports that begin one at a time.

use domain::{field::Field, import::State, plan::Kind};
use jiff::civil::date;
use rollcall_store::{
    Import,
    imports::Started,
    members::{MemberFilter, Route},
    plan::PlanRow,
};

use crate::support::{Db, INTEGRATION, NOW, OTHER, PROGRAMME, both, import, import_row, join, member, of};

fn named(n: u64, first: &str, last: &str) -> PlanRow {
    let mut row = join(n);
    row.change.after.insert(Field::FirstName, first.to_owned());
    row.change.after.insert(Field::LastName, last.to_owned());
    row
}

/// R39
async fn an_import_begins_only_while_none_is_running(db: &Db) {
    let (held, other) = (import_row(import(1), State::OnHold), import_row(import(2), State::Queued));
    db.add_import(&held).await.unwrap();
    assert_eq!(db.add_import_unless_running(&other).await.unwrap(), Started::Begun);
    assert_eq!(db.running_import(PROGRAMME, INTEGRATION).await.unwrap(), Some(other.clone()));
    assert_eq!(db.running_import(OTHER, INTEGRATION).await.unwrap(), None);
    let third = import_row(import(3), State::Queued);
    assert_eq!(db.add_import_unless_running(&third).await.unwrap(), Started::Busy(import(2)));
    assert_eq!(db.import(import(3)).await.unwrap(), None);
    let approved = Import { state: "applying".into(), approved: Some("whole".into()), ..held };
    assert_eq!(db.release_import(&approved).await.unwrap(), Started::Busy(import(2)));
    assert_eq!(db.import(import(1)).await.unwrap().unwrap().state, "on-hold");
    let failed = Import { state: "failed".into(), ..other };
    assert!(db.move_import(None, State::Queued, &failed, &[]).await.unwrap());
    assert_eq!(db.release_import(&approved).await.unwrap(), Started::Begun);
    assert_eq!(db.release_import(&approved).await.unwrap(), Started::Busy(import(1)));
    let done = Import { state: "completed".into(), ..approved.clone() };
    assert!(db.move_import(None, State::Applying, &done, &[]).await.unwrap());
    assert_eq!(db.release_import(&approved).await.unwrap(), Started::Moved);
}

async fn a_plan_is_read_on_behind_the_last_row_seen(db: &Db) {
    let mut rows: Vec<_> = (1..=5).map(|n| named(n, "Ada", "Same")).collect();
    rows.push(named(6, "Zoe", "Adams"));
    let run = db.plan_of(&rows).await;
    let plan = run.plan(db);
    let page = async |kind, typed: &str, after| {
        let rows = plan.page(kind, typed, after, 2).await.unwrap();
        rows.iter().map(|row| row.number).collect::<Vec<_>>()
    };
    for kind in [None, Some(Kind::Join)] {
        assert_eq!(page(kind, "", None).await, [6, 1]);
        assert_eq!(page(kind, "", Some(1)).await, [2, 3]);
        assert_eq!(page(kind, "ada", Some(3)).await, [4, 5]);
        assert_eq!(page(kind, "ada", Some(5)).await, [0; 0]);
        assert_eq!(page(kind, "", Some(77)).await, [0; 0], "a row that is gone has nobody behind it");
    }
    assert_eq!(page(Some(Kind::Leave), "", None).await, [0; 0]);
    assert_eq!(
        plan.rows_by_number(&[5, 2, 77]).await.unwrap().iter().map(|row| row.number).collect::<Vec<_>>(),
        [5, 2]
    );
}

/// R18: who let go of an address is not found by it any more.
async fn members_are_found_by_what_they_are_now(db: &Db) {
    db.apply(&[named(1, "Ada", "Adams"), named(2, "Bela", "Brandt")]).await;
    let find = async |typed: &str| {
        let filter = MemberFilter { typed: typed.to_owned(), ..MemberFilter::default() };
        let found = db.members_page(PROGRAMME, &filter, None, 10).await.unwrap();
        found.into_iter().map(|one| one.member.id).collect::<Vec<_>>()
    };
    assert_eq!(find("").await, [member(1), member(2)]);
    assert_eq!((find("brandt").await, find("p1@acme").await), (vec![member(2)], vec![member(1)]));
    let mut renamed = of(Kind::Update, &db.member(1).await, 1);
    renamed.change.after.insert(Field::LastName, "Zorn".to_owned());
    db.apply(&[renamed]).await;
    assert_eq!((find("adams").await, find("zorn").await), (vec![], vec![member(1)]));
    assert_eq!(find("").await, [member(2), member(1)]);
    let leave = of(Kind::Leave, &db.member(1).await, 1);
    let mut takes = crate::support::takes(named(3, "Cleo", "Cech"), &crate::support::email(1));
    takes.change.frees = Some(member(1));
    db.apply(&[leave, takes]).await;
    assert_eq!(find("p1@acme").await, [member(3)]);
    let left = db.member(1).await;
    let leavers = MemberFilter { states: vec![left.state], ..MemberFilter::default() };
    let listed = db.members_page(PROGRAMME, &leavers, None, 10).await.unwrap();
    assert_eq!((listed.len(), &listed[0].member, listed[0].left_at), (1, &left, Some(NOW + 7)));
    assert_eq!(db.members_page(OTHER, &MemberFilter::default(), None, 10).await.unwrap(), []);
    let history = db.changes_of_member(PROGRAMME, member(1), false, None, 10).await.unwrap();
    assert_eq!(
        history.iter().map(|(_, row)| row.change.kind).collect::<Vec<_>>(),
        [Kind::Leave, Kind::Update, Kind::Join]
    );
}

async fn everybody_has_their_turn_once_whoever_is_renamed_or_closed_meanwhile(db: &Db) {
    db.employ(5).await;
    let turn = async |filter: &MemberFilter, after, most| {
        let (found, last) = db.members_in_turn(PROGRAMME, filter, after, most).await.unwrap();
        (found.into_iter().map(|one| one.id).collect::<Vec<_>>(), last)
    };
    let all = MemberFilter::default();
    assert_eq!(turn(&all, None, 2).await, (vec![member(1), member(2)], Some(member(2))));
    // By name, those who had their turn would come once more, and one of the others not at all.
    db.run("UPDATE members SET search_key = 'zz', state = 'closed' WHERE employee_id IN ('1', '2')").await;
    db.run("UPDATE members SET search_key = '' WHERE employee_id = '3'").await;
    assert_eq!(turn(&all, Some(member(2)), 2).await, (vec![member(3), member(4)], Some(member(4))));
    assert_eq!(turn(&all, Some(member(4)), 2).await, (vec![member(5)], None));
    let closed = MemberFilter { states: vec![domain::member::State::Closed], ..MemberFilter::default() };
    assert_eq!(turn(&closed, None, 4).await, (vec![member(1), member(2)], Some(member(4))));
    assert_eq!(turn(&closed, Some(member(4)), 4).await, (vec![], None), "the filter leaves nobody of this turn");
    let route = Some(Route::Integration(INTEGRATION));
    let typed = MemberFilter { typed: "p5@".to_owned(), route, ..MemberFilter::default() };
    assert_eq!(turn(&typed, None, 5).await, (vec![member(5)], Some(member(5))));
    let excluded = MemberFilter { excluded: true, locked_on: Some(date(2026, 11, 23)), ..all };
    assert_eq!(turn(&excluded, None, 9).await, (vec![], None));
}

both!(
    an_import_begins_only_while_none_is_running,
    a_plan_is_read_on_behind_the_last_row_seen,
    members_are_found_by_what_they_are_now,
    everybody_has_their_turn_once_whoever_is_renamed_or_closed_meanwhile,
);
