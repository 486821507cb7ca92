//! Words and rules of Rollcall, pure: no I/O, no clock but the one handed in, no randomness.

pub mod record;
