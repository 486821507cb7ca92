//! Where a request comes from. Behind a proxy that is trusted it is what the proxy says; what anybody else says
//! of themselves does not count.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// The proxies that are believed: addresses and networks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxies(Vec<IpNet>);

impl Default for Proxies {
    /// Those on this machine.
    fn default() -> Self {
        let this_machine = ["127.0.0.0/8", "::1/128"];
        Self(this_machine.iter().filter_map(|net| net.parse().ok()).collect())
    }
}

/// What stands for no proxy at all.
const NONE: &str = "none";

impl FromStr for Proxies {
    type Err = String;

    /// Addresses and networks, with commas: `127.0.0.1, 10.0.0.0/8`. `none` stands for none at all.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim() == NONE {
            return Ok(Self(Vec::new()));
        }
        let one = |part: &str| {
            let net = part.parse::<IpNet>().or_else(|_| part.parse::<IpAddr>().map(IpNet::from));
            net.map_err(|_| format!("“{part}” is neither an address nor a network such as 10.0.0.0/8"))
        };
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(one).collect::<Result<_, _>>().map(Self)
    }
}

impl Proxies {
    /// Whether this one is believed.
    pub(crate) fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|net| net.contains(&address))
    }

    /// Whom a request is from that came over a connection from `peer`. Each proxy adds to the end of the list whom
    /// it was asked by, so the list is read from there, as far as it was written by proxies that are trusted.
    pub(crate) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let lists = headers.get_all("x-forwarded-for").into_iter().rev();
        let hops = lists.flat_map(|list| list.to_str().unwrap_or_default().rsplit(','));
        for hop in hops {
            if !self.trust(client) {
                break;
            }
            let Some(address) = address(hop.trim()) else { break };
            client = address;
        }
        client
    }
}

/// An address, as proxies write it: alone, in brackets, or with a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().or_else(|_| text.parse::<SocketAddr>().map(|with_port| with_port.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &str, peer: &str, lists: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append("x-forwarded-for", list.parse().unwrap());
        }
        let proxies: Proxies = proxies.parse().unwrap();
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_says_whom_a_request_is_from() {
        assert_eq!(client("127.0.0.0/8", "127.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(client("127.0.0.0/8", "198.51.100.7", &["203.0.113.9"]), "198.51.100.7");
        assert_eq!(client("none", "127.0.0.1", &["203.0.113.9"]), "127.0.0.1");
        assert_eq!(client("127.0.0.0/8", "127.0.0.1", &[]), "127.0.0.1");
        // Mapped into IPv6, as a socket for both kinds of addresses has it.
        assert_eq!(client("127.0.0.0/8", "::ffff:127.0.0.1", &["203.0.113.9"]), "203.0.113.9");
    }

    #[test]
    fn what_a_client_wrote_itself_is_not_believed() {
        assert_eq!(client("127.0.0.0/8", "127.0.0.1", &["1.2.3.4, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(client("127.0.0.0/8", "127.0.0.1", &["1.2.3.4", "203.0.113.9"]), "203.0.113.9");
        assert_eq!(client("127.0.0.0/8, 10.0.0.0/8", "127.0.0.1", &["1.2.3.4, 203.0.113.9, 10.1.1.1"]), "203.0.113.9");
        // Nonsense ends the list where it begins.
        assert_eq!(client("127.0.0.0/8, 10.0.0.0/8", "127.0.0.1", &["1.2.3.4, <script>, 10.1.1.1"]), "10.1.1.1");
        assert_eq!(client("127.0.0.0/8", "127.0.0.1", &["unknown"]), "127.0.0.1");
    }

    #[test]
    fn addresses_come_with_brackets_and_ports() {
        for (written, read) in [
            ("203.0.113.9:4711", "203.0.113.9"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
        ] {
            assert_eq!(client("127.0.0.1", "127.0.0.1", &[written]), read);
        }
    }

    #[test]
    fn a_mistake_in_the_list_is_named() {
        assert_eq!("".parse::<Proxies>(), Ok(Proxies(vec![])));
        let wrong = "127.0.0.1, caddy".parse::<Proxies>().unwrap_err();
        assert!(wrong.contains("“caddy”"), "{wrong}");
    }
}
