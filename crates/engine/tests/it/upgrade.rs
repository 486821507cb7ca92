//! A database of an older version, opened with this one: everything in it is brought along, and work goes on.
//!
//! The files in `crates/store/tests/older` are made by `cargo xtask older-database`, with something in every table.

use std::collections::BTreeMap;

use domain::import::{Purpose, State};
use sandbox::{Company, Knobs};

use crate::bed::Bed;

/// How many rows each table has in the file.
fn rows(dump: &str) -> BTreeMap<String, i64> {
    let mut rows = BTreeMap::new();
    for line in dump.lines().filter_map(|line| line.strip_prefix("INSERT INTO ")) {
        let table = line.split([' ', '(']).next().unwrap_or_default().trim_start_matches("public.").trim_matches('"');
        if !["seaql_migrations", "sqlite_schema"].contains(&table) {
            *rows.entry(table.to_owned()).or_default() += 1;
        }
    }
    rows
}

async fn opens_whole_and_goes_on(bed: Bed, dump: &str) {
    let expected = rows(dump);
    assert!(expected.len() > 25, "something in every table: {expected:?}");
    for (table, rows) in &expected {
        assert_eq!(bed.number(&format!("SELECT COUNT(*) FROM \"{table}\"")).await, *rows, "{table}");
    }
    let unkeyed = "SELECT COUNT(*) FROM integrations WHERE owner_key IS NULL OR owner_key <> lower(owner)";
    assert_eq!(bed.number(unkeyed).await, 0, "owners are recognised (R56)");
    for (table, kind) in [("members", "member"), ("outbox", "mail")] {
        let sql = format!(
            "SELECT CAST(SUM(number) AS BIGINT) FROM (SELECT number FROM tallies WHERE kind = '{kind}' \
             UNION ALL SELECT -1 FROM {table}) AS x"
        );
        assert_eq!(bed.number(&sql).await, 0, "{table} are counted");
    }

    let (programme, integration) = bed.integration().await;
    assert_eq!((programme.name.as_str(), integration.source.as_str()), ("Acme Rewards", "personio"));
    let members = bed.members().await;
    assert!(members.len() > 10 && members.iter().all(|member| !member.fields.is_empty()));
    let before = bed.engine.store().imports(programme.number(), 9).await.expect("imports");
    assert!(before.iter().any(|import| import.state().is_ok_and(|state| state == State::Completed)));

    // The secret of then opens; the same company is read again.
    bed.sql(&format!("UPDATE integrations SET base_url = '{}'", bed.sandbox.base_url())).await;
    let company = Company::generate(7, 20, jiff::civil::Date::constant(2026, 11, 25));
    bed.sandbox.add_company_with("papi-sandbox", "papi-sandbox-secret", company, Knobs::default().unlimited());
    let report = bed.try_import(Purpose::Apply).await.expect("an import");
    assert_eq!(report.state, State::Completed, "{report:?}");
    // The one exclusion in the file makes its member a leaver.
    assert_eq!((report.counts.unchanged, report.counts.leave), (members.len() as u64 - 1, 1), "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn m0009_sqlite() {
    let dump = include_str!("../../../store/tests/older/m0009.sqlite.sql");
    opens_whole_and_goes_on(Bed::on_older_sqlite(dump).await, dump).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m0009_postgres() {
    let dump = include_str!("../../../store/tests/older/m0009.postgres.sql");
    opens_whole_and_goes_on(Bed::on_older_postgres(dump).await, dump).await;
}
