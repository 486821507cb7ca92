//! Incidents 21, 23 and 24: imports that hang, credentials that end, accounts of other origin.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use domain::{field::Field, ids::MemberId};
use sandbox::FaultKind;
use store::{Address, Store};
use uuid::Uuid;

use crate::world::{CLIENT_ID, CLIENT_SECRET, Killed, RUNTIME, World, both, person, side_by_side};

side_by_side! {
    incident_21_an_import_that_hangs_blocks_nobody,
}

both! {
    incident_23_refused_credentials_are_told_once_and_come_back_by_themselves,
    incident_24_accounts_of_other_origin_are_left_alone,
    r16_an_account_made_by_hand_is_linked_where_the_names_agree,
}

/// R6, R39, R54: a page is given up; and whoever died leaves a lease that runs out.
fn incident_21_an_import_that_hangs_blocks_nobody(world: &World) {
    world.hire_crowd(1..=150);
    world.apply(&world.set_up());
    world.fault(FaultKind::Hang { within: false });
    world.import().failed();
    world.no_faults();

    world.add_fault(sandbox::Fault::new(FaultKind::Hang { within: true }).page(2));
    let mut command = world.command(&["--page-patience", "600", "import", "acme"]);
    let mut hanging = Killed::spawn(command.stdout(Stdio::null()).stderr(Stdio::piped()));
    let errors = BufReader::new(hanging.0.stderr.take().expect("piped"));
    errors.lines().map_while(Result::ok).find(|line| line.starts_with("reading:")).expect("it reads the first page");
    drop(hanging);
    world.no_faults();
    let interrupted = world.history()[0].clone();
    assert_eq!(interrupted.1, "reading");
    let report = world.import().completed();
    assert_eq!((&report.import, report.join), (&interrupted.0, 150), "the interrupted import goes on");
    assert_eq!(world.history().len(), 2);
}

/// R5, R52: the owner is told once; imports are tried all the same; a good read clears it.
fn incident_23_refused_credentials_are_told_once_and_come_back_by_themselves(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace")]);
    let before = world.members();
    world.sandbox.rotate_secret(CLIENT_ID, "another-secret").expect("the company is there");
    for _ in 0..3 {
        let report = world.import().failed();
        assert!(report.failure.expect("said why").contains("refused the credentials"));
        assert_eq!(world.members(), before);
    }
    let told = world.mails("reconnect-needed");
    assert_eq!((told.len(), told[0].recipient.as_deref()), (1, Some("hr@acme.example")));
    assert!(world.mails("import-failed").is_empty());

    let set_up = world.set_up();
    world.apply(&set_up.clone().with("integration", "client_secret", "\"another-secret\""));
    world.import().quiet();

    world.sandbox.rotate_secret(CLIENT_ID, "a-third-secret").expect("the company is there");
    world.import().failed();
    assert_eq!(world.mails("reconnect-needed").len(), 2, "another refusal is told again");
    world.sandbox.rotate_secret(CLIENT_ID, "another-secret").expect("the company is there");
    world.import().quiet();
    world.sandbox.rotate_secret(CLIENT_ID, CLIENT_SECRET).expect("the company is there");
    world.import().failed();
    assert_eq!(world.mails("reconnect-needed").len(), 3, "a good read has cleared the second");
}

/// An account that no HR system looks after.
fn add_by_hand(world: &World, number: u128, first: &str, last: &str, email: &str) {
    let address = match world.database() {
        Some(url) => Address::Server(url.to_owned()),
        None => Address::File(world.data().join("rollcall.db")),
    };
    RUNTIME.block_on(async {
        let store = Store::open(&address).await.expect("the database opens");
        let programme = store.programme("acme").await.expect("readable").expect("set up");
        let fields = [(Field::Email, email), (Field::FirstName, first), (Field::LastName, last)];
        let fields = fields.into_iter().map(|(field, value)| (field, value.to_owned())).collect();
        let id = MemberId(Uuid::from_u128(number));
        store.add_member(programme.number(), id, &fields, 0).await.expect("the address is free");
    });
}

/// R16, R22: whoever is not the source's does not leave because the source does not name them.
fn incident_24_accounts_of_other_origin_are_left_alone(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace")]);
    add_by_hand(world, 7, "Guest", "Of Honour", "guest@elsewhere.example");
    let before = world.members();
    world.hire(&person(2, "Grace", "Hopper"));
    let report = world.import().completed();
    assert_eq!((report.join, report.leave, report.update), (1, 0, 0));
    assert_eq!(world.members()["guest@elsewhere.example"], before["guest@elsewhere.example"]);
    world.import().quiet();
}

/// R16, R17, R33: silently, and only where the names agree; else it waits for a decision.
fn r16_an_account_made_by_hand_is_linked_where_the_names_agree(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace")]);
    add_by_hand(world, 7, "grace", "hopper", "grace@acme.example");
    add_by_hand(world, 8, "Somebody", "Else", "alan@acme.example");
    world.hire(&person(2, "Grace", "Hopper"));
    world.hire(&person(3, "Alan", "Turing"));
    let report = world.import().completed();
    assert_eq!((report.update, report.join, report.reject, report.unchanged), (1, 0, 1, 1), "{report:#?}");
    assert_eq!(world.codes(&report), [("3".to_owned(), "email-taken".to_owned())]);
    assert_eq!((world.member("2", "first_name"), world.member("2", "status")), ("Grace".into(), "not-invited".into()));
    assert_eq!(world.mails("welcome").len(), 1, "linking invites nobody");

    world.run(&["decide", "acme", "3", "--same-as", "alan@acme.example"]).exits(0);
    let report = world.import().completed();
    assert_eq!((report.update, report.reject), (1, 0), "{report:#?}");
    assert_eq!((world.member("3", "first_name"), world.members().len()), ("Alan".into(), 3));
    world.import().quiet();
}
