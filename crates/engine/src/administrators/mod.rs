//! Administrators: how they come in, sign in and prove who they are, what they may do, and the tokens
//! they make for programs.
//!
//! Whatever is entered wrongly comes back as [`FieldError`]s with stable codes, which pages put into
//! the reader's language. Nothing here tells whether an address is known.

mod entries;
mod first_run;
mod flaw;
mod invitations;
pub(crate) mod links;
mod passwords;
mod profile;
mod reset;
mod roles;
mod second_factor;
mod sessions;
mod sign_in;
mod throttle;
mod token;
mod tokens;

pub use first_run::{FirstRun, NewAdministrator};
pub use flaw::{FieldError, Flaw};
pub use invitations::{Invitation, Invite};
pub use links::LinkState;
pub use roles::AdministratorView;
pub use second_factor::TotpOffer;
pub use sessions::{Place, Profile, SessionView, Signed};
pub use sign_in::SignIn;
pub use token::Token;
pub use tokens::{NewToken, TokenSession, TokenView};

/// Where a request comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The network address, where it is known.
    pub address: Option<String>,
    /// What the browser says that it is.
    pub agent: String,
}
