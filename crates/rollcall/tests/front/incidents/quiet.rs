//! Incidents 13 to 15 and 20: mails that should never have gone, and accounts that should never
//! have closed or opened.

use crate::world::{World, both, person};

both! {
    incident_13_a_leaver_is_not_written_to_again_at_every_run,
    incident_14_nobody_is_invited_before_the_welcome_is_switched_on,
    incident_14_a_flood_of_joiners_waits_for_an_answer,
    incident_15_a_leavers_invitation_is_not_delivered,
    incident_20_the_wrong_person_terminated_is_put_right_and_nobody_was_told,
}

/// R31, R62: the second and the third import do nothing about somebody who left before.
fn incident_13_a_leaver_is_not_written_to_again_at_every_run(world: &World) {
    world.hire_crowd(10..=19);
    world.begin(&[person(1, "Ada", "Lovelace")]);
    world.dismiss([1]);
    assert_eq!(world.import().completed().leave, 1);
    let personal = |world: &World| {
        let mails = world.outbox().into_iter();
        mails.filter(|mail| mail.employee_id.is_some()).collect::<Vec<_>>()
    };
    let before = personal(world);
    for _ in 0..2 {
        assert_eq!(world.import().quiet().unchanged, 11);
        assert_eq!(personal(world), before);
    }
}

/// R32: without the welcome tick there is an account and no invitation, also later.
fn incident_14_nobody_is_invited_before_the_welcome_is_switched_on(world: &World) {
    world.hire_crowd(1..=12);
    world.apply(&world.set_up().with("integration", "welcome_email", "false"));
    assert_eq!(world.import().completed().join, 12);
    assert!(world.mails("welcome").is_empty());
    assert_eq!(world.member("3", "status"), "not-invited");
    world.apply(&world.set_up());
    world.hire(&person(13, "Ada", "Lovelace"));
    assert_eq!(world.import().completed().join, 1);
    let welcomes = world.mails("welcome");
    assert_eq!((welcomes.len(), welcomes[0].employee_id.as_deref()), (1, Some("13")));
    assert_eq!(world.member("3", "status"), "not-invited");
}

/// R44, R46
fn incident_14_a_flood_of_joiners_waits_for_an_answer(world: &World) {
    world.hire_crowd(1..=30);
    world.apply(&world.set_up());
    world.import().completed();
    world.hire_crowd(31..=51);
    let held = world.import().held(&["R44"]);
    assert_eq!(held.join, 21);
    assert_eq!(world.mails("welcome").len(), 30);
    assert_eq!(world.approve(&held, &[]).completed().join, 21);
    assert_eq!(world.mails("welcome").len(), 51);
}

/// R37, R38: the open invitation of a leaver stays where it is; it goes when they are back.
fn incident_15_a_leavers_invitation_is_not_delivered(world: &World) {
    world.hire_crowd(10..=19);
    world.begin(&[person(1, "Ada", "Lovelace")]);
    world.dismiss([1]);
    world.import().completed();
    world.serve_until(|world| waiting(world) == ["1"]);
    for text in world.delivered() {
        assert!(!text.contains("ada@acme.example"), "{text}");
    }
    world.change(1, "status", "active");
    world.import().completed();
    world.serve_until(|world| waiting(world).is_empty());
    assert!(world.outbox().iter().all(|mail| mail.state == "sent"));
}

/// Whose mail waits.
fn waiting(world: &World) -> Vec<String> {
    let pending = world.outbox().into_iter().filter(|mail| mail.state == "pending");
    pending.map(|mail| mail.employee_id.unwrap_or_default()).collect()
}

/// R37, R55: brought back in time, they are a member as before, and no mail tells of it.
fn incident_20_the_wrong_person_terminated_is_put_right_and_nobody_was_told(world: &World) {
    world.hire_crowd(10..=19);
    world.begin(&[person(1, "Ada", "Lovelace")]);
    let welcomes = world.mails("welcome");
    world.dismiss([1]);
    let wrong = world.import().completed();
    world.run(&["imports", "restore-leavers", &wrong.import]).exits(0);
    assert_eq!(world.member("1", "status"), "invited");
    // The HR system still says so; the administrator's word holds until the record changes.
    let report = world.import().quiet();
    assert_eq!(world.codes(&report), [("1".to_owned(), "kept-by-hand".to_owned())]);
    world.change(1, "status", "active");
    world.import().quiet();
    assert_eq!(world.member("1", "status"), "invited");
    let told: Vec<_> = world.outbox().into_iter().filter(|mail| mail.employee_id.is_some()).collect();
    assert_eq!(told, welcomes, "nobody but the owner hears of it");
}
