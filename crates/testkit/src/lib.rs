//! What tests share: an empty PostgreSQL database for the asking, a mail server, temporary places, and a browser.
//!
//! Never part of the product: a dev-dependency, and used by `xtask`. Blocking, without a runtime: call it from `#[test]`
//! and `#[tokio::test]` alike. But for the browser, which is there with the feature of that name.

mod axe;
#[cfg(feature = "browser")]
pub mod browser;
mod mail_server;
mod postgres;
mod programs;
mod proxy;
mod site;

pub use axe::{AXE_MANIFEST, axe_is_installed, axe_place, target};
pub use mail_server::{Encryption, MailServer, mail_server_is_installed};
pub use postgres::{Postgres, ask_postgres, postgres_is_installed, postgres_url};
pub use programs::on_path;
pub use proxy::{Commit, Proxy};
pub use site::{Answer, Line, Site, attributes, escaped};
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
