//! What changes, and what the guard makes of a whole plan (R17, R30–R36, R40–R46).

use super::world::{Says, World, email_of, member, member_id};
use crate::{
    field::Field,
    guard::{self, Guard, Thresholds},
    member::State,
    plan::{Kind, Outcome, Welcome},
    problem::Code,
};

fn codes(world: &World, id: &str) -> Vec<Code> {
    world.plan().people[id].problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn r17_r33_what_the_mapping_feeds_is_updated_and_nothing_else() {
    let mut world = World::new([member(0, "1", 0)], [Says::of("1", 0).with("job", "Cook")]);
    let plan = world.import();
    let change = &plan.rows[0].change;
    let shown: Vec<_> = change.before.iter().filter(|(field, _)| field.is_shown()).collect();
    assert_eq!(shown, [&(Field::JobTitle, Some("Chef".into()))]);
    assert_eq!((change.kind, change.welcome, change.state), (Kind::Update, None, Some(State::Active)));
    let fields = &world.member(0).fields;
    assert_eq!((fields[&Field::JobTitle].as_str(), fields[&Field::Location].as_str()), ("Cook", "by hand"));
    assert_eq!(world.member(0).version, 2);
}

#[test]
fn r30_a_member_changed_meanwhile_is_passed_over() {
    let mut world = World::new([member(0, "1", 0), member(1, "2", 1)], [Says::of("1", 0).with("job", "Cook")]);
    let plan = world.plan();
    world.directory.members.get_mut(&member_id(0)).expect("there").version = 7;
    world.apply(&plan);
    assert_eq!(world.member(0).fields[&Field::JobTitle], "Chef");
    assert_eq!(world.member(1).state, State::Leaver);
}

#[test]
fn r31_a_record_that_only_reads_differently_is_noted_on_the_quiet() {
    let mut world = World::new([member(0, "1", 0)], [Says::of("1", 0)]);
    let plan = world.import();
    assert_eq!(plan.people["1"].outcome, Outcome::Changed(Kind::Refresh));
    assert_eq!((plan.counts.unchanged, plan.changes_members(), plan.summary().len()), (1, false, 0));
    assert_eq!(world.member(0).version, 1);
    assert!(world.plan().rows.is_empty());
    world.people[0].0.insert("status", "leave".into());
    assert_eq!(world.import().people["1"].outcome, Outcome::Changed(Kind::Refresh));
    assert_eq!(world.member(0).fields[&Field::seen("status")], "leave");
}

#[test]
fn r32_one_account_and_at_most_one_invitation() {
    let made_up = |personal| {
        let mut world = World::new([], [Says::of("1", 0).with("email", "x@none.example").with("job", personal)]);
        let job = world.rules.mapping.remove(&Field::JobTitle).expect("mapped");
        world.rules.mapping.insert(Field::PersonalEmail, job);
        world.rules.no_mailbox_domains = vec!["none.example".into()];
        world
    };
    for (mut world, on, off) in [
        (World::new([], [Says::of("1", 0)]), Welcome::Account, State::NotInvited),
        (made_up("ada@home.example"), Welcome::Personal, State::NotInvited),
        (made_up(""), Welcome::Letter, State::NotInvited),
        (made_up("y@None.Example"), Welcome::Letter, State::NotInvited),
    ] {
        let change = world.plan().rows[0].change.clone();
        assert_eq!((change.kind, change.welcome, change.state), (Kind::Join, Some(on), Some(State::Invited)));
        world.rules.welcome_email = false;
        let plan = world.import();
        assert_eq!((plan.rows[0].change.welcome, plan.rows[0].change.state), (None, Some(off)));
        assert!(world.plan().rows.is_empty());
    }
}

#[test]
fn r34_not_shared_keeps_and_empty_clears_or_is_an_error() {
    let mut world =
        World::new([member(0, "1", 0)], [Says::of("1", 0).without("phone").with("job", "").without("email")]);
    world.import();
    let fields = &world.member(0).fields;
    assert_eq!((fields[&Field::Phone].as_str(), fields.get(&Field::JobTitle)), ("1", None));
    assert_eq!(fields[&Field::Email], email_of(0));
    world.people[0].0.insert("email", " ".into());
    assert_eq!(codes(&world, "1"), [Code::EmailMissing]);
    let world = World::new([], [Says::of("1", 0).without("email")]);
    assert_eq!(codes(&world, "1"), [Code::EmailMissing]);
}

#[test]
fn r35_a_bad_optional_value_keeps_the_old_one_and_is_told_every_time() {
    let says = Says::of("1", 0).with("phone", &"9".repeat(101)).with("birth", "soon").with("job", "Cook");
    let mut world = World::new([member(0, "1", 0)], [says]);
    let told = [Code::DateUnreadable, Code::TooLong];
    assert_eq!(world.import().people["1"].outcome, Outcome::Changed(Kind::Update));
    let fields = world.member(0).fields.clone();
    assert_eq!((fields[&Field::Phone].as_str(), fields[&Field::JobTitle].as_str()), ("1", "Cook"));
    assert_eq!(codes(&world, "1"), told);
    assert!(world.import().rows.is_empty());
    assert_eq!(codes(&world, "1"), told);
}

#[test]
fn r35_a_bad_mandatory_value_leaves_the_account_untouched_and_all_problems_are_told() {
    let says = Says::of("1", 0).with("email", "ada@").with("phone", &"9".repeat(101)).with("job", "Cook");
    let mut world = World::new([member(0, "1", 0)], [says.clone()]);
    assert_eq!(codes(&world, "1"), [Code::EmailInvalid, Code::TooLong]);
    let before = world.directory.clone();
    world.import();
    assert_eq!(world.directory, before);
    // R53: whatever stands in the way, the rest is told too.
    world.people[0] = says.with("status", "?").without("type");
    assert_eq!(codes(&world, "1"), [Code::StatusUnknown, Code::SegmentNotShared, Code::EmailInvalid, Code::TooLong]);
    assert_eq!(codes(&World::new([], world.people), "1").len(), 4);
}

#[test]
fn r36_one_bad_person_never_stops_the_others() {
    let bad = ["status", "email", "id"].map(|key| Says::of(key, 1).with("email", "bad@acme.example").with(key, ""));
    let world = World::new(
        [member(0, "1", 0)],
        [Says::of("1", 0).with("job", "Cook"), Says::of("2", 2)].into_iter().chain(bad),
    );
    let plan = world.plan();
    assert_eq!((plan.counts.update, plan.counts.join, plan.counts.reject), (1, 1, 3));
}

/// Thirty members, of whom so many leave.
fn leaving(inactive: usize, outside: usize, absent: usize) -> World {
    let address = |at: usize| format!("p{at}@acme.example");
    let staff = |at: usize| {
        let mut member = member(at as u128, &at.to_string(), 0);
        member.fields.insert(Field::Email, address(at));
        member
    };
    let says = |at: usize| {
        let says = Says::of(&at.to_string(), 0).with("email", &address(at));
        let says = if at < inactive { says.with("status", "inactive") } else { says };
        if (inactive..inactive + outside).contains(&at) { says.with("type", "external") } else { says }
    };
    let mut world = World::new((0..30).map(staff), (0..30 - absent).map(says));
    // They all have one name: without a birthday, nobody is taken for a twin.
    world.rules.mapping.remove(&Field::DateOfBirth);
    world
}

#[test]
fn r40_status_segment_and_absence_count_together() {
    let limits = Thresholds::default();
    assert!(leaving(2, 2, 1).plan().guards(&limits, Some(30)).is_empty());
    assert_eq!(leaving(2, 2, 2).plan().guards(&limits, Some(30)), [Guard::R40]);
    // R41: with those of the week.
    let facts = leaving(1, 0, 0).plan().facts(Some(30), 10, false);
    assert_eq!(guard::look(&facts, &limits), [Guard::R41]);
    // R45: agreed to by name.
    assert!(guard::look(&leaving(9, 0, 0).plan().facts(Some(30), 10, true), &limits).is_empty());
}

#[test]
fn r42_r44_r46_the_same_plan_meets_other_guards_with_another_history() {
    let limits = Thresholds::default();
    let mut world = leaving(0, 0, 0);
    assert_eq!(world.plan().guards(&limits, Some(61)), [Guard::R42]);
    world.directory.members.retain(|id, _| *id < member_id(8));
    assert!(world.plan().guards(&limits, None).is_empty(), "the first import may bring everybody");
    assert_eq!(world.plan().guards(&limits, Some(30)), [Guard::R44]);
    // R46: once an approved plan is applied, the next one has nothing to hold.
    world.import();
    assert!(world.plan().guards(&limits, Some(30)).is_empty());
}

#[test]
fn r43_counts_ids_addresses_and_humans() {
    let mut world = leaving(0, 0, 0);
    for at in 0..6 {
        world.people[at].0.insert("first", "Zoe".into());
        world.people[at].0.insert("last", "Zorn".into());
        world.people[at].0.insert("email", format!("new{at}@acme.example"));
    }
    assert_eq!(world.plan().guards(&Thresholds::default(), Some(30)), [Guard::R43]);
    world.people.truncate(5);
    assert_eq!(world.plan().identity_changes, 5);
}
