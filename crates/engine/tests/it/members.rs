//! What an administrator does about one member, and what the next import makes of it.

use std::collections::BTreeMap;

use domain::{
    field::Field,
    import::{Purpose, State},
    member,
    plan::{Kind, Reason},
    problem::Code,
};
use engine::{Act, Actor, EngineError, Event, MemberEntries, Next, Origin, Ways, administrators::Flaw};
use futures::TryStreamExt;
use jiff::{SignedDuration, ToSpan};
use sandbox::Change;
use store::members::{Listed, MemberFilter};

use crate::{
    bed::Bed,
    both,
    people::{people, person},
};

const INVITED: Ways = Ways { invite: true, all_the_same: false };

async fn listed(bed: &Bed, employee_id: &str) -> Listed {
    let (programme, _) = bed.integration().await;
    let id = bed.member(employee_id).await.id;
    bed.engine.member(programme.number(), id).await.expect("there")
}

async fn state(bed: &Bed, employee_id: &str) -> member::State {
    bed.member(employee_id).await.state
}

/// A programme with so many people, all members.
async fn live(bed: &Bed, count: i64) {
    bed.employ_people(people(count));
    bed.set_up("").await;
    assert_eq!(bed.import().await.state, State::Completed);
    bed.pass(SignedDuration::from_hours(1));
}

/// The next import, with what it did to whom.
async fn next(bed: &Bed) -> Vec<(Kind, String)> {
    bed.pass(SignedDuration::from_hours(1));
    let report = bed.import().await;
    assert_eq!(report.state, State::Completed, "{report:?}");
    let import = bed.engine.import_by_number(report.import).await.expect("an import");
    let plan = bed.engine.store().plan(import.programme(), import.number(), import.try_number);
    let rows: Vec<_> = plan.rows(None).await.expect("rows").try_collect().await.expect("rows");
    rows.into_iter().map(|row| (row.change.kind, row.change.employee_id.unwrap_or_default())).collect()
}

/// R24, R37
async fn an_excluded_member_stays_out_until_the_exclusion_is_lifted(bed: Bed) {
    live(&bed, 4).await;
    let (programme, _) = bed.integration().await;
    let by = Actor::command();
    let one = listed(&bed, "1").await;
    assert_eq!(bed.engine.outlook(&programme, &one.member, Act::Exclude).await.expect("told"), Next::KeepsOut);
    let wrong = bed.engine.exclude(&programme, &one, " ", &by).await;
    assert!(matches!(wrong, Err(EngineError::Entries(flaws)) if flaws[0].flaw == Flaw::Missing));
    bed.engine.exclude(&programme, &one, "asked to", &by).await.expect("excluded");
    let left = listed(&bed, "1").await;
    assert_eq!((left.member.state, left.leave_reason.as_deref()), (member::State::Leaver, Some("excluded")));
    bed.change(1, &Change::set("department", "Support"));
    assert_eq!(next(&bed).await, []);
    assert_eq!(state(&bed, "1").await, member::State::Leaver);
    let refused = bed.engine.reopen(&programme, &left, &by).await;
    assert!(matches!(refused, Err(EngineError::Refused(_))), "{refused:?}");

    let exclusion = bed.engine.exclusion_of(&programme, left.member.id).await.expect("told").expect("excluded");
    let lifted = bed.engine.outlook(&programme, &left.member, Act::LiftExclusion).await.expect("told");
    assert_eq!(lifted, Next::Reopens);
    bed.engine.lift_exclusion(&programme, exclusion.id, &by).await.expect("lifted");
    assert!(matches!(
        bed.engine.lift_exclusion(&programme, exclusion.id, &by).await,
        Err(EngineError::NotFound { .. })
    ));
    assert_eq!(next(&bed).await, [(Kind::Rejoin, "1".to_owned())]);
    assert_eq!(state(&bed, "1").await, member::State::Invited);
}

/// R24: somebody who is no member yet never becomes one; previews know of it.
async fn an_excluded_employee_id_never_joins(bed: Bed) {
    live(&bed, 3).await;
    let (programme, integration) = bed.integration().await;
    let by = Actor::command();
    let none = bed.engine.exclude_id(&programme, &integration, " 9 ", "contractor", &by).await.expect("excluded");
    assert_eq!(none, None);
    let again = bed.engine.exclude_id(&programme, &integration, "9", "contractor", &by).await;
    assert!(matches!(again, Err(EngineError::Entries(flaws)) if flaws[0].flaw == Flaw::ExcludedAlready));
    let known = bed.engine.exclude_id(&programme, &integration, "2", "contractor", &by).await.expect("excluded");
    assert_eq!((known, state(&bed, "2").await), (Some(bed.member("2").await.id), member::State::Leaver));
    bed.employ_people(people(3).into_iter().chain([person(9, "Zoe", "Zorn")]));
    let preview = bed.try_import(Purpose::Preview).await.expect("a preview");
    assert_eq!((preview.counts.join, preview.counts.leave, preview.counts.not_eligible), (0, 0, 1));
    assert_eq!(next(&bed).await, []);
    let exclusions = bed.engine.exclusions(&programme, None, 10).await.expect("exclusions");
    let ids: Vec<_> = exclusions.iter().map(|one| one.exclusion.employee_id.clone()).collect();
    assert_eq!(ids, [None, Some("9".to_owned())]);
    bed.engine.lift_exclusion(&programme, exclusions[1].exclusion.id, &by).await.expect("lifted");
    assert_eq!(next(&bed).await, [(Kind::Join, "9".to_owned())]);
}

/// R24
async fn a_lock_keeps_a_member_until_its_last_day(bed: Bed) {
    live(&bed, 4).await;
    let (programme, _) = bed.integration().await;
    let by = Actor::command();
    let today = bed.engine.today(&programme);
    let one = listed(&bed, "1").await;
    for (until, flaw) in [(None, Flaw::NotADay), (Some(today.yesterday().expect("a day")), Flaw::InThePast)] {
        let wrong = bed.engine.lock_in(&programme, &one, until, "leave", &by).await;
        assert!(matches!(wrong, Err(EngineError::Entries(flaws)) if flaws[0].flaw == flaw));
    }
    let until = today.saturating_add(2.days());
    bed.engine.lock_in(&programme, &one, Some(until), "leave", &by).await.expect("locked");
    bed.change(1, &Change::set("status", "inactive"));
    for _ in 0..2 {
        bed.pass(SignedDuration::from_hours(1));
        let report = bed.import().await;
        assert_eq!((report.counts.leave, report.counts.unchanged), (0, 4));
        assert_eq!(bed.problems(report.import).await, [("1".to_owned(), Code::LockedIn.to_string())]);
    }
    let locked = listed(&bed, "1").await;
    let unlocked = bed.engine.outlook(&programme, &locked.member, Act::Unlock).await.expect("told");
    assert_eq!(unlocked, Next::Nothing, "what the record says now was never noted");
    bed.pass(SignedDuration::from_hours(72));
    assert_eq!(next(&bed).await, [(Kind::Leave, "1".to_owned())]);
    let left = listed(&bed, "1").await;
    let refused = bed.engine.lock_in(&programme, &left, Some(until.saturating_add(9.days())), "x", &by).await;
    assert!(matches!(refused, Err(EngineError::Refused(_))));
}

/// R24, R37, R38: what the page says before is what comes.
async fn a_leave_by_hand_holds_until_the_record_changes(bed: Bed) {
    live(&bed, 4).await;
    let (programme, _) = bed.integration().await;
    let by = Actor::command();
    let one = listed(&bed, "1").await;
    assert_eq!(bed.engine.outlook(&programme, &one.member, Act::Leave).await.expect("told"), Next::Nothing);
    bed.engine.mark_as_leaver(&programme, &one, "on request", &by).await.expect("left");
    let again = bed.engine.mark_as_leaver(&programme, &one, "on request", &by).await;
    assert!(matches!(again, Err(EngineError::Refused(_))), "they have changed since");
    assert_eq!(next(&bed).await, []);
    assert_eq!(state(&bed, "1").await, member::State::Leaver);
    bed.change(1, &Change::set("department", "Support"));
    assert_eq!(next(&bed).await, [(Kind::Rejoin, "1".to_owned())]);
}

/// R24
async fn who_is_brought_back_stays_until_let_go_of(bed: Bed) {
    live(&bed, 4).await;
    let (programme, _) = bed.integration().await;
    let by = Actor::command();
    bed.change(1, &Change::set("status", "inactive"));
    assert_eq!(next(&bed).await, [(Kind::Leave, "1".to_owned())]);
    let left = listed(&bed, "1").await;
    let back = bed.engine.outlook(&programme, &left.member, Act::Reopen).await.expect("told");
    assert_eq!(back, Next::Keeps(Code::KeptByHand));
    bed.engine.reopen(&programme, &left, &by).await.expect("reopened");
    assert_eq!(next(&bed).await, []);
    let kept = listed(&bed, "1").await;
    assert_eq!(kept.member.state, member::State::Invited);
    let let_go = bed.engine.outlook(&programme, &kept.member, Act::LetGo).await.expect("told");
    assert_eq!(let_go, Next::Leaves(Reason::Inactive));
    let leave = bed.engine.outlook(&programme, &kept.member, Act::LockIn(bed.engine.today(&programme))).await;
    assert_eq!(leave.expect("told"), Next::Keeps(Code::LockedIn));
    bed.engine.let_go(&programme, &kept, &by).await.expect("let go");
    assert_eq!(next(&bed).await, [(Kind::Leave, "1".to_owned())]);
}

/// R30: a plan that was made before somebody was excluded does nothing to them.
async fn a_plan_on_hold_passes_over_whom_a_hand_has_changed(bed: Bed) {
    live(&bed, 20).await;
    let (programme, _) = bed.integration().await;
    for id in 1..=12 {
        bed.change(id, &Change::set("status", "inactive"));
    }
    let held = bed.import().await;
    assert_eq!(held.state, State::OnHold);
    let until = bed.engine.today(&programme).saturating_add(9.days());
    bed.engine
        .lock_in(&programme, &listed(&bed, "1").await, Some(until), "leave", &Actor::command())
        .await
        .expect("locked");
    let refused =
        bed.engine.approve(held.import, engine::Scope::Whole, &Actor::command(), &engine::import::Silent).await;
    assert!(matches!(refused, Err(EngineError::Refused(_))), "{refused:?}");
}

fn entries(of: &[(Field, &str)]) -> MemberEntries {
    of.iter().map(|(field, text)| (field.clone(), (*text).to_owned())).collect::<BTreeMap<_, _>>()
}

/// R16, R35
async fn somebody_is_added_by_hand_and_found_by_the_import(bed: Bed) {
    live(&bed, 3).await;
    let (programme, _) = bed.integration().await;
    let by = Actor::command();
    let bad = entries(&[(Field::FirstName, "Zoe1"), (Field::DateOfBirth, "soon")]);
    let Err(EngineError::Person(problems)) = bed.engine.add_member(&programme, &bad, INVITED, &by).await else {
        panic!("taken")
    };
    let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::CharactersNotAllowed, Code::DateUnreadable, Code::EmailMissing]);
    let ada = bed.member("1").await.fields[&Field::Email].to_uppercase();
    let taken = bed.engine.add_member(&programme, &entries(&[(Field::Email, &ada)]), Ways::default(), &by).await;
    assert!(matches!(taken, Err(EngineError::Person(problems)) if problems[0].code == Code::EmailTaken));

    let zoe = entries(&[
        (Field::Email, " zoe.zorn@acme.example "),
        (Field::FirstName, "Zoe"),
        (Field::LastName, "Zorn"),
        (Field::Phone, ""),
    ]);
    let mails = bed.count_mails("welcome").await;
    let id = bed.engine.add_member(&programme, &zoe, INVITED, &by).await.expect("added");
    assert_eq!(bed.count_mails("welcome").await, mails + 1);
    let added = bed.engine.member(programme.number(), id).await.expect("there");
    assert_eq!((added.member.state, added.member.integration), (member::State::Invited, None));
    assert_eq!(added.member.fields[&Field::Email], "zoe.zorn@acme.example");
    let outlook = bed.engine.outlook(&programme, &added.member, Act::Leave).await.expect("told");
    assert_eq!(outlook, Next::NoImport);
    let origins = bed.engine.origins(programme.number(), &added.member, [Field::Email]).await.expect("told");
    assert_eq!(origins, [(Field::Email, Origin::ByHand)]);

    bed.employ_people(people(3).into_iter().chain([person(9, "Zoe", "Zorn")]));
    assert_eq!(next(&bed).await, [(Kind::Update, "9".to_owned())]);
    let linked = listed(&bed, "9").await.member;
    assert_eq!((linked.id, linked.state), (id, member::State::Invited));
    assert_eq!(bed.count_mails("welcome").await, mails + 1, "nobody is invited twice");
}

/// R17
async fn only_what_no_source_feeds_is_edited(bed: Bed) {
    live(&bed, 3).await;
    let (programme, _) = bed.integration().await;
    let by = Actor::command();
    let one = listed(&bed, "1").await;
    let origins =
        bed.engine.origins(programme.number(), &one.member, [Field::Email, Field::Phone]).await.expect("told");
    let fed = Origin::Fed { source: "personio".into(), attribute: "email".into() };
    assert_eq!(origins, [(Field::Email, fed), (Field::Phone, Origin::Kept)]);
    let changes = entries(&[(Field::Email, "other@acme.example"), (Field::Phone, "+49 30 123")]);
    bed.engine.edit_member(&programme, &one, &changes, &by).await.expect("edited");
    let now = listed(&bed, "1").await;
    assert_eq!(now.member.fields[&Field::Phone], "+49 30 123");
    assert_eq!(now.member.fields[&Field::Email], one.member.fields[&Field::Email]);
    let stale = bed.engine.edit_member(&programme, &one, &entries(&[(Field::Phone, "1")]), &by).await;
    assert!(matches!(stale, Err(EngineError::Refused(_))));
    bed.change(1, &Change::set("department", "Support"));
    next(&bed).await;
    let now = listed(&bed, "1").await;
    assert_eq!(
        (now.member.fields[&Field::Phone].as_str(), now.member.fields[&Field::Department].as_str()),
        ("+49 30 123", "Support")
    );

    let story = bed.engine.member_story(programme.number(), one.member.id, None, 10).await.expect("a story");
    let told: Vec<String> = story
        .iter()
        .map(|event| match event {
            Event::Applied(applied) => applied.1.change.kind.to_string(),
            Event::Deed(deed) => deed.action.clone(),
        })
        .collect();
    assert_eq!(told, ["update", "member.edited", "join"]);
    let older = bed.engine.member_story(programme.number(), one.member.id, Some(story[1].number()), 10).await;
    assert_eq!(older.expect("a story").len(), 1);
}

/// R53
async fn members_come_as_a_file_in_which_no_cell_is_a_formula(bed: Bed) {
    bed.employ_people(people(5));
    bed.set_up("").await;
    bed.import().await;
    let (programme, _) = bed.integration().await;
    let one = listed(&bed, "1").await;
    let by = Actor::command();
    bed.engine.edit_member(&programme, &one, &entries(&[(Field::JobTitle, "=1+1")]), &by).await.expect("edited");
    let file = async |filter: MemberFilter| -> Vec<String> {
        bed.engine.members_file(&programme, filter).await.expect("a file").try_collect().await.expect("lines")
    };
    let all = file(MemberFilter::default()).await;
    assert_eq!(all.len(), 6);
    assert!(all[0].starts_with("employee_id,email,first_name,last_name,status,preferred_name"), "{}", all[0]);
    assert!(all.iter().any(|line| line.starts_with("1,") && line.contains(",'=1+1,")), "{all:?}");
    let some = file(MemberFilter { states: vec![member::State::Active], ..MemberFilter::default() }).await;
    assert_eq!(some.len(), 1);
}

both!(
    an_excluded_member_stays_out_until_the_exclusion_is_lifted,
    an_excluded_employee_id_never_joins,
    a_lock_keeps_a_member_until_its_last_day,
    a_leave_by_hand_holds_until_the_record_changes,
    who_is_brought_back_stays_until_let_go_of,
    a_plan_on_hold_passes_over_whom_a_hand_has_changed,
    somebody_is_added_by_hand_and_found_by_the_import,
    only_what_no_source_feeds_is_edited,
    members_come_as_a_file_in_which_no_cell_is_a_formula,
);
