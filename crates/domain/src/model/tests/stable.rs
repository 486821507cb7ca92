//! The same again: planning is a function of who is there, and an import leaves nothing to do.

use proptest::prelude::*;

use super::world::{World, any_world};
use crate::{
    ids::MemberId,
    member::Member,
    model::{Directory, ModelPlan, Options, Person},
    plan::{Kind, Outcome},
    problem::Code,
};

proptest! {
    #[test]
    fn a_plan_made_twice_is_the_same_whatever_the_order_of_the_records(world in any_world(), by in 0..9_usize) {
        let plan = world.plan();
        let mut other = world.clone();
        other.people.reverse();
        let by = by % other.people.len().max(1);
        other.people.rotate_left(by);
        prop_assert_eq!(&plan, &other.plan());
        prop_assert_eq!(plan.summary(), other.plan().summary());
    }

    #[test]
    fn r31_noted_records_only_save_time(mut world in any_world()) {
        // But for whom an administrator brought back: a change of settings never lets go of them (R24).
        for member in world.directory.members.values_mut() {
            member.kept_by_hand = None;
        }
        let anew = world.plan_with(Options { anew: true, ..world.options });
        prop_assert_eq!(world.plan().summary(), anew.summary());
        let mut after = world;
        after.import();
        let anew = after.plan_with(Options { anew: true, ..after.options });
        prop_assert_eq!(after.plan().summary(), anew.summary());
    }

    #[test]
    fn r31_nothing_new_nothing_done(mut world in any_world()) {
        let before = world.directory.clone();
        let first = world.import();
        // A newcomer may have waited for a member whose names changed in the same import; and an ID that an
        // account has left leads its person to nobody, who is met for the first time.
        let mut second = world.plan();
        if only_twins_moved(&first, &second) || meets_whose_account_is_gone(&before, &world.directory, &second) {
            world.apply(&second);
            second = world.plan();
        }
        prop_assert!(!second.changes_members(), "{:#?}", second.summary());
        prop_assert!(second.rows.iter().all(|row| row.change.kind == Kind::Reject), "{:#?}", second.rows);
        let before = world.directory.clone();
        world.apply(&second);
        prop_assert_eq!(&before, &world.directory);
        prop_assert_eq!(world.plan().summary(), second.summary());
    }

    #[test]
    fn nobody_who_was_rejected_gets_in_by_importing_again(mut world in any_world()) {
        let first = world.import();
        let second = world.plan();
        for (id, person) in &first.people {
            let waits = person.problems.iter().any(|problem| is_twin(problem.code));
            if person.outcome == Outcome::Changed(Kind::Reject) && !waits {
                let again = second.people[id].outcome;
                prop_assert!(matches!(again, Outcome::Changed(Kind::Reject) | Outcome::NotEligible | Outcome::Excluded | Outcome::StartsLater), "{id}: {again:?}");
            }
        }
    }
}

fn is_twin(code: Code) -> bool {
    matches!(code, Code::PossibleDuplicate | Code::PossibleRehire)
}

/// Whether the second plan does something about an ID that the first took from an account, as a rehire does (R15).
fn meets_whose_account_is_gone(before: &Directory, after: &Directory, second: &ModelPlan) -> bool {
    let left = |(id, member): (&MemberId, &Member)| {
        let stays = after.members.get(id).is_some_and(|it| it.employee_id == member.employee_id);
        member.employee_id.clone().filter(|_| !stays)
    };
    before.members.iter().filter_map(left).any(|id| second.people.get(&id).is_some_and(moves))
}

fn moves(person: &Person) -> bool {
    matches!(person.outcome, Outcome::Changed(kind) if kind != Kind::Reject)
}

fn only_twins_moved(first: &ModelPlan, second: &ModelPlan) -> bool {
    let waited = |id: &String| first.people[id].problems.iter().any(|problem| is_twin(problem.code));
    let moved = second.people.iter().filter(|(_, person)| moves(person));
    second.changes_members() && moved.map(|(id, _)| id).all(waited)
}

#[test]
fn an_empty_world_has_an_empty_plan() {
    let plan = World::new([], []).plan();
    assert!(plan.rows.is_empty() && plan.summary().is_empty());
}
