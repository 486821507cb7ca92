//! The store, on both databases: every test here runs on SQLite and on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    reason = "a test is a function that both databases call: the lint does not take it for one"
)]

mod support;

mod administrators;
mod allowances;
mod apply;
mod backup;
mod catalogue;
mod contended;
mod copying;
mod customers;
mod due;
mod erasure;
mod events;
mod exclusions;
mod imports;
mod integrations;
mod labels;
mod large;
mod members;
mod opening;
mod outbox;
mod pages;
mod plan;
mod programmes;
mod rounds;
mod sealed;
mod tallies;
mod work;
