//! Promises kept: what must hold of an installation whatever happened to it, looked at from outside.
//!
//! [`Ledger`] compares the database, the mails that arrived, the HR system and what the program says of them. Tests use it
//! after a fault; [`story`] uses it through days of random ones (`cargo xtask soak`). Never part of the product.

mod facts;
mod ledger;
mod node;
mod place;
mod portal;
mod post;
mod source;
pub mod story;

pub use facts::Facts;
pub use ledger::{Broken, Ledger};
pub use node::{Node, Stopped};
pub use place::{Place, Ran};
pub use portal::Portal;
pub use post::Postbox;
pub use source::compare as compare_with_source;

use std::time::{Duration, Instant};

#[expect(
    clippy::disallowed_methods,
    reason = "how long something took, and until when to wait: of tests, not of the product"
)]
/// The machine's clock.
pub fn clock() -> Instant {
    Instant::now()
}

/// The machine's time: when the faster clock of a trial begins, by which servers are told to go.
#[expect(clippy::disallowed_methods, reason = "servers are told when their faster clock began")]
pub fn timestamp() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// Waits until this is so, and tells whether it came to that.
pub fn until(patience: Duration, mut so: impl FnMut() -> bool) -> bool {
    let begin = clock();
    loop {
        if so() {
            return true;
        }
        if begin.elapsed() > patience {
            return false;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
}
