//! Commands about one import or one programme: what each answers to what is not there.

use crate::world::{World, both, person};

both! {
    what_is_not_there_is_named_with_a_way_to_find_it,
    an_import_that_is_not_on_hold_cannot_be_answered,
    applying_a_set_up_again_changes_nothing,
    the_doctor_finds_nothing_wrong_with_what_works,
}

const NOBODY: &str = "01900000-0000-7000-8000-000000000000";

fn what_is_not_there_is_named_with_a_way_to_find_it(world: &World) {
    for command in ["import", "imports", "members", "outbox"] {
        world.run(&[command, "nowhere"]).refuses(&["There is no programme “nowhere”", "rollcall integration apply"]);
    }
    world.begin(&[person(1, "Ada", "Lovelace")]);
    for command in ["show", "problems", "approve", "reject", "restore-leavers"] {
        world.run(&["imports", command, NOBODY]).refuses(&["There is no import", NOBODY]);
        world.run(&["imports", command, "not-a-number"]).refuses(&["not-a-number"]);
    }
    world.run(&["import", "acme", "--integration", "workday"]).refuses(&["workday"]);
    world.run(&["import", "acme", "--integration", "personio"]).exits(0);
    world.run(&["decide", "acme", "1", "--new"]).refuses(&["waits for a decision"]);
    world.run(&["decide", "acme", "1"]).exits(2);
    world.run(&["decide", "nowhere", "1", "--new"]).refuses(&["nowhere"]);
}

fn an_import_that_is_not_on_hold_cannot_be_answered(world: &World) {
    world.hire_crowd(1..=12);
    world.apply(&world.set_up());
    let first = world.import().completed();
    world.dismiss(1..=6);
    let preview = world.dry_run().held(&["R40"]);
    let before = world.snapshot();
    for (report, state) in [(&first, "completed"), (&preview, "previewed")] {
        for command in ["approve", "reject"] {
            world.run(&["imports", command, &report.import]).refuses(&["not on hold", state]);
        }
        world.run(&["imports", "approve", &report.import, "--renumbered"]).refuses(&["not on hold"]);
    }
    world.run(&["imports", "approve", &first.import, "--renumbered", "--without-leavers"]).exits(2);
    assert_eq!(world.snapshot(), before);
}

fn applying_a_set_up_again_changes_nothing(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace")]);
    let before = world.snapshot();
    world.apply(&world.set_up());
    assert_eq!(world.snapshot(), before);
    assert_eq!(world.import().quiet().unchanged, 1);
    let other = world.set_up().with("programme", "slug", "\"other\"").with("programme", "name", "\"Other\"");
    world.apply(&other);
    assert_eq!(world.run(&["import", "other", "--json"]).exits(0).json()["join"], 1);
    assert_eq!(world.import().quiet().unchanged, 1, "programmes have nothing to do with each other");
}

fn the_doctor_finds_nothing_wrong_with_what_works(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace")]);
    world.run(&["doctor"]).exits(0);
    world.fault(sandbox::FaultKind::CredentialsRevoked);
    let sick = world.run(&["doctor"]);
    assert_ne!(sick.code, 0, "{sick:#?}");
    assert!(format!("{}{}", sick.out, sick.err).contains("credentials"), "{sick:#?}");
}
