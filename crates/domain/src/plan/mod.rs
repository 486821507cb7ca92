//! The plan: every change that an import would make, worked out before the first one is made (R30).
//!
//! [`judge`](judge::judge) looks at one person at a time; [`settle`](settle::settle) decides
//! what needs everybody; [`absent`] judges those whom the source no longer holds.

mod absent;
mod change;
mod invitation;
mod judge;
mod settle;

pub use absent::{absent, loses_id};
pub use change::{Change, Counts, Kind, Outcome, Reason, Welcome};
pub use invitation::{route, welcome};
pub use judge::{Known, Verdict, judge};
pub use settle::{Claim, Fate, Holder, RowNumber, Settled, Twin, settle};
