//! Bad input: exit status 2, the place and the remedy are named, and nothing changes.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::world::{CLIENT_SECRET, SetUp, World, both, path, person, ran};

both! {
    a_mistake_in_the_file_is_named_with_its_place,
    a_file_that_cannot_be_read_is_named,
    secrets_that_are_elsewhere_and_are_not_there,
    secrets_may_stand_in_the_environment_or_in_a_file,
    an_address_must_be_https_or_this_machine,
    credentials_that_do_not_work_are_not_kept,
    the_secret_is_nowhere_to_be_read,
    r05_another_key_is_told_apart_from_another_secret,
}

/// `rollcall … 2>&1 | head` may stop reading before the error is told.
#[test]
fn a_mistake_that_nobody_reads_of_keeps_its_status() {
    let world = World::on_sqlite();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let status = world.command(&["imports", "nosuch"]).stderr(writer).status().expect("ran");
    assert_eq!(status.code(), Some(2), "{status}");
}

/// What is wrong, and words that the message has to name.
type Mistake = (&'static str, Box<dyn Fn(SetUp) -> SetUp>, &'static [&'static str]);

fn mistake(what: &'static str, make: impl Fn(SetUp) -> SetUp + 'static, names: &'static [&'static str]) -> Mistake {
    (what, Box::new(make), names)
}

fn with(table: &'static str, key: &'static str, value: &'static str, names: &'static [&'static str]) -> Mistake {
    mistake(key, move |set_up| set_up.with(table, key, value), names)
}

fn mistakes() -> Vec<Mistake> {
    let eleven = |set_up: SetUp| {
        let letters = ('a'..='k').map(String::from);
        letters.fold(set_up, |set_up, name| set_up.custom(&format!("field_{name}"), &format!("dynamic_{name}")))
    };
    vec![
        with("integration", "wellcome_email", "false", &["wellcome_email", "unknown field"]),
        with("programme", "colour", "\"red\"", &["colour"]),
        with("guard", "leavers_procent", "10", &["leavers_procent"]),
        mistake("an eleventh custom field", eleven, &["[custom_fields]", "11 custom fields", "at most 10"]),
        mistake(
            "an attribute twice",
            |set_up| set_up.map("preferred_name", "first_name"),
            &["[mapping]", "“first_name”", "each attribute once"],
        ),
        mistake(
            "an attribute for a field and a custom field",
            |set_up| set_up.custom("dept", "department"),
            &["[custom_fields] dept", "“department”", "[mapping] department"],
        ),
        mistake("no e-mail", |set_up| set_up.without("mapping", "email"), &["[mapping] email", "email = \"email\""]),
        mistake(
            "no employee ID",
            |set_up| set_up.without("mapping", "employee_id"),
            &["[mapping] employee_id", "employee_id = \"id\""],
        ),
        mistake(
            "a field that is none",
            |set_up| set_up.map("shoe_size", "dynamic_1"),
            &["[mapping] shoe_size", "no such member field", "[custom_fields]"],
        ),
        with("mapping", "title", "\"\"", &["[mapping] title", "no attribute is named"]),
        with("mapping", "title", "7", &["title", "string"]),
        with("programme", "time_zone", "\"Mars/Olympus\"", &["[programme] time_zone", "Mars/Olympus", "Europe/Berlin"]),
        with("programme", "slug", "\"Acme Rewards\"", &["[programme] slug", "small letters"]),
        with("programme", "slug", "\"\"", &["[programme] slug"]),
        with("programme", "name", "\"  \"", &["[programme] name"]),
        with("integration", "owner", "\"nobody\"", &["[integration] owner", "nobody", "not an e-mail address"]),
        with("integration", "source", "\"workday\"", &["[integration] source", "workday", "personio"]),
        with("integration", "frequency", "\"sometimes\"", &["frequency", "sometimes", "daily"]),
        with("integration", "client_id", "\"\"", &["[integration] client_id", "empty"]),
        with("integration", "requests_per_minute", "-1", &["requests_per_minute"]),
        with("integration", "no_mailbox_domains", "[\"a@b.example\"]", &["no_mailbox_domains", "a@b.example"]),
        with("guard", "leavers_percent", "101", &["[guard] leavers_percent", "0 to 100"]),
        with("guard", "leavers_count", "\"many\"", &["leavers_count"]),
        mistake(
            "an empty segment",
            |set_up| set_up.segment("department", "include", &[]),
            &["[[segment]] number 1", "list of values"],
        ),
        mistake(
            "a segment with an empty value",
            |set_up| set_up.segment("a", "include", &["b"]).segment("department", "exclude", &["Sales", " "]),
            &["[[segment]] number 2", "empty"],
        ),
        mistake(
            "a segment about what is not shared",
            |set_up| set_up.segment("no_such_attribute", "include", &["b"]),
            &["[[segment]]", "“no_such_attribute”", "Readable employee attributes"],
        ),
        mistake(
            "an e-mail that is not shared",
            |set_up| set_up.map("email", "no_such_attribute"),
            &["[mapping]", "“no_such_attribute”", "the e-mail address"],
        ),
    ]
}

fn a_mistake_in_the_file_is_named_with_its_place(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace")]);
    let before = world.snapshot();
    for (what, make, names) in mistakes() {
        let ran = world.try_apply(&make(world.set_up()));
        assert_eq!(ran.code, 2, "{what}: {ran:#?}");
        ran.refuses(names);
        assert!(ran.out.is_empty(), "{what}: {ran:#?}");
    }
    for (text, names) in [
        ("this is no TOML", &["acme.toml", "line 1"][..]),
        ("[programme]\nslug = \"acme\"\n", &["acme.toml", "name"]),
        ("", &["acme.toml", "programme"]),
        (&format!("{}[programme]\nslug = \"x\"\n", world.set_up()), &["acme.toml", "programme"]),
    ] {
        world.try_apply_text(text).refuses(names);
    }
    assert_eq!(world.snapshot(), before);
    assert_eq!(world.import().quiet().unchanged, 1, "the set-up that works is still in effect");
}

fn a_file_that_cannot_be_read_is_named(world: &World) {
    let missing = world.file("nowhere.toml");
    world.run(&["integration", "apply", path(&missing)]).refuses(&["nowhere.toml", "cannot be read"]);
    world.run(&["integration", "apply", path(&world.data())]).refuses(&["cannot be read"]);
    fs::write(&missing, [0xff, 0xfe, 0x00]).expect("writable");
    world.run(&["integration", "apply", path(&missing)]).refuses(&["nowhere.toml"]);
    assert!(!world.data().join("rollcall.db").exists(), "nothing was made");
}

fn secrets_that_are_elsewhere_and_are_not_there(world: &World) {
    for (value, names) in [
        ("{ env = \"ROLLCALL_TEST_NO_SUCH\" }", &["client_secret", "ROLLCALL_TEST_NO_SUCH", "not set"]),
        ("{ file = \"no-such-file\" }", &["client_secret", "no-such-file", "cannot be read"]),
        ("{ url = \"x\" }", &["client_secret", "env", "file"]),
        ("\" \"", &["[integration] client_secret", "empty", "Personio"]),
    ] {
        world.try_apply(&world.set_up().with("integration", "client_secret", value)).refuses(names);
    }
    world.run(&["members", "acme"]).refuses(&["There is no programme"]);
}

fn secrets_may_stand_in_the_environment_or_in_a_file(world: &World) {
    world.hire(&person(1, "Ada", "Lovelace"));
    let file = world.file("acme.toml");
    let apply = |set_up: &SetUp| {
        fs::write(&file, set_up.to_string()).expect("writable");
        let mut command = world.command(&["integration", "apply", path(&file)]);
        ran(command.env("ROLLCALL_TEST_SECRET", CLIENT_SECRET)).exits(0);
    };
    apply(&world.set_up().with("integration", "client_secret", "{ env = \"ROLLCALL_TEST_SECRET\" }"));
    // Beside the set-up file, with the line end that editors add.
    fs::write(world.file("secret.txt"), format!("{CLIENT_SECRET}\n")).expect("writable");
    apply(&world.set_up().with("integration", "client_secret", "{ file = \"secret.txt\" }"));
    assert_eq!(world.import().completed().join, 1);
}

fn an_address_must_be_https_or_this_machine(world: &World) {
    let at = |address: &str| world.set_up().with("integration", "base_url", format!("{address:?}"));
    for address in [
        "http://personio.example/v1",
        "http://192.168.0.7/v1",
        "http://127.0.0.1.evil.example/v1",
        "http://localhost.evil.example/v1",
        "ftp://127.0.0.1/v1",
        "127.0.0.1/v1",
        "https://user:password@api.personio.example/v1",
        "",
    ] {
        let ran = world.try_apply(&at(address));
        assert_eq!(ran.code, 2, "{address}: {ran:#?}");
        assert!(ran.err.contains("[integration]"), "{address}: {ran:#?}");
    }
    let unlimited = at("https://api.personio.example/v1");
    world.try_apply(&unlimited).refuses(&["requests_per_minute"]);
    world.try_apply(&at("http://127.0.0.1:9/v1")).refuses(&["[integration]", "could not be reached"]);
    world.run(&["members", "acme"]).refuses(&["There is no programme"]);
}

/// A wrong secret, a secret without the right, and a place that is no Personio.
fn credentials_that_do_not_work_are_not_kept(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace")]);
    let wrong = world.set_up().with("integration", "client_secret", "\"wrong-secret-77\"");
    let ran = world.try_apply(&wrong);
    ran.refuses(&["[integration]", "refused the credentials", "Copy client id and secret again"]);
    assert!(!ran.err.contains("wrong-secret-77"), "{ran:#?}");
    let stranger = world.set_up().with("integration", "client_id", "\"somebody-else\"");
    world.try_apply(&stranger).refuses(&["refused the credentials"]);
    world.fault(sandbox::FaultKind::Html);
    world.add_fault(sandbox::Fault::new(sandbox::FaultKind::Html).on(sandbox::Endpoint::Any));
    world.try_apply(&world.set_up()).refuses(&["[integration]"]);
    world.no_faults();
    assert_eq!(world.import().quiet().unchanged, 1, "the credentials that work are still kept");
}

/// Not in the database, not in a log, not in a mail, not on any output.
fn the_secret_is_nowhere_to_be_read(world: &World) {
    world.hire(&person(1, "Ada", "Lovelace"));
    let file = world.file("acme.toml");
    fs::write(&file, world.set_up().to_string()).expect("writable");
    let mut printed = String::new();
    for arguments in [
        &["integration", "apply", path(&file)][..],
        &["import", "acme"],
        &["imports", "acme", "--json"],
        &["outbox", "acme", "--json"],
        &["doctor"],
    ] {
        let ran = ran(world.command(arguments).env("ROLLCALL_LOG", "trace"));
        printed.push_str(&ran.out);
        printed.push_str(&ran.err);
    }
    world.fault(sandbox::FaultKind::CredentialsRevoked);
    let ran = ran(world.command(&["import", "acme"]).env("ROLLCALL_LOG", "trace"));
    printed.push_str(&ran.err);
    world.serve_until(|world| world.outbox().iter().all(|mail| mail.state == "sent"));
    assert!(printed.len() > 1_000, "trace logs say something");
    assert!(!printed.contains(CLIENT_SECRET), "a log or an output holds the secret");
    let mut seen = 0;
    let mut places = vec![world.data()];
    while let Some(place) = places.pop() {
        for entry in fs::read_dir(&place).expect("readable").map(|entry| entry.expect("readable").path()) {
            if entry.is_dir() {
                places.push(entry);
                continue;
            }
            let bytes = fs::read(&entry).expect("readable");
            let holds = bytes.windows(CLIENT_SECRET.len()).any(|window| window == CLIENT_SECRET.as_bytes());
            assert!(!holds, "{} holds the secret", entry.display());
            seen += 1;
        }
    }
    assert!(seen >= 3, "the key and some mails are there");
    let key = fs::metadata(world.data().join("secret.key")).expect("there is a key");
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
}

/// The import fails and says what to do; with the right key all is well.
fn r05_another_key_is_told_apart_from_another_secret(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace")]);
    let with_key = |key: &str| ran(world.command(&["import", "acme", "--json"]).env("ROLLCALL_SECRET_KEY", key));
    let failed = with_key(&"ab".repeat(32)).exits(5);
    assert!(failed.json()["failure"].as_str().expect("said why").contains("another secret key"), "{failed:#?}");
    with_key("not a key").refuses(&["ROLLCALL_SECRET_KEY", "64 hexadecimal digits"]);
    assert!(world.mails("reconnect-needed").is_empty());
    let own = fs::read_to_string(world.data().join("secret.key")).expect("readable");
    with_key(&own).exits(0);
}
