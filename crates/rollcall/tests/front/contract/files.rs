//! Members, mails and problems, as files for spreadsheets and scripts.

use sandbox::{Change, Custom, Kind};

use crate::world::{BIRTH, World, both, person};

both! {
    members_are_a_file_with_promised_columns,
    r53_problems_are_a_file_with_all_that_is_wrong,
    r53_no_cell_of_a_file_is_a_formula,
    a_reader_may_stop_early,
    r35_every_kind_of_value_arrives_in_its_form,
}

const FIRST: &[&str] = &["employee_id", "email", "first_name", "last_name", "status"];

fn members_are_a_file_with_promised_columns(world: &World) {
    let set_up = world.set_up().custom("cost_centre", "dynamic_1830004").custom("shirt", "dynamic_1830003");
    world.apply(&set_up);
    let nobody = world.run(&["members", "acme"]).exits(0).out;
    let heading: Vec<&str> = nobody.trim_end().split(',').collect();
    assert_eq!(&heading[..5], FIRST);
    assert_eq!(&heading[heading.len() - 2..], ["cost_centre", "shirt"]);
    let standard = ["preferred_name", "date_of_birth", "contract_start_date", "department", "personal_email"];
    assert!(standard.iter().all(|column| heading.contains(column)), "{heading:?}");

    // A comma is a letter of a name (R35); to a file it is an end of a cell.
    let ada = person(1, "Ada, First", "Łovelace").and("email", "ada@acme.example");
    let ada = ada.and("department", "Sales, EMEA").and("dynamic_1830004", "0420");
    world.hire(&ada);
    world.import().completed();
    let member = world.members().remove("1").expect("Ada is a member");
    let expected = [
        ("email", "ada@acme.example"),
        ("first_name", "Ada, First"),
        ("last_name", "Łovelace"),
        ("status", "invited"),
        ("department", "Sales, EMEA"),
        ("contract_start_date", "2020-07-01"),
        ("cost_centre", "0420"),
        ("shirt", ""),
    ];
    for (column, value) in expected {
        assert_eq!(member[column], value, "{column}");
    }
}

/// R35, R53: every problem of a person, the name as the source has it, and what to do.
fn r53_problems_are_a_file_with_all_that_is_wrong(world: &World) {
    let bad =
        person(1, "R2D2", "Unit").and("email", "nonsense").and("hire_date", "").and("department", "x".repeat(101));
    world.hire(&bad.and(BIRTH, "1850-01-01"));
    world.hire(&person(2, "Ada", "Lovelace").and("department", "y".repeat(101)));
    world.apply(&world.set_up().map_birth());
    let report = world.import().completed();
    assert_eq!((report.reject, report.join, report.errors), (1, 1, 1), "{report:#?}");
    let one = |code: &str| ("1".to_owned(), code.to_owned());
    let mut expected =
        vec![one("characters-not-allowed"), one("date-out-of-range"), one("email-invalid"), one("too-long")];
    expected.push(("2".to_owned(), "too-long".to_owned()));
    assert_eq!(world.codes(&report), expected);
    let problems = world.problems(&report);
    let email = problems.iter().find(|problem| problem.code() == "email-invalid").expect("listed");
    let cells = ["name", "severity", "field", "value"].map(|column| email.get(column));
    assert_eq!(cells, ["R2D2 Unit", "error", "email", "nonsense"]);
    assert!(problems.iter().all(|problem| !problem.get("problem").is_empty()));
    assert!(problems.iter().all(|problem| !problem.get("how_to_put_it_right").is_empty()));

    let only =
        |severity: &str| world.run(&["imports", "problems", &report.import, "--severity", severity]).exits(0).out;
    assert_eq!((only("error").lines().count(), only("warning").lines().count()), (2, 5));
    // A bad optional value takes nothing away, and is told again as long as it is there (R35).
    world.change(2, "department", "Sales");
    world.import().completed();
    world.change(2, "department", "z".repeat(101));
    for _ in 0..2 {
        assert_eq!(world.import().quiet().warnings, 4);
        assert_eq!(world.member("2", "department"), "Sales");
    }
}

/// R53
fn r53_no_cell_of_a_file_is_a_formula(world: &World) {
    let evil = "=HYPERLINK(\"http://evil.example\")";
    let ada = person(1, "Ada", "Lovelace").and("department", evil).and("office", "@SUM(A1)");
    world.hire(&ada.and("dynamic_1830011", "+49 (30) 123-45").and("dynamic_1830004", "-2+3"));
    world.hire(&person(2, "=1+1", "Eve").and("email", "+1@acme.example"));
    let set_up = world.set_up().map("location", "office").map("phone", "dynamic_1830011");
    world.apply(&set_up.custom("cost_centre", "dynamic_1830004"));
    let report = world.import().completed();
    let member = world.members().remove("1").expect("Ada is a member");
    assert_eq!(member["department"], format!("'{evil}"));
    assert_eq!((&member["location"][..], &member["cost_centre"][..]), ("'@SUM(A1)", "'-2+3"));
    assert_eq!(member["phone"], "+49 (30) 123-45", "a telephone number is no formula");
    let problems = world.problems(&report);
    assert!(problems.iter().any(|problem| problem.get("value").starts_with("'=1+1")), "{problems:#?}");
    for problem in problems {
        assert!(problem.0.values().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{problem:#?}");
    }
}

fn a_reader_may_stop_early(world: &World) {
    world.hire_crowd(1..=400);
    world.apply(&world.set_up());
    let first = world.import().completed();
    for arguments in [vec!["members", "acme"], vec!["outbox", "acme"], vec!["imports", "show", &first.import]] {
        let mut command = world.command(&arguments);
        let mut child = command.stdout(std::process::Stdio::piped()).spawn().expect("the program runs");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("it ends").code(), Some(0), "{arguments:?}");
    }
}

/// R7, R35: dates, numbers, lists, tags and objects.
fn r35_every_kind_of_value_arrives_in_its_form(world: &World) {
    let kinds = [("days", Kind::Integer), ("share", Kind::Decimal), ("since", Kind::Date), ("tags", Kind::Tags)];
    world.company(|company| {
        for (key, kind) in kinds {
            company.define(key, Custom { label: key.to_uppercase(), kind, ..Custom::default() });
        }
    });
    let ada = person(1, "Ada", "Lovelace").and("days", 30).and("share", "1.50").and("office", "Wien");
    let raw = Change { raw: [("since".to_owned(), "2021-02-28T00:00:00+01:00".into())].into(), ..Change::default() };
    world.hire(&ada.and("tags", "Rust,First aid"));
    world.alter(1, &raw);
    let fields = ["days", "share", "since", "tags"];
    let set_up = fields.iter().fold(world.set_up().map("location", "office"), |set_up, key| set_up.custom(key, key));
    world.apply(&set_up);
    let report = world.import().completed();
    assert_eq!(report.warnings, 0, "{:#?}", world.problems(&report));
    let member = world.members().remove("1").expect("Ada is a member");
    assert_eq!([&member["days"][..], &member["since"], &member["location"]], ["30", "2021-02-28", "Wien"]);
    assert!(member["share"].starts_with("1.5"), "{member:?}");
    assert!(member["tags"].contains("Rust") && member["tags"].contains("First aid"), "{member:?}");
}
