//! What administrators say of single people: exclusions, locks, and what is done to one member by hand.

use domain::{ids::IntegrationId, member::State, print::Print};
use jiff::civil::Date;
use rollcall_store::{
    Exclusion,
    members::{Leaving, Lock, MemberFilter, Route},
};

use crate::support::{Db, INTEGRATION, NOW, OTHER, PROGRAMME, both, member, uuid};

const UNTIL: Date = Date::constant(2027, 2, 21);

fn exclusion(number: u64, of: Option<u64>) -> Exclusion {
    Exclusion {
        programme_id: PROGRAMME.0,
        id: uuid(number),
        integration_id: of.is_none().then_some(INTEGRATION.0),
        employee_id: of.is_none().then(|| number.to_string()),
        member_id: of.map(|n| member(n).0),
        reason: "asked to".into(),
        excluded_by: "Ines".into(),
        excluded_at: NOW,
    }
}

fn leaving(n: u64, version: i64) -> Leaving<'static> {
    Leaving { programme: PROGRAMME, member: member(n), version, reason: "by-hand", now: NOW + 5 }
}

fn lock() -> Lock {
    Lock { reason: "parental leave".into(), by: "Ines".into(), at: NOW + 5 }
}

async fn print_of(db: &Db, n: u64) -> Option<Print> {
    db.member(n).await.print
}

/// R24: the member leaves in the same transaction, and is looked at once the exclusion is lifted.
async fn an_excluded_member_leaves_at_once_and_is_looked_at_when_it_is_lifted(db: &Db) {
    db.employ(3).await;
    let one = exclusion(901, Some(1));
    assert!(!db.exclude_member(&one, Some(&leaving(1, 7))).await.unwrap(), "they have changed meanwhile");
    assert_eq!(db.exclusion_of(PROGRAMME, member(1)).await.unwrap(), None);
    assert!(db.exclude_member(&one, Some(&leaving(1, 1))).await.unwrap());
    assert!(!db.exclude_member(&exclusion(902, Some(1)), None).await.unwrap(), "excluded already");
    let left = db.member(1).await;
    assert_eq!((left.state, left.state_before_leaving), (State::Leaver, Some(State::Invited)));
    assert!(left.version > 1 && left.print.is_none());
    assert!(
        db.exclude_id(&exclusion(77, None)).await.unwrap()
            && !db.exclude_id(&Exclusion { id: uuid(78), ..exclusion(77, None) }).await.unwrap()
    );

    let kept_out = db.kept_out(PROGRAMME, INTEGRATION).await.unwrap();
    let mut own: Vec<_> = kept_out.iter().map(|one| (one.employee_id.clone(), one.own.clone())).collect();
    own.sort();
    assert_eq!(own, [(None, Some("1".to_owned())), (Some("77".to_owned()), None)]);
    let elsewhere = db.kept_out(PROGRAMME, IntegrationId(uuid(8))).await.unwrap();
    assert_eq!(elsewhere.iter().map(|one| one.own.clone()).collect::<Vec<_>>(), [None]);
    assert!(db.kept_out(OTHER, INTEGRATION).await.unwrap().is_empty());

    assert_eq!(db.count_exclusions(PROGRAMME).await.unwrap(), (1, 1));
    assert_eq!(db.excluded_among(PROGRAMME, &[member(1), member(2)]).await.unwrap(), [member(1)].into());
    let filter = MemberFilter { excluded: true, ..MemberFilter::default() };
    let listed = db.members_page(PROGRAMME, &filter, None, 10).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.member.id).collect::<Vec<_>>(), [member(1)]);
    assert_eq!(db.exclusions(PROGRAMME, None, 10).await.unwrap().len(), 2);
    assert_eq!(db.exclusions(PROGRAMME, Some(uuid(901)), 10).await.unwrap(), [exclusion(77, None)]);
    assert!(db.exclusions(OTHER, None, 10).await.unwrap().is_empty());

    assert!(db.lift_exclusion(&one).await.unwrap() && !db.lift_exclusion(&one).await.unwrap());
    assert_eq!((db.member(1).await.state, print_of(db, 1).await), (State::Leaver, None));
}

/// R24, R31: whoever is locked in is looked at every time, and again once the lock is taken away.
async fn a_lock_is_kept_with_its_reason_until_it_is_taken_away(db: &Db) {
    use futures::TryStreamExt;
    db.employ(2).await;
    assert!(!db.lock_in(PROGRAMME, member(1), 9, UNTIL, &lock()).await.unwrap());
    assert!(db.lock_in(PROGRAMME, member(1), 1, UNTIL, &lock()).await.unwrap());
    let locked = db.member_listed(1).await;
    assert_eq!((locked.member.locked_until, locked.member.version), (Some(UNTIL), 2));
    assert_eq!(locked.lock, Some(lock()));
    let index: Vec<_> = db.member_index(PROGRAMME, INTEGRATION).await.unwrap().try_collect().await.unwrap();
    assert_eq!(index.iter().filter(|one| one.print.is_none()).count(), 1);
    assert_eq!(
        (db.count_locked(PROGRAMME, UNTIL).await.unwrap(), db.count_locked(OTHER, UNTIL).await.unwrap()),
        (1, 0)
    );
    assert_eq!(db.count_locked(PROGRAMME, UNTIL.tomorrow().unwrap()).await.unwrap(), 0);
    let on = |day| MemberFilter { locked_on: Some(day), ..MemberFilter::default() };
    assert_eq!(db.members_page(PROGRAMME, &on(UNTIL), None, 10).await.unwrap().len(), 1);
    assert!(db.members_page(PROGRAMME, &on(UNTIL.tomorrow().unwrap()), None, 10).await.unwrap().is_empty());
    assert!(db.unlock(PROGRAMME, member(1), NOW + 6).await.unwrap());
    assert!(!db.unlock(PROGRAMME, member(1), NOW + 6).await.unwrap());
    let free = db.member_listed(1).await;
    assert_eq!((free.member.locked_until, free.lock, free.member.print, free.member.version), (None, None, None, 3));
}

/// R37, R38, R24
async fn a_leave_by_hand_is_undone_by_a_hand(db: &Db) {
    db.employ(1).await;
    db.run("UPDATE members SET state = 'active'").await;
    assert!(db.lock_in(PROGRAMME, member(1), 1, UNTIL, &lock()).await.unwrap());
    assert!(!db.leave_by_hand(&leaving(1, 1)).await.unwrap());
    assert!(db.leave_by_hand(&leaving(1, 2)).await.unwrap());
    assert!(!db.leave_by_hand(&leaving(1, 3)).await.unwrap(), "they are none any more");
    let left = db.member_listed(1).await;
    assert_eq!((left.member.state, left.left_at, left.left_by), (State::Leaver, Some(NOW + 5), None));
    assert_eq!((left.leave_reason.as_deref(), left.member.locked_until), (Some("by-hand"), None));
    let print = left.member.print;
    assert!(print.is_some(), "the record is not why they left");
    assert!(!db.reopen_by_hand(PROGRAMME, member(1), 2, NOW + 6).await.unwrap());
    assert!(db.reopen_by_hand(PROGRAMME, member(1), 3, NOW + 6).await.unwrap());
    let back = db.member_listed(1).await;
    assert_eq!((back.member.state, back.member.kept_by_hand, back.left_at), (State::Active, print, None));
    assert!(db.let_go(PROGRAMME, member(1), 4, NOW + 7).await.unwrap());
    let free = db.member(1).await;
    assert_eq!((free.kept_by_hand, free.print), (None, None));
    assert!(db.leave_by_hand(&leaving(1, 5)).await.unwrap());
    db.run("UPDATE members SET email_key = NULL").await;
    assert!(!db.reopen_by_hand(PROGRAMME, member(1), 6, NOW + 8).await.unwrap(), "the address is somebody else's");
}

/// R11, R16
async fn an_edited_address_takes_the_waiting_invitation_away(db: &Db) {
    db.add_by_hand(9, "one@acme.example").await;
    db.employ(2).await;
    let by_hand = MemberFilter { route: Some(Route::ByHand), ..MemberFilter::default() };
    let of = |filter: MemberFilter| async move {
        let found = db.members_page(PROGRAMME, &filter, None, 10).await.unwrap();
        found.into_iter().map(|one| one.member.id).collect::<Vec<_>>()
    };
    assert_eq!(of(by_hand).await, [member(9)]);
    let ours = MemberFilter { route: Some(Route::Integration(INTEGRATION)), ..MemberFilter::default() };
    assert_eq!(of(ours).await.len(), 2);
    db.run("UPDATE outbox SET state = 'pending'").await;
    let mut fields = db.member(2).await.fields;
    fields.insert(domain::field::Field::Email, "New@acme.example".into());
    assert!(!db.edit_member(PROGRAMME, member(2), 9, &fields, NOW + 3).await.unwrap());
    assert!(db.edit_member(PROGRAMME, member(2), 1, &fields, NOW + 3).await.unwrap());
    let keys = ["new@acme.example"];
    assert_eq!(db.members_by_email(PROGRAMME, &keys).await.unwrap()[keys[0]].id, member(2));
    assert_eq!(db.number("SELECT COUNT(*) FROM outbox WHERE state = 'cancelled'").await, 1);
    let found = MemberFilter { typed: "new@".into(), ..MemberFilter::default() };
    assert_eq!(of(found).await, [member(2)]);
    fields.insert(domain::field::Field::Email, "one@acme.example".into());
    assert!(db.edit_member(PROGRAMME, member(2), 2, &fields, NOW + 4).await.is_err(), "somebody has that address");
}

both!(
    an_excluded_member_leaves_at_once_and_is_looked_at_when_it_is_lifted,
    a_lock_is_kept_with_its_reason_until_it_is_taken_away,
    a_leave_by_hand_is_undone_by_a_hand,
    an_edited_address_takes_the_waiting_invitation_away,
);
