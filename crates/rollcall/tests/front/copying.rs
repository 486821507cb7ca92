//! `rollcall database copy`: from the file to PostgreSQL and back, and on from where it was.

use std::{io::BufRead, io::BufReader, process::Stdio};

use crate::{
    crash::kill_at,
    world::{Killed, World, person},
};

/// R54, R50: also an import that was interrupted in the middle.
#[test]
fn a_copy_goes_on_where_the_source_stopped() {
    let mut world = World::on_sqlite();
    world.hire_crowd(1..=1_500);
    world.apply(&world.set_up());
    assert!(kill_at(&world, "applying:", 2));
    let (id, state) = world.history()[0].clone();
    assert_eq!(state, "applying");
    let before = world.snapshot();

    let url = testkit::postgres_url();
    let copied = world.run(&["database", "copy", "--to", &url]).exits(0);
    assert!(copied.out.contains("Every one was read again on both sides and is the same."), "{copied:#?}");
    assert!(copied.err.contains("compared: "), "{copied:#?}");
    world.move_to(Some(url));
    assert_eq!(world.snapshot(), before);
    let report = world.import().completed();
    assert_eq!((&report.import, report.join), (&id, 1_500));
    assert_eq!((world.members().len(), world.mails("welcome").len()), (1_500, 1_500));
    assert_eq!(world.import().quiet().unchanged, 1_500);

    // And back into a file.
    let file = world.file("back.db");
    let there = world.snapshot();
    world.run(&["database", "copy", "--to", crate::world::path(&file)]).exits(0);
    std::fs::create_dir_all(world.file("data-2")).expect("writable");
    std::fs::copy(world.data().join("secret.key"), world.file("data-2/secret.key")).expect("copied");
    std::fs::rename(&file, world.file("data-2/rollcall.db")).expect("renamed");
    world.move_to(None);
    world.keep_data_in("data-2");
    assert_eq!(world.snapshot(), there);
    world.hire(&person(9_001, "Ada", "Lovelace"));
    assert_eq!(world.import().completed().join, 1);
}

#[test]
fn nothing_is_copied_while_somebody_works_or_into_what_is_not_empty() {
    let world = World::on_sqlite();
    world.begin(&[person(1, "Ada", "Lovelace")]);
    let url = testkit::postgres_url();
    let copy = ["database", "copy", "--to", &url];

    let mut command = world.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut served = Killed::spawn(command.stdout(Stdio::piped()).stderr(Stdio::null()));
    let out = BufReader::new(served.0.stdout.take().expect("piped"));
    assert!(out.lines().next().is_some(), "it serves");
    world.run(&copy).refuses(&["rollcall serve"]);
    drop(served);

    world.run(&copy).exits(0);
    world.run(&copy).refuses(&["not empty"]);
    let own = world.data().join("rollcall.db");
    world.run(&["database", "copy", "--to", crate::world::path(&own)]).refuses(&["--to"]);
    world.run(&["database", "copy", "--to", "mysql://localhost/x"]).refuses(&["postgres://"]);

    // A server tells who is connected to it.
    let mut world = world;
    world.move_to(Some(url));
    let mut command = world.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut served = Killed::spawn(command.stdout(Stdio::piped()).stderr(Stdio::null()));
    let out = BufReader::new(served.0.stdout.take().expect("piped"));
    assert!(out.lines().next().is_some(), "it serves");
    let file = world.file("back.db");
    world.run(&["database", "copy", "--to", crate::world::path(&file)]).refuses(&["rollcall serve"]);
}
