//! People who come back (R14, R15, R38), and the answers to what cannot be told (R18).

use super::world::{OURS, Says, THEIRS, World, by_hand, email_of, leaver, member, member_id};
use crate::{
    field::Field,
    member::{Member, State},
    plan::{Kind, Outcome},
    problem::Code,
};

const REJECT: Outcome = Outcome::Changed(Kind::Reject);
const REJOIN: Outcome = Outcome::Changed(Kind::Rejoin);
const UPDATE: Outcome = Outcome::Changed(Kind::Update);

/// The outcome, and the codes of all problems.
fn of(world: &World, id: &str) -> (Outcome, Vec<Code>) {
    let person = world.plan().people[id].clone();
    (person.outcome, person.problems.iter().map(|problem| problem.code).collect())
}

/// Ada's old profile after she was hired again: closed, its address mangled.
fn old_profile() -> Says {
    Says::of("1", 0).with("status", "inactive").with("email", "h0@acme.example_a1b2c")
}

#[test]
fn r14_r38_a_rehire_under_the_same_id_is_reopened_in_the_state_from_before() {
    for (before, after) in [
        (Some(State::Active), State::Active),
        (Some(State::Invited), State::Invited),
        (Some(State::NotInvited), State::NotInvited),
        (None, State::NotInvited),
    ] {
        let former = Member { state_before_leaving: before, ..leaver(0, "1", 0) };
        let mut world = World::new([former], [Says::of("1", 0)]);
        let plan = world.import();
        assert_eq!(plan.people["1"].outcome, REJOIN);
        assert_eq!(plan.rows[0].change.welcome, None, "no new invitation");
        let back = world.member(0);
        assert_eq!((back.state, back.state_before_leaving, back.clock_stopped_until), (after, None, None));
        assert!(world.plan().summary().is_empty());
    }
}

#[test]
fn r15_a_rehire_under_a_new_id_is_reopened_when_email_names_and_birthday_agree() {
    for former in [leaver(0, "1", 0), member(0, "1", 0)] {
        for old in [Some(old_profile()), None] {
            let stays = former.state.is_current();
            let mut world = World::new([former.clone()], old.clone().into_iter().chain([Says::of("9", 0)]));
            let plan = world.import();
            assert_eq!(plan.people["9"].outcome, if stays { UPDATE } else { REJOIN });
            assert_eq!(plan.counts.leave, 0, "somebody who would only now have left goes on");
            if stays && old.is_some() {
                assert_eq!(plan.people["1"].outcome, Outcome::NotEligible);
            }
            assert_eq!(plan.identity_changes, 1);
            let back = world.member(0);
            assert_eq!((back.employee_id.as_deref(), back.state), (Some("9"), State::Active));
            assert_eq!(back.fields[&Field::Email], email_of(0));
            assert_eq!(world.directory.members.len(), 1);
            assert!(world.plan().rows.is_empty(), "nothing is left to do");
        }
    }
}

#[test]
fn r15_a_rehires_emptied_fields_are_cleared_and_those_not_shared_are_kept() {
    let mut world = World::new([leaver(0, "1", 0)], [Says::of("9", 0).with("phone", "").without("job")]);
    world.import();
    let fields = &world.member(0).fields;
    assert_eq!((fields.get(&Field::Phone), fields[&Field::JobTitle].as_str()), (None, "Chef"));
    assert!(world.plan().rows.is_empty());
}

#[test]
fn r15_names_alone_do_not_settle_it() {
    let mut world = World::new([leaver(0, "1", 0)], [Says::of("9", 0)]);
    world.rules.mapping.remove(&Field::DateOfBirth);
    assert_eq!(of(&world, "9"), (REJECT, vec![Code::EmailOfFormerMember]));
    // Nor does another birthday, or another name.
    for (key, value) in [("birth", "1991-01-01"), ("birth", ""), ("last", "Zorn"), ("first", "Zoe")] {
        let world = World::new([leaver(0, "1", 0)], [Says::of("9", 0).with(key, value)]);
        assert_eq!(of(&world, "9"), (REJECT, vec![Code::EmailOfFormerMember]), "{key} {value}");
    }
}

#[test]
fn r15_a_mangled_address_leaves_the_members_alone() {
    let mut world = World::new([member(0, "1", 0)], [old_profile()]);
    world.import();
    assert_eq!(world.member(0).fields[&Field::Email], email_of(0));
    let mut world = World::new([member(0, "1", 0)], [old_profile().with("status", "active").with("job", "Cook")]);
    let plan = world.import();
    assert_eq!((plan.people["1"].outcome, plan.counts.errors), (UPDATE, 0));
    assert_eq!(world.member(0).fields[&Field::Email], email_of(0));
}

#[test]
fn r15_a_likely_rehire_or_duplicate_under_another_address_waits() {
    let newcomer = || Says::of("9", 0).with("email", "ada@acme.example");
    for (members, others, code) in [
        (leaver(0, "1", 0), vec![], Code::PossibleRehire),
        (member(0, "1", 0), vec![], Code::PossibleRehire), // leaves in this plan
        (member(0, "1", 0), vec![Says::of("1", 0)], Code::PossibleDuplicate),
        (by_hand(0, 0), vec![], Code::PossibleDuplicate),
    ] {
        let mut world = World::new([members], others.into_iter().chain([newcomer()]));
        assert_eq!(of(&world, "9"), (REJECT, vec![code]));
        world.import();
        assert_eq!(of(&world, "9"), (REJECT, vec![code]), "the same at the next import");
        world.rules.mapping.remove(&Field::DateOfBirth);
        assert_eq!(of(&world, "9").0, Outcome::Changed(Kind::Join), "without a birthday nobody looks alike");
    }
}

#[test]
fn r15_a_former_member_who_is_reopened_is_a_duplicate_for_the_next() {
    let people = [Says::of("8", 0), Says::of("9", 0).with("email", "ada@acme.example")];
    let mut world = World::new([leaver(0, "1", 0)], people);
    assert_eq!(of(&world, "8").0, REJOIN);
    assert_eq!(of(&world, "9"), (REJECT, vec![Code::PossibleDuplicate]));
    world.import();
    assert_eq!(of(&world, "9"), (REJECT, vec![Code::PossibleDuplicate]));
}

#[test]
fn r15_an_address_for_two_rehires_goes_to_neither() {
    let world = World::new([leaver(0, "1", 0)], [Says::of("8", 0), Says::of("9", 0)]);
    for id in ["8", "9"] {
        assert_eq!(of(&world, id), (REJECT, vec![Code::EmailDuplicate]));
    }
}

#[test]
fn r15_r35_the_account_of_a_rejected_person_is_not_taken_over() {
    let world = World::new([member(0, "1", 0)], [Says::of("1", 0).with("status", "?"), Says::of("9", 0)]);
    assert_eq!(of(&world, "9"), (REJECT, vec![Code::EmailTaken]));
}

#[test]
fn r24_the_account_of_an_excluded_person_is_not_taken_over() {
    for former in [member(0, "1", 0), leaver(0, "1", 0)] {
        let mut world = World::new([former], [old_profile(), Says::of("9", 0)]);
        world.directory.excluded_members.insert(member_id(0));
        assert_eq!(of(&world, "9"), (REJECT, vec![Code::EmailTaken]));
    }
}

#[test]
fn r16_the_account_of_another_source_is_not_taken_over() {
    for state in [State::Active, State::Leaver] {
        let theirs = Member { state, integration: Some(THEIRS), ..member(0, "1", 0) };
        let world = World::new([theirs], [Says::of("9", 0)]);
        assert_eq!(of(&world, "9"), (REJECT, vec![Code::EmailOfAnotherSource]));
        let mut world = world;
        world.directory.decide_same("5", member_id(0));
        assert_eq!(of(&world, "9"), (REJECT, vec![Code::EmailOfAnotherSource]), "no answer gives it away");
        world.people[0].0.insert("status", "inactive".into());
        assert_eq!(of(&world, "9"), (Outcome::NotEligible, vec![]));
    }
}

/// R18: each code, the company in which it is asked about person 9, and what *same person* does.
fn questions() -> Vec<(Code, World, Outcome)> {
    let nine = |human| Says::of("9", human);
    let changed = nine(1);
    let ada = member(0, "9", 0);
    let stays = Says::of("1", 0);
    let unlike = nine(1).with("email", &email_of(0));
    let moved = nine(0).with("email", "ada@acme.example");
    vec![
        (Code::IdentityChanged, World::new([ada], [changed]), UPDATE),
        (Code::EmailOfFormerMember, World::new([leaver(0, "1", 0)], [unlike.clone()]), REJOIN),
        (Code::EmailTaken, World::new([member(0, "1", 0)], [stays.clone(), unlike.clone()]), UPDATE),
        (Code::EmailTaken, World::new([by_hand(0, 0)], [unlike]), UPDATE),
        (Code::PossibleRehire, World::new([leaver(0, "1", 0)], [moved.clone()]), REJOIN),
        (Code::PossibleDuplicate, World::new([member(0, "1", 0)], [stays, moved]), UPDATE),
    ]
}

#[test]
fn r18_same_person_leads_to_the_account() {
    for (code, mut world, expected) in questions() {
        assert_eq!(of(&world, "9"), (REJECT, vec![code]));
        world.directory.decide_same("9", member_id(0));
        assert_eq!(of(&world, "9").0, expected, "{code}");
        let plan = world.import();
        let account = world.member(0);
        assert_eq!((account.employee_id.as_deref(), account.integration), (Some("9"), Some(OURS)), "{code}");
        assert!(account.state.is_current());
        // Whoever had the address or the ID is a person of their own.
        assert!(plan.people.get("1").is_none_or(|person| person.outcome != UPDATE), "{code}");
        world.import();
        assert!(!world.plan().changes_members(), "the answer is kept: {code}");
    }
}

#[test]
fn r18_someone_else_gets_an_account_of_their_own() {
    for (code, mut world, _) in questions() {
        world.directory.decide_not("9", member_id(0));
        let outcome = of(&world, "9").0;
        world.import();
        let former = world.member(0).clone();
        if code == Code::EmailTaken {
            // An address is one person's: the answer takes effect once the source gives them another.
            assert_eq!((outcome, former.email_key()), (REJECT, Some(email_of(0))));
            world.people.last_mut().expect("nine").0.insert("email", "nine@acme.example".into());
            assert_eq!(of(&world, "9").0, Outcome::Changed(Kind::Join));
            continue;
        }
        assert_eq!(outcome, Outcome::Changed(Kind::Join), "{code}");
        let new = world.directory.members.values().find(|member| member.employee_id.as_deref() == Some("9"));
        assert!(new.is_some_and(|new| new.id != former.id), "{code}");
        assert_eq!(former.email_key().is_none(), code == Code::EmailOfFormerMember, "{code}");
        assert!(!world.plan().changes_members(), "the answer is kept: {code}");
    }
}

#[test]
fn r18_the_newest_word_counts() {
    // Nine was said to be Ada; then Ada's own new profile appears, beyond doubt hers.
    let people = [Says::of("9", 1).with("status", "inactive"), Says::of("7", 0)];
    let mut world = World::new([leaver(0, "1", 0)], people);
    world.directory.decide_same("9", member_id(0));
    assert_eq!(of(&world, "7").0, REJOIN);
    world.import();
    assert!(!world.plan().changes_members());
    assert_eq!(of(&world, "9"), (Outcome::NotEligible, vec![]));
}
