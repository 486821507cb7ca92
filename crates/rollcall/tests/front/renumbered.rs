//! “The IDs were renumbered” (R43): matched by e-mail and names, nobody loses an account.

use std::collections::BTreeMap;

use sandbox::{Change, Mutation};

use crate::world::{Report, World, both, person};

both! {
    r43_ids_that_move_along_by_one,
    r43_ids_that_change_while_people_come_go_and_move,
    r43_ids_that_change_hands_in_a_preview_change_nothing,
}

/// Thirty members; which account has which address, by its one welcome mail.
fn begin(world: &World) -> BTreeMap<String, Option<String>> {
    world.hire_crowd(1..=30);
    world.apply(&world.set_up());
    world.import().completed();
    accounts(world)
}

fn accounts(world: &World) -> BTreeMap<String, Option<String>> {
    world.mails("welcome").into_iter().map(|mail| (mail.id, mail.recipient)).collect()
}

#[track_caller]
fn held_by_r43(world: &World) -> Report {
    let held = world.import();
    assert!(held.state == "on-hold" && held.held_by.contains(&"R43".to_owned()), "{held:#?}");
    held
}

/// Every old ID is another's new one: by ID alone, everybody would have turned into somebody else.
fn r43_ids_that_move_along_by_one(world: &World) {
    let before = begin(world);
    world.mutate(&Mutation::Renumber { by: 1 });
    let held = held_by_r43(world);
    let report = world.approve(&held, &["--renumbered"]).completed();
    assert_eq!((report.update, report.join, report.leave, report.reject), (30, 0, 0, 0), "{report:#?}");
    assert_eq!(accounts(world), before, "every account keeps its human");
    assert_eq!(world.member("31", "email"), "crowd.da@acme.example");
    let report = world.import().quiet();
    assert_eq!((report.unchanged, report.reject), (30, 0));
}

/// Besides the new IDs: one left, one is gone, one married, one is new.
fn r43_ids_that_change_while_people_come_go_and_move(world: &World) {
    let before = begin(world);
    world.dismiss([1]);
    world.delete([2]);
    world.change(3, "department", "Elsewhere");
    world.mutate(&Mutation::Renumber { by: 5 });
    world.hire(&person(1, "Ada", "Lovelace"));
    let held = held_by_r43(world);
    let report = world.approve(&held, &["--renumbered"]).completed();
    assert_eq!((report.update, report.join, report.leave, report.reject), (28, 1, 2, 0), "{report:#?}");
    let after = accounts(world);
    assert!(before.iter().all(|(account, address)| after.get(account) == Some(address)));
    assert_eq!((world.member("8", "department"), world.member("1", "first_name")), ("Elsewhere".into(), "Ada".into()));
    let leavers = world.members().into_values().filter(|member| member["status"] == "leaver");
    let leavers: Vec<String> = leavers.map(|member| member["email"].clone()).collect();
    assert_eq!(leavers.len(), 2, "{leavers:?}");
    let report = world.import().quiet();
    assert_eq!(report.reject, 0, "{:#?}", world.codes(&report));
}

fn r43_ids_that_change_hands_in_a_preview_change_nothing(world: &World) {
    begin(world);
    let before = world.snapshot();
    world.mutate(&Mutation::Renumber { by: 1 });
    let preview = world.dry_run();
    assert_eq!(preview.state, "on-hold");
    assert_eq!(world.snapshot(), before);
    // Two who change IDs with each other are no crowd: they wait for a decision, and keep what they have.
    world.mutate(&Mutation::Renumber { by: -1 });
    let swap = |id: i64, first: &str, last: &str, email: &str| {
        world.alter(id, &Change::set("first_name", first).and("last_name", last).and("email", email));
    };
    swap(1, "Crowd c", "Member c", "crowd.c@acme.example");
    swap(2, "Crowd b", "Member b", "crowd.b@acme.example");
    let report = world.import().quiet();
    let both = ["1", "2"].map(|id| (id.to_owned(), "identity-changed".to_owned()));
    assert_eq!(world.codes(&report), both);
    assert_eq!(world.snapshot().0, before.0);
}
