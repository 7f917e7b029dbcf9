//! Where Discord is: its own address, or a local server for tests; nothing else is ever spoken to.

use reqwest::Url;

use crate::discord::Stop;

/// An accepted `discord.api_url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Scheme and host, without a slash at the end.
    base: String,
    /// Whether it is a server on this machine.
    is_local: bool,
}

impl Address {
    /// The address, if it is Discord's over `https`, or `http` on a loopback address.
    pub(super) fn parse(api_url: &str) -> Result<Address, Stop> {
        let refuse = || Stop::Address(api_url.to_owned());
        let url = Url::parse(api_url.trim()).map_err(|_| refuse())?;
        let is_bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let is_discord =
            url.scheme() == "https" && url.host_str() == Some("discord.com") && url.port().is_none();
        let is_local = url.scheme() == "http" && is_loopback(&url);
        if !is_bare || !(is_discord || is_local) {
            return Err(refuse());
        }
        Ok(Address { base: url.as_str().trim_end_matches('/').to_owned(), is_local })
    }

    /// Whether it is a server on this machine.
    pub(super) fn is_local(&self) -> bool {
        self.is_local
    }

    /// The address of a path of the API, version 10.
    pub(super) fn api(&self, path: &str) -> String {
        format!("{}/api/v10/{path}", self.base)
    }

    /// The address of the gateway that Discord named, without its query, which serenity would garble.
    pub(super) fn gateway(&self, named: &str) -> Result<String, Stop> {
        let refuse = || Stop::Gateway(named.to_owned());
        let mut url = Url::parse(named).map_err(|_| refuse())?;
        let is_fit = if self.is_local {
            url.scheme() == "ws" && is_loopback(&url)
        } else {
            let host = url.host_str().unwrap_or_default();
            url.scheme() == "wss" && (host == "discord.gg" || host.ends_with(".discord.gg"))
        };
        if !is_fit {
            return Err(refuse());
        }
        url.set_query(None);
        url.set_fragment(None);
        Ok(url.into())
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_discord_and_this_machine_are_spoken_to() {
        for good in [
            "https://discord.com",
            "https://discord.com/",
            "http://127.0.0.1:8080",
            "http://[::1]:9",
            "http://localhost:1",
        ] {
            assert!(Address::parse(good).is_ok(), "{good}");
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
            assert!(Address::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_gateway_lies_where_the_api_does() {
        let discord = Address::parse("https://discord.com").unwrap();
        assert_eq!(discord.gateway("wss://gateway.discord.gg").unwrap(), "wss://gateway.discord.gg/");
        assert!(discord.gateway("ws://127.0.0.1:1").is_err());
        assert!(discord.gateway("wss://discord.gg.example.org").is_err());
        let local = Address::parse("http://127.0.0.1:8080").unwrap();
        assert_eq!(local.gateway("ws://127.0.0.1:8080/ws?v=10").unwrap(), "ws://127.0.0.1:8080/ws");
        assert!(local.gateway("wss://gateway.discord.gg").is_err());
    }
}
