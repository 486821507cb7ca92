//! What pages show of imports: plans by name, problems, holds, decisions, numbers at a glance.

use domain::{
    field::Field,
    hold::SharedChange,
    import::{Purpose, State},
    member,
    plan::Kind,
    problem::{Code, Severity},
};
use engine::{Actor, Answer, EngineError, Heads, Need, Scope, import::Silent};
use futures::TryStreamExt;
use jiff::{SignedDuration, civil::Date};
use sandbox::Change;
use store::{Import, history::ImportFilter, members::MemberFilter};

use crate::{
    bed::Bed,
    both,
    people::{people, person},
};

const SEGMENT: &str = "[[segment]]\nattribute = \"employment_type\"\ninclude = [\"internal\"]\n";

async fn row(bed: &Bed, import: domain::ids::ImportId) -> Import {
    let (programme, _) = bed.integration().await;
    bed.engine.import_of(programme.number(), import).await.expect("there")
}

/// Three quarters become external, all at once.
async fn held(bed: &Bed) -> Import {
    bed.employ_people(people(40));
    bed.set_up(SEGMENT).await;
    bed.import().await;
    bed.pass(SignedDuration::from_hours(24));
    for id in 1..=30 {
        bed.change(id, &Change::set("employment_type", "external"));
    }
    bed.change(31, &Change::set("status", "inactive"));
    let held = bed.import().await;
    assert_eq!(held.state, State::OnHold);
    row(bed, held.import).await
}

/// R46
async fn a_hold_says_what_its_leavers_share_and_since_when(bed: Bed) {
    let held = held(&bed).await;
    let told = bed.engine.hold_of(&held).await.expect("looked").expect("a hold");
    assert_eq!((told.findings.facts.members, told.findings.facts.counts.leave), (40, 31));
    let shared = &told.findings.shared;
    assert_eq!(shared.reasons, [("outside-segment:employment_type".to_owned(), 30), ("inactive".to_owned(), 1)]);
    let (before, after) = (Some("internal".to_owned()), Some("external".to_owned()));
    let change = SharedChange { attribute: "employment_type".into(), before, after, leavers: 30 };
    assert_eq!(shared.changes.first(), Some(&change));
    let first = bed.engine.imports_of(held.programme(), &ImportFilter::default(), Some(held.number()), 5).await;
    let first = first.expect("listed").remove(0);
    assert_eq!((told.since, told.may_be_renumbered, told.superseded_by), (first.finished_at, false, None));
    assert_eq!(told.lapses_at - held.held_at.expect("held"), domain::hold::WAITS);
    // A newer plan takes its place, and it says which.
    bed.change(32, &Change::set("status", "inactive"));
    let newer = bed.import().await;
    let superseded = row(&bed, held.number()).await;
    assert_eq!(superseded.state, "superseded");
    let told = bed.engine.hold_of(&superseded).await.expect("looked").expect("a hold");
    assert_eq!(told.superseded_by, Some(newer.import));
    assert_eq!(bed.engine.hold_of(&first).await.expect("looked"), None);
}

async fn leavers_are_listed_by_name_with_what_changed(bed: Bed) {
    let held = held(&bed).await;
    let page = async |typed: &str, after: Option<i64>, most| {
        bed.engine.plan_page(&held, Some(Kind::Leave), typed, after, most).await.expect("rows")
    };
    let mut names = Vec::new();
    let mut after = None;
    loop {
        let rows = page("", after, 7).await;
        after = rows.last().map(|row| row.number);
        names.extend(rows.into_iter().map(|row| row.change.name));
        if after.is_none() {
            break;
        }
    }
    assert_eq!(names.len(), 31);
    let mut sorted = names.clone();
    let last_first = |name: &String| name.split(' ').rev().map(str::to_lowercase).collect::<Vec<_>>();
    sorted.sort_by_key(last_first);
    assert_eq!(names, sorted);
    let found = page("ada br", None, 50).await;
    assert_eq!(found.iter().map(|row| row.change.name.as_str()).collect::<Vec<_>>(), ["Ada Brandt"]);
    let kind = Field::seen("employment_type");
    assert!(found[0].change.before.contains(&(kind.clone(), Some("internal".to_owned()))));
    assert_eq!(found[0].change.after.get(&kind).map(String::as_str), Some("external"));
    assert_eq!(page("31", None, 50).await.len(), 1, "by employee ID");
    assert_eq!(page("nobody", None, 50).await, []);
    let all = bed.engine.plan_page(&held, None, "", None, 100).await.expect("rows");
    assert_eq!(all.len(), 31);
}

async fn problems_are_paged_and_counted_and_come_as_a_file(bed: Bed) {
    let mut staff = people(6);
    staff[0].set.insert("email".into(), "=cmd()".into());
    staff[1].set.insert("email".into(), "".into());
    staff[2].set.insert("dynamic_1830001".into(), "nonsense".into());
    bed.employ_people(staff);
    bed.set_up("").await;
    let import = row(&bed, bed.import().await.import).await;
    let counts = bed.engine.problem_counts(&import).await.expect("counted");
    let counts: Vec<_> = counts.iter().map(|one| (one.severity.as_str(), one.code.as_str(), one.number)).collect();
    assert_eq!(counts, [("error", "email-invalid", 1), ("error", "email-missing", 1), ("warning", "email-invalid", 1)]);
    let page = async |severity, code, after| {
        let found = bed.engine.problems_page(&import, severity, code, after, 2).await.expect("problems");
        let codes = found.iter().map(|one| format!("{}-{}", one.severity, one.code)).collect::<Vec<_>>();
        (codes.join(" "), found.last().map(|last| last.number))
    };
    let (first, last) = page(None, None, None).await;
    assert_eq!(first, "error-email-invalid error-email-missing");
    assert_eq!(page(None, None, last).await.0, "warning-email-invalid");
    assert_eq!(page(Some(Severity::Warning), None, None).await.0, "warning-email-invalid");
    assert_eq!(page(Some(Severity::Error), Some(Code::EmailMissing), None).await.0, "error-email-missing");
    let lines = bed.engine.problems_file(&import, Some(Severity::Error)).await.expect("a file");
    let lines: Vec<String> = lines.try_collect().await.expect("a file");
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("import,employee_id,name,code,severity,field,value,problem,"), "{}", lines[0]);
    assert!(lines[1].contains(",'=cmd(),"), "{}", lines[1]);
}

/// R18
async fn questions_are_asked_with_both_sides_until_they_are_answered(bed: Bed) {
    bed.employ_people(people(20));
    bed.set_up("").await;
    bed.import().await;
    let zoe = Change::set("first_name", "Zoe").and("last_name", "Zorn").and("email", "zoe@acme.example");
    bed.change(3, &zoe);
    bed.import().await;
    let (programme, integration) = bed.integration().await;
    let open = async || bed.engine.open_questions(&integration, None, 10).await.expect("asked");
    let asked = open().await;
    assert_eq!((asked.len(), asked[0].code), (1, Code::IdentityChanged));
    let sides = asked[0].sides();
    let side = |field| sides.iter().find(|(one, ..)| *one == field).map(|(_, record, member)| (*record, *member));
    assert_eq!(side(Field::LastName), Some((Some("Zorn"), Some("Adamski"))));
    assert_eq!(side(Field::FirstName), Some((Some("Zoe"), Some("Cleo"))));
    let home = bed.engine.home(&programme).await.expect("home");
    assert_eq!(home.needs, [Need::Decide { integration: integration.number(), people: 1 }]);
    bed.pass(SignedDuration::from_secs(1));
    bed.engine.decide(&programme, &integration, "3", &Answer::New, &Actor::command()).await.expect("decided");
    assert_eq!((open().await.len(), bed.engine.count_open_questions(&integration).await.expect("counted")), (0, 0));
    let decided = bed.engine.decisions_of(&integration).await.expect("listed");
    let member = decided[0].member.clone().expect("there").id;
    assert_eq!((decided.len(), decided[0].decision.answer.as_str()), (1, "new"));
    let by = Actor::command();
    bed.engine.revoke_decision(&programme, &integration, "3", member, &by).await.expect("revoked");
    assert_eq!(open().await.len(), 1, "taken back, it is asked again");
    let again = bed.engine.revoke_decision(&programme, &integration, "3", member, &by).await;
    assert!(matches!(&again, Err(EngineError::NotFound { .. })), "{again:?}");
    let noted = bed
        .engine
        .store()
        .audit(programme.number(), &store::audit::AuditFilter::default(), None, 10)
        .await
        .expect("noted");
    let actions: Vec<&str> = noted.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(&actions[..2], ["decision.revoked", "decision.made"]);
}

async fn the_programme_at_a_glance(bed: Bed) {
    bed.employ_people(people(40));
    bed.set_up("").await;
    bed.import().await;
    bed.pass(SignedDuration::from_hours(7 * 24));
    for id in 1..=3 {
        bed.change(id, &Change::set("status", "inactive"));
    }
    bed.import().await;
    let (programme, integration) = bed.integration().await;
    let home = bed.engine.home(&programme).await.expect("home");
    assert_eq!(home.members, Heads { invited: 37, leavers: 3, ..Heads::default() });
    assert_eq!(home.members.current(), 37);
    assert_eq!(home.weeks.len(), 12);
    let week = |index: usize| (home.weeks[index].first_day, home.weeks[index].joiners, home.weeks[index].leavers);
    assert_eq!(week(10), (Date::constant(2026, 11, 23), 40, 0));
    assert_eq!(week(11), (Date::constant(2026, 11, 30), 0, 3));
    assert_eq!(home.needs, []);
    let dashboard = bed.engine.dashboard(&programme, integration).await.expect("dashboard");
    let days: Vec<_> = dashboard.over_time.iter().map(|point| (point.day, point.members)).collect();
    assert_eq!(days, [(Date::constant(2026, 11, 23), 40), (Date::constant(2026, 11, 30), 37)]);
    assert_eq!((dashboard.imports.len(), dashboard.health.running, dashboard.health.held), (2, None, None));
    assert_eq!(dashboard.health.last.map(|last| last.state), Some("completed".to_owned()));
}

async fn what_needs_an_administrator(bed: Bed) {
    let held = held(&bed).await;
    let (programme, integration) = bed.integration().await;
    let home = bed.engine.home(&programme).await.expect("home");
    let lapses_at = held.held_at.expect("held") + domain::hold::WAITS;
    let number = integration.number();
    assert_eq!(home.needs, [Need::AnswerHold { integration: number, import: held.number(), leavers: 31, lapses_at }]);
    bed.engine.reject(held.number(), &Actor::command()).await.expect("rejected");
    bed.sandbox.rotate_secret(crate::bed::CLIENT, "another").expect("a client");
    assert_eq!(bed.import().await.state, State::Failed);
    let home = bed.engine.home(&programme).await.expect("home");
    assert_eq!(home.needs, [Need::Reconnect { integration: number }]);
}

async fn imports_are_listed_and_filtered_and_paged(bed: Bed) {
    let held = held(&bed).await;
    bed.engine.approve(held.number(), Scope::WithoutLeavers, &Actor::command(), &Silent).await.expect("approved");
    bed.try_import(Purpose::Preview).await.expect("a preview");
    let (programme, integration) = bed.integration().await;
    let list = async |filter: &ImportFilter, before| {
        let found = bed.engine.imports_of(programme.number(), filter, before, 2).await.expect("listed");
        (found.iter().map(|one| one.state.clone()).collect::<Vec<_>>().join(" "), found.last().map(Import::number))
    };
    let all = ImportFilter::default();
    let (states, cursor) = list(&all, None).await;
    assert_eq!(states, "previewed completed");
    assert_eq!(list(&all, cursor).await.0, "completed");
    let applied =
        ImportFilter { purpose: Some(Purpose::Apply), integration: Some(integration.number()), ..all.clone() };
    assert_eq!(list(&applied, None).await.0, "completed completed");
    assert_eq!(list(&ImportFilter { states: vec![State::Previewed], ..all.clone() }, None).await.0, "previewed");
    assert_eq!(list(&ImportFilter { trigger: Some("portal".into()), ..all.clone() }, None).await.0, "");
    assert_eq!(list(&ImportFilter { from: Some(held.created_at), ..applied.clone() }, None).await.0, "completed");
    assert_eq!(list(&ImportFilter { to: Some(held.created_at), ..applied }, None).await.0, "completed");
}

async fn members_are_looked_up_and_have_a_history(bed: Bed) {
    bed.employ_people(people(40).into_iter().chain([person(99, "Zoë", "Öztürk")]));
    bed.set_up("").await;
    bed.import().await;
    bed.pass(SignedDuration::from_hours(1));
    bed.change(99, &Change::set("department", "Support"));
    bed.import().await;
    let (programme, _) = bed.integration().await;
    let number = programme.number();
    let find = async |typed: &str, state: Option<member::State>| {
        let filter =
            MemberFilter { typed: typed.into(), states: state.into_iter().collect(), ..MemberFilter::default() };
        let found = bed.engine.members_page(number, &filter, None, 50).await.expect("members");
        found.into_iter().map(|one| one.member).collect::<Vec<_>>()
    };
    let found = find("ozt", None).await;
    assert_eq!(found.len(), 1);
    for typed in ["zoe", "zoë.öz", "99", "Zoe Oztürk", "Öztürk"] {
        assert_eq!(find(typed, Some(member::State::Invited)).await, found, "{typed}");
    }
    assert!(find("zoe", Some(member::State::Leaver)).await.is_empty() && find("%", None).await.is_empty());
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = bed.engine.members_page(number, &MemberFilter::default(), after, 9).await.expect("members");
        after = page.last().map(|last| last.member.id);
        seen.extend(page.into_iter().map(|one| one.member.id));
        if after.is_none() {
            break;
        }
    }
    assert_eq!((seen.len(), seen.last()), (41, Some(&found[0].id)));
    let zoe = bed.engine.member(number, found[0].id).await.expect("there");
    assert_eq!((zoe.member.state, zoe.left_at), (member::State::Invited, None));
    let history = bed.engine.member_history(number, found[0].id, None, 10).await.expect("history");
    let kinds: Vec<_> = history.iter().map(|(import, row)| (import.state.as_str(), row.change.kind)).collect();
    assert_eq!(kinds, [("completed", Kind::Update), ("completed", Kind::Join)]);
    let older = bed.engine.member_history(number, found[0].id, Some(history[0].0.number()), 10).await.expect("history");
    assert_eq!(older.len(), 1);
    let other = domain::ids::ProgrammeId(uuid::Uuid::from_u128(7));
    assert!(matches!(bed.engine.member(other, found[0].id).await, Err(EngineError::NotFound { .. })));
    assert!(matches!(bed.engine.import_of(other, history[0].0.number()).await, Err(EngineError::NotFound { .. })));
}

both!(
    a_hold_says_what_its_leavers_share_and_since_when,
    leavers_are_listed_by_name_with_what_changed,
    problems_are_paged_and_counted_and_come_as_a_file,
    questions_are_asked_with_both_sides_until_they_are_answered,
    the_programme_at_a_glance,
    what_needs_an_administrator,
    imports_are_listed_and_filtered_and_paged,
    members_are_looked_up_and_have_a_history,
);
