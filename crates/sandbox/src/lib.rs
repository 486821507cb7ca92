//! A Personio to try Rollcall with: same API, limits, errors and quirks, synthetic people.
//!
//! A [`Sandbox`] listens on an address of its own and answers `/v1` as Personio does. Behind each
//! client id stands a [`Company`], drawn from a seed: the same seed, size and day always give the
//! same people, and the same things happen to them when [a month passes](Company::month_passes).
//! What accounts of the API differ in, or what is not known for sure, is one of the [`Knobs`]; what
//! can go wrong is a [`Fault`]. All of it can be set from a test, in process, or through the
//! control address `/_sandbox`, which explains itself.

mod api;
mod attributes;
mod company;
mod control;
mod dice;
mod fault;
mod knobs;
mod log;
mod server;
mod state;

pub use attributes::{Custom, Dates, EmptyObjects, Kind, Mangled, Supervisor, Tags, Writing};
pub use company::{Change, Company, Counts, Month, Mutation};
pub use fault::{Endpoint, Fault, FaultKind, Shift};
pub use knobs::{Knobs, Language, OverLimit, TokenInAnswers};
pub use log::Request;
pub use server::{Control, Options, Sandbox, UnknownClient};
