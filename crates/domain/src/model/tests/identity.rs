//! Who is who: the employee ID (R3, R10), and first contact with members made elsewhere (R16).

use super::world::{HUMANS, OURS, Says, THEIRS, World, by_hand, email_of, member, member_id};
use crate::{
    field::Field,
    member::{Member, State},
    plan::{Kind, Outcome, Reason},
    print::Print,
    problem::Code,
};

const REJECT: Outcome = Outcome::Changed(Kind::Reject);
const UPDATE: Outcome = Outcome::Changed(Kind::Update);
const LEAVE: Outcome = Outcome::Changed(Kind::Leave);

fn of(world: &World, id: &str) -> (Outcome, Vec<Code>) {
    let person = world.plan().people[id].clone();
    (person.outcome, person.problems.iter().map(|problem| problem.code).collect())
}

#[test]
fn r3_one_id_twice_is_one_person_where_the_records_are_equal() {
    let mut world = World::new([], [Says::of("1", 0), Says::of(" 1 ", 0)]);
    assert_eq!(world.import().counts.join, 1);
    world.people[1].0.insert("job", "Cook".into());
    let before = world.directory.clone();
    let plan = world.import();
    assert_eq!((plan.counts.read, plan.counts.reject), (1, 1));
    assert_eq!(of(&world, "1"), (REJECT, vec![Code::EmployeeIdDuplicate]));
    assert_eq!(world.directory, before);
}

#[test]
fn r3_zeros_and_letters_make_another_id() {
    let world = World::new([], [Says::of("1", 0), Says::of("01", 1), Says::of("a", 2), Says::of("A", 3)]);
    assert_eq!(world.plan().counts.join, 4);
}

#[test]
fn r35_a_record_without_an_id_is_nobodys_and_its_member_does_not_leave() {
    let long = "9".repeat(101);
    for id in ["", " ", &long] {
        let world = World::new([member(0, "1", 0)], [Says::of(id, 0), Says::of("2", 1)]);
        let plan = world.plan();
        assert_eq!((plan.counts.read, plan.counts.reject, plan.counts.join, plan.counts.leave), (2, 1, 1, 0));
    }
}

#[test]
fn r31_a_leaver_whose_address_goes_to_somebody_else_is_absent_whoever_else_named_it() {
    let mut world = World::new([member(0, "1", 0)], [Says::of("2", 0), Says::of("", 0)]);
    world.directory.members.get_mut(&member_id(0)).expect("there").state = State::Leaver;
    world.directory.not.insert(("2".to_owned(), member_id(0)));
    let plan = world.import();
    assert_eq!((plan.counts.join, plan.counts.reject), (1, 1));
    assert_eq!((world.member(0).email_key(), world.member(0).print), (None, Some(Print::ABSENT)));
    assert!(world.plan().rows.iter().all(|row| row.change.kind == Kind::Reject));
}

#[test]
fn r24_whoever_was_brought_back_stays_even_when_their_id_leads_elsewhere() {
    let mut world = World::new([member(0, "1", 0), by_hand(1, 1)], [Says::of("1", 1)]);
    world.directory.members.get_mut(&member_id(0)).expect("there").kept_by_hand = Some(Print::ABSENT);
    world.directory.same.insert("1".to_owned(), member_id(1));
    world.import();
    assert_eq!((world.member(0).employee_id.clone(), world.member(0).state), (None, State::Active));
    assert!(world.plan().rows.is_empty(), "{:#?}", world.plan().rows);
}

#[test]
fn r10_the_id_is_the_identity_until_the_human_behind_it_changes() {
    let same = |key, value: &str| (Says::of("1", 0).with(key, value), true);
    let both = |key, value: &str| Says::of("1", 0).with("email", "new@acme.example").with(key, value);
    for (says, is_same) in [
        same("email", "new@acme.example"),
        same("birth", "1991-01-01"),
        same("last", "Zorn"),
        (Says::of("1", 0).with("first", "Zoe").with("last", "Zorn"), true), // the address is hers
        (both("last", "Zorn"), true),                                       // married
        (both("first", "ADA"), true),
        (both("birth", ""), true),
        (both("last", "Zorn").without("first"), true),
        (both("last", "Zorn").with("first", "Zoe"), false),
        (both("birth", "1991-01-01"), false),
        (Says::of("1", 1), false),
    ] {
        let world = World::new([member(0, "1", 0)], [says.clone()]);
        let expected = if is_same { (UPDATE, vec![]) } else { (REJECT, vec![Code::IdentityChanged]) };
        assert_eq!(of(&world, "1"), expected, "{says:?}");
        assert_eq!(world.plan().identity_changes, u64::from(!is_same));
    }
}

#[test]
fn r10_an_id_that_was_given_to_someone_else_does_not_open_the_old_account() {
    let former = Member { state: State::Leaver, ..member(0, "1", 0) };
    assert_eq!(of(&World::new([former.clone()], [Says::of("1", 1)]), "1"), (REJECT, vec![Code::IdentityChanged]));
    let gone = Says::of("1", 1).with("status", "inactive");
    assert_eq!(of(&World::new([former], [gone]), "1").1, vec![], "nothing would be done to the account");
}

#[test]
fn r18_an_id_that_stands_for_someone_else_closes_the_old_account_whatever_the_new_record_says() {
    for (status, outcome) in [
        ("active", Outcome::Changed(Kind::Join)),
        ("inactive", Outcome::NotEligible),
        ("onboarding", Outcome::StartsLater),
        ("?", REJECT),
    ] {
        let mut world = World::new([member(0, "1", 0)], [Says::of("1", 1).with("status", status)]);
        world.directory.decide_not("1", member_id(0));
        let plan = world.import();
        assert_eq!(plan.people["1"].outcome, outcome);
        assert_eq!(plan.rows[0].change.reason, Some(Reason::IdReassigned));
        let former = world.member(0).clone();
        assert_eq!((former.state, former.employee_id, former.fields.len()), (State::Leaver, None, 8));
        assert!(!world.plan().changes_members());
        // R24: brought back by hand, the former owner stays.
        world.bring_back(member_id(0));
        assert_eq!(world.plan().absent[&member_id(0)].problems[0].code, Code::KeptByHand);
    }
}

#[test]
fn r18_a_reassigned_id_can_lead_to_a_member_made_by_hand() {
    let mut world = World::new([member(0, "1", 0), by_hand(1, 1)], [Says::of("1", 1)]);
    world.directory.decide_not("1", member_id(0));
    let plan = world.import();
    assert_eq!((plan.counts.leave, plan.counts.update, plan.counts.join), (1, 1, 0));
    assert_eq!(world.member(1).employee_id.as_deref(), Some("1"));
}

#[test]
fn r18_an_account_whose_id_an_answer_led_elsewhere_loses_it() {
    // One's address became Béa's; they are the same human, and Béa's account is the one to keep.
    let mut world = World::new([member(0, "1", 0), member(1, "2", 1)], [Says::of("1", 1)]);
    world.directory.decide_same("1", member_id(1));
    let plan = world.import();
    assert_eq!((plan.counts.update, plan.counts.leave), (1, 1));
    assert_eq!(world.member(1).employee_id.as_deref(), Some("1"));
    assert_eq!((world.member(0).employee_id.clone(), world.member(0).state), (None, State::Leaver));
    assert!(world.plan().summary().is_empty());
}

#[test]
fn r16_a_member_made_by_hand_is_linked_when_the_names_agree() {
    for state in [State::NotInvited, State::Invited, State::Active] {
        let mut world = World::new([Member { state, ..by_hand(0, 0) }], [Says::of("1", 0)]);
        let plan = world.import();
        assert_eq!((plan.people["1"].outcome, plan.counts.warnings, plan.identity_changes), (UPDATE, 0, 0));
        let linked = world.member(0);
        assert_eq!((linked.integration, linked.employee_id.as_deref(), linked.state), (Some(OURS), Some("1"), state));
        assert_eq!(linked.fields[&Field::Location], "by hand");
        assert!(world.plan().rows.is_empty());
    }
}

#[test]
fn r16_linking_looks_at_everybody_so_that_r21_reaches_them() {
    for (key, value, outcome, left) in [
        ("status", "inactive", LEAVE, State::Leaver),
        ("type", "external", LEAVE, State::Leaver),
        ("status", "onboarding", UPDATE, State::Active),
        ("status", "?", REJECT, State::Active),
    ] {
        let mut world = World::new([by_hand(0, 0)], [Says::of("1", 0).with(key, value)]);
        assert_eq!(of(&world, "1").0, outcome, "{value}");
        world.import();
        assert_eq!(world.member(0).state, left);
        assert_eq!(world.member(0).integration.is_some(), outcome != REJECT);
        assert!(!world.plan().changes_members());
    }
}

#[test]
fn r16_names_that_do_not_agree_wait_for_a_decision_eligible_or_not() {
    for status in ["active", "inactive"] {
        let says = Says::of("1", 0).with("last", "Zorn").with("status", status);
        let mut world = World::new([by_hand(0, 0)], [says]);
        assert_eq!(of(&world, "1"), (REJECT, vec![Code::EmailTaken]));
        world.directory.decide_same("1", member_id(0));
        assert_eq!(of(&world, "1").0, if status == "active" { UPDATE } else { LEAVE });
    }
}

#[test]
fn r16_two_people_who_share_the_address_of_a_member_made_by_hand() {
    let mut world = World::new([by_hand(0, 0)], [Says::of("1", 0), Says::of("2", 0)]);
    assert_eq!(
        (of(&world, "1"), of(&world, "2")),
        ((REJECT, vec![Code::EmailDuplicate]), (REJECT, vec![Code::EmailDuplicate]))
    );
    // An old profile beside the new one is no rival.
    world.people[1].0.insert("status", "inactive".into());
    assert_eq!((of(&world, "1").0, of(&world, "2").0), (UPDATE, Outcome::NotEligible));
    // One who has another name waits.
    world.people[1] = Says::of("2", 1).with("email", &email_of(0));
    assert_eq!((of(&world, "1"), of(&world, "2")), ((UPDATE, vec![]), (REJECT, vec![Code::EmailTaken])));
}

#[test]
fn r16_a_member_who_moves_to_the_address_of_one_made_by_hand_does_not_stop_the_link() {
    let people = [Says::of("1", 0), Says::of("2", 1).with("email", &email_of(0))];
    let world = World::new([by_hand(0, 0), member(1, "2", 1)], people);
    assert_eq!((of(&world, "1"), of(&world, "2")), ((UPDATE, vec![]), (REJECT, vec![Code::EmailTaken])));
}

#[test]
fn r16_r24_another_sources_members_and_erased_ones_are_not_ours() {
    let closed = Member { state: State::Closed, ..member(0, "1", 0) };
    let theirs = Member { integration: Some(THEIRS), ..member(1, "2", 1) };
    let mut world = World::new([closed, theirs.clone()], [Says::of("1", 0)]);
    let plan = world.import();
    assert_eq!((plan.counts.join, plan.counts.leave), (1, 0));
    assert_eq!(world.member(1), &theirs);
    assert_eq!(HUMANS[1].0, world.member(1).fields[&Field::FirstName]);
}
