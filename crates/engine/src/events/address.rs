//! Where events may go: to addresses of the public network, over https.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::Url;

/// What is wrong with an address, if anything is. Names are looked up only when one connects.
pub(crate) fn check(url: &str, within_walls: bool) -> Result<Url, &'static str> {
    let url = Url::parse(url.trim()).map_err(|_| "url-invalid")?;
    if url.scheme() != "https" && !(within_walls && url.scheme() == "http") {
        return Err("url-not-https");
    }
    if url.host().is_none() || !url.username().is_empty() || url.password().is_some() || url.as_str().len() > 500 {
        return Err("url-invalid");
    }
    if !within_walls && is_private(&url) {
        return Err("url-private");
    }
    Ok(url)
}

/// Whether the address says itself that it is not of the public network: as a number, or as this machine's own name.
fn is_private(url: &Url) -> bool {
    if let Some(address) = ip(url) {
        return !is_public(address);
    }
    let name = url.host_str().unwrap_or_default().trim_end_matches('.');
    name.rsplit('.').next() == Some("localhost")
}

/// The address, where it stands there as a number.
fn ip(url: &Url) -> Option<IpAddr> {
    let host = url.host_str()?;
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// The name of the machine in an address, for people: what is behind it may be a key.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Whether an address belongs to the public network, and not to this machine, a private network or nobody.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// What IANA lists as for special purposes is left out.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(matches!(a, 0 | 10 | 127 | 224..)
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && (b == 168 || (b == 0 && matches!(c, 0 | 2)) || (b == 88 && c == 99)))
        || (a == 198 && (matches!(b, 18 | 19) || (b == 51 && c == 100)))
        || (a == 203 && b == 0 && c == 113))
}

/// Only what is given out as global, without what wraps addresses of the older kind.
fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(older) = address.to_ipv4_mapped() {
        return is_public_v4(older);
    }
    let [first, second, ..] = address.segments();
    let is_global = first & 0xe000 == 0x2000;
    let is_special = (first == 0x2001 && (second < 0x0200 || second == 0x0db8)) || first == 0x2002 || first == 0x3fff;
    is_global && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_to_the_public_network_is_taken() {
        assert!(check(" https://hooks.example.com/rollcall?key=1 ", false).is_ok());
        for (url, code) in [
            ("", "url-invalid"),
            ("hooks.example.com", "url-invalid"),
            ("http://hooks.example.com", "url-not-https"),
            ("ftp://hooks.example.com", "url-not-https"),
            ("https://user:secret@hooks.example.com", "url-invalid"),
            ("https://127.0.0.1/", "url-private"),
            ("https://2130706433/", "url-private"),
            ("https://[::1]/", "url-private"),
            ("https://[::ffff:10.0.0.1]/", "url-private"),
            ("https://169.254.169.254/latest", "url-private"),
            ("https://192.168.1.20:8443/hook", "url-private"),
            ("https://LOCALHOST/", "url-private"),
            ("https://localhost.:8443/hook", "url-private"),
            ("https://hooks.localhost/", "url-private"),
        ] {
            assert_eq!(check(url, false).unwrap_err(), code, "{url}");
        }
        assert!(check("https://localhost.example.com/", false).is_ok());
        assert!(check("http://127.0.0.1:9000/", true).is_ok() && check("http://localhost:9000/", true).is_ok());
        assert_eq!(host("https://hooks.example.com:8443/secret?x"), "hooks.example.com:8443");
    }

    #[test]
    fn special_addresses_are_not_public() {
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.9.9.9",
            "169.254.1.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "64:ff9b::a00:1",
            "2001:db8::1",
            "2002:a00:1::",
            "2001::1",
            "::ffff:192.168.0.1",
        ] {
            assert!(!is_public(private.parse().expect("an address")), "{private}");
        }
        for public in
            ["1.1.1.1", "100.128.0.1", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "2a01:4f8::1", "::ffff:8.8.8.8"]
        {
            assert!(is_public(public.parse().expect("an address")), "{public}");
        }
    }
}
