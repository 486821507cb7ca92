//! Reading the source: what an import asks for, and what it makes of strange answers (R1–R8, R22).

use std::collections::BTreeSet;

use sandbox::{Change, Fault, FaultKind, Shift};

use crate::world::{CLIENT_ID, World, both, person};

both! {
    r02_people_who_move_while_they_are_read_leave_nobody_behind,
    r02_a_total_that_never_settles_keeps_everybody,
    r02_whoever_slips_between_two_pages_is_looked_for_again,
    r03_one_person_twice_is_one_person,
    r03_two_records_with_one_id_are_nobodys,
    r04_nothing_is_asked_for_that_is_not_needed,
    r05_a_token_that_ends_is_replaced,
    r06_a_source_that_recovers_is_read_to_the_end,
    r08_without_the_status_nobody_is_judged,
    r08_a_withdrawn_status_is_named_when_it_is_set_up,
    r22_whoever_is_gone_leaves,
    r22_a_programme_may_keep_whoever_is_gone,
}

/// Two pages of members.
fn begin(world: &World) {
    world.hire_crowd(1..=150);
    world.apply(&world.set_up());
    world.import().completed();
}

fn unsettled() -> [(String, String); 1] {
    [(String::new(), "read-unsettled".to_owned())]
}

/// Joins and updates go on, nobody leaves for being absent, and the import says so.
fn r02_people_who_move_while_they_are_read_leave_nobody_behind(world: &World) {
    begin(world);
    world.delete([60]);
    world.change(70, "last_name", "Newname");
    world.dismiss([80]);
    world.hire_crowd([200]);
    world.fault(FaultKind::Shift { after: 1, how: Shift::InsertFront, same_total: false });
    let report = world.import().completed();
    assert_eq!((report.update, report.leave), (1, 1), "the status tells of one leaver: {report:#?}");
    assert!(report.join >= 1 && report.warnings == 1, "{report:#?}");
    assert_eq!(world.codes(&report), unsettled());
    assert_eq!(world.member("60", "status"), "invited");
    assert_eq!(world.member("200", "status"), "invited");
    world.no_faults();
    let report = world.import().completed();
    assert_eq!(report.warnings, 0);
    assert_eq!(world.member("60", "status"), "leaver");
}

fn r02_a_total_that_never_settles_keeps_everybody(world: &World) {
    begin(world);
    world.delete([60]);
    world.fault(FaultKind::TotalMoves { by: 1 });
    let report = world.import();
    // Where the total grows beyond what is given, the read has ended early (R1).
    assert!(report.state == "failed" || world.codes(&report) == unsettled(), "{report:#?}");
    assert_eq!(world.member("60", "status"), "invited");
    world.no_faults();
    world.add_fault(Fault::new(FaultKind::TotalMoves { by: -1 }).reads(1));
    let report = world.import().completed();
    assert_eq!((report.leave, report.warnings), (1, 0), "the second read was a settled one");
}

/// The total stays the same, and one person is on no page: the second whole read finds them.
fn r02_whoever_slips_between_two_pages_is_looked_for_again(world: &World) {
    begin(world);
    world.sandbox.clear_log();
    world.add_fault(Fault::new(FaultKind::Shift { after: 1, how: Shift::DeleteFront, same_total: true }).reads(1));
    let report = world.import().completed();
    assert_eq!((report.leave, report.read), (0, 150));
    assert!((1..=150).all(|id: i32| world.states().contains(&(id.to_string(), "invited".to_owned()))));
    let asked = |request: &sandbox::Request| request.parameter("attributes[]").collect::<Vec<_>>().join(",");
    assert!(world.sandbox.log().iter().any(|request| asked(request) == "id"), "the IDs alone were read once more");
}

fn r03_one_person_twice_is_one_person(world: &World) {
    world.hire_crowd(1..=12);
    world.fault(FaultKind::Twice { differing: false });
    world.apply(&world.set_up());
    let report = world.import().completed();
    assert_eq!((report.read, report.join, report.reject), (12, 12, 0));
    // On two pages, too, where it might have been people who moved.
    world.hire_crowd(13..=120);
    world.apply(&world.set_up().guard("joiners_percent", 2_000));
    assert_eq!(world.import().completed().join, 108);
    world.delete([7]);
    let report = world.import().completed();
    assert_eq!((report.read, report.leave, report.unchanged, report.warnings), (119, 1, 119, 0), "{report:#?}");
}

/// Rejected, and the member stays untouched, whatever the two records say.
fn r03_two_records_with_one_id_are_nobodys(world: &World) {
    world.hire_crowd(1..=12);
    world.apply(&world.set_up());
    world.import().completed();
    let before = world.members();
    world.company(|company| {
        let twin = Change { like: Some(5), ..Change::set("last_name", "Other").and("status", "inactive") };
        company.append(&twin)
    });
    world.change(5, "last_name", "Another");
    for _ in 0..2 {
        let report = world.import().quiet();
        assert_eq!((report.reject, report.read, report.unchanged), (1, 12, 11));
        assert_eq!(world.codes(&report), [("5".to_owned(), "employee-id-duplicate".to_owned())]);
        assert_eq!(world.members(), before);
    }
}

fn r04_nothing_is_asked_for_that_is_not_needed(world: &World) {
    let segment = world.set_up().segment("employment_type", "include", &["internal"]);
    world.hire_crowd(1..=12);
    world.apply(&segment);
    world.sandbox.clear_log();
    world.import().completed();
    let lists = world.sandbox.log().into_iter().filter(|request| request.path.ends_with("/employees"));
    let lists: Vec<_> = lists.collect();
    assert_eq!(lists.len(), 1, "one page is read once");
    let asked: BTreeSet<&str> = lists[0].parameter("attributes[]").collect();
    let needed = ["id", "status", "email", "first_name", "last_name", "department", "hire_date", "employment_type"];
    assert_eq!(asked, needed.into());
    for request in world.sandbox.log() {
        assert_ne!(request.credentials_in.as_deref(), Some("query"), "{request:?}");
        assert!(request.headers.contains_key("x-personio-app-id"), "{request:?}");
    }
}

fn r05_a_token_that_ends_is_replaced(world: &World) {
    begin(world);
    world.add_fault(Fault::new(FaultKind::TokenRefused).page(2).times(1));
    assert_eq!(world.import().quiet().unchanged, 150);
    world.sandbox.expire_tokens(CLIENT_ID).expect("the company is there");
    assert_eq!(world.import().quiet().unchanged, 150);
}

fn r06_a_source_that_recovers_is_read_to_the_end(world: &World) {
    begin(world);
    for status in [429, 500, 503] {
        world.add_fault(Fault::new(FaultKind::Status { status, retry_after: Some(0) }).page(2).times(1));
        let report = world.import_with(&["--page-patience", "60"]).quiet();
        assert_eq!(report.unchanged, 150, "{status}");
    }
}

/// Failed, nothing changed; and a plan that was on hold can still be applied, but not one read anew.
fn r08_without_the_status_nobody_is_judged(world: &World) {
    begin(world);
    let before = world.members();
    let all = ["id", "email", "first_name", "last_name", "department", "hire_date"];
    world.sandbox.set_readable(CLIENT_ID, Some(all)).expect("the company is there");
    let report = world.import().failed();
    let failure = report.failure.expect("said why");
    assert!(failure.contains("“status”") && failure.contains("Allow it"), "{failure}");
    assert_eq!(world.show(&report.import)["failure_code"], "attribute-not-shared");
    assert_eq!(world.members(), before);
    let no_email = ["id", "status", "first_name", "last_name", "department", "hire_date"];
    world.sandbox.set_readable(CLIENT_ID, Some(no_email)).expect("the company is there");
    assert!(world.import().failed().failure.expect("said why").contains("“email”"));
    world.sandbox.set_readable(CLIENT_ID, None::<[&str; 0]>).expect("the company is there");
    world.import().quiet();
}

fn r08_a_withdrawn_status_is_named_when_it_is_set_up(world: &World) {
    world.sandbox.set_readable(CLIENT_ID, Some(["id", "email", "first_name"])).expect("the company is there");
    world.try_apply(&world.set_up()).refuses(&["“status”", "the status", "Readable employee attributes"]);
    let all = ["id", "email", "status", "first_name", "last_name", "department", "hire_date"];
    world.sandbox.set_readable(CLIENT_ID, Some(all)).expect("the company is there");
    let segment = world.set_up().segment("employment_type", "include", &["internal"]);
    world.try_apply(&segment).refuses(&["[[segment]]", "“employment_type”"]);
    assert_eq!(world.run(&["imports", "acme"]).code, 2, "nothing was set up");
    world.apply(&world.set_up());
}

fn r22_whoever_is_gone_leaves(world: &World) {
    begin(world);
    world.delete([5, 6]);
    let report = world.import().completed();
    assert_eq!((report.read, report.leave, report.unchanged), (148, 2, 148));
    let reasons: Vec<_> = world.changes(&report).into_iter().map(|mut change| change["reason"].take()).collect();
    assert_eq!(reasons, ["absent", "absent"]);
    world.import().quiet();
    world.hire_crowd([5]);
    let report = world.import().completed();
    assert_eq!((report.rejoin, report.join), (1, 0));
}

fn r22_a_programme_may_keep_whoever_is_gone(world: &World) {
    world.hire_crowd(1..=12);
    world.apply(&world.set_up().with("integration", "absent", "\"keep\""));
    world.import().completed();
    world.delete([5]);
    world.dismiss([6]);
    assert_eq!(world.import().completed().leave, 1);
    assert_eq!((world.member("5", "status"), world.member("6", "status")), ("invited".into(), "leaver".into()));
    world.import().quiet();
    world.delete([6]);
    world.import().quiet();
    world.apply(&world.set_up());
    assert_eq!(world.import().completed().leave, 1);
    assert_eq!(world.member("5", "status"), "leaver");
    let person = person(5, "Crowd f", "Member f");
    world.hire(&person);
    assert_eq!(world.import().completed().rejoin, 1);
}
