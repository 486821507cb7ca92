//! Members, looked up and listed.

use domain::{email as address, field::Field, ids::IntegrationId, member::State, plan::Kind, print::Print};
use futures::TryStreamExt;
use rollcall_store::members::Indexed;

use crate::support::{Db, INTEGRATION, NOW, OTHER, PROGRAMME, both, email, import, join, member, of, person, uuid};

async fn index(db: &Db) -> Vec<(String, Option<i64>, bool)> {
    let found: Vec<Indexed> = db.member_index(PROGRAMME, INTEGRATION).await.unwrap().try_collect().await.unwrap();
    let mut found: Vec<_> = found.into_iter().map(|one| (one.employee_id, one.print, one.is_current)).collect();
    found.sort();
    found
}

async fn the_index_holds_who_is_not_closed(db: &Db) {
    db.employ(5).await;
    db.add_by_hand(6, "hand@acme.example").await;
    db.apply(&[of(Kind::Leave, &db.member(2).await, 1)]).await;
    db.run("UPDATE members SET state = 'closed' WHERE employee_id = '3'").await;
    db.run("UPDATE members SET kept_by_hand = 4 WHERE employee_id = '4'").await;
    let expected = [("1", Some(1), true), ("2", Some(1_001), false), ("4", None, true), ("5", Some(5), true)];
    assert_eq!(index(db).await, expected.map(|(id, print, current)| (id.to_owned(), print, current)));
    assert_eq!(db.current_members(PROGRAMME, INTEGRATION).await.unwrap(), 3);
    assert_eq!(db.current_members(OTHER, INTEGRATION).await.unwrap(), 0);
}

async fn members_are_found_by_more_keys_than_a_statement_takes(db: &Db) {
    db.apply(&(1..=2_100).map(join).collect::<Vec<_>>()).await;
    let ids: Vec<String> = (1..=70_000).map(|n: u64| n.to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let found = db.members_by_employee_id(PROGRAMME, INTEGRATION, &ids).await.unwrap();
    assert_eq!((found.len(), found["2099"].id), (2_100, member(2_099)));
    let keys: Vec<String> = (0..=2_500).map(email).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let found = db.members_by_email(PROGRAMME, &keys).await.unwrap();
    assert_eq!((found.len(), found["p7@acme.example"].id), (2_100, member(7)));
    let numbers: Vec<_> = (0..=2_500).map(member).collect();
    assert_eq!(db.members_by_number(PROGRAMME, &numbers).await.unwrap().len(), 2_100);

    assert!(db.members_by_employee_id(PROGRAMME, INTEGRATION, &[]).await.unwrap().is_empty());
    assert!(db.members_by_employee_id(PROGRAMME, IntegrationId(uuid(8)), &ids).await.unwrap().is_empty());
    assert!(db.members_by_email(OTHER, &keys).await.unwrap().is_empty());
    assert!(db.members_by_number(OTHER, &numbers).await.unwrap().is_empty());
}

/// R16
async fn foreign_addresses_are_those_of_members_from_elsewhere(db: &Db) {
    db.employ(1).await;
    db.add_by_hand(2, " Hand@ACME.example ").await;
    let foreign: Vec<String> = db.foreign_emails(PROGRAMME, INTEGRATION).await.unwrap().try_collect().await.unwrap();
    assert_eq!(foreign, ["hand@acme.example"]);
    let elsewhere = IntegrationId(uuid(8));
    let mut foreign: Vec<String> = db.foreign_emails(PROGRAMME, elsewhere).await.unwrap().try_collect().await.unwrap();
    foreign.sort();
    assert_eq!(foreign, ["hand@acme.example", "p1@acme.example"]);
    let none: Vec<String> = db.foreign_emails(OTHER, INTEGRATION).await.unwrap().try_collect().await.unwrap();
    assert!(none.is_empty());
}

async fn an_export_is_in_the_order_in_which_members_were_made(db: &Db) {
    db.add_by_hand(3, "three@acme.example").await;
    db.employ(2).await;
    let all: Vec<_> = db.members(PROGRAMME).await.unwrap().try_collect().await.unwrap();
    assert_eq!(all.iter().map(|member| member.id).collect::<Vec<_>>(), [member(1), member(2), member(3)]);
    let none: Vec<_> = db.members(OTHER).await.unwrap().try_collect().await.unwrap();
    assert!(none.is_empty());
}

/// R13: in one programme an address is one member's; in another it may be somebody else's.
async fn an_address_is_unique_whatever_its_case(db: &Db) {
    db.add_by_hand(1, "ada@acme.example").await;
    let mut fields = person(2);
    fields.insert(Field::Email, " ADA@acme.example".into());
    assert!(db.add_member(PROGRAMME, member(2), &fields, NOW).await.is_err());
    db.add_member(OTHER, member(2), &fields, NOW).await.unwrap();
    let known = db.member(1).await;
    assert_eq!((known.state, known.integration, known.employee_id.as_deref()), (State::NotInvited, None, None));
    assert_eq!(known.email_key(), Some(address::key("ada@acme.example")));
}

/// R55, R24
async fn the_leavers_of_one_import_are_restored_and_kept(db: &Db) {
    db.employ(4).await;
    db.run("UPDATE members SET state = 'active' WHERE employee_id = '1'").await;
    let mut rows = vec![];
    for (number, n) in (1..).zip([1, 2, 3]) {
        rows.push(of(Kind::Leave, &db.member(n).await, number));
    }
    let left = db.apply(&rows).await.number();
    assert_eq!(db.restorable_leavers(PROGRAMME, left).await.unwrap(), 3);
    // Their address went to somebody else meanwhile.
    db.run("UPDATE members SET email_key = NULL WHERE employee_id = '3'").await;
    assert_eq!(db.restorable_leavers(PROGRAMME, left).await.unwrap(), 2);
    assert_eq!(db.restore_leavers(OTHER, left, NOW + 9).await.unwrap(), 0);
    assert_eq!(db.restore_leavers(PROGRAMME, import(77), NOW + 9).await.unwrap(), 0);

    assert_eq!(db.restore_leavers(PROGRAMME, left, NOW + 9).await.unwrap(), 2);
    let (one, two) = (db.member(1).await, db.member(2).await);
    assert_eq!((one.state, two.state), (State::Active, State::Invited));
    assert_eq!((one.state_before_leaving, one.version, one.kept_by_hand), (None, 3, Some(Print(1_001))));
    assert_eq!(db.member(3).await.state, State::Leaver);
    let traces = "SELECT COUNT(*) FROM members WHERE left_at IS NOT NULL OR left_import_id IS NOT NULL \
                  OR leave_reason IS NOT NULL OR state = 'leaver'";
    assert_eq!(db.number(traces).await, 1);
    // They are looked at next time, whatever the record says.
    assert_eq!(index(db).await[0], ("1".to_owned(), None, true));
    assert_eq!(db.restore_leavers(PROGRAMME, left, NOW + 9).await.unwrap(), 0);
}

both!(
    the_index_holds_who_is_not_closed,
    members_are_found_by_more_keys_than_a_statement_takes,
    foreign_addresses_are_those_of_members_from_elsewhere,
    an_export_is_in_the_order_in_which_members_were_made,
    an_address_is_unique_whatever_its_case,
    the_leavers_of_one_import_are_restored_and_kept,
);
