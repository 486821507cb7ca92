//! Who may be a member (R20–R24).

use jiff::ToSpan;

use super::world::{Says, TODAY, World, leaver, member, member_id};
use crate::{
    eligibility::{Rule, SegmentRow},
    field::Field,
    member::{Member, State},
    plan::{Kind, Outcome, Reason},
    print::Print,
    problem::Code,
    rules::Absent,
};

const REJECT: Outcome = Outcome::Changed(Kind::Reject);
const UPDATE: Outcome = Outcome::Changed(Kind::Update);
const REFRESH: Outcome = Outcome::Changed(Kind::Refresh);
const LEAVE: Outcome = Outcome::Changed(Kind::Leave);
const REJOIN: Outcome = Outcome::Changed(Kind::Rejoin);
const JOIN: Outcome = Outcome::Changed(Kind::Join);

fn of(world: &World, id: &str) -> (Outcome, Vec<Code>) {
    let person = world.plan().people[id].clone();
    (person.outcome, person.problems.iter().map(|problem| problem.code).collect())
}

#[test]
fn r20_r23_each_status_for_a_newcomer_a_member_and_a_leaver() {
    for (status, newcomer, staff, former) in [
        ("active", JOIN, REFRESH, REJOIN),
        ("LEAVE", JOIN, REFRESH, REJOIN),
        ("inactive", Outcome::NotEligible, LEAVE, REFRESH),
        ("onboarding", Outcome::StartsLater, Outcome::Unchanged, UPDATE),
        ("sabbatical", REJECT, REJECT, REJECT),
        ("", REJECT, REJECT, REJECT),
    ] {
        let outcome = |members: Vec<Member>| of(&World::new(members, [Says::of("1", 0).with("status", status)]), "1").0;
        assert_eq!(outcome(vec![]), newcomer, "{status}");
        assert_eq!(outcome(vec![member(0, "1", 0)]), staff, "{status}");
        assert_eq!(outcome(vec![leaver(0, "1", 0)]), former, "{status}");
    }
}

#[test]
fn r20_a_leaver_who_starts_again_has_the_clock_stopped_until_two_weeks_after_the_hire_date() {
    let mut world = World::new([leaver(0, "1", 0)], [Says::of("1", 0).with("status", "onboarding")]);
    for start in ["2026-12-01", "2027-01-01"] {
        world.people[0].0.insert("start", start.into());
        assert_eq!(of(&world, "1").0, UPDATE);
        world.import();
        let until = start.parse::<jiff::civil::Date>().expect("a day").saturating_add(14.days());
        assert_eq!((world.member(0).state, world.member(0).clock_stopped_until), (State::Leaver, Some(until)));
        assert!(world.plan().rows.is_empty());
    }
    world.people[0].0.insert("start", String::new());
    assert!(world.plan().rows.is_empty(), "a day that is not known stops nothing");
}

#[test]
fn r20_r31_an_unchanged_record_counts_anew_when_its_day_has_come() {
    let says = Says::of("1", 0).with("status", "onboarding").with("start", "2026-11-30").with("job", "Cook");
    for staff in [member(0, "1", 0), leaver(0, "1", 0)] {
        let mut world = World::new([staff], [says.clone()]);
        world.rules.early_days = Some(3);
        world.import();
        assert_eq!(world.member(0).fields[&Field::JobTitle], "Chef");
        let later = TODAY.saturating_add(4.days());
        let plan = world.directory.plan(&world.rules, super::world::OURS, later, &world.records(), world.options);
        assert!(plan.changes_members(), "{:?}", plan.summary());
    }
}

#[test]
fn r21_outside_the_segment_a_member_leaves_and_nobody_joins() {
    let says = Says::of("1", 0).with("type", "External");
    assert_eq!(of(&World::new([], [says.clone()]), "1").0, Outcome::NotEligible);
    let mut world = World::new([member(0, "1", 0)], [says]);
    let plan = world.import();
    assert_eq!(plan.rows[0].change.reason, Some(Reason::OutsideSegment("type".into())));
    assert_eq!(world.member(0).fields[&Field::seen("type")], "External", "kept to explain the leaver");
    assert_eq!(world.member(0).fields[&Field::JobTitle], "Chef");
}

#[test]
fn r21_an_empty_value_warns_every_time_and_one_not_shared_rejects() {
    let mut world = World::new([member(0, "1", 0)], [Says::of("1", 0).with("type", "")]);
    for _ in 0..2 {
        assert_eq!(of(&world, "1"), (Outcome::Unchanged, vec![Code::SegmentValueEmpty]));
        world.import();
    }
    world.rules.segment = vec![SegmentRow { attribute: "type".into(), rule: Rule::Include, values: vec!["a".into()] }];
    assert_eq!(of(&world, "1"), (LEAVE, vec![Code::SegmentValueEmpty]));
    world.import();
    assert_eq!(of(&world, "1"), (Outcome::Unchanged, vec![]), "told with the row by which they left");
    world.people[0] = Says::of("1", 0).without("type");
    assert_eq!(of(&world, "1"), (REJECT, vec![Code::SegmentNotShared]));
}

#[test]
fn r22_absent_members_leave_unless_the_programme_keeps_them_or_the_read_was_unsettled() {
    let mut world = World::new([member(0, "1", 0), leaver(1, "2", 1)], []);
    let plan = world.plan();
    assert_eq!((plan.counts.leave, plan.absent.len()), (1, 2));
    assert_eq!(plan.rows[0].change.reason, Some(Reason::Absent));
    world.options.settled = false;
    assert!(world.plan().rows.is_empty());
    world.options.settled = true;
    world.rules.absent = Absent::Keep;
    assert!(world.plan().rows.is_empty());
    world.rules.absent = Absent::Leave;
    world.import();
    assert!(world.plan().rows.is_empty());
    assert_eq!((world.member(0).state, world.member(0).state_before_leaving), (State::Leaver, Some(State::Active)));
    world.people.push(Says::of("1", 0));
    assert_eq!(of(&world, "1").0, REJOIN);
}

#[test]
fn r24_an_excluded_person_never_joins_and_an_excluded_member_leaves_until_the_exclusion_is_lifted() {
    let mut world = World::new([], [Says::of("1", 0)]);
    world.directory.excluded_ids.insert("1".into());
    assert_eq!(of(&world, "1").0, Outcome::Excluded);
    let mut world = World::new([member(0, "1", 0)], [Says::of("1", 0)]);
    world.import();
    assert!(world.plan().rows.is_empty());
    world.directory.excluded_members.insert(member_id(0));
    let locked = world.directory.members.get_mut(&member_id(0)).expect("there");
    locked.locked_until = Some(TODAY);
    assert_eq!(of(&world, "1").0, LEAVE, "an exclusion is the stronger word");
    assert_eq!(world.import().rows[0].change.reason, Some(Reason::Excluded));
    assert!(world.plan().rows.is_empty());
    world.directory.excluded_members.clear();
    assert_eq!(of(&world, "1").0, REJOIN, "with the very same record");
}

#[test]
fn r24_a_lock_holds_to_its_last_day() {
    for (until, stays) in [(TODAY, true), (TODAY.saturating_sub(1.days()), false)] {
        let locked = Member { locked_until: Some(until), ..member(0, "1", 0) };
        for says in
            [vec![], vec![Says::of("1", 0).with("status", "inactive")], vec![Says::of("1", 0).with("type", "external")]]
        {
            let mut world = World::new([locked.clone()], says);
            for _ in 0..2 {
                let plan = world.import();
                let told = plan.summary().iter().any(|(.., codes)| codes == &[Code::LockedIn]);
                assert_eq!((told, world.member(0).state == State::Active), (stays, stays));
                if !stays {
                    break;
                }
            }
        }
    }
}

#[test]
fn r24_a_member_brought_back_stays_until_the_record_changes() {
    for says in
        [vec![], vec![Says::of("1", 0).with("status", "inactive")], vec![Says::of("1", 0).with("type", "external")]]
    {
        let mut world = World::new([member(0, "1", 0)], says);
        world.import();
        world.bring_back(member_id(0));
        for _ in 0..2 {
            let plan = world.import();
            assert!(plan.summary().iter().any(|(.., codes)| codes == &[Code::KeptByHand]), "listed every time");
            assert_eq!(world.member(0).state, State::Active);
        }
        world.people = vec![Says::of("1", 0).with("status", "inactive").with("job", "Cook")];
        assert_eq!(of(&world, "1").0, LEAVE);
    }
}

#[test]
fn r24_a_leaver_who_vanished_from_the_source_can_be_brought_back_too() {
    let mut world = World::new([member(0, "1", 0)], [Says::of("1", 0).with("status", "inactive")]);
    world.import();
    world.people.clear();
    world.import();
    assert_eq!(world.member(0).print, Some(Print::ABSENT));
    world.bring_back(member_id(0));
    assert_eq!(world.plan().absent[&member_id(0)].problems[0].code, Code::KeptByHand);
}
