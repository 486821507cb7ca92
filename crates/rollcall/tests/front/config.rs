//! Configuration: file, environment and options, and what is said of mistakes in them.

use std::{fs, process::Command};

use crate::world::{Ran, World, path, ran, text};

fn world(file: &str) -> World {
    let world = World::on_sqlite();
    fs::create_dir_all(world.data()).expect("writable");
    fs::write(world.data().join("rollcall.toml"), file).expect("writable");
    world
}

/// What is in effect: the setting's value, and where it comes from.
fn in_effect(command: &mut Command, setting: &str) -> (String, String) {
    let shown = ran(command).exits(0).json();
    let all = shown.as_array().expect("a list");
    let found = all.iter().find(|one| one["setting"] == setting);
    let found = found.unwrap_or_else(|| panic!("{setting} is not shown: {shown}"));
    (text(&found["value"]), text(&found["from"]))
}

const SHOW: [&str; 3] = ["config", "show", "--json"];

fn check(world: &World) -> Ran {
    world.run(&["config", "check"])
}

#[test]
fn an_option_goes_before_the_environment_and_both_before_the_file() {
    let world =
        world("mails_per_minute = 7\n\nlisten = \"127.0.0.1:9999\"\nprivate_events = true\npage_patience = 8\n");
    check(&world).exits(0);
    let (value, from) = in_effect(&mut world.command(&SHOW), "mails_per_minute");
    assert!(value == "7" && from.ends_with("rollcall.toml:1"), "{value} {from}");
    let (value, from) = in_effect(&mut world.command(&SHOW), "listen");
    assert!(value == "127.0.0.1:9999" && from.ends_with("rollcall.toml:3"), "{value} {from}");
    let (value, from) = in_effect(&mut world.command(&SHOW), "private_events");
    assert!(value == "true" && from.ends_with("rollcall.toml:4"), "{value} {from}");
    // The tests' own environment sets this one.
    assert_eq!(in_effect(&mut world.command(&SHOW), "page_patience"), ("1".into(), "ROLLCALL_PAGE_PATIENCE".into()));
    let mut command = world.command(&SHOW);
    let shown = in_effect(command.env("ROLLCALL_MAILS_PER_MINUTE", "8"), "mails_per_minute");
    assert_eq!(shown, ("8".into(), "ROLLCALL_MAILS_PER_MINUTE".into()));
    let mut command = world.command(&[&SHOW[..], &["--mails-per-minute", "9"]].concat());
    let shown = in_effect(command.env("ROLLCALL_MAILS_PER_MINUTE", "8"), "mails_per_minute");
    assert_eq!(shown, ("9".into(), "--mails-per-minute".into()));
    assert_eq!(in_effect(&mut world.command(&SHOW), "personio_url"), (String::new(), "default".into()));
}

#[test]
fn every_mistake_in_a_file_is_named_with_its_line_and_a_remedy() {
    let file = "# A comment.\nsmpt_url = \"smtp://mail.example\"\nmails_per_minute = 0\npage_patience = [1]\n\
                private_events = \"yes\"\nlisten = \"here\"\ndata = \"/elsewhere\"\n[mail]\nfrom = \"a\"\n";
    let world = world(file);
    let wrong: &[&str] = &[
        "rollcall.toml:2: there is no setting `smpt_url`. Did you mean `smtp_url`?",
        "rollcall.toml:3: `mails_per_minute` cannot be “0”",
        "rollcall.toml:4: `page_patience` has to be a number",
        "rollcall.toml:5: `private_events` has to be true or false",
        "rollcall.toml:6: `listen` cannot be “here”",
        "rollcall.toml:7: this file was found in the data directory",
        "rollcall.toml:8: there is no setting `mail`",
    ];
    check(&world).refuses(wrong);
    // Nothing runs on half of what was meant.
    world.run(&["programme", "list"]).refuses(wrong);
    fs::write(world.data().join("rollcall.toml"), "mails_per_minute = = 2\n").expect("writable");
    check(&world).refuses(&["rollcall.toml:1: this is not TOML"]);
    world.run(&["--config", "/nowhere.toml", "config", "check"]).refuses(&["/nowhere.toml cannot be read"]);
}

#[test]
fn settings_that_do_not_fit_together_are_refused() {
    let with = |file: &str| check(&world(file));
    with("smtp_url = \"smtp://mail.example\"\n").refuses(&["ROLLCALL_MAIL_FROM"]);
    with("smtp_url = \"gopher://secret-word@mail.example\"\nmail_from = \"a@b.example\"\n").refuses(&["smtp"]);
    with("listen = \"0.0.0.0:8080\"\n").refuses(&["0.0.0.0:8080", "ROLLCALL_PUBLIC_URL"]);
    with("listen = \"0.0.0.0:8080\"\npublic_url = \"https://rewards.example\"\n").exits(0);
    with("public_url = \"rewards.example\"\n").refuses(&["public address", "https://"]);
    with("public_url = \"https://rewards.example/portal\"\n").refuses(&["more than a host"]);
    with("database_url = \"mysql://root:secret-word@db\"\n").refuses(&["PostgreSQL"]);
    with("secret_key = \"abc\"\n").refuses(&["64 hexadecimal digits"]);
    let bare = world("");
    let mut command = bare.command(&["config", "check"]);
    ran(command.env("ROLLCALL_LISTEN", "here")).refuses(&["--listen", "environment"]);
    let plain = with("public_url = \"http://rewards.example\"\n").exits(0);
    assert!(plain.out.contains("passwords can be read on the way"), "{plain:?}");
}

#[test]
fn secrets_may_stand_in_files_of_their_own_and_are_never_shown() {
    let world = world("");
    let secret = world.file("smtp-url");
    fs::write(&secret, "smtp+starttls://user:secret-word@mail.example:587\n").expect("writable");
    let file = format!("smtp_url_file = {:?}\nmail_from = \"a@b.example\"\n", path(&secret));
    fs::write(world.data().join("rollcall.toml"), file).expect("writable");
    let (value, from) = in_effect(&mut world.command(&SHOW), "smtp_url");
    assert!(value == "••••" && from.ends_with("rollcall.toml:1"), "{value} {from}");
    let mut command = world.command(&SHOW);
    let (value, from) = in_effect(command.env("ROLLCALL_SMTP_URL_FILE", &secret), "smtp_url");
    assert_eq!((value.as_str(), from.as_str()), ("••••", "ROLLCALL_SMTP_URL_FILE"));
    let mut command = world.command(&["config", "check"]);
    let both = command.env("ROLLCALL_SMTP_URL_FILE", &secret).env("ROLLCALL_SMTP_URL", "smtp://mail.example");
    ran(both).refuses(&["both set"]);
    let mut command = world.command(&["config", "check"]);
    ran(command.env("ROLLCALL_SECRET_KEY_FILE", "/nowhere")).refuses(&["ROLLCALL_SECRET_KEY_FILE", "/nowhere"]);
    for arguments in [&["config", "show"][..], &["config", "check"]] {
        let said = world.run(arguments).exits(0);
        assert!(!said.out.contains("secret-word") && !said.err.contains("secret-word"), "{said:?}");
    }
}

#[test]
fn the_key_may_come_from_a_file_of_its_own() {
    let world = world("");
    let key = world.file("key");
    fs::write(&key, "7".repeat(64)).expect("writable");
    let mut command = world.command(&["programme", "list"]);
    ran(command.env("ROLLCALL_SECRET_KEY_FILE", &key)).exits(0);
    assert!(!world.data().join("secret.key").exists(), "another key was made");
}

#[test]
fn database_and_mail_server_are_tried_when_asked() {
    let world = world("");
    let file = world.run(&["config", "check", "--connect"]).exits(0);
    assert!(file.out.contains("will be made at the first start"), "{file:?}");
    let mut command = world.command(&["config", "check", "--connect"]);
    command.env("ROLLCALL_DATABASE_URL", "postgres://nobody:secret-word@127.0.0.1:9/none");
    command.env("ROLLCALL_SMTP_URL", "smtp://127.0.0.1:9").env("ROLLCALL_MAIL_FROM", "a@b.example");
    let unreached = ran(&mut command).exits(1);
    assert!(unreached.out.contains("WRONG  database") && unreached.out.contains("WRONG  mails"), "{unreached:?}");
    assert!(!unreached.out.contains("secret-word"), "{unreached:?}");
    let typed = ran(world.command(&["config", "check"]).env("ROLLCALL_SMPT_URL", "x")).exits(0);
    assert!(
        typed.out.contains("ROLLCALL_SMPT_URL is set, and is no setting. Did you mean ROLLCALL_SMTP_URL?"),
        "{typed:?}"
    );
}

#[test]
fn the_reference_is_a_file_that_can_be_used() {
    let world = world("");
    let reference = world.run(&["config", "reference"]).exits(0).out;
    assert!(reference.contains("# mails_per_minute = 60") && reference.contains("smtp_url_file"), "{reference}");
    fs::write(world.data().join("rollcall.toml"), reference).expect("writable");
    check(&world).exits(0);
}

#[test]
fn every_command_has_a_page_of_the_manual() {
    let world = World::on_sqlite();
    let directory = world.file("manual");
    world.run(&["config", "manual", path(&directory)]).exits(0);
    let page = |name: &str| fs::read_to_string(directory.join(name)).expect(name);
    assert!(page("rollcall.1").contains(".TH rollcall 1"), "{}", page("rollcall.1"));
    // What a setting is at the moment is nobody's but this machine's.
    assert!(page("rollcall-serve.1").contains("ROLLCALL_PUBLIC_URL"), "{}", page("rollcall-serve.1"));
    for name in ["rollcall-import.1", "rollcall-imports-approve.1", "rollcall-config-manual.1", "rollcall-key-rotate.1"]
    {
        assert!(page(name).contains(".SH SYNOPSIS"), "{name}");
    }
    assert!(!world.data().join("rollcall.db").exists(), "nothing else was made");
}

/// Links never come from what a request says of itself, so beyond this machine the address has to be told.
#[test]
fn serving_other_machines_needs_the_public_address() {
    let world = World::on_sqlite();
    for command in ["serve", "demo"] {
        world.run(&[command, "--listen", "0.0.0.0:0"]).refuses(&["ROLLCALL_PUBLIC_URL", "127.0.0.1"]);
    }
    assert!(!world.data().join("rollcall.db").exists(), "something was begun");
}
