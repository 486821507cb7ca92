use super::*;

fn rules() -> Rules {
    let from = |key: &str, kind| MappedAttribute { key: key.into(), kind };
    Rules {
        employee_id: "id".into(),
        status: "status".into(),
        mapping: BTreeMap::from([
            (Field::Email, from("email", AttributeType::Text)),
            (Field::Phone, from("phone", AttributeType::Text)),
            (Field::Department, from("team", AttributeType::List)),
            (Field::custom("level"), from("level", AttributeType::Integer)),
        ]),
        segment: vec![SegmentRow {
            attribute: "team".into(),
            rule: eligibility::Rule::Include,
            values: vec!["a".into()],
        }],
        early_days: None,
        absent: Absent::Leave,
        welcome_email: true,
        no_mailbox_domains: Vec::new(),
        guard: Thresholds::default(),
    }
}

const TODAY: Date = Date::constant(2026, 11, 23);

fn record(values: &[(&str, Value)]) -> Record {
    let of = |key: &String| values.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
    Record(rules().asked().keys().iter().map(of).collect())
}

fn says(values: &[(&str, Value)], known_email: Option<&str>) -> (Statement, Vec<Code>) {
    let rules = rules();
    let (statement, problems) = rules.reader().statement(&record(values), TODAY, known_email);
    (statement, problems.into_iter().map(|problem| problem.code).collect())
}

#[test]
fn r4_r8_what_is_asked_for_and_what_is_indispensable() {
    assert_eq!(rules().asked().keys(), ["id", "status", "email", "phone", "team", "level"]);
    let needed: Vec<_> = rules().indispensable().into_iter().map(|(key, _)| key.to_owned()).collect();
    assert_eq!(needed, ["id", "status", "email", "team"]);
}

#[test]
fn r35_employee_ids_keep_their_zeros_and_have_a_length() {
    let id = |value| rules().reader().employee_id(&record(&[("id", value)])).map_err(|problem| problem.code);
    assert_eq!(id(Value::text(" 007 ")), Ok("007".into()));
    assert_eq!(id(Value::text(&"ä".repeat(100))), Ok("ä".repeat(100)));
    assert_eq!(id(Value::text(&"ä".repeat(101))), Err(Code::TooLong));
    assert_eq!(id(Value::Empty), Err(Code::EmployeeIdMissing));
    let missing = rules().reader().employee_id(&record(&[])).expect_err("no ID");
    assert!(missing.is_error());
    let long = rules().reader().employee_id(&record(&[("id", Value::text(&"9".repeat(101)))])).expect_err("too long");
    assert!(long.is_error());
}

#[test]
fn r7_lists_become_lines_and_integers_are_whole() {
    let email = ("email", Value::text("ada@acme.example"));
    let (told, problems) = says(&[email, ("team", Value::list(["a", "b"])), ("level", Value::text("-007"))], None);
    assert_eq!(told[&Field::Department], Told::Value("a, b".into()));
    assert_eq!(told[&Field::custom("level")], Told::Value("-7".into()));
    assert!(problems.is_empty());
    let beyond = format!("{}0", i64::MAX);
    assert_eq!(says(&[("level", Value::text(&beyond))], Some("ada@acme.example")).1, [Code::NumberUnreadable]);
}

#[test]
fn r34_the_address_not_shared_empty_bad_or_mangled() {
    let known = Some("ada@acme.example");
    let text = |text: &str| vec![("email", Value::text(text))];
    for (values, known, told, problems) in [
        (vec![], known, None, vec![]),
        (vec![], None, None, vec![Code::EmailMissing]),
        (text(""), known, None, vec![Code::EmailMissing]),
        (text(""), None, None, vec![Code::EmailMissing]),
        (text("ada@"), known, None, vec![Code::EmailInvalid]),
        (text("ada@acme.example_a1b2c"), known, None, vec![]),
        (text("ada_a1b2c@acme.example"), known, None, vec![]),
        (text("ada_a1b2c@acme.example"), None, Some("ada_a1b2c@acme.example"), vec![]),
        (text(" Ada@acme.example "), known, Some("Ada@acme.example"), vec![]),
    ] {
        let (statement, codes) = says(&values, known);
        let expected = told.map(|told| Told::Value(told.to_owned()));
        assert_eq!((statement.get(&Field::Email), codes), (expected.as_ref(), problems), "{values:?} {known:?}");
    }
}

#[test]
fn r34_optional_values_are_kept_cleared_or_kept_with_a_warning() {
    let known = Some("ada@acme.example");
    assert_eq!(says(&[("phone", Value::Empty)], known).0[&Field::Phone], Told::Empty);
    assert!(says(&[], known).0.is_empty());
    let (statement, codes) = says(&[("phone", Value::text(&"9".repeat(101)))], known);
    assert_eq!((statement.len(), codes), (0, vec![Code::TooLong]));
}

#[test]
fn settings_that_decide_change_the_print_and_others_do_not() {
    let print = |change: fn(&mut Rules)| {
        let mut rules = rules();
        change(&mut rules);
        rules.print()
    };
    let before = rules().print();
    assert_eq!(print(|rules| rules.welcome_email = false), before);
    assert_eq!(print(|rules| rules.absent = Absent::Keep), before);
    assert_ne!(print(|rules| rules.early_days = Some(1)), before);
    assert_ne!(print(|rules| rules.segment.clear()), before);
    assert_ne!(print(|rules| drop(rules.mapping.remove(&Field::Phone))), before);
}
