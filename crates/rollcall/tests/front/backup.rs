//! A backup, taken while everything goes on, makes an installation of the same people on another machine.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Stdio,
    thread::sleep,
    time::Duration,
};

use sandbox::Company;

use crate::world::{Killed, PROGRAMME, TODAY, World, path, person, side_by_side};

side_by_side! {
    r54_a_backup_taken_during_an_import_is_whole,
    nothing_goes_out_of_a_restored_installation_until_it_is_released,
    what_cannot_be_restored_is_told_with_its_remedy,
}

/// Puts the key there that the other machine has.
fn bring_key(from: &World, to: &World) {
    fs::create_dir_all(to.data()).expect("the place is writable");
    fs::copy(from.data().join("secret.key"), to.data().join("secret.key")).expect("there is a key");
}

fn list_of(world: &World) -> PathBuf {
    world.data().join("erasures.log")
}

/// The other machine, with this backup restored on it.
fn restored(world: &World, backup: &Path) -> World {
    let other = world.another_machine();
    bring_key(world, &other);
    let list = list_of(world);
    other.run(&["restore", path(backup), "--erasures-list", path(&list)]).exits(0);
    other
}

/// The backup is taken between two batches, and while an import that was killed goes on; both the installation and what is
/// restored come to the same end.
fn r54_a_backup_taken_during_an_import_is_whole(world: &World) {
    world.put_company(Company::generate(11, 20_000, TODAY));
    world.apply(&world.set_up());
    let mut command = world.command(&["import", PROGRAMME]);
    let mut importing = Killed::spawn(command.stdout(Stdio::null()).stderr(Stdio::piped()));
    let mut lines = BufReader::new(importing.0.stderr.take().expect("piped")).lines();
    lines
        .find(|line| line.as_ref().is_ok_and(|line| line.starts_with("applying:") && !line.starts_with("applying: 0 ")))
        .expect("it applies")
        .expect("text");
    drop(importing);
    let backup = world.file("one.backup");
    let mut command = world.command(&["backup", path(&backup), "--json"]);
    let taking = command.stdout(Stdio::piped()).spawn().expect("the program runs");
    world.import().completed();
    let taken = taking.wait_with_output().expect("it ends");
    assert!(taken.status.success(), "{taken:?}");
    let taken: serde_json::Value = serde_json::from_slice(&taken.stdout).expect("JSON");

    let members = taken["tables"]["members"].as_u64().expect("a number");
    let all = world.members();
    assert!(members < all.len() as u64, "{members} of {} were there: the import was not over", all.len());
    world.run(&["backup", "check", path(&backup)]).exits(0);
    let mode = fs::metadata(&backup).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let other = restored(world, &backup);
    let history = other.history();
    assert_eq!((history.len(), &history[0].0, history[0].1.as_str()), (1, &world.history()[0].0, "applying"));
    assert_eq!(other.members().len() as u64, members);
    other.run(&["import", PROGRAMME]).refuses(&["restored from a backup", "rollcall release"]);
    let waiting = other.run(&["release", "--json"]).exits(4).json();
    assert_eq!(waiting["unfinished_imports"].as_array().map(Vec::len), Some(1), "{waiting:#}");
    other.run(&["release", "--yes"]).refuses(&["--without-mails", "--send-mails"]);
    other.run(&["release", "--yes", "--send-mails"]).exits(0);
    let report = other.import().completed();
    assert_eq!(report.import, history[0].0);
    assert_eq!(other.run(&["members", PROGRAMME]).out, world.run(&["members", PROGRAMME]).out);
    let welcomes = |world: &World| {
        let mut ids: Vec<String> = world.mails("welcome").into_iter().map(|mail| mail.id).collect();
        ids.sort();
        ids
    };
    // The plan says which numbers mails have: what went before and after the backup can be told for one mail.
    assert_eq!(welcomes(&other), welcomes(world));
    assert_eq!(other.import().quiet().unchanged, all.len() as u64);
}

/// R50
fn nothing_goes_out_of_a_restored_installation_until_it_is_released(world: &World) {
    world.begin(&[person(1, "Ada", "Brandt"), person(2, "Bela", "Cech")]);
    let backups = world.file("backups");
    fs::create_dir(&backups).expect("the place is writable");
    world.run(&["backup", path(&backups), "--keep", "2"]).exits(0);
    let listed = world.run(&["backup", "list", path(&backups), "--json"]).exits(0).json();
    let backup = PathBuf::from(listed[0]["file"].as_str().expect("a file"));

    let other = restored(world, &backup);
    let mut command = other.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut served = Killed::spawn(command.stdout(Stdio::piped()).stderr(Stdio::null()));
    let mut lines = BufReader::new(served.0.stdout.take().expect("piped")).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("rollcall release")), "it says that it is held");
    sleep(Duration::from_secs(6));
    assert!(other.outbox().iter().all(|mail| mail.state == "pending"));
    let sick = other.run(&["doctor"]);
    assert_eq!(sick.code, 1, "{sick:#?}");
    assert!(sick.out.contains("WRONG  held"), "{sick:#?}");

    let shown = other.run(&["release"]).exits(4);
    assert!(["welcome", "--without-mails", "--send-mails"].iter().all(|word| shown.out.contains(word)), "{shown:#?}");
    other.run(&["release", "--yes", "--without-mails=summer"]).refuses(&["summer"]);
    other.run(&["release", "--yes", "--without-mails=import-summary"]).exits(0);
    for _ in 0..100 {
        if other.mails("welcome").iter().all(|mail| mail.state == "sent") {
            break;
        }
        sleep(Duration::from_millis(100));
    }
    let states = |kind: &str| other.mails(kind).into_iter().map(|mail| mail.state).collect::<Vec<_>>();
    assert_eq!(
        (states("welcome"), states("import-summary")),
        (vec!["sent".to_owned(); 2], vec!["cancelled".to_owned()])
    );
    let released = other.run(&["release"]).exits(0);
    assert!(released.out.contains("Nothing is held"), "{released:#?}");
}

fn what_cannot_be_restored_is_told_with_its_remedy(world: &World) {
    world.begin(&[person(1, "Ada", "Brandt")]);
    let backup = world.file("one.backup");
    world.run(&["backup", path(&backup)]).exits(0);
    let list = list_of(world);
    assert!(list.exists(), "that nobody was erased has to be seen as well");

    let other = world.another_machine();
    let restore = ["restore", path(&backup), "--erasures-list", path(&list)];
    other.run(&restore).refuses(&["secret key", "secret.key", "--with-another-key"]);
    bring_key(world, &other);
    other.run(&["restore", path(&backup)]).refuses(&["erasures.log", "--without-erasures"]);
    let nothing = other.file("nothing.backup");
    other.run(&["restore", path(&nothing), "--without-erasures"]).refuses(&["nothing.backup"]);
    fs::write(&nothing, "something else").expect("written");
    other.run(&["restore", path(&nothing), "--without-erasures"]).refuses(&["no backup of Rollcall"]);
    world.run(&restore).refuses(&["There is a database already", "--data"]);
    other.run(&restore).exits(0);
    other.run(&restore).refuses(&["There is a database already"]);
    assert_eq!(other.members().len(), 1);
    world.run(&["backup", path(&backup)]).refuses(&["one.backup", "Name another file"]);
    world.run(&["backup", path(&world.file("two.backup")), "--keep", "2"]).refuses(&["--keep", "directory"]);
}
