//! What members do themselves: come in by an invitation, sign in, look at what is held about them, and go.
//!
//! Nothing here tells whether an address is known. A leaver signs in to what is still open for them (R37, R60); a
//! closed account is answered like one that never was.

mod account;
mod choices;
mod close;
mod copy;
mod invitation;
mod remind;
mod reset;
mod second_factor;
mod send;
mod sessions;
mod sign_in;
mod standing;
mod token;

pub use account::Datum;
pub use choices::OwnAddress;
pub use copy::{AccountCopy, ChangeCopy, DeedCopy, MailCopy, MemberCopy, SessionCopy};
pub use invitation::{InvitationState, Invited};
pub use send::{Letter, Who};
pub use sessions::SignedMember;
pub use standing::Standing;
