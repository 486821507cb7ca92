//! After closing nothing tells who it was: not in a table, not in the database's files, not in the folder of mails.

use domain::{email, member::State};
use engine::{Actor, Answer};
use jiff::SignedDuration;
use sandbox::Change;
use sea_orm::{ConnectionTrait, Statement};

use super::{days, hours, live, look, person};
use crate::{bed::Bed, both};

both!(nothing_tells_who_it_was, details_of_rejected_people_go_after_their_days, an_import_that_plans_comes_first);

/// What every value of the person holds.
pub(crate) const MARK: &str = "Quetzalcoatlus";

/// Somebody of whom every value tells who they are.
pub(crate) fn marked(id: i64) -> Change {
    let text = |what: &str| format!("{MARK} {what}");
    person(id, &format!("{MARK}@acme.example"))
        .and("first_name", text("First").as_str())
        .and("last_name", text("Last").as_str())
        .and("department", text("Department").as_str())
        .and("dynamic_1830001", format!("{MARK}@home.example").as_str())
}

/// Every value of every text column of every table that holds the mark, with its place.
pub(crate) async fn places(bed: &Bed) -> Vec<String> {
    let around = bed.around().await;
    let backend = around.get_database_backend();
    let columns = if bed.engine.store().is_shared() {
        "SELECT table_name::text, column_name::text FROM information_schema.columns \
         WHERE table_schema = 'public' AND data_type IN ('text', 'character varying')"
    } else {
        "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND c.type LIKE '%text%'"
    };
    let mut found = Vec::new();
    for row in around.query_all_raw(Statement::from_string(backend, columns)).await.expect("columns") {
        let (table, column): (String, String) =
            (row.try_get_by_index(0).expect("a name"), row.try_get_by_index(1).expect("a name"));
        let mark = MARK.to_lowercase();
        let sql = format!("SELECT \"{column}\" FROM \"{table}\" WHERE lower(\"{column}\") LIKE '%{mark}%'");
        for row in around.query_all_raw(Statement::from_string(backend, sql)).await.expect("values") {
            found.push(format!("{table}.{column}: {}", row.try_get_by_index::<String>(0).expect("a text")));
        }
    }
    around.close().await.expect("closed");
    found
}

/// Files in the place of the test that hold the mark.
fn files(bed: &Bed) -> Vec<String> {
    files_in(bed.place.path())
}

pub(crate) fn files_in(place: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut ahead = vec![place.to_owned()];
    while let Some(place) = ahead.pop() {
        for entry in std::fs::read_dir(place).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                ahead.push(path);
            } else {
                let text = String::from_utf8_lossy(&std::fs::read(&path).expect("a file")).to_lowercase();
                found.extend(text.contains(&MARK.to_lowercase()).then(|| path.display().to_string()));
            }
        }
    }
    found
}

/// R61
async fn nothing_tells_who_it_was(bed: Bed) {
    bed.employ_people([
        marked(1).and("status", "inactive"),
        // Two with one address are rejected, and so is one who takes a former member's.
        person(8, "bela@acme.example"),
    ]);
    bed.set_up("[guard]\nleavers_count = 10\njoiners_count = 1000\nidentity_count = 1000\n").await;
    bed.import().await;
    bed.change(1, &Change::set("status", "active"));
    bed.import().await;
    bed.engine.deliver().await.expect("delivered");
    assert!(!files(&bed).is_empty(), "the welcome mail");
    bed.sql("UPDATE members SET state = 'active'").await;
    bed.change(
        1,
        &Change::set("department", format!("{MARK} moved").as_str()).and("dynamic_1830001", "not an address"),
    );
    bed.import().await;
    bed.change(1, &Change::set("dynamic_1830001", format!("{MARK}@home.example").as_str()));
    bed.import().await;
    // Somebody else is taken for them: they are named by employee ID only.
    bed.change(8, &Change::set("email", format!("{MARK}@acme.example").as_str()));
    bed.import().await;
    let (programme, integration) = bed.integration().await;
    let ada = bed.member("1").await.id;
    bed.change(8, &Change::set("email", "bela@acme.example"));
    bed.change(1, &Change::set("status", "inactive"));
    bed.import().await;
    bed.employ_people([person(8, "bela@acme.example"), marked(9)]);
    let report = bed.import().await;
    assert_eq!(report.counts.reject, 1, "somebody with the address of a former member: {report:?}");
    let answer = bed.engine.decide(&programme, &integration, "9", &Answer::New, &Actor::command()).await;
    answer.expect("someone else");
    assert!(places(&bed).await.len() > 20);

    // The one with the other number is a stranger who goes when their days are over.
    bed.employ_people([person(8, "bela@acme.example")]);
    bed.import().await;
    live(&bed, 62).await;
    assert_eq!(super::told(&bed).await.last().map(String::as_str), Some("closed"));
    look(&bed).await;
    assert!(bed.members().await.iter().any(|member| member.id == ada && member.state == State::Closed));
    let kept = places(&bed).await;
    let of_a_member = |place: &String| !place.starts_with("problems.") && !place.starts_with("changes.");
    assert_eq!(kept.iter().filter(|place| of_a_member(place)).collect::<Vec<_>>(), Vec::<&String>::new());
    bed.pass(days(30));
    look(&bed).await;
    assert_eq!(places(&bed).await, Vec::<String>::new());
    bed.pass(hours(73));
    look(&bed).await;
    assert_eq!(files(&bed), Vec::<String>::new(), "the database's files, its log and the mails");
    let key = email::key(&format!("{MARK}@acme.example"));
    let held = bed.engine.store().members_by_email(programme.number(), &[&key]).await.expect("an answer");
    assert!(held.is_empty(), "the address is free again");
}

/// R61
async fn details_of_rejected_people_go_after_their_days(bed: Bed) {
    bed.employ_people([
        marked(1).and("email", "shared@acme.example"),
        marked(2).and("email", "shared@acme.example"),
        person(3, "bela@acme.example"),
    ]);
    bed.set_up("").await;
    let report = bed.import().await;
    assert_eq!(report.counts.reject, 2);
    bed.employ_people([person(3, "bela@acme.example")]);
    bed.pass(days(89));
    look(&bed).await;
    assert!(!places(&bed).await.is_empty());
    bed.pass(days(2));
    look(&bed).await;
    assert_eq!(places(&bed).await, Vec::<String>::new());
    assert_eq!(bed.problems(report.import).await.len(), 2, "how many there were is still told");
    assert_eq!(bed.member("3").await.state, State::Invited);
}

/// R61: what an import has read of somebody is not staged after they were erased.
async fn an_import_that_plans_comes_first(bed: Bed) {
    super::ada_leaves(&bed).await;
    let (programme, integration) = bed.integration().await;
    let ada = bed.member("1").await.id;
    bed.engine.erase_now(&programme, ada, "1", &Actor::command()).await.expect("erased");
    bed.pass(days(8));
    let kind = format!("import:{}", integration.id);
    let store = bed.engine.store();
    let lease = store.claim_work(programme.number(), &kind, uuid::Uuid::from_u128(9)).await.expect("a lease");
    assert_eq!(look(&bed).await.closed, 0);
    store.release_work(&lease.expect("a lease")).await.expect("given up");
    assert_eq!(look(&bed).await.closed, 1);
    bed.pass(SignedDuration::from_secs(1));
    assert_eq!(look(&bed).await.closed, 0);
}
