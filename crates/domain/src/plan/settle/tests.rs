use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::field::Fields;

fn id(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(number))
}

fn address(number: u128) -> String {
    format!("p{number}@acme.example")
}

fn member(number: u128, state: State) -> Member {
    Member {
        id: id(number),
        version: 3,
        integration: None,
        employee_id: Some(number.to_string()),
        fields: Fields::from([
            (Field::Email, address(number)),
            (Field::FirstName, "Ada".into()),
            (Field::LastName, "Aubry".into()),
            (Field::DateOfBirth, "1990-01-01".into()),
            (Field::Phone, "1".into()),
        ]),
        state,
        state_before_leaving: None,
        print: None,
        kept_by_hand: None,
        locked_until: None,
        clock_stopped_until: None,
    }
}

/// A row by which somebody (a newcomer, or a member) gets the address of this number.
fn claim(row: RowNumber, of: Option<u128>, wanted: u128) -> Claim {
    let kind = if of.is_some() { Kind::Update } else { Kind::Join };
    let mut change = Change::new(kind, Some(&format!("new {row}")), "Ada Aubry".into());
    change.member = of.map(id);
    change.state = Some(State::Active);
    change.after = Fields::from([
        (Field::Email, address(wanted)),
        (Field::FirstName, "Ada".into()),
        (Field::LastName, "Aubry".into()),
    ]);
    change.claim = Some(address(wanted));
    Claim { row, change, not: None }
}

fn born(mut claim: Claim) -> Claim {
    claim.change.after.insert(Field::DateOfBirth, "1990-01-01".into());
    claim
}

fn holder(number: u128, fate: Fate) -> Holder {
    let state = if matches!(fate, Fate::Left(_)) { State::Leaver } else { State::Active };
    Holder { member: member(number, state), fate }
}

fn codes(settled: &Settled) -> Vec<(RowNumber, Code)> {
    settled.rejected.iter().map(|(row, problem)| (*row, problem.code)).collect()
}

#[test]
fn r12_a_swap_is_granted_and_applied_as_one() {
    let settled = settle(
        &[claim(1, Some(1), 2), claim(2, Some(2), 1)],
        &[holder(1, Fate::Moves(1)), holder(2, Fate::Moves(2))],
        &[],
    );
    assert!(settled.rejected.is_empty());
    assert_eq!(settled.moved[&1].other.as_deref(), Some("2"));
    assert_eq!(settled.groups, [BTreeSet::from([1, 2])]);
}

#[test]
fn r12_addresses_handed_on_in_a_row_are_one_group_and_others_another() {
    let moves = |from: i64, to: i64| {
        (from..to)
            .map(|at| claim(at, Some(at.unsigned_abs().into()), (at + 1).unsigned_abs().into()))
            .collect::<Vec<_>>()
    };
    let claims: Vec<Claim> = [moves(1, 4), moves(10, 12)].concat();
    let holders: Vec<Holder> =
        [2, 3, 11].into_iter().map(|row: i64| holder(row.unsigned_abs().into(), Fate::Moves(row))).collect();
    let settled = settle(&claims, &holders, &[]);
    assert_eq!(settled.groups, [BTreeSet::from([1, 2, 3]), BTreeSet::from([10, 11])]);
}

#[test]
fn r13_who_is_refused_keeps_the_address_and_refuses_the_next() {
    // One wants two's address, two wants three's, and three stays.
    let claims = [claim(1, Some(1), 2), claim(2, Some(2), 3), claim(3, None, 1)];
    let holders = [holder(1, Fate::Moves(1)), holder(2, Fate::Moves(2)), holder(3, Fate::Stays)];
    let settled = settle(&claims, &holders, &[]);
    assert_eq!(codes(&settled), [(1, Code::EmailTaken), (2, Code::EmailTaken), (3, Code::EmailTaken)]);
    assert!(settled.groups.is_empty() && settled.moved.is_empty());
}

#[test]
fn r12_a_long_chain_is_settled_in_no_time() {
    let size = 20_000;
    let claims: Vec<Claim> =
        (1..size).map(|at| claim(at, Some(at.unsigned_abs().into()), (at + 1).unsigned_abs().into())).collect();
    let fate = |at: i64| if at == size { Fate::Stays } else { Fate::Moves(at) };
    let holders: Vec<Holder> = (1..=size).map(|at| holder(at.unsigned_abs().into(), fate(at))).collect();
    assert_eq!(settle(&claims, &holders, &[]).rejected.len(), claims.len());
    let freed = settle(&claims, &holders[..holders.len() - 1], &[]);
    assert_eq!((freed.rejected.len(), freed.groups.len()), (0, 1));
}

#[test]
fn r15_a_takeover_drops_the_leavers_row_and_keeps_what_the_record_did_not_share() {
    for (fate, kind, dropped) in [
        (Fate::Leaves(7), Kind::Update, vec![7]),
        (Fate::Left(Some(7)), Kind::Rejoin, vec![7]),
        (Fate::Left(None), Kind::Rejoin, vec![]),
    ] {
        let mut newcomer = born(claim(1, None, 5));
        newcomer.change.before = vec![(Field::Phone, None)];
        let settled = settle(&[newcomer], &[holder(5, fate)], &[]);
        let change = &settled.replaced[&1];
        assert_eq!((change.kind, change.member, change.version, change.changes_id), (kind, Some(id(5)), 3, true));
        assert_eq!((change.claim.clone(), change.welcome, change.frees), (None, None, None));
        assert_eq!(change.after.get(&Field::Phone), None, "the record emptied it");
        assert_eq!(change.before, [(Field::Phone, Some("1".into()))]);
        assert_eq!(settled.dropped, dropped.into_iter().collect());
    }
}

#[test]
fn r15_r18_the_former_members_address_by_what_is_known() {
    let not = |claim: Claim| Claim { not: Some(id(5)), ..claim };
    let of_member = |mut claim: Claim| {
        claim.change.kind = Kind::Update;
        claim.change.member = Some(id(8));
        claim
    };
    for (claim, fate, expected) in [
        (claim(1, None, 5), Fate::Left(None), Some(Code::EmailOfFormerMember)),
        (of_member(born(claim(1, None, 5))), Fate::Left(None), Some(Code::EmailOfFormerMember)),
        (not(claim(1, None, 5)), Fate::Left(Some(4)), None),
        (not(born(claim(1, None, 5))), Fate::Leaves(4), None),
        (not(claim(1, None, 5)), Fate::Stays, Some(Code::EmailTaken)),
        (born(claim(1, None, 5)), Fate::Stays, Some(Code::EmailTaken)),
    ] {
        let settled = settle(std::slice::from_ref(&claim), &[holder(5, fate)], &[]);
        assert_eq!(settled.rejected.get(&1).map(|problem| problem.code), expected, "{fate:?}");
        if expected.is_none() {
            assert_eq!(settled.replaced[&1].frees, Some(id(5)));
            assert_eq!(settled.moved[&1].code, Code::EmailMoved);
            assert_eq!(settled.groups, [BTreeSet::from([1, 4])], "freed and taken together");
        }
    }
}

#[test]
fn r16_a_link_stands_whatever_others_want() {
    let link = |row, state| {
        let mut claim = claim(row, Some(5), 5);
        claim.change.state = Some(state);
        claim.change.kind = if state == State::Active { Kind::Update } else { Kind::Leave };
        claim
    };
    let stays = link(1, State::Active);
    let rival = claim(2, None, 5);
    // Whether the holder's row counts as a move or not: the address stays where it is.
    for fate in [Fate::Stays, Fate::Moves(1)] {
        assert_eq!(codes(&settle(&[stays.clone(), rival.clone()], &[holder(5, fate)], &[])), [(2, Code::EmailTaken)]);
    }
    let old = link(3, State::Leaver);
    let settled = settle(&[old.clone(), stays.clone()], &[holder(5, Fate::Leaves(3))], &[]);
    assert_eq!((settled.rejected.len(), settled.dropped), (0, BTreeSet::from([3])));
    let both = settle(&[stays.clone(), link(4, State::Active), rival.clone()], &[holder(5, Fate::Stays)], &[]);
    assert_eq!(codes(&both), [(1, Code::EmailDuplicate), (2, Code::EmailTaken), (4, Code::EmailDuplicate)]);
    let leavers = settle(&[old, link(4, State::Leaver), rival], &[holder(5, Fate::Leaves(3))], &[]);
    assert_eq!(codes(&leavers), [(2, Code::EmailTaken), (3, Code::EmailDuplicate), (4, Code::EmailDuplicate)]);
}

#[test]
fn r15_twins_wait_unless_an_answer_is_known() {
    let twin = |not, fate| Twin { claim: Claim { not, ..claim(1, None, 9) }, holder: holder(5, fate) };
    let look = |twins: &[Twin]| codes(&settle(&[], &[], twins));
    assert_eq!(look(&[twin(None, Fate::Stays)]), [(1, Code::PossibleDuplicate)]);
    assert_eq!(look(&[twin(None, Fate::Leaves(2))]), [(1, Code::PossibleRehire)]);
    assert_eq!(look(&[twin(Some(id(5)), Fate::Stays)]), []);
    let other = Twin { holder: holder(6, Fate::Stays), ..twin(None, Fate::Stays) };
    let (former, known) = (twin(None, Fate::Left(None)), twin(Some(id(5)), Fate::Stays));
    assert_eq!(look(&[former.clone(), other.clone()]), look(&[other.clone(), former]));
    assert_eq!(look(&[known, other]), [(1, Code::PossibleDuplicate)], "an answer about one says nothing of another");
}

#[test]
fn r43_a_rejected_newcomer_of_whom_only_the_id_is_new_is_told_apart() {
    let renumbered = |claim: Claim, fate| settle(&[claim], &[holder(5, fate)], &[]).renumbered;
    assert_eq!(renumbered(claim(1, None, 5), Fate::Leaves(4)), BTreeSet::from([1]));
    assert!(renumbered(claim(1, None, 5), Fate::Left(None)).is_empty());
    let mut other = claim(1, None, 5);
    other.change.after.insert(Field::LastName, "Zorn".into());
    assert!(renumbered(other, Fate::Leaves(4)).is_empty());
}

#[test]
fn fates_by_row() {
    let (staff, former) = (member(1, State::Active), member(1, State::Leaver));
    let row = |kind, state, claim: Option<u128>| {
        let mut change = Change::new(kind, None, String::new());
        (change.state, change.claim) = (Some(state), claim.map(address));
        change
    };
    for (member, change, expected) in [
        (&staff, None, Fate::Stays),
        (&former, None, Fate::Left(None)),
        (&staff, Some(row(Kind::Update, State::Active, None)), Fate::Stays),
        (&staff, Some(row(Kind::Update, State::Active, Some(1))), Fate::Stays),
        (&staff, Some(row(Kind::Update, State::Active, Some(2))), Fate::Moves(9)),
        (&former, Some(row(Kind::Rejoin, State::Active, Some(2))), Fate::Moves(9)),
        (&former, Some(row(Kind::Rejoin, State::Active, None)), Fate::Stays),
        (&former, Some(row(Kind::Refresh, State::Leaver, None)), Fate::Left(Some(9))),
        (&staff, Some(row(Kind::Leave, State::Leaver, Some(1))), Fate::Leaves(9)),
        (&former, Some(row(Kind::Reject, State::Leaver, None)), Fate::Stays),
    ] {
        assert_eq!(Fate::of(member, change.as_ref().map(|change| (9, change))), expected, "{change:?}");
    }
}

proptest! {
    #[test]
    fn the_order_of_claims_and_holders_does_not_matter(
        wanted in prop::collection::vec((0..8_u128, any::<bool>(), any::<bool>()), 1..8),
        by in 0..8_usize,
    ) {
        let mut claims = Vec::new();
        let mut holders: Vec<Holder> = (0..8).map(|number| holder(number, Fate::Stays)).collect();
        for (row, (wanted, newcomer, leaves)) in (0_i64..).zip(wanted) {
            let of = u128::from(row.unsigned_abs());
            claims.push(claim(row, (!newcomer).then_some(of), wanted));
            let at = usize::try_from(row).expect("small");
            if !newcomer {
                holders[at].fate = if wanted == of { Fate::Stays } else { Fate::Moves(row) };
            } else if leaves {
                holders[at] = holder(of, Fate::Left(None));
            }
        }
        let settled = settle(&claims, &holders, &[]);
        let at = by % claims.len();
        claims.rotate_left(at);
        holders.reverse();
        prop_assert_eq!(&settled, &settle(&claims, &holders, &[]));
        // Nobody is granted an address that somebody keeps.
        for claim in claims.iter().filter(|claim| !settled.rejected.contains_key(&claim.row)) {
            let holder = holders.iter().find(|holder| holder.member.email_key() == claim.change.claim);
            let kept = holder.is_some_and(|holder| match holder.fate {
                Fate::Stays => claim.change.member != Some(holder.member.id),
                Fate::Moves(row) => settled.rejected.contains_key(&row),
                _ => true,
            });
            prop_assert!(!kept, "{:?}", claim);
        }
    }
}
