//! Incident 12: somebody comes back, and "the address already exists".

use sandbox::{Change, Mutation};

use crate::world::{BIRTH, World, both, person};

both! {
    incident_12_a_rehire_under_the_same_id_reopens_the_account,
    incident_12_a_rehire_with_a_new_profile_takes_the_account_over,
    incident_12_a_rehire_within_one_import_never_leaves,
    incident_12_a_rehire_without_day_of_birth_waits_for_one_decision,
}

fn ada() -> Change {
    person(1, "Ada", "Lovelace").and(BIRTH, "1980-12-10")
}

/// The one welcome mail of the one account, and whose it is now.
fn welcome_of(world: &World) -> (String, Option<String>) {
    let mails: Vec<_> =
        world.mails("welcome").into_iter().filter(|mail| mail.recipient.as_deref() == Some(ADA)).collect();
    assert_eq!(mails.len(), 1, "one account has one welcome: {mails:#?}");
    (mails[0].id.clone(), mails[0].employee_id.clone())
}

const ADA: &str = "ada@acme.example";

/// R14, R38
fn incident_12_a_rehire_under_the_same_id_reopens_the_account(world: &World) {
    world.hire_crowd(10..=19);
    world.begin(&[ada()]);
    let account = welcome_of(world);
    world.dismiss([1]);
    assert_eq!(world.import().completed().leave, 1);
    assert_eq!(world.member("1", "status"), "leaver");
    world.change(1, "status", "active");
    let report = world.import().completed();
    assert_eq!((report.rejoin, report.join, report.reject), (1, 0, 0));
    assert_eq!(world.member("1", "status"), "invited");
    assert_eq!(welcome_of(world), account);
    world.import().quiet();
}

/// R15: a new profile with the clean address, an old one with a mangled one.
fn incident_12_a_rehire_with_a_new_profile_takes_the_account_over(world: &World) {
    world.hire_crowd(10..=19);
    world.hire(&ada());
    world.apply(&world.set_up().map_birth());
    world.import().completed();
    let (account, _) = welcome_of(world);
    world.dismiss([1]);
    assert_eq!(world.import().completed().leave, 1);

    world.mutate(&Mutation::Rehire { id: 1 });
    let new = world.company(|company| *company.ids().last().expect("somebody")).to_string();
    let report = world.import().completed();
    assert_eq!((report.rejoin, report.join, report.reject, report.leave), (1, 0, 0, 0), "{report:#?}");
    assert_eq!(world.members().len(), 11, "no second account");
    assert_eq!((world.member(&new, "email"), world.member(&new, "status")), (ADA.to_owned(), "invited".to_owned()));
    assert_eq!(welcome_of(world), (account, Some(new)));
    for _ in 0..2 {
        let report = world.import().quiet();
        assert_eq!((report.unchanged, report.not_eligible), (11, 1), "the old profile is nobody's: {report:#?}");
    }
}

/// R15: whoever leaves and comes back between two imports just goes on.
fn incident_12_a_rehire_within_one_import_never_leaves(world: &World) {
    world.hire_crowd(10..=19);
    world.hire(&ada());
    world.apply(&world.set_up().map_birth());
    world.import().completed();
    let (account, _) = welcome_of(world);
    world.mutate(&Mutation::Rehire { id: 1 });
    let new = world.company(|company| *company.ids().last().expect("somebody")).to_string();
    let report = world.import().completed();
    assert_eq!((report.update, report.leave, report.join, report.reject), (1, 0, 0, 0), "{report:#?}");
    assert_eq!(world.member(&new, "status"), "invited");
    assert_eq!(welcome_of(world), (account, Some(new)));
    world.import().quiet();
}

/// R15, R18: names alone do not settle it; one decision does.
fn incident_12_a_rehire_without_day_of_birth_waits_for_one_decision(world: &World) {
    world.hire_crowd(10..=19);
    world.begin(&[ada()]);
    let (account, _) = welcome_of(world);
    world.mutate(&Mutation::Rehire { id: 1 });
    let new = world.company(|company| *company.ids().last().expect("somebody")).to_string();
    let report = world.import().completed();
    assert_eq!((report.leave, report.reject, report.join), (1, 1, 0), "{report:#?}");
    for _ in 0..2 {
        let report = world.import().quiet();
        assert_eq!(world.codes(&report), [(new.clone(), "email-of-former-member".to_owned())]);
        assert_eq!(world.member("1", "email"), ADA, "a mangled address never overwrites a member's");
    }
    world.run(&["decide", "acme", &new, "--same-as", "1"]).exits(0);
    let report = world.import().completed();
    assert_eq!((report.rejoin, report.reject, report.join), (1, 0, 0), "{report:#?}");
    assert_eq!(welcome_of(world), (account, Some(new.clone())));
    assert_eq!(world.members().len(), 11);
    assert_eq!(world.import().quiet().reject, 0);
}
