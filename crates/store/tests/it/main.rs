//! The store, on both databases: every test here runs on SQLite and on PostgreSQL.

mod support;

mod apply;
mod catalogue;
mod contended;
mod imports;
mod integrations;
mod large;
mod members;
mod opening;
mod outbox;
mod plan;
mod programmes;
mod work;
