//! What tests share: an empty PostgreSQL database for the asking, and temporary places.
//!
//! Never part of the product: a dev-dependency, and used by `xtask`. Blocking, without a runtime: call it from `#[test]` and `#[tokio::test]` alike.

mod postgres;

pub use postgres::{postgres_is_installed, postgres_url};
pub use tempfile::TempDir;

/// A new, empty directory that disappears with the value returned.
///
/// # Panics
/// When the system's temporary directory cannot be written to.
pub fn place() -> TempDir {
    tempfile::Builder::new()
        .prefix("rollcall-test-")
        .tempdir()
        .expect("a directory for this test could not be made; is the temporary directory writable?")
}
