//! The schema as the databases themselves describe it.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Db, both};

/// Tables that no programme owns.
const SHARED: [&str; 12] = [
    "administrators",
    "allowances",
    "attempts",
    "deleted_programmes",
    "former_keys",
    "links",
    "programmes",
    "recovery_codes",
    "restores",
    "rounds",
    "seaql_migrations",
    "sessions",
];

/// Table, column and whether it may be empty.
const COLUMNS_OF_SQLITE: &str = "SELECT t.name, c.name, CASE c.\"notnull\" WHEN 0 THEN 'may be empty' END \
    FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
const COLUMNS_OF_POSTGRES: &str = "SELECT table_name::text, column_name::text, \
    CASE is_nullable WHEN 'YES' THEN 'may be empty' END FROM information_schema.columns WHERE table_schema = 'public'";

/// Table, key and column, for whatever has to be unique or refers to another table.
const KEYS_OF_SQLITE: &str = "SELECT t.name, 'primary', c.name FROM sqlite_schema t \
    JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND c.pk > 0 \
    UNION ALL SELECT t.name, 'unique ' || i.name, c.name FROM sqlite_schema t JOIN pragma_index_list(t.name) i \
    JOIN pragma_index_info(i.name) c WHERE t.type = 'table' AND i.\"unique\" \
    UNION ALL SELECT t.name, 'foreign ' || f.id, f.\"from\" FROM sqlite_schema t \
    JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'";
const KEYS_OF_POSTGRES: &str = "SELECT t.relname::text, 'unique ' || i.relname, a.attname::text FROM pg_index x \
    JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid \
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (x.indkey) \
    WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace \
    UNION ALL SELECT t.relname::text, 'foreign ' || f.conname, a.attname::text FROM pg_constraint f \
    JOIN pg_class t ON t.oid = f.conrelid \
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (f.conkey) WHERE f.contype = 'f'";

async fn columns(db: &Db) -> BTreeSet<String> {
    let sql = if db.is_shared() { COLUMNS_OF_POSTGRES } else { COLUMNS_OF_SQLITE };
    db.lines(sql).await.into_iter().collect()
}

/// The columns of each key, by table and key.
async fn keys(db: &Db) -> BTreeMap<(String, String), BTreeSet<String>> {
    let mut keys: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for line in db.lines(if db.is_shared() { KEYS_OF_POSTGRES } else { KEYS_OF_SQLITE }).await {
        let [table, key, column] = line.split('|').collect::<Vec<_>>()[..] else { panic!("{line}") };
        keys.entry((table.to_owned(), key.to_owned())).or_default().insert(column.to_owned());
    }
    keys
}

/// Two programmes can never stand in each other's way, nor refer to each other's rows.
async fn every_key_holds_the_programme(db: &Db) {
    let keys = keys(db).await;
    assert!(keys.len() > 15, "{keys:#?}");
    for ((table, key), columns) in keys.iter().filter(|((table, _), _)| !SHARED.contains(&table.as_str())) {
        assert!(columns.contains("programme_id"), "{table}, {key}: {columns:?}");
    }
}

async fn every_table_belongs_to_a_programme(db: &Db) {
    let columns = columns(db).await;
    let tables: BTreeSet<&str> = columns.iter().filter_map(|line| line.split('|').next()).collect();
    assert!(tables.is_superset(&BTreeSet::from(SHARED)));
    assert!(tables.len() > 8);
    for table in tables.iter().filter(|table| !SHARED.contains(table)) {
        assert!(columns.contains(&format!("{table}|programme_id|-")), "{table}");
        assert!(keys(db).await.iter().any(|((of, key), _)| of == table && key.starts_with("foreign")), "{table}");
    }
}

both!(every_key_holds_the_programme, every_table_belongs_to_a_programme);

#[tokio::test]
async fn both_databases_have_the_same_columns() {
    let (sqlite, postgres) = (Db::sqlite().await, Db::postgres().await);
    let only = |line: &String| !line.starts_with("seaql_migrations|");
    let sqlite: Vec<_> = columns(&sqlite).await.into_iter().filter(only).collect();
    let postgres: Vec<_> = columns(&postgres).await.into_iter().filter(only).collect();
    assert_eq!(sqlite, postgres);
}
