//! Where PostgreSQL's programs are. Debian keeps the server's out of the search path, one directory a version.

use std::{cmp::Reverse, env, fs, path::PathBuf, process::Command};

const DEBIAN: &str = "/usr/lib/postgresql";

/// The newest installed program of this name.
pub(super) fn find(program: &str) -> Result<PathBuf, String> {
    let path = env::var_os("PATH").unwrap_or_default();
    versions()
        .into_iter()
        .chain(configured())
        .chain(env::split_paths(&path))
        .map(|directory| directory.join(program))
        .find(|candidate| candidate.is_file())
        .ok_or_else(|| {
            format!(
                "`{program}` is not installed. Install PostgreSQL with `apt-get install postgresql` (it need not be \
                 running), or set ROLLCALL_TEST_POSTGRES to the URL of a server's maintenance database"
            )
        })
}

/// Debian's directories, newest version first.
fn versions() -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(DEBIAN) else { return Vec::new() };
    let mut versions: Vec<(u32, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort_by_key(|(version, _)| Reverse(*version));
    versions.into_iter().map(|(_, directory)| directory).collect()
}

/// What `pg_config` says, on systems other than Debian.
fn configured() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    output.status.success().then(|| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}
