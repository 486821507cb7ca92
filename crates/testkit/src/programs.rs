//! Programs that tests start.

use std::{env, path::PathBuf};

/// Where a program is that the search path leads to.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).map(|directory| directory.join(program)).find(|candidate| candidate.is_file())
}
