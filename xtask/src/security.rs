//! What docs/security names is there: files, and tests.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const DOCUMENTS: [&str; 3] = ["docs/security/threat-model.md", "docs/security/controls.md", "docs/security/asvs.md"];

/// Where a word in backticks is a path of the repository.
const ROOMS: [&str; 5] = ["crates/", "deploy/", "docs/", "xtask/", ".dockerignore"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// Every word of the sources that could be the name of a function.
fn words(directory: PathBuf, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            words(path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(path).unwrap();
            found.extend(text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').map(str::to_owned));
        }
    }
}

#[test]
fn what_the_documents_name_is_there() {
    let mut sources = BTreeSet::new();
    words(root().join("crates"), &mut sources);
    words(root().join("xtask"), &mut sources);
    let mut missing = Vec::new();
    let (mut files, mut tests) = (0, 0);
    for document in DOCUMENTS {
        let text = fs::read_to_string(root().join(document)).unwrap();
        for name in quoted(&text) {
            if ROOMS.iter().any(|room| name.starts_with(room)) {
                files += 1;
                if !root().join(name).exists() {
                    missing.push(format!("{document}: the file {name}"));
                }
            } else if name.matches('_').count() > 2 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
                tests += 1;
                if !sources.contains(name) {
                    missing.push(format!("{document}: the test {name}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(files > 50 && tests > 50, "{files} files, {tests} tests");
}
