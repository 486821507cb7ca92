//! Applying a plan.

mod changes;
mod meanwhile;
mod moving;
mod resuming;
