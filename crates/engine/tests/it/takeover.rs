//! The IDs were renumbered (R43).

use domain::import::State;
use engine::{Actor, Answer, import::Silent};
use sandbox::{Change, Mutation};

use crate::{
    bed::{Bed, CLIENT},
    both,
    people::people,
};

async fn r43_renumbered_people_keep_their_accounts(bed: Bed) {
    bed.employ_people(people(40));
    bed.set_up("").await;
    bed.import().await;
    let before = bed.members().await;
    // Every ID moves on by one: most are now somebody else's.
    bed.sandbox.company(CLIENT, |company| company.mutate(&Mutation::Renumber { by: 1 })).expect("a company");
    bed.change(5, &Change::set("last_name", "Newname"));
    let held = bed.import().await;
    assert_eq!(held.state, State::OnHold, "{held:?} {:?}", bed.problems(held.import).await);
    assert!(held.held_by.contains(&"R43".to_owned()), "{:?}", held.held_by);
    let report = bed.engine.plan_renumbered(held.import, &Actor::command(), &Silent).await.expect("planned");
    assert_eq!(report.state, State::Completed, "{report:?}");
    assert_eq!(bed.problems(report.import).await, [("5".to_owned(), "email-taken".to_owned())]);
    // The one whose name changed as well is not recognised and waits for a decision: the member stays,
    // but for the old ID, which is somebody else's now.
    assert_eq!((report.counts.update, report.counts.leave, report.counts.reject), (40, 0, 1), "{report:?}");
    let after = bed.members().await;
    for member in &before {
        let now = after.iter().find(|one| one.id == member.id).expect("nobody is lost");
        let old: i64 = member.employee_id.as_deref().expect("an ID").parse().expect("a number");
        let new = if old == 4 { None } else { Some((old + 1).to_string()) };
        assert_eq!((now.employee_id.clone(), &now.fields, now.state), (new, &member.fields, member.state));
    }
    assert_eq!(bed.count_mails("welcome").await, 40, "nobody is invited twice");
    assert_eq!(bed.import().await.counts.changes(), 0, "R31: then nothing is new");
    let (programme, integration) = bed.integration().await;
    let same = Answer::SameAs("dana.adamski@acme.example".into());
    bed.engine.decide(&programme, &integration, "5", &same, &Actor::command()).await.expect("decided");
    assert_eq!(bed.import().await.counts.update, 1, "R18: and then everybody has their account");
    assert_eq!(bed.members().await.len(), 40);
}

async fn r18_two_who_changed_places_are_put_right(bed: Bed) {
    bed.employ_people(people(40));
    bed.set_up("").await;
    bed.import().await;
    let (one, two) = (bed.member("1").await, bed.member("12").await);
    bed.employ_people(people(40).into_iter().map(|mut person| {
        let id = person.set["id"].as_i64();
        if id == Some(1) {
            person.set.insert("id".into(), 12.into());
        } else if id == Some(12) {
            person.set.insert("id".into(), 1.into());
        }
        person
    }));
    let report = bed.import().await;
    let identity = |id: &str| (id.to_owned(), "identity-changed".to_owned());
    assert_eq!(bed.problems(report.import).await, [identity("1"), identity("12")]);
    let (programme, integration) = bed.integration().await;
    for (id, member) in [("1", "12"), ("12", "1")] {
        let same = Answer::SameAs(member.into());
        bed.engine.decide(&programme, &integration, id, &same, &Actor::command()).await.expect("decided");
    }
    let report = bed.import().await;
    assert_eq!((report.counts.update, report.counts.leave, report.counts.reject), (2, 0, 0), "{report:?}");
    assert_eq!((bed.member("12").await.id, bed.member("1").await.id), (one.id, two.id));
    assert_eq!(bed.import().await.counts.changes(), 0, "R31");
}

async fn r18_whoever_loses_the_id_to_a_member_is_absent(bed: Bed) {
    bed.employ_people(people(40));
    bed.set_up("").await;
    bed.import().await;
    // Number 12 is gone, and their record stands under number 1, whose own is nowhere.
    bed.employ_people(people(40).into_iter().filter_map(|mut person| match person.set["id"].as_i64() {
        Some(1) => None,
        Some(12) => {
            person.set.insert("id".into(), 1.into());
            Some(person)
        }
        _ => Some(person),
    }));
    bed.import().await;
    let (programme, integration) = bed.integration().await;
    bed.engine
        .restore_leavers(
            bed.engine.store().imports(programme.number(), 1).await.expect("imports")[0].number(),
            &Actor::command(),
        )
        .await
        .expect("restored");
    let same = Answer::SameAs("cleo.brandt@acme.example".into());
    drop(bed.engine.decide(&programme, &integration, "1", &same, &Actor::command()).await);
    let same = Answer::SameAs("12".into());
    bed.engine.decide(&programme, &integration, "1", &same, &Actor::command()).await.expect("decided");
    let report = bed.import().await;
    assert_eq!(
        (report.counts.update, report.counts.leave),
        (1, 1),
        "{report:?} {:?}",
        bed.problems(report.import).await
    );
    assert_eq!(bed.import().await.counts.changes(), 0, "R31");
}

both!(
    r43_renumbered_people_keep_their_accounts,
    r18_two_who_changed_places_are_put_right,
    r18_whoever_loses_the_id_to_a_member_is_absent,
);
