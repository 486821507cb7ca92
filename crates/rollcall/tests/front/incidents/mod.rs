//! Things that went wrong elsewhere, with other systems that keep accounts in step with a
//! directory. Each must be survived, as seen from the front door.

mod access;
mod addresses;
mod membership;
mod owner;
mod quiet;
mod reading;
mod rehires;
