//! Whatever is sealed is known, wherever it stands.

use std::collections::BTreeSet;

use rollcall_store::sealed::COLUMNS;

use crate::support::{Db, both};

const BYTES_IN_SQLITE: &str = "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
    WHERE t.type = 'table' AND lower(c.type) = 'blob'";
const BYTES_IN_POSTGRES: &str = "SELECT table_name::text, column_name::text FROM information_schema.columns \
    WHERE table_schema = 'public' AND data_type = 'bytea'";

/// A column that the list does not name would be lost with the old key.
async fn every_column_of_bytes_is_sealed_anew(db: &Db) {
    let found = db.lines(if db.is_shared() { BYTES_IN_POSTGRES } else { BYTES_IN_SQLITE }).await;
    let found: BTreeSet<String> = found.into_iter().collect();
    let listed = COLUMNS.iter().map(|column| format!("{}|{}", column.table, column.column)).collect();
    assert_eq!(found, listed);
}

async fn rows_are_read_in_order_and_written_over_what_was_seen(db: &Db) {
    db.employ(1).await;
    db.fill_every_table().await;
    for column in COLUMNS {
        let rows = db.sealed_otherwise(*column, &[], None, 9).await.unwrap();
        let [row] = &rows[..] else { panic!("{column:?}: {rows:?}") };
        let after = Some((row.programme, row.row));
        assert!(db.sealed_otherwise(*column, &[], after, 9).await.unwrap().is_empty());
        assert!(db.sealed_otherwise(*column, &row.sealed[..2], None, 9).await.unwrap().is_empty());
        assert_eq!(db.sealed_otherwise(*column, b"new", None, 9).await.unwrap(), rows);
        assert!(db.seal_anew(*column, row, b"new one").await.unwrap());
        assert!(!db.seal_anew(*column, row, b"another").await.unwrap(), "it has changed meanwhile");
        assert!(db.sealed_otherwise(*column, b"new", None, 9).await.unwrap().is_empty());
    }
}

both!(every_column_of_bytes_is_sealed_anew, rows_are_read_in_order_and_written_over_what_was_seen);
