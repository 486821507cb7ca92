//! `rollcall key rotate`, and what `rollcall doctor` says of keys.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::world::{World, both, person, ran};

both! {
    a_new_key_takes_the_place_of_the_one_in_the_file,
    a_key_in_the_environment_is_changed_by_whoever_put_it_there,
    the_doctor_tells_programs_too,
}

fn a_new_key_takes_the_place_of_the_one_in_the_file(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace")]);
    let file = world.data().join("secret.key");
    let before = fs::read_to_string(&file).expect("a key");
    let rotated = world.run(&["key", "rotate"]).exits(0);
    assert!(rotated.out.contains("no longer in the file"), "{rotated:#?}");
    let after = fs::read_to_string(&file).expect("a key");
    assert_eq!((before.trim().len(), after.trim().len(), before == after), (64, 64, false));
    assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
    assert_eq!(world.import().quiet().unchanged, 1);

    // Interrupted after the new key was put there: the doctor says so, and the next run goes on.
    fs::write(&file, format!("{}\n{}\n", "8".repeat(64), after.trim())).expect("writable");
    assert_eq!(world.import().quiet().unchanged, 1, "both keys are read");
    assert!(world.run(&["doctor"]).exits(0).out.contains("rollcall key rotate"));
    world.run(&["key", "rotate"]).exits(0);
    assert_eq!(fs::read_to_string(&file).expect("a key").trim(), "8".repeat(64));
    assert_eq!(world.import().quiet().unchanged, 1);
}

fn a_key_in_the_environment_is_changed_by_whoever_put_it_there(world: &World) {
    let (old, new) = ("7".repeat(64), "8".repeat(64));
    let with = |arguments: &[&str], key: &str, older: &str| {
        let mut command = world.command(arguments);
        ran(command.env("ROLLCALL_SECRET_KEY", key).env("ROLLCALL_SECRET_KEY_OLD", older))
    };
    world.hire(&person(1, "Ada", "Lovelace"));
    let file = world.file("acme.toml");
    fs::write(&file, world.set_up().to_string()).expect("writable");
    with(&["integration", "apply", crate::world::path(&file)], &old, "").exits(0);
    with(&["key", "rotate"], &old, "").refuses(&["ROLLCALL_SECRET_KEY_OLD"]);
    with(&["import", "acme"], &new, "").exits(5);
    let rotated = with(&["key", "rotate"], &new, &old).exits(0);
    assert!(rotated.out.contains("take ROLLCALL_SECRET_KEY_OLD away"), "{rotated:#?}");
    with(&["import", "acme"], &new, "").exits(0);
    let sick = with(&["doctor"], &old, "").exits(1);
    assert!(sick.out.contains("WRONG") && sick.out.contains("cannot be opened"), "{sick:#?}");
}

fn the_doctor_tells_programs_too(world: &World) {
    let early = world.run(&["doctor", "--json"]).exits(0).json();
    assert_eq!(early["ok"], true, "{early:#}");
    world.begin(&[person(1, "Ada", "Lovelace")]);
    let found = world.run(&["doctor", "--json"]).exits(0).json();
    let states: Vec<(&str, &str)> = found["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["check"].as_str().expect("a name"), one["state"].as_str().expect("a state")))
        .collect();
    for check in ["disk", "key", "database", "clock", "schema", "secrets", "imports", "outbox", "mails", "source"] {
        assert!(states.contains(&(check, "ok")), "{check}: {states:?}");
    }
    world.fault(sandbox::FaultKind::CredentialsRevoked);
    let sick = world.run(&["--public-url", "http://club.example", "doctor", "--json"]).exits(1).json();
    let wrong: Vec<&str> = sick["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|one| one["state"] == "wrong" && !one["remedy"].as_str().unwrap_or_default().is_empty())
        .filter_map(|one| one["check"].as_str())
        .collect();
    assert_eq!(wrong, ["links", "source"]);
}
