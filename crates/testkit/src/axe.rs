//! Where the pinned axe-core is, which looks for barriers in pages.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// What npm installs from: the version, and the checksum that npm compares.
pub const AXE_MANIFEST: [(&str, &str); 2] = [
    ("package.json", include_str!("../axe/package.json")),
    ("package-lock.json", include_str!("../axe/package-lock.json")),
];

/// Where builds leave their files.
pub fn target() -> PathBuf {
    let ours = || Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("")).join("target");
    env::var_os("CARGO_TARGET_DIR").map_or_else(ours, PathBuf::from)
}

/// Where `npm ci` is run for axe-core.
pub fn axe_place() -> PathBuf {
    target().join("axe")
}

/// The one file of it that matters.
pub(crate) fn script() -> PathBuf {
    axe_place().join("node_modules/axe-core/axe.min.js")
}

/// Whether that very version is there.
pub fn axe_is_installed() -> bool {
    // npm keeps a lock file of its own, so ours beside it says what it was asked for.
    let asked_for = |(name, text): (&str, &str)| fs::read_to_string(axe_place().join(name)).is_ok_and(|it| it == text);
    script().is_file() && AXE_MANIFEST.into_iter().all(asked_for)
}
