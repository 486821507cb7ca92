//! How a mail server is named: `smtp+starttls://user:password@host:587`.

use std::{fmt, time::Duration};

use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

/// How long one answer of the server is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

/// How the way to the server is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Encrypted after the greeting, or not used at all.
    StartTls,
    /// Encrypted from the first byte.
    Tls,
    /// Not at all: for this machine itself, unless somebody insists.
    None,
}

impl fmt::Display for Security {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::StartTls => "STARTTLS",
            Self::Tls => "TLS",
            Self::None => "not encrypted",
        })
    }
}

/// A mail server and how it is spoken to.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Its name, which its certificate has to be for.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way to it is kept from others.
    pub security: Security,
    /// Name and password, where it asks for them.
    pub credentials: Option<(String, SecretString)>,
    /// Authorities, in PEM, that may have signed its certificate besides those that this machine knows.
    pub authorities: Option<Vec<u8>>,
    /// What we call ourselves.
    pub hello: String,
    /// How long each of its answers is waited for.
    pub patience: Duration,
}

/// What is wrong with how a mail server is named. No message repeats the address: it may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not an address of a mail server.
    #[error(
        "The address of the mail server is not one. Write it like smtp+starttls://user:password@mail.example.com:587 \
         (STARTTLS) or smtps://user:password@mail.example.com:465 (TLS); characters such as @ and / in a password are \
         written as %40 and %2F."
    )]
    Form,
    /// A name without a password, or the other way round.
    #[error("The address of the mail server has a user name or a password, but not both.")]
    Credentials,
    /// Unencrypted to another machine.
    #[error(
        "The address of the mail server begins with smtp://, which is not encrypted, and leads to another machine. Use \
         smtp+starttls:// or smtps://. If the way there is safe by other means, add ?plain=yes to the address."
    )]
    Plain,
    /// Something behind the address that is not known.
    #[error("The address of the mail server ends with something that is not known. Only ?plain=yes may stand there.")]
    Option,
    /// The certificates are none.
    #[error(
        "The file of certificate authorities for the mail server holds none in PEM form, or this machine has none."
    )]
    Authorities,
}

impl Settings {
    /// Reads the address of a mail server; we call ourselves `hello`.
    pub fn parse(address: &SecretString, hello: &str) -> Result<Self, AddressError> {
        let url = Url::parse(address.expose_secret().trim()).map_err(|_| AddressError::Form)?;
        let (security, usual) = match url.scheme() {
            "smtp+starttls" => (Security::StartTls, 587),
            "smtps" => (Security::Tls, 465),
            "smtp" => (Security::None, 25),
            _ => return Err(AddressError::Form),
        };
        let host = url.host().filter(|host| *host != Host::Domain("")).ok_or(AddressError::Form)?;
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(AddressError::Form);
        }
        let insists = match url.query() {
            None | Some("") => false,
            Some("plain=yes") => true,
            Some(_) => return Err(AddressError::Option),
        };
        if security == Security::None && !insists && !is_this_machine(&host) {
            return Err(AddressError::Plain);
        }
        Ok(Self {
            host: bare(&host),
            port: url.port().unwrap_or(usual),
            security,
            credentials: credentials(&url)?,
            authorities: None,
            hello: hello.to_owned(),
            patience: PATIENCE,
        })
    }
}

fn credentials(url: &Url) -> Result<Option<(String, SecretString)>, AddressError> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().map(String::from).map_err(|_| AddressError::Form);
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None) => Err(AddressError::Credentials),
        (user, Some(password)) => Ok(Some((decoded(user)?, decoded(password)?.into()))),
    }
}

/// The name as one connects to it: without the brackets of IPv6.
fn bare(host: &Host<&str>) -> String {
    match host {
        Host::Domain(name) => (*name).to_owned(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    }
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        // With a scheme that is not the web's, numbers come as names.
        Host::Domain(name) => {
            *name == "localhost" || name.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        }
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(address: &str) -> Result<Settings, AddressError> {
        Settings::parse(&address.to_owned().into(), "rollcall.example")
    }

    #[test]
    fn an_address_says_how_the_server_is_spoken_to() {
        let settings = parse("smtp+starttls://club%40example.com:p%2Fw%3A@mail.example.com").unwrap();
        assert_eq!((settings.host.as_str(), settings.port), ("mail.example.com", 587));
        assert_eq!(settings.security, Security::StartTls);
        let (user, password) = settings.credentials.unwrap();
        assert_eq!((user.as_str(), password.expose_secret()), ("club@example.com", "p/w:"));
        let settings = parse("smtps://mail.example.com:4650/").unwrap();
        assert_eq!((settings.port, settings.security), (4650, Security::Tls));
        assert!(settings.credentials.is_none());
    }

    #[test]
    fn what_is_not_encrypted_stays_on_this_machine_unless_somebody_insists() {
        for here in ["smtp://localhost", "smtp://127.0.0.1:2525", "smtp://[::1]:25", "smtp://relay:25?plain=yes"] {
            assert_eq!(parse(here).unwrap().security, Security::None, "{here}");
        }
        for away in ["smtp://relay:25", "smtp://10.0.0.8", "smtp://[2001:db8::1]", "smtp://localhost.example"] {
            assert_eq!(parse(away).unwrap_err(), AddressError::Plain, "{away}");
        }
    }

    #[test]
    fn a_wrong_address_is_told_without_repeating_it() {
        for wrong in [
            "",
            "mail.example.com",
            "https://mail.example.com",
            "smtps://",
            "smtps://:465",
            "smtps://host/inbox",
            "smtps://h#x",
        ] {
            assert_eq!(parse(wrong).unwrap_err(), AddressError::Form, "{wrong}");
        }
        for half in ["smtps://user@host", "smtps://:secret@host"] {
            assert_eq!(parse(half).unwrap_err(), AddressError::Credentials, "{half}");
        }
        assert_eq!(parse("smtps://host?tls=no").unwrap_err(), AddressError::Option);
        let printed = format!("{:?}", parse("smtps://user:s3cret@host").unwrap());
        assert!(!printed.contains("s3cret"), "{printed}");
    }
}
