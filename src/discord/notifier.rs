//! Sends direct messages and alerts to the moderators' channel.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::future::BoxFuture;
use tokio::sync::broadcast;

use crate::{
    bot::Reply,
    config,
    discord::{
        outbound,
        rest::{Rest, RestError},
    },
    ids::{ChannelId, UserId},
    mail::{NoticeSender, NotifyOutcome},
    text::text,
};

/// Private channels remembered before all are dropped.
const MAX_CHANNELS: usize = 1024;

/// Sends direct messages and alerts. Clones share their state.
#[derive(Clone)]
pub struct DiscordNotifier {
    rest: Arc<Rest>,
    moderators: Option<ChannelId>,
    log_channel: Option<ChannelId>,
    channels: Arc<Mutex<HashMap<UserId, ChannelId>>>,
}

/// Why a message could not be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotifyError {
    /// The person does not accept direct messages: a retry is of no use.
    #[error("the person does not accept direct messages")]
    Closed,
    /// `discord.moderator_channel` is not set.
    #[error("discord.moderator_channel is not set")]
    NoChannel,
    /// Anything else; the error never contains the message.
    #[error("{0}")]
    Failed(String),
}

impl DiscordNotifier {
    pub(super) fn new(rest: Arc<Rest>, settings: &config::Discord) -> DiscordNotifier {
        let (moderators, log_channel) = (settings.moderator_channel, settings.log_channel);
        DiscordNotifier { rest, moderators, log_channel, channels: Arc::default() }
    }

    /// Sends a direct message with a nonce, by which Discord recognises a repetition.
    pub(super) async fn send_dm_with_nonce(
        &self,
        user: UserId,
        reply: &Reply,
        nonce: String,
    ) -> Result<(), NotifyError> {
        let known = self.channels().get(&user).copied();
        let channel = match known {
            Some(channel) => channel,
            None => {
                let channel = self.rest.direct_channel(user).await.map_err(of_direct_message)?;
                let mut known = self.channels();
                if known.len() >= MAX_CHANNELS {
                    known.clear();
                }
                known.insert(user, channel);
                channel
            }
        };
        let message = outbound::message(reply, text(reply.lang), None, nonce);
        self.rest.direct_message(channel, &message).await.map_err(of_direct_message)
    }

    /// Sends a message to the moderators' channel.
    pub(crate) async fn alert_moderators(&self, reply: &Reply) -> Result<(), NotifyError> {
        self.alert_with_nonce(reply, nonce()).await
    }

    /// Writes the lines into the log channel until the bot is gone.
    pub(super) async fn log(self, mut lines: broadcast::Receiver<String>) {
        loop {
            let line = match lines.recv().await {
                Ok(line) => line,
                Err(broadcast::error::RecvError::Lagged(lost)) => {
                    tracing::warn!(lost, "lines for the log channel were left out");
                    continue;
                }
                Err(broadcast::error::RecvError::Closed) => return,
            };
            let Some(channel) = self.log_channel else { continue };
            let reply = Reply::private(line);
            let message = outbound::message(&reply, text(reply.lang), None, nonce());
            if let Err(error) = self.rest.message(channel, &message).await {
                tracing::warn!(%error, "a line could not be written into the log channel");
            }
        }
    }

    /// The same with a nonce, by which Discord recognises a repetition.
    pub(super) async fn alert_with_nonce(&self, reply: &Reply, nonce: String) -> Result<(), NotifyError> {
        let channel = self.moderators.ok_or(NotifyError::NoChannel)?;
        let message = outbound::message(reply, text(reply.lang), None, nonce);
        match &reply.picture {
            Some(picture) => self.rest.message_with_picture(channel, &message, picture).await?,
            None => self.rest.message(channel, &message).await?,
        }
        Ok(())
    }

    fn channels(&self) -> std::sync::MutexGuard<'_, HashMap<UserId, ChannelId>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl NoticeSender for DiscordNotifier {
    fn send_dm(&self, user: UserId, key: String, text: String) -> BoxFuture<'_, NotifyOutcome> {
        Box::pin(async move { outcome(self.send_dm_with_nonce(user, &Reply::private(text), key).await) })
    }

    fn alert_moderators(&self, key: String, text: String) -> BoxFuture<'_, NotifyOutcome> {
        Box::pin(async move { outcome(self.alert_with_nonce(&Reply::private(text), key).await) })
    }
}

fn outcome(result: Result<(), NotifyError>) -> NotifyOutcome {
    match result {
        Ok(()) => NotifyOutcome::Delivered,
        Err(NotifyError::Closed | NotifyError::NoChannel) => NotifyOutcome::Unreachable,
        Err(NotifyError::Failed(_)) => NotifyOutcome::Retry,
    }
}

impl From<RestError> for NotifyError {
    fn from(error: RestError) -> NotifyError {
        NotifyError::Failed(error.to_string())
    }
}

/// Every 403 to a direct message means that the person cannot be reached: closed messages, no shared server, a block.
fn of_direct_message(error: RestError) -> NotifyError {
    match error {
        RestError::Refused { status: 403, .. } => NotifyError::Closed,
        other => other.into(),
    }
}

fn nonce() -> String {
    format!("{:016x}", fastrand::u64(..))
}
