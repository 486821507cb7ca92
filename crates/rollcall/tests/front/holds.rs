//! The guard, and what becomes of an import on hold (R40–R46, R55).

use crate::world::{Report, World, both, person};

both! {
    r46_an_approved_plan_is_applied_as_it_was_shown,
    r46_the_same_leavers_again_stay_on_hold_without_a_second_mail,
    r46_a_newer_plan_within_the_guard_applies_and_closes_the_hold,
    r46_other_leavers_are_told_of_again,
    r46_the_other_rows_go_without_the_leavers,
    r30_a_stale_plan_is_not_applied,
    r40_half_of_a_small_programme_waits,
    r40_the_thresholds_are_those_of_the_set_up,
    r41_a_slow_drip_adds_up,
    r55_the_leavers_of_one_import_come_back_together,
}

/// Twenty members.
fn begin(world: &World) {
    world.hire_crowd(1..=20);
    world.apply(&world.set_up());
    world.import().completed();
}

fn state_of(world: &World, report: &Report) -> String {
    world.history().into_iter().find(|(id, _)| *id == report.import).expect("listed").1
}

/// R40: the owner is told; nothing has changed; what is approved is done, and nothing else.
fn r46_an_approved_plan_is_applied_as_it_was_shown(world: &World) {
    begin(world);
    let before = world.snapshot().0;
    world.dismiss(1..=6);
    let held = world.import().held(&["R40"]);
    assert_eq!((held.leave, held.unchanged), (6, 14));
    assert_eq!(world.snapshot().0, before);
    let told = world.mails("on-hold");
    assert_eq!((told.len(), told[0].recipient.as_deref()), (1, Some("hr@acme.example")));

    // What happens in the HR system meanwhile is not in the plan.
    world.dismiss([7]);
    let report = world.approve(&held, &[]).completed();
    assert_eq!((&report.import, report.leave, report.unchanged), (&held.import, 6, 14));
    assert_eq!(world.member("6", "status"), "leaver");
    assert_eq!(world.member("7", "status"), "invited");
    assert_eq!(world.mails("import-summary").len(), 2);
    world.run(&["imports", "approve", &held.import]).refuses(&["completed, not on hold"]);
    // R41: leavers whom somebody approved do not count again.
    assert_eq!(world.import().completed().leave, 1);
}

fn r46_the_same_leavers_again_stay_on_hold_without_a_second_mail(world: &World) {
    begin(world);
    world.dismiss(1..=6);
    let first = world.import().held(&["R40"]);
    let second = world.import().held(&["R40"]);
    assert_eq!((state_of(world, &first), state_of(world, &second)), ("superseded".into(), "on-hold".into()));
    assert_eq!(world.mails("on-hold").len(), 1);
    world.run(&["imports", "approve", &first.import]).refuses(&["superseded, not on hold"]);

    world.run(&["imports", "reject", &second.import]).exits(0);
    assert_eq!(state_of(world, &second), "rejected");
    let third = world.import().held(&["R40"]);
    assert_eq!(world.mails("on-hold").len(), 1, "also after a no");
    world.run(&["imports", "reject", &second.import]).refuses(&["rejected, not on hold"]);
    assert_eq!(world.approve(&third, &[]).completed().leave, 6);
}

fn r46_a_newer_plan_within_the_guard_applies_and_closes_the_hold(world: &World) {
    begin(world);
    world.dismiss(1..=6);
    let held = world.import().held(&["R40"]);
    (1..=5).for_each(|id| world.change(id, "status", "active"));
    let report = world.import().completed();
    assert_eq!((report.leave, report.unchanged), (1, 19));
    assert_eq!(state_of(world, &held), "superseded");
    world.run(&["imports", "approve", &held.import]).refuses(&["superseded"]);
    assert_eq!(world.member("1", "status"), "invited");
}

fn r46_other_leavers_are_told_of_again(world: &World) {
    begin(world);
    world.dismiss(1..=6);
    world.import().held(&["R40"]);
    world.dismiss([7]);
    world.import().held(&["R40"]);
    assert_eq!(world.mails("on-hold").len(), 2);
}

fn r46_the_other_rows_go_without_the_leavers(world: &World) {
    begin(world);
    world.dismiss(1..=3);
    world.delete(4..=6);
    world.change(8, "last_name", "Newname");
    world.hire_crowd([31]);
    let held = world.import().held(&["R40"]);
    assert_eq!((held.leave, held.update, held.join), (6, 1, 1));
    let report = world.run(&["imports", "approve", &held.import, "--without-leavers", "--json"]).exits(0);
    let report = Report::read(&report.json()).completed();
    assert_eq!((report.leave, report.update, report.join), (0, 1, 1), "{report:#?}");
    let Report { read, join, update, unchanged, .. } = report;
    assert_eq!(read, join + update + unchanged, "whoever was not read is not counted");
    assert_eq!(world.member("8", "last_name"), "Newname");
    assert!(world.states().iter().all(|(_, state)| state == "invited"));
    // Those people are still gone, so the question comes back.
    assert_eq!(world.import().held(&["R40"]).leave, 6);
}

/// R30: a member in the plan has been changed since; nobody gets what was not shown.
fn r30_a_stale_plan_is_not_applied(world: &World) {
    begin(world);
    world.dismiss([20]);
    let earlier = world.import().completed();
    // Two plans touch one member: the undo of the first import comes between.
    world.dismiss(1..=6);
    world.change(20, "status", "active");
    let held = world.import().held(&["R40"]);
    assert_eq!((held.leave, held.rejoin), (6, 1));
    world.run(&["imports", "restore-leavers", &earlier.import]).exits(0);
    let before = world.snapshot();
    world.run(&["imports", "approve", &held.import]).refuses(&["stale", "Import again"]);
    assert_eq!(world.snapshot(), before);
    assert_eq!(world.import().held(&["R40"]).leave, 6);
}

fn r40_half_of_a_small_programme_waits(world: &World) {
    world.hire_crowd(1..=4);
    world.apply(&world.set_up());
    world.import().completed();
    world.dismiss([1]);
    assert_eq!(world.import().completed().leave, 1);
    world.dismiss([2]);
    assert_eq!(world.import().completed().leave, 1, "one alone never waits");
    world.dismiss([3, 4]);
    assert_eq!(world.import().held(&["R40"]).leave, 2);
}

fn r40_the_thresholds_are_those_of_the_set_up(world: &World) {
    world.hire_crowd(1..=20);
    let strict = world.set_up().guard("leavers_percent", 4).guard("leavers_count", 0);
    world.apply(&strict);
    world.import().completed();
    world.dismiss([1]);
    let held = world.import().held(&["R40"]);
    assert_eq!(held.leave, 1);
    world.apply(&world.set_up());
    assert_eq!(world.import().completed().leave, 1);
}

/// R41: within the threshold every day, and too many in a week.
fn r41_a_slow_drip_adds_up(world: &World) {
    world.hire_crowd(1..=40);
    world.apply(&world.set_up());
    world.import().completed();
    for (from, to) in [(1, 3), (4, 6), (7, 8)] {
        world.dismiss(from..=to);
        world.import().completed();
    }
    world.dismiss(9..=11);
    let held = world.import().held(&["R41"]);
    assert_eq!(held.leave, 3);
    assert_eq!(world.approve(&held, &[]).completed().leave, 3);
}

/// R24, R55: they stay until their record changes, and are listed meanwhile.
fn r55_the_leavers_of_one_import_come_back_together(world: &World) {
    begin(world);
    world.dismiss([1]);
    world.import().completed();
    world.dismiss([2, 3]);
    world.delete([4]);
    let wrong = world.import().completed();
    assert_eq!(wrong.leave, 3);
    let said = world.run(&["imports", "restore-leavers", &wrong.import]).exits(0);
    assert!(said.out.starts_with("3 members were brought back"), "{}", said.out);
    let leavers = |world: &World| world.states().into_iter().filter(|(_, state)| state == "leaver").count();
    assert_eq!(leavers(world), 1, "the leaver of the import before stays one");
    world.run(&["imports", "restore-leavers", &wrong.import]).exits(0);

    for _ in 0..2 {
        let report = world.import().quiet();
        let kept = ["2", "3", "4"].map(|id| (id.to_owned(), "kept-by-hand".to_owned()));
        assert_eq!(world.codes(&report), kept);
    }
    assert_eq!(world.mails("welcome").len(), 20, "nobody is invited again");
    world.change(2, "department", "Somewhere else");
    assert_eq!(world.import().completed().leave, 1, "the record has changed, and they leave after all");
    assert_eq!(world.member("2", "status"), "leaver");
    world.hire(&person(4, "Crowd e", "Member e"));
    world.change(3, "status", "active");
    let report = world.import().completed();
    assert_eq!((report.warnings, leavers(world)), (0, 2), "{report:#?}");
}
