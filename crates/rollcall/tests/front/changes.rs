//! What an import does to members, and what it leaves alone (R11, R12, R21, R31–R36).

use sandbox::{Change, Mutation};

use crate::world::{CLIENT_ID, World, both, person};

both! {
    r11_a_member_whose_address_changes_is_told_of_and_keeps_the_account,
    r12_a_swap_ends_as_the_source_says,
    r12_a_ring_of_three_ends_as_the_source_says,
    r12_an_address_handed_on_is_listed,
    r21_a_segment_narrows_and_widens,
    r21_values_that_are_empty_or_not_shared,
    r31_nothing_new_means_nothing_done,
    r31_a_month_passes_and_the_rest_is_left_alone,
    r32_a_made_up_address_gets_no_mail,
    r34_not_shared_is_not_empty,
    r36_one_bad_person_never_stops_the_others,
}

fn email(world: &World, id: &str) -> String {
    world.member(id, "email")
}

fn r11_a_member_whose_address_changes_is_told_of_and_keeps_the_account(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace")]);
    world.serve_until(|world| world.mails("welcome")[0].state == "sent");
    let delivered = world.delivered().len();
    world.change(1, "email", "ADA@acme.example");
    let report = world.import().completed();
    assert_eq!((report.update, report.warnings), (1, 0), "case does not make another address: {report:#?}");
    world.change(1, "email", "ada.king@acme.example");
    let report = world.import().completed();
    assert_eq!(world.codes(&report), [("1".to_owned(), "invitation-address-changed".to_owned())]);
    assert_eq!(world.mails("welcome").len(), 1);
    world.serve_until(|world| world.outbox().iter().all(|mail| mail.state != "pending"));
    let new = world.delivered().into_iter().filter(|text| text.contains("ada.king@")).count();
    assert_eq!((new, world.delivered().len()), (0, delivered + 2), "two summaries, and nothing to Ada");
}

fn r12_a_swap_ends_as_the_source_says(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace"), person(2, "Bea", "Brown"), person(3, "Cid", "Clark")]);
    world.mutate(&Mutation::PassEmails { ids: vec![1, 2] });
    let report = world.import().completed();
    assert_eq!((report.update, report.unchanged, report.reject), (2, 1, 0));
    assert_eq!([email(world, "1"), email(world, "2")], ["bea@acme.example", "ada@acme.example"]);
    let moved = world.codes(&report).into_iter().filter(|(_, code)| code == "email-moved").count();
    assert_eq!(moved, 2);
    world.import().quiet();
}

fn r12_a_ring_of_three_ends_as_the_source_says(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace"), person(2, "Bea", "Brown"), person(3, "Cid", "Clark")]);
    world.mutate(&Mutation::PassEmails { ids: vec![3, 1, 2] });
    assert_eq!(world.import().completed().update, 3);
    assert_eq!(
        ["1", "2", "3"].map(|id| email(world, id)),
        ["bea@acme.example", "cid@acme.example", "ada@acme.example"]
    );
    world.mutate(&Mutation::PassEmails { ids: vec![1, 2, 3] });
    world.mutate(&Mutation::Reverse);
    assert_eq!(world.import().completed().update, 3);
    world.import().quiet();
    assert_eq!(world.mails("welcome").len(), 3);
}

/// A gives hers to B, and B's goes to a newcomer; where one link breaks, the chain behind it holds.
fn r12_an_address_handed_on_is_listed(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace"), person(2, "Bea", "Brown")]);
    world.change(1, "email", "lovelace@acme.example");
    world.change(2, "email", "ada@acme.example");
    world.hire(&person(3, "Cid", "Clark").and("email", "bea@acme.example"));
    let report = world.import().completed();
    assert_eq!((report.update, report.join), (2, 1), "{report:#?}");
    assert_eq!(
        ["1", "2", "3"].map(|id| email(world, id)),
        ["lovelace@acme.example", "ada@acme.example", "bea@acme.example"]
    );

    world.change(1, "email", "no address at all");
    world.change(2, "email", "lovelace@acme.example");
    world.change(3, "email", "ada@acme.example");
    for _ in 0..2 {
        let report = world.import().quiet();
        let all = [("1", "email-invalid"), ("2", "email-taken"), ("3", "email-taken")];
        assert_eq!(world.codes(&report), all.map(|(id, code)| (id.to_owned(), code.to_owned())));
    }
    world.change(1, "email", "a.lovelace@acme.example");
    assert_eq!(world.import().completed().update, 3);
    assert_eq!(email(world, "3"), "ada@acme.example");
}

fn r21_a_segment_narrows_and_widens(world: &World) {
    for (id, department) in (1..).zip(["Sales", " SALES ", "Sales, EMEA", "Legal", "Legal"]) {
        let name = format!("Dept {}", crate::world::letters(id));
        world.hire(&person(id, &name, "Person").and("department", department));
    }
    let set_up = world.set_up().segment("department", "include", &["sales", "Sales, EMEA"]);
    world.apply(&set_up);
    let report = world.import().completed();
    assert_eq!((report.join, report.not_eligible), (3, 2));
    world.apply(&set_up.segment("department", "exclude", &["sales, emea"]));
    let report = world.import().completed();
    assert_eq!((report.leave, report.unchanged, report.not_eligible), (1, 2, 2), "{report:#?}");
    assert_eq!(world.member("3", "status"), "leaver");
    world.apply(&world.set_up());
    let report = world.import().completed();
    assert_eq!((report.rejoin, report.join, report.unchanged), (1, 2, 2));
    world.import().quiet();
}

fn r21_values_that_are_empty_or_not_shared(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace"), person(2, "Bea", "Brown"), person(3, "Cid", "Clark")]);
    world.change(1, "employment_type", "");
    world.alter(2, &Change::absent("employment_type"));
    world.apply(&world.set_up().segment("employment_type", "exclude", &["external"]));
    let report = world.import().quiet();
    assert_eq!((report.reject, report.warnings), (1, 1));
    let codes = [("1", "segment-value-empty"), ("2", "segment-not-shared")];
    assert_eq!(world.codes(&report), codes.map(|(id, code)| (id.to_owned(), code.to_owned())));
    world.apply(&world.set_up().segment("employment_type", "include", &["internal"]));
    let report = world.import().completed();
    assert_eq!((report.reject, report.leave), (1, 1), "{report:#?}");
    assert_eq!((world.member("1", "status"), world.member("2", "status")), ("leaver".into(), "invited".into()));
}

fn r31_nothing_new_means_nothing_done(world: &World) {
    world.put_company(sandbox::Company::generate(3, 120, crate::world::TODAY));
    world.apply(&world.set_up().map_birth().segment("employment_type", "include", &["internal"]));
    let first = world.import().completed();
    let members = world.snapshot().0;
    for _ in 0..2 {
        let report = world.import().quiet();
        assert_eq!(report.unchanged, first.join, "{report:#?}");
        assert_eq!((report.read, report.not_eligible), (first.read, first.not_eligible));
        assert!(world.changes(&report).is_empty());
        assert_eq!(world.snapshot().0, members);
    }
    world.mutate(&Mutation::Reverse);
    assert!(world.changes(&world.import().quiet()).is_empty(), "people's order does not matter");
    let about_people = world.outbox().into_iter().filter(|mail| mail.employee_id.is_some()).count() as u64;
    assert_eq!(about_people, first.join);
}

/// R23, R33: a believable company lives on; every figure has its people.
fn r31_a_month_passes_and_the_rest_is_left_alone(world: &World) {
    world.put_company(sandbox::Company::generate(5, 150, crate::world::TODAY));
    world.apply(&world.set_up().map_birth());
    let first = world.import().completed();
    assert!(first.join > 100 && first.not_eligible > 0 && first.starts_later > 0, "{first:#?}");
    for _ in 0..2 {
        world.company(sandbox::Company::month_passes);
        let before = world.members();
        let report = world.import();
        assert!(report.join > 0 && report.update + report.unchanged > 100, "{report:#?}");
        let after = world.members();
        let touched = |id: &str| world.changes(&report).iter().any(|change| change["employee_id"] == *id);
        let others = before.iter().filter(|(id, _)| !touched(id)).take(25);
        others.for_each(|(id, row)| assert_eq!(after.get(id), Some(row)));
        world.import();
    }
}

/// R32: the private address instead, or a letter; mail goes to nobody's made-up address.
fn r32_a_made_up_address_gets_no_mail(world: &World) {
    let made_up =
        |id, first: &str| person(id, first, "Deskless").and("email", format!("{first}@no-mailbox.acme.example"));
    let private = "dynamic_1830001";
    world.hire(&made_up(1, "ada").and(private, "ada@home.example"));
    world.hire(&made_up(2, "bea"));
    world.hire(&made_up(3, "cid").and(private, "cid@NO-mailbox.acme.example"));
    world.hire(&person(4, "Dan", "Desk").and(private, "dan@home.example"));
    let domains = "[\"no-mailbox.acme.example\"]";
    world.apply(&world.set_up().map("personal_email", private).with("integration", "no_mailbox_domains", domains));
    assert_eq!(world.import().completed().join, 4);
    let mut welcomes: Vec<_> = world.mails("welcome");
    welcomes.sort_by_key(|mail| mail.employee_id.clone());
    let told: Vec<_> = welcomes.iter().map(|mail| (mail.recipient.as_deref(), mail.state.as_str())).collect();
    let expected = [
        (Some("ada@home.example"), "pending"),
        (None, "to-print"),
        (None, "to-print"),
        (Some("dan@acme.example"), "pending"),
    ];
    assert_eq!(told, expected);
    world.serve_until(|world| world.outbox().iter().all(|mail| mail.state != "pending"));
    assert!(world.delivered().iter().all(|text| !text.to_lowercase().contains("@no-mailbox")));
}

fn r34_not_shared_is_not_empty(world: &World) {
    world.hire(&person(1, "Ada", "Lovelace").and("department", "Sales"));
    world.hire(&person(2, "Bea", "Brown").and("department", "Legal"));
    world.apply(&world.set_up());
    world.import().completed();
    world.alter(1, &Change::absent("department"));
    world.change(2, "department", "");
    let report = world.import().completed();
    assert_eq!((report.update, report.unchanged), (1, 1));
    assert_eq!((world.member("1", "department"), world.member("2", "department")), ("Sales".into(), String::new()));
    // A whole attribute that is withdrawn keeps everybody's value, too.
    world.change(2, "department", "Legal");
    world.import().completed();
    let rest = ["id", "email", "status", "first_name", "last_name", "hire_date"];
    world.sandbox.set_readable(CLIENT_ID, Some(rest)).expect("the company is there");
    world.import().quiet();
    assert_eq!(world.member("2", "department"), "Legal");
    world.sandbox.set_readable(CLIENT_ID, None::<[&str; 0]>).expect("the company is there");
    // Empty is an error where a value must be, and the member stays as they are (R35).
    world.change(2, "email", "");
    let report = world.import().quiet();
    assert_eq!(world.codes(&report), [("2".to_owned(), "email-missing".to_owned())]);
    assert_eq!(email(world, "2"), "bea@acme.example");
}

fn r36_one_bad_person_never_stops_the_others(world: &World) {
    world.hire_crowd(1..=12);
    let bad = [
        Change::set("email", "nonsense"),
        Change::set("email", ""),
        Change::set("status", "sabbatical"),
        Change::set("status", ""),
        Change::set("email", "a<b>@acme.example"),
        Change::set("id", ""),
    ];
    let codes = ["email-invalid", "email-missing", "status-unknown", "status-unknown", "email-invalid"];
    (1..).zip(&bad).for_each(|(id, change)| world.alter(id, change));
    world.apply(&world.set_up());
    let report = world.import().completed();
    assert_eq!((report.join, report.reject, report.errors), (6, 6, 6), "{report:#?}");
    let mut expected: Vec<_> = (1..).zip(codes).map(|(id, code): (i64, _)| (id.to_string(), code.to_owned())).collect();
    expected.insert(0, (String::new(), "employee-id-missing".to_owned()));
    assert_eq!(world.codes(&report), expected);
}
