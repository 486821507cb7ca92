//! Programmes as a whole: suspended, exported, deleted.

use std::collections::{BTreeMap, BTreeSet};

use futures::TryStreamExt;
use rollcall_store::{
    customers::Deletion,
    export::{LEFT_OUT, is_secret},
};

use crate::support::{Db, NOW, OTHER, PROGRAMME, both};

const TABLES_OF_SQLITE: &str = "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
const TABLES_OF_POSTGRES: &str =
    "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'";

/// Every table that a programme owns rows of, with its columns.
async fn tables(db: &Db) -> BTreeMap<String, BTreeSet<String>> {
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in db.lines(if db.is_shared() { TABLES_OF_POSTGRES } else { TABLES_OF_SQLITE }).await {
        let (table, column) = line.split_once('|').unwrap();
        tables.entry(table.to_owned()).or_default().insert(column.to_owned());
    }
    tables.retain(|_, columns| columns.contains("programme_id"));
    tables
}

/// The tables that hold rows of this programme.
async fn holding(db: &Db, slug: &str) -> Vec<String> {
    // Its number, whether it is still there or not.
    let number = if slug == "acme" { PROGRAMME } else { OTHER };
    let literal = if db.is_shared() { format!("'{}'", number.0) } else { format!("x'{}'", number.0.simple()) };
    let mut holding = Vec::new();
    for table in tables(db).await.into_keys() {
        if db.number(&format!("SELECT COUNT(*) FROM {table} WHERE programme_id = {literal}")).await > 0 {
            holding.push(table);
        }
    }
    holding
}

async fn a_deleted_programme_leaves_no_row_in_any_table(db: &Db) {
    db.employ(3).await;
    let kept = holding(db, "other").await;
    assert!(holding(db, "acme").await.len() > 4, "{:?}", holding(db, "acme").await);
    assert_eq!(db.delete_programme(PROGRAMME, NOW).await.unwrap(), Deletion::Done);
    assert_eq!(holding(db, "acme").await, Vec::<String>::new());
    assert_eq!(holding(db, "other").await, kept, "another programme noticed it");
    assert_eq!(db.programme("acme").await.unwrap(), None);
    assert_eq!(db.delete_programme(PROGRAMME, NOW).await.unwrap(), Deletion::NotThere);
}

/// R30: once it has begun to apply, an import only goes on.
async fn nothing_is_deleted_while_an_import_applies(db: &Db) {
    db.employ(1).await;
    db.run("UPDATE imports SET state = 'applying'").await;
    assert!(matches!(db.delete_programme(PROGRAMME, NOW).await.unwrap(), Deletion::Applying(_)));
    assert!(db.programme("acme").await.unwrap().is_some());
    assert_eq!(db.census(PROGRAMME).await.unwrap().members, 1);
}

/// R50
async fn nothing_of_a_suspended_programme_goes_out_and_nothing_is_lost(db: &Db) {
    db.employ(2).await;
    db.run("UPDATE outbox SET state = 'pending'").await;
    let due = async || db.due_mails(PROGRAMME, NOW * 2, 10).await.unwrap();
    let before = due().await;
    let lease = db.claim_work(PROGRAMME, "delivery", db.token()).await.unwrap().unwrap();
    assert_eq!(before.len(), 2);
    assert!(db.suspend(PROGRAMME, NOW).await.unwrap() && !db.suspend(PROGRAMME, NOW).await.unwrap());
    assert!(db.programme("acme").await.unwrap().unwrap().is_suspended());
    assert!(due().await.is_empty() && !db.begin_attempt(&lease, &before[0], NOW * 2).await.unwrap());
    assert!(db.resume(PROGRAMME).await.unwrap() && !db.resume(PROGRAMME).await.unwrap());
    assert_eq!(due().await, before);
}

async fn an_import_of_a_suspended_programme_waits_unless_it_applies(db: &Db) {
    db.employ(1).await;
    for (state, goes_on) in [("queued", 0), ("reading", 0), ("planning", 0), ("applying", 1)] {
        db.run(&format!("UPDATE imports SET state = '{state}'")).await;
        assert_eq!(db.unfinished_imports().await.unwrap().len(), 1, "{state}");
        db.suspend(PROGRAMME, NOW).await.unwrap();
        assert_eq!(db.unfinished_imports().await.unwrap().len(), goes_on, "{state}");
        db.resume(PROGRAMME).await.unwrap();
    }
}

async fn an_export_holds_every_table_and_no_secret(db: &Db) {
    db.employ(2).await;
    db.run("UPDATE integrations SET client_id = 'a-client'").await;
    let export = db.export(PROGRAMME).await.unwrap();
    let exported: BTreeSet<&str> = export.tables.iter().map(|table| table.name.as_str()).collect();
    let all = tables(db).await;
    for table in all.keys().filter(|table| !LEFT_OUT.contains(&table.as_str())) {
        assert!(exported.contains(table.as_str()), "{table} is not exported");
    }
    let mut rows = BTreeMap::new();
    for table in &export.tables {
        let found: Vec<_> = export.rows(table).await.unwrap().try_collect().await.unwrap();
        for row in &found {
            assert!(row.keys().all(|column| !is_secret(column)), "{}: {row:?}", table.name);
            let of = row.get("programme_id").and_then(|id| id.as_str());
            assert!(of.is_none_or(|id| id == PROGRAMME.0.to_string()), "{}: {row:?}", table.name);
        }
        rows.insert(table.name.as_str(), found);
    }
    assert_eq!((rows["programmes"].len(), rows["members"].len()), (1, 2));
    let integration = &rows["integrations"][0];
    assert_eq!(integration["client_id"], "a-client");
    assert!(!integration.contains_key("secret") && integration["rules"].is_object(), "{integration:?}");
    assert!(integration["created_at"].as_str().is_some_and(|at| at.ends_with('Z')), "{integration:?}");
    let member = &rows["members"][0];
    assert!(member["fields"].is_object() && member["id"].as_str().is_some_and(|id| id.len() == 36), "{member:?}");
    // What is left out is there for a reason: it lets somebody in, or is nobody's business.
    assert!(LEFT_OUT.iter().all(|table| all.contains_key(*table)), "{LEFT_OUT:?}");
}

async fn programmes_are_listed_with_what_they_hold(db: &Db) {
    db.employ(2).await;
    let listed = db.list_programmes().await.unwrap();
    let told: Vec<_> = listed
        .iter()
        .map(|one| (one.programme.slug.as_str(), one.members, one.integrations, one.administrators))
        .collect();
    assert_eq!(told, [("acme", 2, 1, 0), ("other", 0, 0, 0)]);
}

both!(
    a_deleted_programme_leaves_no_row_in_any_table,
    nothing_is_deleted_while_an_import_applies,
    nothing_of_a_suspended_programme_goes_out_and_nothing_is_lost,
    an_import_of_a_suspended_programme_waits_unless_it_applies,
    an_export_holds_every_table_and_no_secret,
    programmes_are_listed_with_what_they_hold,
);
