//! Who must not be touched, and by what (R17, R35, R36); what must stay unique (R10, R13).

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::world::{OURS, Says, THEIRS, World, any_world};
use crate::{
    field::Field,
    model::{Line, Options},
    names,
    plan::{Kind, Outcome},
};

proptest! {
    #[test]
    fn r13_r10_addresses_and_employee_ids_stay_unique(mut world in any_world()) {
        for _ in 0..3 {
            world.import();
            let (mut emails, mut ids) = (BTreeSet::new(), BTreeSet::new());
            for member in world.directory.members.values() {
                prop_assert!(member.email_key().is_none_or(|key| emails.insert(key)), "{:#?}", world.directory);
                let id = member.employee_id.clone().map(|id| (member.integration, id));
                prop_assert!(id.is_none_or(|id| ids.insert(id)), "{:#?}", world.directory);
            }
            let first = world.people.len().min(1);
            world.people.rotate_left(first);
            world.people.truncate(6);
        }
    }

    #[test]
    fn r35_the_member_of_a_rejected_person_stays_untouched(mut world in any_world()) {
        let before = world.directory.clone();
        let plan = world.import();
        let given: BTreeSet<_> = plan.rows.iter().filter(|row| row.change.kind != Kind::Reject).filter_map(|row| row.change.employee_id.clone()).collect();
        for row in plan.rows.iter().filter(|row| row.change.kind == Kind::Reject) {
            let Some(id) = row.change.member else { continue };
            // Where two people claim to be one member (R16), the other one may be right.
            let other = plan.rows.iter().any(|row| row.change.kind != Kind::Reject && row.change.member == Some(id));
            let mut was = before.members[&id].clone();
            // A decision gave the ID that they had to somebody else (R18).
            was.employee_id.take_if(|id| given.contains(id) && world.directory.members[&row.change.member.unwrap()].employee_id.is_none());
            prop_assert!(other || was == world.directory.members[&id], "{:#?}", row);
        }
    }

    #[test]
    fn r17_fields_that_are_not_fed_are_never_touched(mut world in any_world()) {
        let before = world.directory.clone();
        world.import();
        for (id, member) in &before.members {
            for (field, value) in member.fields.iter().filter(|(field, _)| field.is_shown()) {
                if !world.rules.mapping.contains_key(field) {
                    prop_assert_eq!(Some(value), world.directory.members[id].fields.get(field));
                }
            }
        }
    }

    #[test]
    fn r16_members_of_another_source_lose_at_most_a_former_members_address(mut world in any_world()) {
        let before = world.directory.clone();
        world.import();
        for (id, member) in before.members.iter().filter(|(_, member)| member.integration == Some(THEIRS)) {
            let mut was = member.clone();
            let is = &world.directory.members[id];
            if !was.state.is_current() && is.email_key().is_none() && was.fields.remove(&Field::Email).is_some() {
                was.version += 1;
            }
            prop_assert_eq!(&was, is);
        }
    }

    #[test]
    fn r15_a_mangled_address_never_overwrites_a_members(mut world in any_world()) {
        let before = world.directory.clone();
        world.import();
        for (id, member) in &before.members {
            let (Some(was), Some(is)) = (member.email_key(), world.directory.members[id].email_key()) else { continue };
            prop_assert!(!crate::email::is_mangled_form_of(&is, &was));
        }
    }

    #[test]
    fn r36_a_bad_record_that_nobody_contends_with_changes_nothing_for_the_others(
        world in any_world(),
        bad in prop::sample::select(vec!["id", "status", "email", "type"]),
    ) {
        let mut worse = world.clone();
        let extra = Says::of("99", 0).with("email", "extra@acme.example").with("first", "Zoe").with("last", "Zorn");
        let extra = extra.without("type");
        worse.people.push(if bad == "email" { extra.with(bad, "<>") } else { extra.with(bad, "") });
        let others = |line: &Line| line.0 != "99" && !(line.0.is_empty() && line.1 == "reject");
        let lines = |world: &World| world.plan().summary().into_iter().filter(others).collect::<Vec<_>>();
        prop_assert_eq!(lines(&world), lines(&worse));
    }

    #[test]
    fn r36_a_record_that_turns_bad_changes_nothing_for_those_who_do_not_contend(world in any_world(), at in any::<prop::sample::Index>()) {
        let at = at.index(world.people.len());
        let mut worse = world.clone();
        worse.people[at].0.insert("status", "?".into());
        let circle = circle(&world, at);
        let (plan, other) = (world.plan(), worse.plan());
        for (id, person) in &plan.people {
            if !circle.contains(&format!("id {id}")) {
                prop_assert_eq!(person, &other.people[id], "{}", id);
            }
        }
    }

    #[test]
    fn r2_nobody_leaves_by_absence_when_the_read_is_unsettled(world in any_world()) {
        let plan = world.plan_with(Options { settled: false, ..world.options });
        prop_assert!(plan.absent.is_empty());
        let of_people = plan.people.values().filter(|person| person.outcome == Outcome::Changed(Kind::Leave)).count();
        let loose = plan.rows.iter().filter(|row| row.change.reason == Some(crate::plan::Reason::IdReassigned)).count();
        prop_assert_eq!(plan.counts.leave, (of_people + loose) as u64);
    }
}

/// Everything that a record is tied to, however remotely, by IDs, addresses, names and decisions.
fn circle(world: &World, at: usize) -> BTreeSet<String> {
    let mut ties: Vec<BTreeSet<String>> = Vec::new();
    let email = |address: &str| format!("email {}", crate::email::key(address));
    for says in &world.people {
        let get = |key: &str| says.0.get(key).map_or("", |text| text.trim());
        let name = format!("name {}{}", names::key(get("first")), names::key(get("last")));
        ties.push([format!("id {}", get("id")), email(get("email")), name].into());
    }
    for (id, member) in &world.directory.members {
        let get = |field| member.fields.get(&field).map_or("", String::as_str);
        let name = format!("name {}{}", names::key(get(Field::FirstName)), names::key(get(Field::LastName)));
        let mut tie: BTreeSet<String> = [format!("member {id}"), name].into();
        tie.extend(member.email_key().map(|key| email(&key)));
        tie.extend(member.employee_id.iter().filter(|_| member.integration == Some(OURS)).map(|id| format!("id {id}")));
        ties.push(tie);
    }
    let said: BTreeMap<_, _> = world.directory.same.iter().collect();
    ties.extend(said.into_iter().map(|(id, member)| [format!("id {id}"), format!("member {member}")].into()));
    ties.extend(world.directory.not.iter().map(|(id, member)| [format!("id {id}"), format!("member {member}")].into()));
    let mut circle = ties[at].clone();
    loop {
        let before = circle.len();
        for tie in &ties {
            if tie.iter().any(|key| circle.contains(key)) {
                circle.extend(tie.iter().cloned());
            }
        }
        if circle.len() == before {
            return circle;
        }
    }
}
