//! Addresses that move (R11, R12, R13).

use proptest::prelude::*;

use super::world::{HUMANS, Says, World, email_of, member, member_id};
use crate::{
    field::Field,
    member::{Member, State},
    plan::{Kind, Outcome},
    problem::Code,
};

/// A company in which everybody has the address of the person `step` further on: rings.
fn ring(size: usize, step: usize) -> World {
    let address = |at: usize| format!("p{}@acme.example", at % size);
    let staff = |at: usize| {
        let mut member = member(at as u128, &at.to_string(), at % HUMANS.len());
        member.fields.insert(Field::Email, address(at));
        member
    };
    let says = |at: usize| Says::of(&at.to_string(), at % HUMANS.len()).with("email", &address(at + step));
    World::new((0..size).map(staff), (0..size).map(says))
}

proptest! {
    #[test]
    fn r12_rings_of_any_size_end_as_the_source_says_in_one_import(size in 2..40_usize, step in 1..5_usize) {
        let mut world = ring(size, step);
        let moved = step % size != 0;
        let plan = world.import();
        prop_assert_eq!(plan.counts.update, if moved { size as u64 } else { 0 });
        prop_assert_eq!(plan.counts.warnings, plan.counts.update);
        prop_assert!(plan.people.values().flat_map(|person| &person.problems).all(|problem| problem.code == Code::EmailMoved));
        for (at, member) in world.directory.members.values().enumerate() {
            prop_assert_eq!(member.email_key(), Some(format!("p{}@acme.example", (at + step) % size)));
        }
        prop_assert!(!world.plan().changes_members());
    }

    #[test]
    fn r12_a_ring_that_is_broken_stands_still(size in 2..30_usize, at in any::<prop::sample::Index>()) {
        let mut world = ring(size, 1);
        let at = at.index(size);
        world.people[at].0.insert("status", "?".into());
        let plan = world.plan();
        prop_assert_eq!(plan.counts.reject, size as u64);
        prop_assert!(!plan.changes_members());
    }

    #[test]
    fn r12_a_chain_moves_up_when_its_head_leaves_the_address(size in 2..30_usize) {
        let mut world = ring(size, 1);
        world.people[size - 1].0.insert("email", "free@acme.example".into());
        let plan = world.plan();
        prop_assert_eq!(plan.counts.update, size as u64);
        prop_assert_eq!(plan.counts.warnings, size as u64 - 1);
    }
}

/// What became of two newcomers and a member, and the codes of the first of them.
fn outcomes(world: &World, ids: &[&str]) -> Vec<(Outcome, Vec<Code>)> {
    let plan = world.plan();
    let person = |id: &&str| {
        let person = &plan.people[*id];
        (person.outcome, person.problems.iter().map(|problem| problem.code).collect())
    };
    ids.iter().map(person).collect()
}

const REJECT: Outcome = Outcome::Changed(Kind::Reject);
const JOIN: Outcome = Outcome::Changed(Kind::Join);
const UPDATE: Outcome = Outcome::Changed(Kind::Update);

#[test]
fn r13_the_member_who_has_the_address_keeps_it() {
    let world =
        World::new([member(0, "1", 0)], [Says::of("1", 0), Says::of("2", 1).with("email", " H0@ACME.example ")]);
    assert_eq!(
        outcomes(&world, &["1", "2"]),
        [(Outcome::Changed(Kind::Refresh), vec![]), (REJECT, vec![Code::EmailTaken])]
    );
    let plan = world.plan();
    assert_eq!(plan.people["2"].problems[0].other.as_deref(), Some("1"));
}

#[test]
fn r13_two_newcomers_with_one_address_are_both_rejected() {
    let people = [Says::of("1", 0), Says::of("2", 1).with("email", &email_of(0)), Says::of("3", 2)];
    let duplicate = || (REJECT, vec![Code::EmailDuplicate]);
    assert_eq!(outcomes(&World::new([], people), &["1", "2", "3"]), [duplicate(), duplicate(), (JOIN, vec![])]);
}

#[test]
fn r13_an_address_wanted_by_a_member_and_a_newcomer_goes_to_neither() {
    let people =
        [Says::of("1", 0).with("email", "new@acme.example"), Says::of("2", 1).with("email", "new@acme.example")];
    let world = World::new([member(0, "1", 0)], people);
    let duplicate = || (REJECT, vec![Code::EmailDuplicate]);
    assert_eq!(outcomes(&world, &["1", "2"]), [duplicate(), duplicate()]);
}

#[test]
fn r13_somebody_who_is_not_active_contends_for_nothing() {
    let people = [Says::of("1", 0), Says::of("2", 1).with("email", &email_of(0)).with("status", "inactive")];
    assert_eq!(outcomes(&World::new([], people), &["1", "2"]), [(JOIN, vec![]), (Outcome::NotEligible, vec![])]);
}

#[test]
fn r12_an_address_given_up_goes_to_a_newcomer_with_a_warning() {
    let people = [Says::of("1", 0).with("email", "new@acme.example"), Says::of("2", 1).with("email", &email_of(0))];
    let mut world = World::new([member(0, "1", 0)], people);
    assert_eq!(outcomes(&world, &["1", "2"]), [(UPDATE, vec![]), (JOIN, vec![Code::EmailMoved])]);
    assert_eq!(world.plan().identity_changes, 1);
    world.import();
    assert!(world.plan().summary().is_empty());
}

#[test]
fn r11_a_changed_address_updates_the_account_and_warns_where_an_invitation_is_open() {
    for (state, before, warned) in [
        (State::Active, None, false),
        (State::NotInvited, None, false),
        (State::Invited, None, true),
        (State::Leaver, Some(State::Invited), true),
        (State::Leaver, Some(State::Active), false),
    ] {
        let staff = Member { state, state_before_leaving: before, ..member(0, "1", 0) };
        let mut world = World::new([staff.clone()], [Says::of("1", 0).with("email", "ada@acme.example")]);
        let plan = world.import();
        let codes: Vec<Code> = plan.people["1"].problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, if warned { vec![Code::InvitationAddressChanged] } else { vec![] }, "{state} {before:?}");
        assert_eq!(plan.counts.join + plan.counts.reject, 0);
        assert!(plan.rows.iter().all(|row| row.change.welcome.is_none()));
        assert_eq!(world.member(0).email_key().as_deref(), Some("ada@acme.example"));
        assert!(world.plan().summary().is_empty(), "the warning is given once");
        // Other capitals are no other address.
        let mut world = World::new([staff], [Says::of("1", 0).with("email", "H0@acme.example")]);
        assert_eq!(world.import().counts.warnings, 0);
        assert_eq!(world.member(0).fields[&Field::Email], "H0@acme.example");
    }
}

#[test]
fn r18_a_former_members_address_is_freed_and_stays_free() {
    let former = Member { state: State::Leaver, ..member(0, "1", 0) };
    let people = [Says::of("1", 0).with("status", "inactive"), Says::of("2", 1).with("email", &email_of(0))];
    for former in [former, member(0, "1", 0)] {
        let mut world = World::new([former], people.clone());
        world.directory.decide_not("2", member_id(0));
        let plan = world.import();
        assert_eq!(plan.people["2"].outcome, JOIN);
        assert_eq!(plan.people["2"].problems[0].code, Code::EmailMoved);
        assert_eq!((world.member(0).state, world.member(0).email_key()), (State::Leaver, None));
        assert!(world.plan().summary().is_empty());
        // Back again with the address that is now somebody else's: the account stays untouched.
        world.people[0].0.insert("status", "active".into());
        assert_eq!(outcomes(&world, &["1"]), [(REJECT, vec![Code::EmailTaken])]);
        world.people[0].0.insert("email", "back@acme.example".into());
        assert_eq!(outcomes(&world, &["1"]), [(Outcome::Changed(Kind::Rejoin), vec![])]);
    }
}
