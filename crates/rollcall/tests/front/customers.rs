//! Many customers on one installation: `rollcall programme` and `rollcall admin`.

use std::{collections::BTreeMap, fs::File, os::unix::fs::PermissionsExt};

use crate::world::{CLIENT_SECRET, PROGRAMME, World, both, path, person, text};

both! {
    a_programme_is_made_with_the_invitation_of_its_owner,
    a_suspended_programme_stands_still_until_it_is_resumed,
    an_export_is_one_archive_of_json_lines,
    a_programme_is_deleted_once_its_name_was_typed,
    mistakes_are_named_with_a_remedy,
}

/// The arguments that make the programme Globex.
const GLOBEX: [&str; 9] =
    ["programme", "create", "globex", "--name", "Globex Club", "--time-zone", "Europe/Berlin", "--language", "de"];

/// The one line of an output that has a link.
fn link(out: &str) -> String {
    let line = out.lines().find(|line| line.contains("/invitation/"));
    line.unwrap_or_else(|| panic!("no link: {out}")).trim().to_owned()
}

fn a_programme_is_made_with_the_invitation_of_its_owner(world: &World) {
    world.run(&["programme", "list"]).exits(0);
    let made = world.run(&[&GLOBEX[..], &["--owner", "ada@globex.example"]].concat()).exits(0);
    assert!(link(&made.out).starts_with("http://127.0.0.1:8080/invitation/"), "{made:?}");
    let list = world.run(&["admin", "list", "globex", "--json"]).exits(0).json();
    assert_eq!((text(&list[0]["email"]), text(&list[0]["role"])), ("ada@globex.example".into(), "owner".into()));
    assert!(list[0]["accepted_at"].is_null());
    let again = world.run(&["admin", "invite", "globex", "ada@globex.example", "--role", "owner"]).exits(0);
    assert_ne!(link(&again.out), link(&made.out), "a newer link takes the place of the first");
    world.run(&["admin", "invite", "globex", "bo@globex.example", "--role", "read-only", "--mail"]).exits(0);
    let mails = world.run(&["outbox", "globex", "--json"]).exits(0).json();
    let kinds: Vec<String> = mails.as_array().expect("a list").iter().map(|mail| text(&mail["kind"])).collect();
    assert_eq!(kinds, ["administrator-invitation"], "a link that is handed over is not mailed too");
    let all = world.run(&["programme", "list", "--json"]).exits(0).json();
    assert_eq!((text(&all[0]["programme"]), text(&all[0]["state"])), ("globex".into(), "in operation".into()));
    let table = world.run(&["programme", "list"]).exits(0).out;
    assert!(table.contains("Globex Club") && table.contains("never"), "{table}");
}

fn a_suspended_programme_stands_still_until_it_is_resumed(world: &World) {
    world.begin(&[person(1, "Ada", "Berg")]);
    world.hire(&person(2, "Bo", "Lind"));
    let before = world.snapshot();
    world.run(&["programme", "suspend", PROGRAMME]).exits(0);
    world.run(&["import", PROGRAMME]).refuses(&["suspended", "rollcall programme resume acme"]);
    world.run(&["programme", "suspend", PROGRAMME]).refuses(&["suspended already"]);
    assert_eq!(world.snapshot(), before);
    let all = world.run(&["programme", "list", "--json"]).exits(0).json();
    assert_eq!(text(&all[0]["state"]), "suspended");
    world.run(&["programme", "resume", PROGRAMME]).exits(0);
    world.run(&["programme", "resume", PROGRAMME]).refuses(&["not suspended"]);
    assert_eq!(world.import().completed().join, 1);
}

fn an_export_is_one_archive_of_json_lines(world: &World) {
    world.begin(&[person(1, "Ada", "Berg"), person(2, "Bo", "Lind")]);
    let archive = world.file("acme.tar");
    let ran = world.run(&["programme", "export", PROGRAMME, "--to", path(&archive)]).exits(0);
    assert!(ran.out.contains("members"), "{ran:?}");
    let mode = archive.metadata().expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "others can read it");
    let mut files = BTreeMap::new();
    for entry in tar::Archive::new(File::open(&archive).expect("it is there")).entries().expect("a tar file") {
        let mut entry = entry.expect("an entry");
        let name = entry.path().expect("a name").display().to_string();
        files.insert(name, std::io::read_to_string(&mut entry).expect("text"));
    }
    assert_eq!(files["acme/members.jsonl"].lines().count(), 2);
    assert!(files.contains_key("acme/manifest.json"));
    assert!(files.values().all(|text| !text.contains(CLIENT_SECRET)), "a secret left");
    world.run(&["programme", "export", PROGRAMME, "--to", path(&archive)]).refuses(&["cannot be made", "--to"]);
}

fn a_programme_is_deleted_once_its_name_was_typed(world: &World) {
    world.begin(&[person(1, "Ada", "Berg")]);
    world.run(&GLOBEX).exits(0);
    let asked = world.run(&["programme", "delete", PROGRAMME]);
    assert!(asked.out.contains("Members") && asked.out.contains("for good"), "{asked:?}");
    asked.refuses(&["Nothing was deleted", "--yes acme"]);
    world.run(&["programme", "delete", PROGRAMME, "--yes", "globex"]).refuses(&["Nothing was deleted"]);
    assert_eq!(world.members().len(), 1);
    let gone = world.run(&["programme", "delete", PROGRAMME, "--yes", PROGRAMME]).exits(0);
    assert!(gone.err.contains("a programme was deleted"), "the log does not say so: {gone:?}");
    assert!(!gone.err.contains("Ada"), "{gone:?}");
    world.run(&["members", PROGRAMME]).refuses(&["There is no programme"]);
    let all = world.run(&["programme", "list", "--json"]).exits(0).json();
    assert_eq!(all.as_array().map(Vec::len), Some(1));
    world.begin(&[]);
    assert_eq!(world.members().len(), 1, "the name is free again");
}

fn mistakes_are_named_with_a_remedy(world: &World) {
    world.run(&GLOBEX).exits(0);
    world.run(&GLOBEX).refuses(&["“globex” already", "another short name"]);
    let with = |at: usize, value: &'static str| {
        let mut arguments = GLOBEX;
        arguments[at] = value;
        world.run(&arguments)
    };
    with(2, "Not A Key").refuses(&["short name:"]);
    with(2, "manage").refuses(&["short name:"]);
    with(6, "Europe/Atlantis").refuses(&["time-zone:"]);
    with(8, "fr").refuses(&["`en` and `de`"]);
    world.run(&[&GLOBEX[..], &["--owner", "ada"]].concat()).refuses(&["not an e-mail address"]);
    world.run(&["admin", "invite", "globex", "a@b.example", "--role", "king"]).refuses(&["read-only"]);
    world.run(&["admin", "invite", "nowhere", "a@b.example", "--role", "owner"]).refuses(&["There is no programme"]);
    world.run(&["admin", "reset-factor", "nobody@b.example"]).refuses(&["rollcall admin list"]);
    world.run(&["admin", "reset-password", "nobody@b.example"]).refuses(&["rollcall admin list"]);
    world.run(&["programme", "resume", "globex"]).refuses(&["not suspended"]);
}
