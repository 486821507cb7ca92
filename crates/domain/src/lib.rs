//! Words and rules of Rollcall, pure: no I/O, no clock but the one handed in, no randomness.
//!
//! A [`record`] of a source becomes, by the [`rules`] of its integration, what one person's
//! account should be; [`plan`] works out every change before the first is made, and [`guard`]
//! decides whether the plan may go on by itself. The rules' numbers (`R21`) are those of
//! `docs/RULES.md`.

pub mod eligibility;
pub mod email;
pub mod event;
pub mod failing;
pub mod field;
pub mod guard;
pub mod hold;
pub mod ids;
pub mod import;
pub mod integration;
pub mod language;
pub mod member;
#[cfg(any(test, feature = "model"))]
pub mod model;
mod named;
pub mod names;
pub mod network;
pub mod password;
pub mod plan;
pub mod print;
pub mod problem;
pub mod programme;
pub mod reading;
pub mod record;
pub mod roles;
pub mod rules;
pub mod schedule;
pub mod scope;
pub mod setup;
