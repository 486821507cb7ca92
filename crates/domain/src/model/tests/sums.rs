//! Everybody ends in one outcome, and the sums add up.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::world::{OURS, any_world};
use crate::{
    member::State,
    plan::{Kind, Outcome},
};

proptest! {
    #[test]
    fn every_person_ends_in_exactly_one_outcome(world in any_world()) {
        let plan = world.plan();
        let reader = world.rules.reader();
        let ids: BTreeSet<String> = world.records().iter().filter_map(|record| reader.employee_id(record).ok()).collect();
        prop_assert_eq!(&ids, &plan.people.keys().cloned().collect());
        let without = world.records().iter().filter(|record| reader.employee_id(record).is_err()).count();
        prop_assert_eq!(without, plan.nameless.len());
        let counts = plan.counts;
        prop_assert_eq!(counts.read, (ids.len() + without) as u64);
        let of = |outcome: Outcome| plan.people.values().filter(|person| person.outcome == outcome).count() as u64;
        let left = of(Outcome::Changed(Kind::Leave));
        let refreshed = of(Outcome::Changed(Kind::Refresh));
        prop_assert_eq!(counts.join, of(Outcome::Changed(Kind::Join)));
        prop_assert_eq!(counts.rejoin, of(Outcome::Changed(Kind::Rejoin)));
        prop_assert_eq!(counts.unchanged, of(Outcome::Unchanged) + refreshed);
        let updated = of(Outcome::Changed(Kind::Update));
        let sum = counts.join + updated + counts.rejoin + counts.reject + counts.unchanged
            + counts.not_eligible + counts.starts_later + left;
        prop_assert_eq!(counts.read, sum);
        prop_assert!(counts.leave >= left && counts.update >= updated);
    }

    #[test]
    fn every_row_is_counted_once_and_speaks_of_one_member(world in any_world()) {
        let plan = world.plan();
        let of = |kind: Kind| plan.rows.iter().filter(|row| row.change.kind == kind).count() as u64;
        let counts = plan.counts;
        prop_assert_eq!(
            [of(Kind::Join), of(Kind::Update), of(Kind::Rejoin), of(Kind::Leave), of(Kind::Reject)],
            [counts.join, counts.update, counts.rejoin, counts.leave, counts.reject]
        );
        let mut members = BTreeSet::new();
        for row in plan.rows.iter().filter(|row| row.change.kind != Kind::Reject) {
            prop_assert!(row.change.member.is_none_or(|member| members.insert(member)), "two rows: {:#?}", row.change);
            prop_assert_eq!(row.change.kind == Kind::Leave, row.change.reason.is_some());
            prop_assert!(!row.problems.iter().any(crate::problem::Problem::is_error), "{:#?}", row);
        }
        for row in plan.rows.iter().filter(|row| row.change.kind == Kind::Reject) {
            prop_assert!(row.problems.iter().any(crate::problem::Problem::is_error), "{:#?}", row);
        }
        let problems = plan.people.values().chain(&plan.nameless).chain(plan.absent.values());
        prop_assert_eq!(counts.errors + counts.warnings, problems.map(|person| person.problems.len() as u64).sum::<u64>());
    }

    #[test]
    fn every_member_of_the_integration_is_accounted_for(world in any_world()) {
        let plan = world.plan();
        for member in world.directory.members.values() {
            let ours = member.integration == Some(OURS) && member.state != State::Closed;
            prop_assert!(ours || !plan.absent.contains_key(&member.id));
            prop_assert!(world.options.settled || plan.absent.is_empty());
        }
    }
}
