//! What imports are measured against (`cargo xtask bench`): the least that reading and writing can cost, and what a
//! program used of the machine.
//!
//! Never part of the product.

pub mod measured;
pub mod process;
pub mod read;
pub mod write;
