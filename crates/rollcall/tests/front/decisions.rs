//! “Same person or someone else?” (R18): each of the five questions, answered both ways.

use sandbox::Change;

use crate::world::{BIRTH, Report, World, both, person};

both! {
    identity_changed_and_it_is_the_same_person,
    identity_changed_and_it_is_someone_else,
    email_taken_and_it_is_the_same_person,
    email_taken_and_it_is_someone_else,
    email_of_former_member_and_it_is_the_same_person,
    email_of_former_member_and_it_is_someone_else,
    possible_rehire_and_it_is_the_same_person,
    possible_rehire_and_it_is_someone_else,
    possible_duplicate_and_it_is_the_same_person,
    possible_duplicate_and_it_is_the_same_person_while_both_are_listed,
    possible_duplicate_and_it_is_someone_else,
    bringing_back_a_member_whose_address_has_gone_to_another,
    an_answer_must_name_somebody_and_answer_a_question,
}

/// Ada and ten others.
fn begin(world: &World, with_birth: bool) {
    world.hire(&ada());
    world.hire_crowd(10..=19);
    world.apply(&if with_birth { world.set_up().map_birth() } else { world.set_up() });
    world.import().completed();
}

fn ada() -> Change {
    person(1, "Ada", "Lovelace").and(BIRTH, "1980-12-10")
}

/// The question is asked, run after run, and nothing is done about it.
fn asks(world: &World, employee_id: &str, code: &str) {
    for _ in 0..2 {
        let report = world.import().completed();
        assert_eq!(world.codes(&report), [(employee_id.to_owned(), code.to_owned())]);
        assert_eq!((report.reject, report.join, report.rejoin), (1, 0, 0), "{report:#?}");
    }
    assert!(world.import().quiet().reject == 1, "the question does not go away by itself");
}

/// The next import does what was decided; the ones after have nothing to ask and nothing to do.
fn decide(world: &World, employee_id: &str, answer: &[&str]) -> Report {
    let before = world.snapshot();
    world.run(&[&["decide", "acme", employee_id], answer].concat()).exits(0);
    assert_eq!(world.snapshot(), before, "the answer waits for the next import");
    let report = world.import().completed();
    assert_eq!(report.reject, 0, "{report:#?} {:#?}", world.codes(&report));
    for _ in 0..2 {
        let quiet = world.import().quiet();
        assert_eq!((quiet.reject, quiet.warnings), (0, 0), "{:#?}", world.codes(&quiet));
    }
    report
}

fn welcomes_of(world: &World, employee_id: &str) -> usize {
    world.mails("welcome").iter().filter(|mail| mail.employee_id.as_deref() == Some(employee_id)).count()
}

/// R10: e-mail and both names differ at once under one employee ID.
fn become_another(world: &World) {
    begin(world, false);
    world.alter(1, &Change::set("first_name", "Bob").and("last_name", "Brown").and("email", "bob@acme.example"));
    asks(world, "1", "identity-changed");
    assert_eq!(world.member("1", "first_name"), "Ada");
}

fn identity_changed_and_it_is_the_same_person(world: &World) {
    become_another(world);
    let report = decide(world, "1", &["--same-as", "1"]);
    assert_eq!((report.update, report.join, report.leave), (1, 0, 0));
    assert_eq!((world.member("1", "first_name"), world.members().len()), ("Bob".into(), 11));
    assert_eq!(welcomes_of(world, "1"), 1);
}

fn identity_changed_and_it_is_someone_else(world: &World) {
    become_another(world);
    let report = decide(world, "1", &["--new"]);
    assert_eq!((report.join, report.leave), (1, 1), "{report:#?}");
    assert_eq!((world.member("1", "first_name"), world.member("1", "status")), ("Bob".into(), "invited".into()));
    let members = world.members();
    let former = &members["ada@acme.example"];
    assert_eq!((&former["first_name"][..], &former["status"][..], members.len()), ("Ada", "leaver", 12));
    assert_eq!(welcomes_of(world, "1"), 1, "the newcomer's own");
}

/// The account goes to the record that was answered for; the other one is asked about from now on.
fn email_taken_and_it_is_the_same_person(world: &World) {
    begin(world, false);
    world.hire(&person(2, "Ada", "Byron"));
    asks(world, "2", "email-taken");
    world.run(&["decide", "acme", "2", "--same-as", "1"]).exits(0);
    let report = world.import().completed();
    assert_eq!((report.update, report.join, report.leave, report.reject), (1, 0, 0, 1), "{report:#?}");
    assert_eq!((world.member("2", "last_name"), world.members().len()), ("Byron".into(), 11));
    asks(world, "1", "email-taken");
    world.delete([1]);
    assert_eq!(world.import().quiet().reject, 0);
    assert_eq!(welcomes_of(world, "2"), 1);
}

/// R13: while the member is there, the address is theirs; the question is another when they go.
fn email_taken_and_it_is_someone_else(world: &World) {
    begin(world, false);
    world.hire(&person(2, "Ada", "Byron"));
    asks(world, "2", "email-taken");
    world.run(&["decide", "acme", "2", "--new"]).refuses(&["cannot share an e-mail address", "HR system"]);
    asks(world, "2", "email-taken");
    world.dismiss([1]);
    assert_eq!(world.import().completed().leave, 1);
    asks(world, "2", "email-of-former-member");
    assert_eq!(decide(world, "2", &["--new"]).join, 1);
    assert_eq!((world.member("2", "last_name"), world.member("1", "email")), ("Byron".into(), String::new()));
}

fn come_back_without_birth(world: &World) {
    begin(world, false);
    world.dismiss([1]);
    world.change(1, "email", "ada@acme.example_1a2b3");
    world.hire(&ada().and("id", 2));
    world.import().completed();
    asks(world, "2", "email-of-former-member");
}

fn email_of_former_member_and_it_is_the_same_person(world: &World) {
    come_back_without_birth(world);
    let report = decide(world, "2", &["--same-as", "1"]);
    assert_eq!((report.rejoin, report.join), (1, 0));
    assert_eq!((world.member("2", "status"), world.members().len()), ("invited".into(), 11));
}

fn email_of_former_member_and_it_is_someone_else(world: &World) {
    come_back_without_birth(world);
    let report = decide(world, "2", &["--new"]);
    assert_eq!((report.rejoin, report.join), (0, 1));
    assert_eq!((world.member("2", "email"), world.member("1", "email")), ("ada@acme.example".into(), String::new()));
    assert_eq!((world.member("1", "status"), welcomes_of(world, "2")), ("leaver".into(), 1));
}

/// R15: the same names and day of birth under another address.
fn come_back_under_another_address(world: &World) {
    begin(world, true);
    world.dismiss([1]);
    world.import().completed();
    world.hire(&ada().and("id", 2).and("email", "ada.king@acme.example"));
    asks(world, "2", "possible-rehire");
}

fn possible_rehire_and_it_is_the_same_person(world: &World) {
    come_back_under_another_address(world);
    let report = decide(world, "2", &["--same-as", "1"]);
    assert_eq!((report.rejoin, report.join), (1, 0));
    assert_eq!(world.member("2", "email"), "ada.king@acme.example");
    assert_eq!((world.members().len(), welcomes_of(world, "2")), (11, 1));
}

fn possible_rehire_and_it_is_someone_else(world: &World) {
    come_back_under_another_address(world);
    let report = decide(world, "2", &["--new"]);
    assert_eq!((report.rejoin, report.join), (0, 1));
    assert_eq!((world.member("1", "status"), world.member("1", "email")), ("leaver".into(), "ada@acme.example".into()));
}

/// R15: two records, one human, perhaps.
fn be_listed_twice(world: &World) {
    begin(world, true);
    world.hire(&ada().and("id", 2).and("email", "ada.king@acme.example"));
    asks(world, "2", "possible-duplicate");
}

/// The account moves to the other employee ID; the old record is nobody's until it has gone.
fn possible_duplicate_and_it_is_the_same_person(world: &World) {
    be_listed_twice(world);
    world.delete([1]);
    world.run(&["decide", "acme", "2", "--same-as", "1"]).exits(0);
    let report = world.import().completed();
    assert_eq!((report.update, report.join, report.leave, report.reject), (1, 0, 0, 0), "{report:#?}");
    assert_eq!((world.member("2", "email"), world.members().len()), ("ada.king@acme.example".into(), 11));
    world.import().quiet();
}

/// Only one of the two records can be the account's, and nobody is doubled.
fn possible_duplicate_and_it_is_the_same_person_while_both_are_listed(world: &World) {
    be_listed_twice(world);
    world.run(&["decide", "acme", "2", "--same-as", "1"]).exits(0);
    let report = world.import().completed();
    assert_eq!((report.update, report.join, report.leave, report.reject), (1, 0, 0, 1), "{report:#?}");
    assert_eq!((world.member("2", "email"), world.members().len()), ("ada.king@acme.example".into(), 11));
    asks(world, "1", "possible-duplicate");
}

fn possible_duplicate_and_it_is_someone_else(world: &World) {
    be_listed_twice(world);
    let report = decide(world, "2", &["--new"]);
    assert_eq!((report.join, report.update), (1, 0));
    assert_eq!((world.member("1", "status"), welcomes_of(world, "2")), ("invited".into(), 1));
}

/// R13, R18, R55: the address stays whose it is now.
fn bringing_back_a_member_whose_address_has_gone_to_another(world: &World) {
    begin(world, false);
    world.dismiss([1]);
    let left = world.import().completed();
    world.hire(&person(2, "Ada", "Byron"));
    asks(world, "2", "email-of-former-member");
    decide(world, "2", &["--new"]);
    world.run(&["imports", "restore-leavers", &left.import]);
    for _ in 0..2 {
        world.import().completed();
        let addresses: Vec<String> = world.members().into_values().map(|member| member["email"].clone()).collect();
        let hers = addresses.iter().filter(|address| *address == "ada@acme.example").count();
        assert_eq!((hers, world.member("2", "email")), (1, "ada@acme.example".into()));
        let open = world.members().into_values().filter(|member| member["status"] != "leaver");
        let without = open.filter(|member| member["email"].is_empty()).count();
        assert_eq!(without, 0, "nobody can be a member without an address");
    }
}

fn an_answer_must_name_somebody_and_answer_a_question(world: &World) {
    come_back_under_another_address(world);
    world.run(&["decide", "acme", "2", "--same-as", "999"]).refuses(&["999"]);
    world.run(&["decide", "acme", "10", "--new"]).refuses(&["“10” waits for a decision", "newest import"]);
    world.run(&["decide", "acme", "10", "--same-as", "1"]).refuses(&["waits for a decision"]);
    world.run(&["decide", "acme", "2", "--new", "--same-as", "1"]).exits(2);
    assert_eq!(world.import().quiet().reject, 1);
}
