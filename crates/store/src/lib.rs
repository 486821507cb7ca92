//! SQLite and PostgreSQL: entities, migrations, queries and bulk writes.
//!
//! One set of entities and migrations serves both. Nothing outside this crate knows the ORM: rows
//! come out as plain structs, and everything that writes in bulk is in [`plan`] and [`apply`].

pub mod apply;
pub mod audit;
mod connect;
pub mod decisions;
mod entity;
mod error;
pub mod history;
pub mod imports;
pub mod integrations;
pub mod members;
mod migration;
pub mod outbox;
pub mod plan;
pub mod problems;
pub mod programmes;
mod sql;
pub mod work;

pub use connect::{Address, Store};
pub use entity::{
    audit::Model as Audit, decision::Model as Decision, import::Model as Import, integration::Model as Integration,
    outbox::Model as Mail, problem::Model as ProblemRow, programme::Model as Programme,
};
pub use error::{StoreError, StoreResult};
