//! Administrators: how they come in, sign in and prove who they are, what they may do, and the tokens
//! they make for programs.
//!
//! Whatever is entered wrongly comes back as [`FieldError`]s with stable codes, which pages put into
//! the reader's language. Nothing here tells whether an address is known.

mod by_command;
pub(crate) mod entries;
mod first_run;
mod invitations;
pub(crate) mod links;
mod profile;
mod reset;
mod roles;
mod second_factor;
mod sessions;
mod sign_in;
mod tokens;

pub use first_run::{FirstRun, NewAdministrator};
pub use invitations::{Invitation, Invite};
pub(crate) use links::RESET_VALID;
pub use roles::AdministratorView;
pub(crate) use sessions::SECOND_FACTOR as SECOND_FACTOR_WAITS;
pub use sessions::{Place, Profile, SessionView, Signed};
pub use sign_in::SignIn;
pub(crate) use sign_in::{CODE, PASSWORD};
pub use tokens::{NewToken, TokenSession, TokenView};

pub use crate::proof::{FieldError, Flaw, LinkState, Origin, Token, TotpOffer};
