//! Erasing takes what is personal out of every table that the catalogue knows (R61).

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::MemberId;
use rollcall_store::{
    Trace,
    erasure::{Erasure, Fate, TABLES},
};

use crate::support::{Db, NOW, OTHER, PROGRAMME, both};

both!(every_table_about_a_member_is_listed, no_text_about_a_member_is_left);

/// Table, column and type in plain words.
const COLUMNS_OF_SQLITE: &str = "SELECT t.name, c.name, lower(c.type) FROM sqlite_schema t \
    JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
const COLUMNS_OF_POSTGRES: &str = "SELECT table_name::text, column_name::text, data_type::text \
    FROM information_schema.columns WHERE table_schema = 'public'";

/// Columns whose words are ours, and say nothing of anybody.
const OURS: &[(&str, &[&str])] = &[
    ("changes", &["kind", "reason", "member_state", "welcome", "clock_stopped_until"]),
    ("outbox", &["kind", "route", "state", "failure_code"]),
    ("problems", &["code", "severity", "field"]),
    ("members", &["state", "leave_reason"]),
];

async fn columns(db: &Db) -> BTreeMap<String, Vec<(String, String)>> {
    let sql = if db.is_shared() { COLUMNS_OF_POSTGRES } else { COLUMNS_OF_SQLITE };
    let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for line in db.lines(sql).await {
        let [table, column, kind] = line.split('|').collect::<Vec<_>>()[..] else { panic!("{line}") };
        tables.entry(table.to_owned()).or_default().push((column.to_owned(), kind.to_owned()));
    }
    tables
}

/// A table with a member's number that the list does not name would keep what it holds.
async fn every_table_about_a_member_is_listed(db: &Db) {
    let tables = columns(db).await;
    let about = |columns: &Vec<(String, String)>| columns.iter().any(|(column, _)| column == "member_id");
    let about: BTreeSet<&str> =
        tables.iter().filter(|(_, columns)| about(columns)).map(|(table, _)| table.as_str()).collect();
    assert_eq!(about, TABLES.iter().map(|(table, _)| *table).collect());
}

fn ours(table: &str) -> &'static [&'static str] {
    OURS.iter().find(|(of, _)| *of == table).map_or(&[], |(_, columns)| columns)
}

fn is_text(kind: &str) -> bool {
    ["text", "varchar", "character varying"].contains(&kind)
}

fn number(db: &Db, id: MemberId) -> String {
    let digits = id.0.simple().to_string();
    if db.is_shared() { format!("'{}'", id.0) } else { format!("x'{digits}'") }
}

/// A row about the member in a table, with the mark in every text that is not a word of ours.
fn planted(db: &Db, table: &str, columns: &[(String, String)], member: MemberId) -> String {
    let value = |column: &str, kind: &str| match (column, kind) {
        ("programme_id", _) => number(db, MemberId(PROGRAMME.0)),
        ("member_id", _) => number(db, member),
        (_, kind) if is_text(kind) && !ours(table).contains(&column) => "'MARK'".to_owned(),
        (_, kind) if is_text(kind) => "'x'".to_owned(),
        (_, kind) if kind.contains("blob") && column.ends_with("_id") || kind.contains("uuid") || column == "id" => {
            number(db, MemberId(uuid::Uuid::from_u128(77)))
        }
        (_, kind) if kind.contains("bytea") => r"'\x4d41524b'".to_owned(),
        (_, kind) if kind.contains("blob") => "x'4d41524b'".to_owned(),
        (_, kind) if kind.contains("bool") => "FALSE".to_owned(),
        _ => "0".to_owned(),
    };
    let names: Vec<String> = columns.iter().map(|(column, _)| format!("\"{column}\"")).collect();
    let values: Vec<String> = columns.iter().map(|(column, kind)| value(column, kind)).collect();
    format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "))
}

async fn marks(db: &Db) -> Vec<String> {
    let mut found = Vec::new();
    for (table, columns) in columns(db).await {
        for (column, _) in columns.iter().filter(|(_, kind)| is_text(kind)) {
            let sql = format!(
                "SELECT '{table}', '{column}', \"{column}\" FROM \"{table}\" WHERE lower(\"{column}\") LIKE '%mark%'"
            );
            found.extend(db.lines(&sql).await);
        }
    }
    found
}

async fn no_text_about_a_member_is_left(db: &Db) {
    let member = MemberId(uuid::Uuid::from_u128(501));
    let fields = serde_json::from_value(serde_json::json!({ "email": "mark@acme.example", "first_name": "Mark" }));
    db.add_member(PROGRAMME, member, &fields.unwrap(), NOW).await.unwrap();
    let id = number(db, member);
    let texts: Vec<String> = columns(db).await["members"]
        .iter()
        .filter(|(column, kind)| is_text(kind) && column != "fields" && !ours("members").contains(&column.as_str()))
        .map(|(column, _)| format!("{column} = 'MARK'"))
        .collect();
    let dates = "clock_stopped_until = '2026-12-24', locked_until = '2026-12-24', state_before_leaving = 'active'";
    db.run(&format!("UPDATE members SET {}, state = 'leaver', left_at = 1 WHERE id = {id}", texts.join(", "))).await;
    db.run(&format!("UPDATE members SET {dates} WHERE id = {id}")).await;
    for (table, columns) in columns(db).await {
        if TABLES.iter().any(|(of, fate)| *of == table && *fate != Fate::Stays) {
            db.run(&planted(db, &table, &columns, member)).await;
        }
    }
    let audit = format!(
        "INSERT INTO audit (programme_id, id, at, actor_kind, actor, address, action, subject, before, after) VALUES \
         ({}, {id}, 1, 'member', 'mark@acme.example', 'MARK', 'x', '{}', '[\"MARK\"]', NULL)",
        number(db, MemberId(PROGRAMME.0)),
        member.0
    );
    db.run(&audit).await;
    assert!(marks(db).await.len() > 15, "{:#?}", marks(db).await);

    let trace = Trace {
        programme_id: PROGRAMME.0,
        member_id: member.0,
        id_hash: None,
        email_hash: Some("hash".to_owned()),
        reason: "absent".to_owned(),
        joined_at: NOW,
        left_at: 1,
        closed_at: Some(NOW),
        excluded: false,
    };
    let stale = Erasure { trace: trace.clone(), version: 7, mail: None };
    assert!(!db.erase(&stale, NOW).await.unwrap(), "somebody who has changed meanwhile");
    let elsewhere = Erasure { trace: Trace { programme_id: OTHER.0, ..trace.clone() }, version: 1, mail: None };
    assert!(!db.erase(&elsewhere, NOW).await.unwrap(), "another programme's");
    assert!(db.erase(&Erasure { trace: trace.clone(), version: 1, mail: None }, NOW).await.unwrap());
    assert_eq!(marks(db).await, Vec::<String>::new());
    let kept = db.trace(PROGRAMME, member).await.unwrap().unwrap();
    assert_eq!(kept, Trace { excluded: true, ..trace }, "an administrator's exclusion stays, without a name");
    assert!(db.forget_log().await.unwrap());
}
