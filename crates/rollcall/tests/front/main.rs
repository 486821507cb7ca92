//! The program as its users meet it: real processes, a Personio of our own, real files, and both
//! databases. A test's name says what is true; the line above it cites the rules.

mod world;

mod backup;
mod changes;
mod clients;
mod config;
mod contract;
mod copying;
mod crash;
mod customers;
mod decisions;
mod faults;
mod holds;
mod incidents;
mod mistakes;
mod nodes;
mod portal;
mod reading;
mod renumbered;
mod rotating;
mod seeing;
