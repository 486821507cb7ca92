//! The IDs were renumbered: the third answer to R43.

use proptest::prelude::*;

use super::world::{HUMANS, Says, World, any_world, email_of, leaver, member, member_id};
use crate::{
    guard::Guard,
    model::Options,
    plan::{Kind, Outcome},
    problem::Code,
};

const RENUMBERED: Options = Options { settled: true, renumbered: true, anew: false };

/// A company of 40, after its move to a new HR account.
fn moved_company() -> World {
    let human = |at: usize| at % HUMANS.len();
    let address = |at: usize| format!("p{at}@acme.example");
    let staff = |at: usize| {
        let mut member = member(at as u128, &at.to_string(), human(at));
        member.fields.insert(crate::field::Field::Email, address(at));
        member
    };
    // The new numbers are old numbers of others.
    let says = |at: usize| Says::of(&((at + 7) % 40).to_string(), human(at)).with("email", &address(at));
    World::new((0..40).map(staff), (0..40).map(says))
}

#[test]
fn r43_ids_that_all_changed_trip_the_guard_and_can_be_matched_by_email_and_names() {
    let mut world = moved_company();
    let plan = world.plan();
    assert!(plan.guards(&world.rules.guard, Some(40)).contains(&Guard::R43));
    let plan = world.plan_with(RENUMBERED);
    assert_eq!((plan.counts.update, plan.counts.leave, plan.counts.join, plan.counts.reject), (40, 0, 0, 0));
    world.apply(&plan);
    for (at, member) in world.directory.members.values().enumerate() {
        assert_eq!(member.employee_id, Some(((at + 7) % 40).to_string()));
    }
    assert!(world.plan().rows.is_empty());
}

#[test]
fn r43_ids_that_are_all_new_trip_the_guard_with_or_without_a_birthday() {
    for birthday in [true, false] {
        let mut world = moved_company();
        for (at, says) in world.people.iter_mut().enumerate() {
            says.0.insert("id", format!("new {at}"));
        }
        if !birthday {
            world.rules.mapping.remove(&crate::field::Field::DateOfBirth);
        }
        let plan = world.plan();
        assert!(plan.guards(&world.rules.guard, Some(40)).contains(&Guard::R43), "{birthday}");
        assert_eq!(world.plan_with(RENUMBERED).counts.update, 40);
    }
}

#[test]
fn r43_whoever_does_not_match_is_a_stranger() {
    let people =
        [Says::of("a", 0), Says::of("b", 1).with("last", "Zorn"), Says::of("3", 4), Says::of("c", 3), Says::of("d", 3)];
    let members = [member(0, "1", 0), member(1, "2", 1), member(2, "3", 2), leaver(3, "4", 3)];
    let world = World::new(members, people);
    let plan = world.plan_with(RENUMBERED);
    assert_eq!(plan.people["a"].outcome, Outcome::Changed(Kind::Update));
    assert_eq!(plan.people["b"].problems[0].code, Code::EmailOfFormerMember);
    assert_eq!(plan.people["3"].outcome, Outcome::Changed(Kind::Join), "an old number says nothing");
    // Two who match one member: the member is left alone.
    assert_eq!(plan.people["c"].problems[0].code, Code::EmailDuplicate);
    assert!(!plan.absent.contains_key(&member_id(3)));
    assert_eq!(plan.counts.leave, 2);
    assert_eq!(plan.rows.iter().filter(|row| row.change.after.values().any(|value| *value == email_of(0))).count(), 1);
}

proptest! {
    #[test]
    fn r43_a_renumbered_plan_is_as_orderly_as_any(mut world in any_world()) {
        world.options.renumbered = true;
        let mut other = world.clone();
        other.people.reverse();
        prop_assert_eq!(world.plan(), other.plan());
        world.import();
        let (mut emails, mut ids) = (Vec::new(), Vec::new());
        for member in world.directory.members.values() {
            let id = member.employee_id.clone().map(|id| (member.integration, id));
            prop_assert!(member.email_key().is_none_or(|key| !emails.contains(&key)));
            prop_assert!(id.is_none() || !ids.contains(&id));
            emails.extend(member.email_key());
            ids.push(id);
        }
    }
}
