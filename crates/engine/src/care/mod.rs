//! Care of an installation: backups, restoring one, and what waits afterwards until somebody has looked.

mod backup;
mod held;
mod release;
mod restore;

pub use backup::{Backup, backups_in, check_backup};
pub use release::{Doubtful, Due, Released, Unfinished, Waiting};
pub use restore::{RestoreError, Restored, Restoring, restore};
pub use store::backup::{BackupError, Manifest};
