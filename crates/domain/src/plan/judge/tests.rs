use std::collections::BTreeMap;

use uuid::Uuid;

use super::*;
use crate::{
    guard::Thresholds,
    record::{AttributeType, Value},
    rules::{Absent, MappedAttribute, Rules},
};

const TODAY: Date = Date::constant(2026, 11, 23);
const OURS: IntegrationId = IntegrationId(Uuid::from_u128(1));

fn rules() -> Rules {
    let text = |key: &str| MappedAttribute { key: key.into(), kind: AttributeType::Text };
    Rules {
        employee_id: "id".into(),
        status: "status".into(),
        mapping: BTreeMap::from([
            (Field::Email, text("email")),
            (Field::FirstName, text("first")),
            (Field::LastName, text("last")),
        ]),
        segment: Vec::new(),
        early_days: None,
        absent: Absent::Leave,
        welcome_email: true,
        no_mailbox_domains: Vec::new(),
        guard: Thresholds::default(),
    }
}

/// Ada's record: ID, status, e-mail, first and last name, in the order asked for.
fn record(status: &str, email: &str, first: &str, last: &str) -> Record {
    let of = |key: &String| match key.as_str() {
        "id" => "1",
        "status" => status,
        "email" => email,
        "first" => first,
        _ => last,
    };
    Record(rules().asked().keys().iter().map(|key| Some(Value::text(of(key)))).collect())
}

fn ada(status: &str) -> Record {
    record(status, "ada@acme.example", "Ada", "Aubry")
}

fn member(state: State) -> Member {
    Member {
        id: MemberId(Uuid::from_u128(7)),
        version: 4,
        integration: Some(OURS),
        employee_id: Some("1".into()),
        fields: Fields::from([
            (Field::Email, "ada@acme.example".into()),
            (Field::FirstName, "Ada".into()),
            (Field::LastName, "Aubry".into()),
            (Field::seen("status"), "active".into()),
        ]),
        state,
        state_before_leaving: None,
        print: None,
        kept_by_hand: None,
        locked_until: None,
        clock_stopped_until: None,
    }
}

fn verdict(record: &Record, known: Known<'_>) -> Verdict {
    let rules = rules();
    judge(&rules.reader(), OURS, TODAY, "1", record, known)
}

fn of(member: &Member) -> Known<'_> {
    Known { member: Some(member), ..Known::default() }
}

#[test]
fn r35_r36_a_rejected_row_names_the_account_and_its_version_and_notes_nothing() {
    let staff = member(State::Active);
    for bad in [ada("?"), record("active", "ada@", "Ada", "Aubry"), record("active", "new@acme.example", "Zoe", "Zorn")]
    {
        let change = verdict(&bad, of(&staff)).change.expect("a row");
        assert_eq!((change.kind, change.member, change.version, change.print), (Kind::Reject, Some(staff.id), 4, None));
        assert!(change.claim.is_none() && change.state.is_none());
    }
}

#[test]
fn r18_a_rejected_row_tells_who_the_record_describes_only_where_somebody_has_to_decide() {
    let staff = member(State::Active);
    let after = |record: &Record| verdict(record, of(&staff)).change.expect("a row").after;
    assert!(after(&ada("?")).is_empty());
    let stranger = after(&record("active", "new@acme.example", "Zoe", "Zorn"));
    assert_eq!(stranger.get(&Field::LastName).map(String::as_str), Some("Zorn"));
}

#[test]
fn r53_the_name_is_the_sources_valid_or_not() {
    let change = verdict(&record("?", "", "<b>", "Aubry"), Known::default()).change.expect("a row");
    assert_eq!(change.name, "<b> Aubry");
}

#[test]
fn r53_all_that_is_wrong_with_somebody_is_told() {
    let codes = |verdict: Verdict| verdict.problems.iter().map(|problem| problem.code).collect::<Vec<_>>();
    let staff = member(State::Active);
    let bad = record("?", "bad", "J0", "Aubry");
    let flaws = [Code::StatusUnknown, Code::EmailInvalid, Code::CharactersNotAllowed];
    assert_eq!(codes(verdict(&bad, Known::default())), flaws);
    assert_eq!(codes(verdict(&bad, of(&staff))), flaws);
    let bad = record("?", "new@acme.example", "Zoe", "Zorn");
    assert_eq!(codes(verdict(&bad, of(&staff))), [Code::IdentityChanged, Code::StatusUnknown]);
}

#[test]
fn r31_a_record_is_noted_only_where_the_same_again_would_mean_the_same() {
    let rules = rules();
    let print = |record: &Record| Some(rules.reader().print(record));
    let noted = |record: &Record, known: Known<'_>| verdict(record, known).change.and_then(|change| change.print);
    let (staff, former) = (member(State::Active), member(State::Leaver));
    for (what, record, known, is_noted) in [
        ("joins", ada("active"), Known::default(), true),
        ("updated", record("active", "ada@acme.example", "Eda", "Aubry"), of(&staff), true),
        ("a flaw", record("active", "ada@acme.example", "Eda", "J0"), of(&staff), false),
        ("the address moved", record("active", "new@acme.example", "Ada", "Aubry"), of(&staff), true),
        ("leaves", ada("inactive"), of(&staff), true),
        ("left", ada("inactive"), of(&former), true),
        ("comes back", ada("active"), of(&former), true),
        ("excluded", ada("active"), Known { excluded: true, ..of(&staff) }, false),
        ("excluded before", ada("active"), Known { excluded: true, ..of(&former) }, false),
        ("starts later", ada("onboarding"), of(&former), false),
    ] {
        assert_eq!(noted(&record, known).is_some(), is_noted, "{what}");
        assert!(!is_noted || noted(&record, known) == print(&record));
    }
    let invited = Member { state: State::Invited, ..staff };
    assert!(
        noted(&record("active", "new@acme.example", "Ada", "Aubry"), of(&invited)).is_some(),
        "a warning given once"
    );
}

#[test]
fn r12_only_an_address_that_is_newly_taken_is_claimed() {
    let claim = |record: &Record, known: Known<'_>| verdict(record, known).change.and_then(|change| change.claim);
    let new = record("active", "New@acme.example", "Ada", "Aubry");
    let (staff, former) = (member(State::Active), member(State::Leaver));
    let by_hand = Member { integration: None, employee_id: None, ..staff.clone() };
    let link = Known { same_email: Some(&by_hand), ..Known::default() };
    let taken = || Some("new@acme.example".to_owned());
    let own = || Some("ada@acme.example".to_owned());
    assert_eq!(claim(&new, Known::default()), taken());
    assert_eq!(claim(&new, of(&staff)), taken());
    assert_eq!(claim(&new, of(&former)), taken());
    assert_eq!(claim(&ada("active"), of(&former)), None);
    assert_eq!(claim(&record("active", "ADA@acme.example", "Ada", "Aubry"), of(&staff)), None);
    for status in ["active", "inactive", "onboarding"] {
        assert_eq!(claim(&ada(status), link), own(), "a link is a claim: another record may want the same");
    }
    let mut freed = former;
    freed.fields.remove(&Field::Email);
    assert_eq!(claim(&ada("active"), of(&freed)), own());
    assert_eq!(claim(&ada("inactive"), of(&freed)), None);
}

#[test]
fn r18_an_identity_never_changes_on_the_quiet() {
    let elsewhere = |state| Member { employee_id: Some("0".into()), ..member(state) };
    for (state, status, kind) in [
        (State::Active, "active", Some(Kind::Update)),
        (State::Leaver, "active", Some(Kind::Rejoin)),
        (State::Active, "inactive", Some(Kind::Leave)),
        (State::Leaver, "inactive", None),
        (State::Active, "onboarding", None),
    ] {
        let member = elsewhere(state);
        let change = verdict(&ada(status), Known { same: true, ..of(&member) }).change;
        assert_eq!(change.as_ref().map(|change| change.kind), kind, "{state} {status}");
        assert!(change.is_none_or(|change| change.changes_id && change.employee_id.as_deref() == Some("1")));
    }
}

#[test]
fn r18_someone_else_means_a_second_row_for_the_account() {
    for (state, kind) in [(State::Active, Kind::Leave), (State::Leaver, Kind::Update)] {
        let former = member(state);
        let verdict = verdict(&ada("active"), Known { not: Some(former.id), ..of(&former) });
        assert_eq!(verdict.outcome, Outcome::Changed(Kind::Join));
        let loose = verdict.cut_loose.expect("a second row");
        assert_eq!((loose.kind, loose.employee_id, loose.changes_id), (kind, None, true));
        assert_eq!((loose.after, loose.state, loose.claim), (former.fields.clone(), Some(State::Leaver), None));
    }
}

#[test]
fn r61_a_closed_account_is_nobodys() {
    let closed = member(State::Closed);
    assert_eq!(verdict(&ada("active"), of(&closed)).outcome, Outcome::Changed(Kind::Join));
    assert_eq!(verdict(&ada("inactive"), of(&closed)).outcome, Outcome::NotEligible);
}

#[test]
fn r24_an_exclusion_closes_even_what_a_link_would_open() {
    let by_hand = Member { integration: None, employee_id: None, ..member(State::Active) };
    let known = Known { same_email: Some(&by_hand), excluded: true, ..Known::default() };
    let change = verdict(&ada("active"), known).change.expect("a row");
    assert_eq!((change.kind, change.reason), (Kind::Leave, Some(Reason::Excluded)));
}
