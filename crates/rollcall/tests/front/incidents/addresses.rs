//! Incidents 7 to 11: who is who, when IDs and addresses change hands.

use std::collections::BTreeMap;

use sandbox::Mutation;

use crate::world::{BIRTH, World, both, person};

both! {
    incident_07_new_ids_for_everybody_wait_for_an_answer_and_lose_nobody,
    incident_07_new_ids_with_days_of_birth_lose_nobody_either,
    incident_08_a_recycled_address_gives_nobody_anothers_account,
    incident_09_a_new_address_makes_no_second_account,
    incident_10_a_new_id_and_a_new_address_at_once_wait_for_a_decision,
    incident_11_two_people_with_one_address_overwrite_nobody,
}

/// Which account has which employee ID: every account has one welcome mail, whose number stays.
fn accounts(world: &World) -> BTreeMap<String, String> {
    let welcomes = world.mails("welcome").into_iter();
    welcomes.map(|mail| (mail.id, mail.employee_id.expect("a welcome is somebody's"))).collect()
}

fn renumbered(accounts: &BTreeMap<String, String>, by: i64) -> BTreeMap<String, String> {
    let moved = |id: &String| (id.parse::<i64>().expect("a number") + by).to_string();
    accounts.iter().map(|(account, id)| (account.clone(), moved(id))).collect()
}

/// R43: the import waits; matched by e-mail and names, every account goes on under its new ID.
fn incident_07_new_ids_for_everybody_wait_for_an_answer_and_lose_nobody(world: &World) {
    world.hire_crowd(1..=30);
    world.apply(&world.set_up());
    world.import().completed();
    let before = accounts(world);
    let untouched = world.run(&["members", "acme"]).out;
    world.mutate(&Mutation::Renumber { by: 1_000 });

    let held = world.import();
    assert_eq!(held.state, "on-hold");
    assert!(held.held_by.contains(&"R43".to_owned()), "{held:#?}");
    assert_eq!(world.run(&["members", "acme"]).out, untouched);

    let report = world.approve(&held, &["--renumbered"]).completed();
    assert_eq!((report.update, report.join, report.leave, report.reject), (30, 0, 0, 0), "{report:#?}");
    assert_eq!(accounts(world), renumbered(&before, 1_000));
    assert_eq!(world.history().iter().find(|(id, _)| *id == held.import).expect("still listed").1, "superseded");
    assert_eq!(world.import().quiet().unchanged, 30);
}

/// R15, R43: with days of birth nobody has to be guessed at, but it still is no everyday plan.
fn incident_07_new_ids_with_days_of_birth_lose_nobody_either(world: &World) {
    world.hire_crowd(1..=30);
    (1..=30).for_each(|id| world.change(id, BIRTH, format!("1980-01-{id:02}")));
    world.apply(&world.set_up().map_birth());
    world.import().completed();
    let before = accounts(world);
    world.mutate(&Mutation::Renumber { by: 1_000 });

    let held = world.import().held(&["R43"]);
    assert_eq!((held.update, held.leave), (30, 0), "{held:#?}");
    let report = world.approve(&held, &[]).completed();
    assert_eq!((report.update, report.join, report.leave), (30, 0, 0), "{report:#?}");
    assert_eq!(accounts(world), renumbered(&before, 1_000));
    assert_eq!(world.import().quiet().unchanged, 30);
}

/// R13, R15, R18: the newcomer waits for a decision, and then gets an account of their own.
fn incident_08_a_recycled_address_gives_nobody_anothers_account(world: &World) {
    world.hire_crowd(10..=19);
    world.begin(&[person(1, "Sam", "Archer")]);
    let newcomer = person(2, "Sam", "Baker");
    world.hire(&newcomer);
    let report = world.import().completed();
    assert_eq!((report.reject, report.join), (1, 0));
    assert_eq!(world.codes(&report), [("2".to_owned(), "email-taken".to_owned())]);

    world.dismiss([1]);
    let report = world.import().completed();
    assert_eq!((report.leave, report.reject, report.rejoin), (1, 1, 0), "{report:#?}");
    assert_eq!(world.codes(&report), [("2".to_owned(), "email-of-former-member".to_owned())]);
    let former = accounts(world);

    world.run(&["decide", "acme", "2", "--new"]).exits(0);
    let report = world.import().completed();
    assert_eq!((report.join, report.reject), (1, 0), "{report:#?}");
    assert_eq!(world.member("2", "email"), "sam@acme.example");
    assert_eq!((world.member("1", "email"), world.member("1", "status")), (String::new(), "leaver".to_owned()));
    assert!(
        former.iter().all(|(account, id)| accounts(world).get(account) == Some(id)),
        "accounts stay whose they are"
    );
    assert_eq!(world.import().quiet().reject, 0);
}

/// R11: the same account, no second welcome, and a warning that the invitation went nowhere.
fn incident_09_a_new_address_makes_no_second_account(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace"), person(2, "Grace", "Hopper")]);
    world.change(1, "email", "ada.king@acme.example");
    let report = world.import().completed();
    assert_eq!((report.update, report.unchanged, report.warnings), (1, 1, 1));
    assert_eq!(world.codes(&report), [("1".to_owned(), "invitation-address-changed".to_owned())]);
    assert_eq!(world.members().len(), 2);
    assert_eq!(world.member("1", "email"), "ada.king@acme.example");
    let welcomes = world.mails("welcome");
    let state = |id: &str| {
        let own: Vec<_> = welcomes.iter().filter(|mail| mail.employee_id.as_deref() == Some(id)).collect();
        assert_eq!(own.len(), 1, "one welcome and no second: {welcomes:#?}");
        own[0].state.clone()
    };
    assert_eq!((state("1"), state("2")), ("cancelled".to_owned(), "pending".to_owned()));
    assert_eq!(world.import().quiet().warnings, 0);
}

/// R15: names and day of birth tell that it may be the same person; nobody is doubled meanwhile.
fn incident_10_a_new_id_and_a_new_address_at_once_wait_for_a_decision(world: &World) {
    world.apply(&world.set_up().map_birth());
    let ada = person(1, "Ada", "Lovelace").and(BIRTH, "1980-12-10");
    world.hire(&ada);
    world.hire_crowd(10..=19);
    world.import().completed();

    let again = ada.clone().and("id", 77).and("email", "ada.king@acme.example");
    world.hire(&again);
    let report = world.import().completed();
    assert_eq!((report.join, report.reject), (0, 1));
    assert_eq!(world.codes(&report), [("77".to_owned(), "possible-duplicate".to_owned())]);

    world.delete([1]);
    for leave in [1, 0] {
        let report = world.import().completed();
        assert_eq!((report.join, report.reject, report.leave), (0, 1, leave), "{report:#?}");
        assert_eq!(world.codes(&report), [("77".to_owned(), "possible-rehire".to_owned())]);
    }
    assert_eq!(world.members().len(), 11);
}

/// R13: whoever has the address keeps it; newcomers who share one are both left out, run after run.
fn incident_11_two_people_with_one_address_overwrite_nobody(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace")]);
    let before = world.members();
    world.hire(&person(2, "Eve", "Moneypenny").and("email", " ADA@acme.example"));
    world.hire(&person(3, "Tick", "One").and("email", "twins@acme.example"));
    world.hire(&person(4, "Tack", "Two").and("email", "Twins@Acme.example"));
    let expected = [("2", "email-taken"), ("3", "email-duplicate"), ("4", "email-duplicate")];
    let expected = expected.map(|(id, code)| (id.to_owned(), code.to_owned()));
    for run in 1..=3 {
        let report = world.import().quiet();
        assert_eq!((report.reject, report.errors, report.unchanged), (3, 3, 1), "run {run}");
        assert_eq!(world.codes(&report), expected, "run {run}");
        assert_eq!(world.members(), before, "run {run}");
    }
    world.mutate(&Mutation::Reverse);
    assert_eq!(world.codes(&world.import().quiet()), expected, "people's order does not matter");
}
