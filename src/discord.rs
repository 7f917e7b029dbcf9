//! The Discord adapter: the only part of the crate that knows serenity.
//!
//! A [`Discord`] is made from the token and the settings and then run. `discord/gateway.rs` listens on a thread of its
//! own, `discord/dispatch.rs` receives each event, `discord/inbound.rs` turns it into a request for [`Bot::handle`],
//! `discord/outbound.rs` renders the reply as Discord's types, and `discord/rest.rs` sends it.

mod address;
mod channels;
mod custom_id;
mod dispatch;
mod exit_reason;
mod feed;
mod gateway;
mod health;
mod home_guilds;
mod inbound;
pub(crate) mod invite;
mod notifier;
mod outbound;
mod outreach;
mod register;
mod rest;

use std::{sync::Arc, time::Duration};

use secrecy::SecretString;
use serde_json::Value;
use tokio::{
    sync::mpsc,
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

pub use custom_id::encode as encode_custom_id;
pub use exit_reason::{Exit, ExitReason};
pub(crate) use health::Health;
pub use invite::{PERMISSIONS as INVITE_PERMISSIONS, link as invite_link};
pub use notifier::DiscordNotifier;

use crate::{bot::Bot, config::Config, ids::GuildId};
use address::Address;
use dispatch::{Dispatch, EventHandler};
use gateway::{Advice, Gateway, Plan, SessionBudget, preflight, watch};
use outreach::Outreach;
use rest::{Rest, RestError};

/// How long requests in progress may take once the bot is shutting down.
const DRAIN: Duration = Duration::from_secs(10);

/// The adapter before it runs; its notifier can be used already.
pub struct Discord {
    token: SecretString,
    config: Arc<Config>,
    address: Address,
    rest: Arc<Rest>,
    notifier: DiscordNotifier,
    health: Health,
}

/// Connects and serves until `shutdown`, or until a fault that this process cannot recover from.
pub async fn run(
    token: SecretString,
    config: Arc<Config>,
    bot: Arc<Bot>,
    shutdown: CancellationToken,
) -> Exit {
    match Discord::new(token, config) {
        Ok(discord) => discord.run(bot, shutdown).await,
        Err(reason) => reason.into(),
    }
}

impl Discord {
    /// Checks the address and whether a request can carry the token. Sends nothing.
    pub fn new(token: SecretString, config: Arc<Config>) -> Result<Discord, ExitReason> {
        let address = Address::parse(&config.discord.api_url)?;
        let rest = Arc::new(Rest::new(&token, address.clone())?);
        let notifier = DiscordNotifier::new(Arc::clone(&rest), &config.discord);
        Ok(Discord { token, config, address, rest, notifier, health: Health::default() })
    }

    /// The state of the connection, for the metrics.
    pub(crate) fn health(&self) -> Health {
        self.health.clone()
    }

    /// Sends direct messages and alerts, for the delivery loop.
    pub fn notifier(&self) -> DiscordNotifier {
        self.notifier.clone()
    }

    /// Asks Discord once whether it accepts the address and the token, without opening a session. Returns the servers
    /// that the bot is in.
    pub(crate) async fn probe(&self) -> Result<Vec<GuildId>, ExitReason> {
        let answer = match self.rest.gateway().await {
            Ok(info) => {
                self.address.gateway(&info.url)?;
                self.rest.guilds().await
            }
            Err(error) => Err(error),
        };
        match answer {
            Ok(guilds) => Ok(guilds),
            Err(RestError::TokenRefused) => Err(ExitReason::TokenRefused),
            Err(error) => Err(ExitReason::Unreachable(error.to_string())),
        }
    }

    /// Connects and serves until `shutdown`, or until a fault that this process cannot recover from.
    pub async fn run(self, bot: Arc<Bot>, shutdown: CancellationToken) -> Exit {
        let ((dispatch, log), mut gateway) = (self.dispatch(bot), None);
        let reason = self.until(self.serve(&dispatch, &mut gateway), &shutdown).await;
        self.close(&dispatch, gateway, log).await;
        reason.into()
    }

    /// The same with events from `payloads` instead of a gateway connection: each is what Discord's gateway would
    /// send, as JSON. Everything after the connection is what [`Discord::run`] uses.
    pub(crate) async fn run_with_payloads(
        self,
        bot: Arc<Bot>,
        payloads: mpsc::Receiver<Value>,
        shutdown: CancellationToken,
    ) -> Exit {
        let (dispatch, log) = self.dispatch(bot);
        let reason = self.until(feed::serve(&dispatch, payloads), &shutdown).await;
        self.close(&dispatch, None, log).await;
        reason.into()
    }

    /// Starts to accept events, and the log of what moderators do.
    fn dispatch(&self, bot: Arc<Bot>) -> (Arc<Dispatch>, Option<JoinHandle<()>>) {
        let dispatch = Arc::new(Dispatch::new(
            bot,
            Arc::clone(&self.config),
            Arc::clone(&self.rest),
            self.notifier.clone(),
            self.health.clone(),
        ));
        let outreach = Outreach {
            bot: Arc::clone(&dispatch.bot),
            notifier: self.notifier.clone(),
            rest: Arc::clone(&self.rest),
        };
        dispatch.tasks.spawn(outreach.run(dispatch.shutdown.clone()));
        let logging = self.config.discord.log_channel.is_some();
        let log = logging.then(|| tokio::spawn(self.notifier.clone().log(dispatch.bot.audit_lines())));
        (dispatch, log)
    }

    /// Why to stop: `serving` has ended, Discord has refused the token, or the process shuts down.
    async fn until(
        &self,
        serving: impl Future<Output = ExitReason>,
        shutdown: &CancellationToken,
    ) -> ExitReason {
        tokio::select! {
            reason = serving => reason,
            () = self.rest.refused() => ExitReason::TokenRefused,
            () = shutdown.cancelled() => ExitReason::Asked,
        }
    }

    /// Accepts no more events and waits for the requests in progress.
    async fn close(&self, dispatch: &Dispatch, gateway: Option<Gateway>, log: Option<JoinHandle<()>>) {
        self.health.set_shutting_down();
        self.health.log_dropped();
        dispatch.shut_down();
        let close = async {
            if let Some(gateway) = gateway {
                gateway.shut_down().await;
            }
        };
        let (drained, ()) = tokio::join!(timeout(DRAIN, dispatch.tasks.wait()), close);
        if drained.is_err() {
            tracing::warn!(left = dispatch.tasks.len(), "some requests were not finished in time");
        }
        dispatch.bot.flush().await;
        if let Some(log) = log {
            log.abort();
        }
    }

    /// Connects, watches the gateway and returns the reason to stop.
    async fn serve(&self, dispatch: &Arc<Dispatch>, gateway: &mut Option<Gateway>) -> ExitReason {
        let mut budget = SessionBudget::open(&dispatch.data);
        match budget.advice(gateway::unix_seconds()) {
            Advice::Go => {}
            Advice::Stop(reason) => return reason,
            Advice::Pause(pause) => {
                tracing::error!(
                    seconds = pause.as_secs(),
                    "too many sessions were opened: pausing before the next one"
                );
                sleep(pause).await;
            }
        }
        let endpoint = match preflight(&self.rest, &self.address).await {
            Ok(endpoint) => endpoint,
            Err(reason) => return reason,
        };
        let plan = Plan {
            token: self.token.clone(),
            endpoint,
            intents: gateway::intents(!self.config.discord.ask_channels.is_empty()),
            event_handler: Arc::new(EventHandler(Arc::clone(dispatch))),
        };
        match Gateway::start(plan) {
            Ok(started) => watch(gateway.insert(started), &mut budget, &self.health).await,
            Err(reason) => reason,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_no_request_can_carry_is_refused_before_anything_is_sent() {
        let refused = |token: &str| Discord::new(token.to_owned().into(), Arc::default()).err();
        assert_eq!(refused("abc.def"), None);
        assert_eq!(refused("abc\ndef"), Some(ExitReason::TokenForm));
    }
}
