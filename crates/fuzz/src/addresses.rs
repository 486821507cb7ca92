//! Addresses that administrators enter.

use std::net::IpAddr;

use engine::fuzz;
use mail::smtp::{Security, Settings};
use secrecy::SecretString;
use url::Host;

use crate::text;

/// Events go over https, to the public network, and without a password in the address.
pub(crate) fn webhook(data: &[u8]) {
    let text = text(data);
    let host = engine::events::host(&text);
    assert!(!host.contains(['/', '?', '#']), "{host:?}");
    let Ok(url) = fuzz::webhook(&text) else { return };
    assert_eq!(url.scheme(), "https");
    assert!(url.username().is_empty() && url.password().is_none(), "{url}");
    let address = match url.host() {
        Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
        Some(Host::Domain(name)) => name.parse().ok(),
        None => panic!("{url} has no host"),
    };
    assert!(!address.is_some_and(|address| address.is_loopback() || address.is_unspecified()), "{url}");
    assert_eq!(fuzz::webhook(url.as_str()).as_ref(), Ok(&url), "taken again as it is kept");
    assert!(!engine::events::host(url.as_str()).contains('@'), "{url}");
}

/// A mail server is named whole, and spoken to in the clear on this machine alone unless somebody insists.
pub(crate) fn mail_server(data: &[u8]) {
    let text = text(data);
    let secret = SecretString::from(text.to_string());
    match Settings::parse(&secret, "rollcall.example") {
        Ok(settings) => {
            assert!(!settings.host.is_empty() && !settings.host.contains(['[', ']', '/']), "{}", settings.host);
            let address = settings.host.parse::<IpAddr>();
            let is_here = settings.host == "localhost" || address.is_ok_and(|address| address.is_loopback());
            let is_safe = settings.security != Security::None || is_here || text.contains("plain=yes");
            assert!(is_safe, "{text:?}");
        }
        Err(error) => assert!(text.trim().len() < 20 || !error.to_string().contains(text.trim())),
    }
}
