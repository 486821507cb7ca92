//! Trying one person: what an import would do with them, without reading or changing anybody else.

use domain::{
    eligibility::{Eligibility, NotEligible},
    field::Field,
    plan::{Kind, Outcome},
    problem::Code,
    rules::Told,
};
use engine::{Read, Shares, Trial};
use sandbox::Change;

use crate::{
    bed::Bed,
    both,
    people::{people, person},
};

const SEGMENT: &str = "[[segment]]\nattribute = \"employment_type\"\ninclude = [\"internal\"]\n";

async fn with_members(bed: &Bed) {
    bed.employ_people(people(20));
    bed.set_up(SEGMENT).await;
    bed.import().await;
    bed.sandbox.clear_log();
}

async fn try_person(bed: &Bed, typed: &str) -> Trial {
    let (programme, integration) = bed.integration().await;
    bed.engine.try_person(&programme, &integration, typed).await.expect("tried")
}

fn outcome(trial: &Trial) -> Outcome {
    trial.person.as_ref().unwrap_or_else(|| panic!("nobody: {trial:?}")).outcome
}

async fn a_member_whose_record_changed_is_followed_step_by_step(bed: Bed) {
    with_members(&bed).await;
    bed.change(2, &Change::set("department", "Support").and("dynamic_1830001", "no address"));
    for typed in ["2", "bela.adamski@acme.example", "bela adamski"] {
        let trial = try_person(&bed, typed).await;
        let name = "Bela Adamski".to_owned();
        assert_eq!(trial.read, Read::Person { employee_id: Some("2".into()), name }, "{typed}");
        let person = trial.person.expect("a person");
        let shared = |key: &str| person.shared.iter().find(|one| one.key == key).map(|one| &one.shares);
        assert_eq!(shared("department"), Some(&Shares::Value("Support".into())));
        assert!(person.shared.iter().any(|one| one.key == "status" && one.indispensable));
        let mapped = |field| person.mapped.iter().find(|one| one.field == field).expect("mapped");
        assert_eq!(mapped(Field::Department).told, Some(Told::Value("Support".into())));
        let private = mapped(Field::PersonalEmail);
        assert_eq!((&private.told, private.problem.as_ref().map(|one| one.code)), (&None, Some(Code::EmailInvalid)));
        assert_eq!((person.eligible, person.segment.len()), (Eligibility::Eligible, 1));
        assert_eq!(person.outcome, Outcome::Changed(Kind::Update));
        let before = person.change.expect("a change").before;
        assert!(before.contains(&(Field::Department, Some("Sales".to_owned()))), "{before:?}");
        assert_eq!(person.member.and_then(|member| member.employee_id).as_deref(), Some("2"));
    }
    assert_eq!(
        bed.member("2").await.fields.get(&Field::Department).map(String::as_str),
        Some("Sales"),
        "nothing is written"
    );
    assert!(
        bed.sandbox.log().iter().all(|request| request.parameter("offset").next().is_none()),
        "nobody else is read"
    );
}

async fn what_an_import_would_do_with_others(bed: Bed) {
    with_members(&bed).await;
    bed.employ_people(people(20).into_iter().filter(|one| one.set["id"].as_i64() != Some(9)).chain([
        person(51, "Nora", "Neu"),
        person(52, "Otto", "Ohne").and("employment_type", "external"),
        person(53, "Ida", "Imposter").and("email", "ada.adamski@acme.example"),
        person(54, "Uwe", "Unklar").and("status", "?"),
    ]));
    bed.change(4, &Change::set("status", "inactive"));
    assert_eq!(outcome(&try_person(&bed, "51").await), Outcome::Changed(Kind::Join));
    let outside = try_person(&bed, "52").await;
    assert_eq!(outcome(&outside), Outcome::NotEligible);
    let why = Eligibility::Not(NotEligible::OutsideSegment("employment_type".into()));
    assert_eq!(outside.person.expect("a person").eligible, why);
    let taken = try_person(&bed, "53").await.person.expect("a person");
    assert_eq!(taken.outcome, Outcome::Changed(Kind::Reject), "R13: whoever has the address keeps it");
    assert_eq!(taken.problems.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::EmailTaken]);
    assert_eq!(outcome(&try_person(&bed, "54").await), Outcome::Changed(Kind::Reject));
    assert_eq!(outcome(&try_person(&bed, "4").await), Outcome::Changed(Kind::Leave));
    assert_eq!(outcome(&try_person(&bed, "3").await), Outcome::Unchanged);
    // Known by name only to the source: people are read until somebody fits.
    assert_eq!(outcome(&try_person(&bed, "Nora").await), Outcome::Changed(Kind::Join));
}

async fn somebody_who_is_not_there_and_several_who_may_be_meant(bed: Bed) {
    with_members(&bed).await;
    bed.employ_people(people(20).into_iter().filter(|one| one.set["id"].as_i64() != Some(9)));
    let Read::Nobody { read: None, member: Some(member), absent_leave: true, .. } = try_person(&bed, "9").await.read
    else {
        panic!("the member whom the source no longer names");
    };
    assert_eq!(member.employee_id.as_deref(), Some("9"));
    let Read::Nobody { read: Some(19), everybody: true, member: None, .. } = try_person(&bed, "Nobody Here").await.read
    else {
        panic!("nobody by that name");
    };
    let Read::Several(candidates) = try_person(&bed, "adam").await.read else { panic!("ten of one name") };
    assert_eq!(candidates.len(), 10);
    assert!(matches!(try_person(&bed, " ").await.read, Read::Nobody { .. }));
}

both!(
    a_member_whose_record_changed_is_followed_step_by_step,
    what_an_import_would_do_with_others,
    somebody_who_is_not_there_and_several_who_may_be_meant,
);
