//! `discord.api_url`: Discord's own address, or a loopback server for tests. The bot connects to nothing else.

use std::net::IpAddr;

use reqwest::Url;

/// A valid `discord.api_url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiUrl {
    /// Scheme and host, without a slash at the end.
    base: String,
    is_loopback: bool,
}

impl ApiUrl {
    /// Accepts `https://discord.com`, and `http://` on a loopback address; an error says what was expected.
    pub(crate) fn parse(typed: &str) -> Result<ApiUrl, &'static str> {
        let url = Url::parse(typed.trim()).map_err(|_| "expected a web address")?;
        let is_bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !is_bare {
            return Err("expected an address without user, password, path or query");
        }
        let host = url.host_str().unwrap_or_default();
        let is_discord = url.scheme() == "https" && host == "discord.com" && url.port().is_none();
        let is_loopback = url.scheme() == "http" && is_loopback(host);
        if !(is_discord || is_loopback) {
            return Err("expected https://discord.com, or http:// on a loopback address");
        }
        Ok(ApiUrl { base: url.as_str().trim_end_matches('/').to_owned(), is_loopback })
    }

    /// Scheme and host, without a slash at the end.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Whether it is a loopback address.
    pub(crate) fn is_loopback(&self) -> bool {
        self.is_loopback
    }
}

/// Whether `host` is `localhost` or a loopback address, with or without brackets.
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_discord_and_loopback_addresses_are_accepted() {
        for good in [
            "https://discord.com",
            "https://discord.com/",
            "http://127.0.0.1:8080",
            "http://[::1]:9",
            "http://localhost:1",
        ] {
            assert!(ApiUrl::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://discord.com",
            "https://discord.com:444",
            "https://discord.com.example.org",
            "https://x@discord.com",
            "https://127.0.0.1",
            "http://192.168.0.7",
            "http://127.0.0.1.example.org",
            "https://discord.com/api",
            "discord.com",
            "",
        ] {
            assert!(ApiUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
