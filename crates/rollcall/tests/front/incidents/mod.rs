//! Things that went wrong elsewhere, with other systems that keep accounts in step with a
//! directory. Each must be survived, as seen from the front door. The twenty-second (the owner
//! leaves) needs the portal, and has its test there.

mod access;
mod addresses;
mod membership;
mod quiet;
mod reading;
mod rehires;
