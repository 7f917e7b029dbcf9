//! The Discord rim: everything that knows serenity.
//!
//! A [`Discord`] is made from the token and the settings and then run: `discord/gateway.rs` listens on a thread of its
//! own, `discord/dispatch.rs` takes each event in, `discord/inbound.rs` turns it into a request for [`Bot::handle`],
//! `discord/outbound.rs` turns the reply into what Discord takes, and `discord/rest.rs` sends it.

mod address;
pub mod commands;
pub mod custom_id;
mod dispatch;
mod exit_reason;
mod gateway;
mod health;
mod inbound;
pub mod invite;
mod notifier;
mod outbound;
mod register;
mod rest;

use std::{sync::Arc, time::Duration};

use secrecy::{ExposeSecret, SecretString};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

pub use exit_reason::{Exit, ExitReason};
pub use health::{Counts, Health};
pub use notifier::{Notifier, NotifyError};

use crate::{bot::Bot, config::Config};
use address::Address;
use dispatch::{Dispatch, EventHandler};
use gateway::{Advice, Gateway, Plan, SessionBudget, preflight, watch};
use rest::{Rest, RestError};

/// How long the work in hand may take once the bot is leaving.
const DRAIN: Duration = Duration::from_secs(10);

/// The rim before it runs: what others need of it can be had already.
pub struct Discord {
    token: SecretString,
    config: Arc<Config>,
    address: Address,
    rest: Arc<Rest>,
    notifier: Notifier,
    health: Health,
}

/// Connects and serves until `shutdown`, or until a fault that this process cannot heal.
pub async fn run(
    token: SecretString,
    config: Arc<Config>,
    bot: Arc<Bot>,
    shutdown: CancellationToken,
) -> Exit {
    match Discord::new(token, config) {
        Ok(discord) => discord.run(bot, shutdown).await,
        Err(stop) => stop.into(),
    }
}

impl Discord {
    /// Checks address and token for form; nothing is sent yet.
    pub fn new(token: SecretString, config: Arc<Config>) -> Result<Discord, ExitReason> {
        let token = plain(&token)?;
        let address = Address::parse(&config.discord.api_url)?;
        let rest = Arc::new(Rest::new(&token, address.clone())?);
        let notifier = Notifier::new(Arc::clone(&rest), config.discord.moderator_channel);
        Ok(Discord { token, config, address, rest, notifier, health: Health::default() })
    }

    /// Word to a person or to the moderators, for the delivery loop.
    pub fn notifier(&self) -> Notifier {
        self.notifier.clone()
    }

    /// What can be seen from outside.
    pub fn health(&self) -> Health {
        self.health.clone()
    }

    /// Asks Discord once whether address and token are good, without opening a session.
    pub async fn probe(&self) -> Result<(), ExitReason> {
        match self.rest.gateway().await {
            Ok(info) => self.address.gateway(&info.url).map(drop),
            Err(RestError::TokenRefused) => Err(ExitReason::TokenRefused),
            Err(error) => Err(ExitReason::Unreachable(error.to_string())),
        }
    }

    /// Connects and serves until `shutdown`, or until a fault that this process cannot heal.
    pub async fn run(self, bot: Arc<Bot>, shutdown: CancellationToken) -> Exit {
        let dispatch = Arc::new(Dispatch::new(
            bot,
            Arc::clone(&self.config),
            Arc::clone(&self.rest),
            self.notifier.clone(),
            self.health.clone(),
        ));
        let mut gateway = None;
        let stop = tokio::select! {
            stop = self.serve(&dispatch, &mut gateway) => stop,
            () = self.rest.refused() => ExitReason::TokenRefused,
            () = shutdown.cancelled() => ExitReason::Asked,
        };
        self.health.leave();
        dispatch.leave();
        let goodbye = async {
            if let Some(gateway) = gateway {
                gateway.leave().await;
            }
        };
        let (drained, ()) = tokio::join!(timeout(DRAIN, dispatch.tasks.wait()), goodbye);
        if drained.is_err() {
            tracing::warn!(left = dispatch.tasks.len(), "some answers were not finished in time");
        }
        stop.into()
    }

    /// Everything from the first request to the reason to stop.
    async fn serve(&self, dispatch: &Arc<Dispatch>, gateway: &mut Option<Gateway>) -> ExitReason {
        let mut ledger = SessionBudget::open(&dispatch.data);
        match ledger.advice(gateway::now()) {
            Advice::Go => {}
            Advice::Stop(stop) => return stop,
            Advice::Pause(long) => {
                tracing::error!(
                    seconds = long.as_secs(),
                    "too many sessions were opened: pausing before the next"
                );
                sleep(long).await;
            }
        }
        let endpoint = match preflight(&self.rest, &self.address).await {
            Ok(endpoint) => endpoint,
            Err(stop) => return stop,
        };
        let plan = Plan {
            token: self.token.clone(),
            endpoint,
            intents: gateway::intents(!self.config.discord.ask_channels.is_empty()),
            event_handler: Arc::new(EventHandler(Arc::clone(dispatch))),
        };
        match Gateway::start(plan) {
            Ok(started) => watch(gateway.insert(started), &mut ledger, &self.health).await,
            Err(stop) => stop,
        }
    }
}

/// The token without what people copy along: white space, quotes, "Bot ".
fn plain(token: &SecretString) -> Result<SecretString, ExitReason> {
    let bare = token.expose_secret().trim().trim_matches(['"', '\'']).trim();
    let bare = bare.strip_prefix("Bot ").unwrap_or(bare).trim();
    let is_one = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_graphic());
    if is_one { Ok(SecretString::from(bare.to_owned())) } else { Err(ExitReason::TokenForm) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_taken_as_people_copy_it() {
        let read =
            |token: &str| plain(&SecretString::from(token.to_owned())).map(|t| t.expose_secret().to_owned());
        assert_eq!(read(" \"Bot abc.def\"\n").unwrap(), "abc.def");
        assert_eq!(read("abc.def").unwrap(), "abc.def");
        assert_eq!(read("abc def"), Err(ExitReason::TokenForm));
        assert_eq!(read("  "), Err(ExitReason::TokenForm));
    }
}
