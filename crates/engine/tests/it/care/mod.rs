//! Backups, and what becomes of a restored installation: it waits, and forgets whom it had to forget.

mod held;
mod mistakes;
mod replayed;

use std::path::{Path, PathBuf};

use engine::{
    Actor, EngineResult, LIST, SecretKey,
    care::{Restored, Restoring, restore},
};

use crate::bed::Bed;

/// Keeps a list of erasures from here on; tells which file it is.
async fn keep_list(bed: &mut Bed) -> PathBuf {
    let directory = bed.place.path().join("lists");
    std::fs::create_dir_all(&directory).expect("a directory");
    bed.engine = bed.engine.clone().with_erasures(&directory);
    bed.engine.bring_list_up_to_date().await.expect("a list");
    directory.join(LIST)
}

/// Takes a backup under this name.
async fn back_up(bed: &Bed, name: &str) -> PathBuf {
    let file = bed.place.path().join(name);
    bed.engine.back_up(&file, None).await.expect("a backup");
    file
}

/// Restores it into a new directory with this name, and goes on there.
async fn restore_to(bed: &mut Bed, backup: &Path, lists: &[PathBuf], name: &str) -> Restored {
    let (wanted, restored) = try_to_restore(bed, backup, lists, name, ('7', false)).await;
    let restored = restored.expect("restored");
    bed.move_to(wanted.target).await;
    restored
}

/// The same, whatever comes of it, with a key of this digit that may be another than the backup's.
async fn try_to_restore(
    bed: &Bed,
    backup: &Path,
    lists: &[PathBuf],
    name: &str,
    (digit, another_key): (char, bool),
) -> (Restoring, EngineResult<Restored>) {
    let (data, target) = bed.empty(name);
    let wanted = Restoring { backup: backup.to_owned(), target, data, erasures: lists.to_vec(), another_key };
    let key = SecretKey::parse(&digit.to_string().repeat(64), "a test").expect("a key");
    let restored = restore(&wanted, key, bed.world.clone(), bed.settings(), &Actor::command()).await;
    (wanted, restored)
}
