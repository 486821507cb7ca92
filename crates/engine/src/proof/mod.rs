//! How somebody proves who they are: passwords, one-time codes, links and tokens, and how guessing is made
//! slow. Administrators and members do so in the same way.

mod flaw;
mod link;
mod passwords;
mod throttle;
mod token;
mod totp;

pub use flaw::{FieldError, Flaw};
pub(crate) use flaw::{Flaws, wrong};
pub use link::LinkState;
pub(crate) use link::lost;
pub(crate) use passwords::check_password;
pub(crate) use throttle::Admission;
pub use token::Token;
pub(crate) use token::{random, recognised};
pub use totp::TotpOffer;
pub(crate) use totp::{CODES, builder, failed, letters, offer, plain_code};

/// Where a request comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The network address, where it is known.
    pub address: Option<String>,
    /// What the browser says that it is.
    pub agent: String,
}

/// The most that is kept of what a browser says that it is.
const LONGEST_AGENT: usize = 200;

impl Origin {
    /// What is kept of what the browser says that it is.
    pub(crate) fn kept_agent(&self) -> String {
        self.agent.chars().filter(|c| !c.is_control()).take(LONGEST_AGENT).collect()
    }
}
