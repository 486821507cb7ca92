//! What it takes to read from one Personio account.

use std::{sync::Arc, time::Duration};

use secrecy::SecretString;
use thiserror::Error;

use super::{
    address::{self, Base},
    limits::{Limiter, Limits},
    transport::Connections,
};
use crate::Observer;

/// What it takes to read from one Personio account.
///
/// ```
/// use rollcall_sources::personio::{Limiter, Settings};
///
/// let settings = Settings {
///     base_url: Some("http://127.0.0.1:4010/v1".into()),
///     limiter: Limiter::unlimited(),
///     ..Settings::new("papi-id", "papi-secret".into())
/// };
/// ```
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address of API v1; `None` is `https://api.personio.de/v1`. Only https, except on this
    /// machine (127.0.0.0/8, `::1`, `localhost`).
    pub base_url: Option<String>,
    /// The client id of the API credentials.
    pub client_id: String,
    /// The client secret of the API credentials.
    pub client_secret: SecretString,
    /// Keeps requests within what Personio allows. Clients that use the same credentials must be
    /// given clones of one limiter: the limits hold for the credentials, not for the client (R6).
    pub limiter: Limiter,
    /// How long a page may go without a good answer before the read is given up (R6). Time spent
    /// waiting for the limiter is not counted.
    pub page_patience: Duration,
    /// What Rollcall calls itself.
    pub user_agent: String,
    /// Who counts requests, if anybody does.
    pub observer: Option<Arc<dyn Observer>>,
    /// How it is reached. Whoever reads from many accounts gives each a clone of one.
    pub connections: Connections,
}

impl Settings {
    /// The settings to be used with Personio itself.
    pub fn new(client_id: impl Into<String>, client_secret: SecretString) -> Self {
        Self {
            base_url: None,
            client_id: client_id.into(),
            client_secret,
            limiter: Limiter::new(Limits::default()),
            page_patience: Duration::from_mins(1),
            user_agent: concat!("rollcall/", env!("CARGO_PKG_VERSION")).to_owned(),
            observer: None,
            connections: Connections::default(),
        }
    }

    /// The checked address.
    pub(super) fn base(&self) -> Result<Base, SettingsError> {
        let base = Base::parse(self.base_url.as_deref().unwrap_or(address::DEFAULT))?;
        if base.is_loopback() {
            return Ok(base);
        }
        match self.limiter.limits() {
            None => Err(SettingsError::Unlimited),
            Some(limits) if limits.exceed(Limits::ALLOWED) => {
                Err(SettingsError::AboveTheLimit { wanted: limits.per_minute, allowed: Limits::ALLOWED.per_minute })
            }
            Some(_) => Ok(base),
        }
    }
}

/// Why settings cannot be used. Each says where the mistake is and what puts it right.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SettingsError {
    /// Not an address at all.
    #[error("Personio's base_url cannot be read ({reason}): write it like https://api.personio.de/v1")]
    NoAddress {
        /// What is wrong with it; never the address itself, which may hold a password.
        reason: String,
    },
    /// Credentials would travel unprotected.
    #[error(
        "Personio's base_url is {address}, which would send the credentials unprotected: use https:// \
         (http:// is for 127.0.0.1, ::1 and localhost only)"
    )]
    NotHttps {
        /// The address, without anything secret.
        address: String,
    },
    /// Credentials belong into their own settings.
    #[error(
        "Personio's base_url holds a user name or password: remove it, and set client_id and client_secret instead"
    )]
    CredentialsInAddress,
    /// A query or fragment, which no base address has.
    #[error("Personio's base_url goes on after {address}: remove everything from the `?` or `#`")]
    TooMuchAddress {
        /// The part of the address that is fine.
        address: String,
    },
    /// Limits can be lifted for a stand-in only (R6).
    #[error(
        "requests to Personio are unlimited: set requests_per_minute to 300 or less (no limit is for base_urls \
         on 127.0.0.1, ::1 and localhost only)"
    )]
    Unlimited,
    /// More than Personio allows (R6).
    #[error(
        "requests_per_minute is {wanted}, more than the {allowed} that Personio allows: set it to {allowed} or less"
    )]
    AboveTheLimit {
        /// What was set.
        wanted: u32,
        /// The most that can be set.
        allowed: u32,
    },
    /// A header cannot hold this.
    #[error("the user agent cannot be sent in a header: use letters, digits, `/`, `.` and spaces")]
    UserAgent,
    /// No HTTP client could be made, for instance since the machine has no CA certificates.
    #[error("no secure connections can be made from this machine ({reason}): install its CA certificates")]
    Tls {
        /// What was missing.
        reason: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(base_url: &str, limiter: Limiter) -> Settings {
        Settings { base_url: Some(base_url.into()), limiter, ..Settings::new("papi-id", "papi-geheim".into()) }
    }

    #[test]
    fn r6_limits_are_lifted_and_raised_on_this_machine_only() {
        let raised = || Limiter::new(Limits::per_minute(301));
        assert!(settings("http://127.0.0.1:1/v1", Limiter::unlimited()).base().is_ok());
        assert!(settings("http://127.0.0.1:1/v1", raised()).base().is_ok());
        assert_eq!(settings(address::DEFAULT, Limiter::unlimited()).base().unwrap_err(), SettingsError::Unlimited);
        let error = settings(address::DEFAULT, raised()).base().unwrap_err();
        assert_eq!(error, SettingsError::AboveTheLimit { wanted: 301, allowed: 300 });
        assert!(settings(address::DEFAULT, Limiter::new(Limits::per_minute(300))).base().is_ok());
        assert!(settings(address::DEFAULT, Limiter::new(Limits::per_minute(5))).base().is_ok());
    }

    #[test]
    fn the_secret_is_not_in_the_debug_text() {
        let settings = settings(address::DEFAULT, Limiter::unlimited());
        assert!(!format!("{settings:?}").contains("geheim"));
    }

    #[test]
    fn errors_name_the_setting_and_the_remedy() {
        let error = settings("http://hr.example/v1", Limiter::unlimited()).base().unwrap_err().to_string();
        assert!(error.contains("base_url") && error.contains("http://hr.example/v1") && error.contains("https://"));
    }
}
