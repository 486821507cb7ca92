//! What requests bring.

use std::net::{IpAddr, Ipv4Addr};

use url::Url;
use web::{Proxies, fuzz};

use crate::{halves, text};

/// Cursors are read as they were written; headers are passed over or read within their bounds.
pub(crate) fn request(data: &[u8]) {
    let text = text(data);
    for read in [fuzz::number_cursor, fuzz::id_cursor] {
        if let Some(written) = read(&text) {
            assert_eq!(read(&written).as_deref(), Some(written.as_str()), "{text:?}");
        }
    }
    fuzz::accepted(&text);
    if let Some(value) = fuzz::cookie(data, "rollcall") {
        assert!(!value.contains([';', '\r', '\n']), "{value:?}");
    }
    for length in [0, 1, 4_096] {
        fuzz::range(&text, length);
    }
    let (first, rest) = halves(&text);
    let peer = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let nobody: Proxies = "none".parse().unwrap_or_default();
    assert_eq!(fuzz::client(&nobody, peer, data).unwrap_or(peer), peer, "nobody is believed");
    fuzz::client(&Proxies::default(), peer, data);
    if let Ok(proxies) = first.parse::<Proxies>() {
        fuzz::client(&proxies, peer, rest.as_bytes());
    }
}

/// A form has no more rows than any page works through.
pub(crate) fn form(data: &[u8]) {
    for beginning in ["row.", "custom.", "segment."] {
        assert!(fuzz::rows(data, beginning).unwrap_or_default() <= 100);
    }
}

/// Whoever signs in stays here.
pub(crate) fn next(data: &[u8]) {
    let text = text(data);
    let next = fuzz::after_sign_in(&text);
    let Ok(here) = Url::parse("https://rollcall.example/sign-in") else { return };
    let there = here.join(next);
    assert!(there.as_ref().is_ok_and(|there| there.origin() == here.origin()), "{next:?} leads to {there:?}");
}
