//! The commands, one file each. They ask the engine and print; what is done is the engine's.

pub(crate) mod admin;
pub(crate) mod backup;
pub(crate) mod config;
pub(crate) mod database;
pub(crate) mod decide;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod import;
pub(crate) mod imports;
pub(crate) mod integration;
pub(crate) mod key;
pub(crate) mod members;
pub(crate) mod outbox;
pub(crate) mod programme;
pub(crate) mod release;
pub(crate) mod restore;
pub(crate) mod sandbox;
pub(crate) mod serve;
pub(crate) mod show;
