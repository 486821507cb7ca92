//! A backup holds every row of every table, of either database, and makes a database again.

use rollcall_store::{
    Store,
    backup::{BackupError, check, look},
};
use sea_orm::{ConnectionTrait, Database};

use crate::support::{Db, NOW, PROGRAMME, both};

both!(every_row_of_every_table_is_in_it, a_backup_of_a_newer_version_is_left_alone);

async fn every_row_of_every_table_is_in_it(db: &Db) {
    db.employ(30).await;
    db.fill_every_table().await;
    let place = testkit::place();
    let (file, again) = (place.path().join("one.backup"), place.path().join("again.db"));
    let manifest = db.back_up(&file, "0.0.1", &|| NOW).await.unwrap();
    assert_eq!((manifest.at, manifest.version.as_str()), (NOW, "0.0.1"));
    for table in db.tables().await.unwrap() {
        let rows = db.number(&format!("SELECT COUNT(*) FROM \"{table}\"")).await;
        // What processes have in hand goes on nowhere else, and a server's is not copied.
        if table != "work" {
            assert_eq!(manifest.rows_of(&table), u64::try_from(rows).unwrap(), "{table}");
        }
    }
    let names: Vec<_> = std::fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["one.backup"], "one file, and nothing beside it");

    let (store, same) = Store::of_backup(&file, &again).await.unwrap();
    assert_eq!(same, manifest);
    assert_eq!(store.programme("acme").await.unwrap().unwrap().number(), PROGRAMME);
    assert_eq!(store.tables().await.unwrap(), db.tables().await.unwrap(), "the manifest is not in it");
    store.close().await.unwrap();
    assert_eq!(check(&file).await.unwrap(), manifest, "the backup is as it was");
    assert!(matches!(db.back_up(&file, "0.0.1", &|| NOW).await, Err(BackupError::File { .. })), "nothing is replaced");
    assert_eq!(check(&file).await.unwrap(), manifest);
}

/// Its schema has steps that nobody here knows.
async fn a_backup_of_a_newer_version_is_left_alone(db: &Db) {
    let place = testkit::place();
    let (file, again) = (place.path().join("one.backup"), place.path().join("again.db"));
    db.run("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)").await;
    let taken = db.back_up(&file, "9.0.0", &|| NOW).await;
    db.run("DELETE FROM seaql_migrations WHERE version = 'm9999_later'").await;
    let manifest = taken.unwrap();
    // The steps of a server's database are not copied: they are made.
    if manifest.schema.iter().any(|step| step == "m9999_later") {
        let opened = Store::of_backup(&file, &again).await.map(drop);
        assert!(matches!(opened, Err(BackupError::Newer { version, .. }) if version == "9.0.0"));
        assert!(!again.exists());
    }
    let around = Database::connect(format!("sqlite://{}", file.display())).await.unwrap();
    around
        .execute_unprepared("UPDATE backup_manifest SET manifest = replace(manifest, '\"format\":1', '\"format\":2')")
        .await
        .unwrap();
    around.close().await.unwrap();
    assert!(matches!(look(&file).await, Err(BackupError::Newer { .. })));
}
