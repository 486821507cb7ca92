//! The tables, one file each. Their rows are plain structs to the rest of the workspace. (`work`
//! has no entity: leases are claimed and renewed in single statements.)

#![allow(unreachable_pub, reason = "the ORM's derive wants `pub struct Model`")]

pub(crate) mod audit;
pub(crate) mod change;
pub(crate) mod decision;
pub(crate) mod import;
pub(crate) mod integration;
pub(crate) mod member;
pub(crate) mod outbox;
pub(crate) mod problem;
pub(crate) mod programme;
