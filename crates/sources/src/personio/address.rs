//! Where Personio is, and where credentials may be sent.

use std::net::IpAddr;

use reqwest::Url;

use super::settings::SettingsError;

/// The address of API v1, unless the settings name another.
pub const DEFAULT: &str = "https://api.personio.de/v1";

/// A checked base address: https, or http on this machine.
#[derive(Debug, Clone)]
pub(super) struct Base {
    url: Url,
}

impl Base {
    pub(super) fn parse(address: &str) -> Result<Self, SettingsError> {
        // What cannot be read is not repeated: a password may stand in it.
        let mut url =
            Url::parse(address.trim()).map_err(|error| SettingsError::NoAddress { reason: error.to_string() })?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(SettingsError::CredentialsInAddress);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(SettingsError::TooMuchAddress { address: place(&url) });
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            _ => return Err(SettingsError::NotHttps { address: place(&url) }),
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self { url })
    }

    /// Whether it is this machine, where a stand-in may be met without limits and without TLS.
    pub(super) fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// Whether it is reached without TLS.
    pub(super) fn is_plain(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// A resource below the base address.
    pub(super) fn resource(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        let path = format!("{}/{path}", url.path().trim_end_matches('/'));
        url.set_path(&path);
        url
    }

    /// What a redirect points at, as far as it can be told without repeating paths and queries.
    pub(super) fn pointed_at(&self, location: Option<&str>) -> String {
        match location.map(|location| self.url.join(location)) {
            Some(Ok(url)) if url.host_str().is_some() => origin(&url),
            Some(_) => "an unreadable address".to_owned(),
            None => "nowhere".to_owned(),
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    if host == "localhost" {
        return true;
    }
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn origin(url: &Url) -> String {
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    format!("{}://{}{port}", url.scheme(), url.host_str().unwrap_or_default())
}

fn place(url: &Url) -> String {
    if url.has_host() { format!("{}{}", origin(url), url.path()) } else { format!("{}:…", url.scheme()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_taken_anywhere_and_http_on_this_machine_only() {
        for address in [
            DEFAULT,
            "https://hr-proxy.example/personio/v1/",
            "http://127.0.0.1:4010/v1",
            "http://127.8.8.8/v1",
            "http://[::1]:4010/v1",
            "http://localhost:4010/v1",
        ] {
            assert!(Base::parse(address).is_ok(), "{address}");
        }
        for address in [
            "http://api.personio.de/v1",
            "http://128.0.0.1/v1",
            "http://localhost.example/v1",
            "http://[::2]/v1",
            "ftp://localhost/v1",
            "file:///etc/passwd",
            "localhost:4010",
        ] {
            assert!(matches!(Base::parse(address), Err(SettingsError::NotHttps { .. })), "{address}");
        }
    }

    #[test]
    fn credentials_queries_and_nonsense_in_the_address_are_refused_without_repeating_them() {
        for address in ["https://me:geheim@api.personio.de/v1", "http://localhost:geheim@evil.example/v1"] {
            let error = Base::parse(address).unwrap_err();
            assert_eq!(error, SettingsError::CredentialsInAddress);
            assert!(!error.to_string().contains("geheim"));
        }
        let error = Base::parse("https://api.personio.de/v1?client_secret=geheim").unwrap_err();
        assert!(matches!(error, SettingsError::TooMuchAddress { .. }));
        assert!(!error.to_string().contains("geheim"), "{error}");
        assert!(matches!(Base::parse("https://me:geheim@"), Err(SettingsError::NoAddress { .. })));
        assert!(matches!(Base::parse("api.personio.de/v1"), Err(SettingsError::NoAddress { .. })));
    }

    #[test]
    fn a_trailing_slash_makes_no_difference() {
        for address in ["http://localhost:1/v1", "http://localhost:1/v1/", "http://localhost:1/v1//"] {
            assert_eq!(Base::parse(address).unwrap().resource("auth").as_str(), "http://localhost:1/v1/auth");
        }
        assert_eq!(Base::parse("http://localhost:1").unwrap().resource("auth").as_str(), "http://localhost:1/auth");
    }

    #[test]
    fn a_redirect_is_named_by_its_host_alone() {
        let base = Base::parse(DEFAULT).unwrap();
        let told = base.pointed_at(Some("https://me:pw@evil.example:8443/steal?token=papi-1"));
        assert_eq!(told, "https://evil.example:8443");
        assert_eq!(base.pointed_at(Some("/login")), "https://api.personio.de");
        assert_eq!(base.pointed_at(Some("https://[")), "an unreadable address");
        assert_eq!(base.pointed_at(None), "nowhere");
    }
}
