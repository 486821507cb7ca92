//! What cannot be restored is said, and nothing is changed.

use engine::{
    EngineError,
    care::{BackupError, RestoreError, backups_in, check_backup},
};
use jiff::SignedDuration;

use super::{back_up, keep_list, try_to_restore};
use crate::{
    bed::Bed,
    both,
    closing::erasing::{MARK, marked},
};

both!(
    a_backup_that_is_not_as_it_was_written_is_noticed,
    another_key_is_noticed,
    a_list_that_is_missing_is_noticed,
    what_is_there_is_never_replaced,
    only_the_newest_are_kept,
);

async fn begin(bed: &Bed) {
    bed.employ_people([marked(1)]);
    bed.set_up("[guard]\njoiners_count = 1000\n").await;
    bed.import().await;
}

async fn a_backup_that_is_not_as_it_was_written_is_noticed(bed: Bed) {
    begin(&bed).await;
    let backup = back_up(&bed, "one.backup").await;
    assert!(check_backup(&backup).await.is_ok());
    let mut bytes = std::fs::read(&backup).expect("there");
    let marks = || bytes.windows(MARK.len()).position(|window| window == MARK.as_bytes());
    let at = marks().expect("a text of somebody");
    bytes[at] ^= 1;
    std::fs::write(&backup, &bytes).expect("written");
    let checked = check_backup(&backup).await;
    assert!(matches!(checked, Err(EngineError::Backup(BackupError::Damaged { .. }))), "one bit: {checked:?}");
    let (wanted, restored) = try_to_restore(&bed, &backup, &[], "again", ('7', false)).await;
    assert!(matches!(restored, Err(EngineError::Backup(BackupError::Damaged { .. }))), "{restored:?}");
    let left: Vec<_> = std::fs::read_dir(&wanted.data).expect("there").collect();
    assert!(left.is_empty(), "{left:?}");
    std::fs::write(&backup, &bytes[..bytes.len() / 2]).expect("written");
    assert!(check_backup(&backup).await.is_err(), "half of it");
    for text in ["", "something else"] {
        std::fs::write(&backup, text).expect("written");
        let checked = check_backup(&backup).await;
        assert!(matches!(checked, Err(EngineError::Backup(BackupError::Foreign { .. }))), "{checked:?}");
    }
}

/// With the right one the credentials are good as they are.
async fn another_key_is_noticed(mut bed: Bed) {
    begin(&bed).await;
    let backup = back_up(&bed, "one.backup").await;
    let (_, restored) = try_to_restore(&bed, &backup, &[], "other", ('8', false)).await;
    assert!(matches!(restored, Err(EngineError::Restore(RestoreError::OtherKey))), "{restored:?}");
    let (wanted, restored) = try_to_restore(&bed, &backup, &[], "other", ('8', true)).await;
    assert_eq!(restored.expect("restored").programmes, 1);
    bed.move_to(wanted.target).await;
    assert!(bed.engine.restored().await.expect("looked").is_some());
}

/// R61
async fn a_list_that_is_missing_is_noticed(mut bed: Bed) {
    let list = keep_list(&mut bed).await;
    begin(&bed).await;
    let backup = back_up(&bed, "one.backup").await;
    std::fs::remove_file(&list).expect("removed");
    let (wanted, restored) = try_to_restore(&bed, &backup, &[list], "again", ('7', false)).await;
    let Err(EngineError::NotFound { what, remedy }) = restored else { panic!("{restored:?}") };
    assert!(what.contains("erasures.log") && remedy.contains("--without-erasures"), "{what} {remedy}");
    let left: Vec<_> = std::fs::read_dir(&wanted.data).expect("there").collect();
    assert!(left.is_empty(), "{left:?}");
}

async fn what_is_there_is_never_replaced(bed: Bed) {
    begin(&bed).await;
    let backup = back_up(&bed, "one.backup").await;
    let again = bed.engine.back_up(&backup, None).await;
    assert!(matches!(again, Err(EngineError::Backup(BackupError::File { .. }))), "{again:?}");
    let (wanted, restored) = try_to_restore(&bed, &backup, &[], "again", ('7', false)).await;
    restored.expect("restored");
    let key = engine::SecretKey::parse(&"7".repeat(64), "a test").expect("a key");
    let by = engine::Actor::command();
    let restored = engine::care::restore(&wanted, key, bed.world.clone(), bed.settings(), &by).await;
    assert!(matches!(restored, Err(EngineError::Restore(RestoreError::Taken { .. }))), "{restored:?}");
}

async fn only_the_newest_are_kept(bed: Bed) {
    use std::os::unix::fs::PermissionsExt;
    begin(&bed).await;
    let directory = bed.place.path().join("backups");
    std::fs::create_dir(&directory).expect("a directory");
    std::fs::write(directory.join("rollcall-notes.backup"), "mine").expect("written");
    let mut taken = Vec::new();
    for _ in 0..3 {
        bed.pass(SignedDuration::from_secs(90));
        let (backup, _) = bed.engine.back_up(&directory, None).await.expect("a backup");
        let mode = std::fs::metadata(&backup.file).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        taken.push(backup.file);
    }
    bed.pass(SignedDuration::from_secs(90));
    let (newest, removed) = bed.engine.back_up(&directory, Some(2)).await.expect("a backup");
    assert_eq!(removed, [taken[1].clone(), taken[0].clone()]);
    let left: Vec<_> = backups_in(&directory).await.expect("listed").into_iter().map(|(file, _)| file).collect();
    assert_eq!(left, [newest.file, taken[2].clone()]);
    assert_eq!(
        std::fs::read_dir(&directory).expect("there").count(),
        3,
        "nothing of anybody else, and nothing half done"
    );
}
