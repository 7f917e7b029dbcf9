//! The addresses under `discord.api_url`: that of the HTTP API and that of the gateway, which Discord returns.

use reqwest::Url;

use crate::{
    config::{ApiUrl, is_loopback},
    discord::ExitReason,
};

/// Where requests and the gateway connection go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address(ApiUrl);

impl Address {
    /// The address, if [`ApiUrl`] accepts it.
    pub(super) fn parse(api_url: &str) -> Result<Address, ExitReason> {
        let parsed = ApiUrl::parse(api_url);
        parsed.map(Address).map_err(|_| ExitReason::Address(api_url.to_owned()))
    }

    /// Whether it is a loopback address.
    pub(super) fn is_local(&self) -> bool {
        self.0.is_loopback()
    }

    /// The address of a path of the API, version 10.
    pub(super) fn api(&self, path: &str) -> String {
        format!("{}/api/v10/{path}", self.0.base())
    }

    /// Checks the gateway address that Discord returned and drops its query, which serenity would garble.
    pub(super) fn gateway(&self, returned: &str) -> Result<String, ExitReason> {
        let refuse = || ExitReason::Gateway(returned.to_owned());
        let mut url = Url::parse(returned).map_err(|_| refuse())?;
        let host = url.host_str().unwrap_or_default();
        let is_allowed = if self.is_local() {
            url.scheme() == "ws" && is_loopback(host)
        } else {
            url.scheme() == "wss" && (host == "discord.gg" || host.ends_with(".discord.gg"))
        };
        if !is_allowed {
            return Err(refuse());
        }
        url.set_query(None);
        url.set_fragment(None);
        Ok(url.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gateway_must_belong_to_the_api_address() {
        let discord = Address::parse("https://discord.com").unwrap();
        assert_eq!(discord.gateway("wss://gateway.discord.gg").unwrap(), "wss://gateway.discord.gg/");
        assert!(discord.gateway("ws://127.0.0.1:1").is_err());
        assert!(discord.gateway("wss://discord.gg.example.org").is_err());
        let local = Address::parse("http://127.0.0.1:8080").unwrap();
        assert_eq!(local.gateway("ws://127.0.0.1:8080/ws?v=10").unwrap(), "ws://127.0.0.1:8080/ws");
        assert!(local.gateway("wss://gateway.discord.gg").is_err());
    }
}
