//! Sends direct messages and alerts to the moderators' channel.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::future::BoxFuture;

use crate::ids::{ChannelId, UserId};
use crate::{
    bot::Reply,
    discord::{
        outbound,
        rest::{Rest, RestError},
    },
    mail::{self, Told},
    text::text,
};

/// Private channels remembered before all are dropped.
const MAX_CHANNELS: usize = 1024;
/// Discord's code for a person who does not accept direct messages from the bot.
const CANNOT_SEND: u32 = 50_007;

/// Sends direct messages and alerts. Clones share their state.
#[derive(Clone)]
pub struct DiscordNotifier {
    rest: Arc<Rest>,
    moderators: Option<ChannelId>,
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
    pub(super) fn new(rest: Arc<Rest>, moderators: Option<ChannelId>) -> DiscordNotifier {
        DiscordNotifier { rest, moderators, channels: Arc::default() }
    }

    /// Sends a direct message.
    pub(crate) async fn send_dm(&self, user: UserId, reply: &Reply) -> Result<(), NotifyError> {
        self.send_dm_with_nonce(user, reply, nonce()).await
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
                let channel = self.rest.direct_channel(user).await?;
                let mut known = self.channels();
                if known.len() >= MAX_CHANNELS {
                    known.clear();
                }
                known.insert(user, channel);
                channel
            }
        };
        Ok(self
            .rest
            .direct_message(channel, &outbound::message(reply, text(reply.lang), None, nonce))
            .await?)
    }

    /// Sends a message to the moderators' channel.
    pub(crate) async fn alert_moderators(&self, reply: &Reply) -> Result<(), NotifyError> {
        let channel = self.moderators.ok_or(NotifyError::NoChannel)?;
        Ok(self.rest.message(channel, &outbound::message(reply, text(reply.lang), None, nonce())).await?)
    }

    fn channels(&self) -> std::sync::MutexGuard<'_, HashMap<UserId, ChannelId>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl mail::Notifier for DiscordNotifier {
    fn send_dm(&self, user: UserId, text: String) -> BoxFuture<'_, Told> {
        Box::pin(async move { outcome(DiscordNotifier::send_dm(self, user, &Reply::private(text)).await) })
    }

    fn tell_moderators(&self, text: String) -> BoxFuture<'_, Told> {
        Box::pin(async move { outcome(DiscordNotifier::alert_moderators(self, &Reply::private(text)).await) })
    }
}

fn outcome(result: Result<(), NotifyError>) -> Told {
    match result {
        Ok(()) => Told::Done,
        Err(NotifyError::Closed | NotifyError::NoChannel) => Told::Closed,
        Err(NotifyError::Failed(_)) => Told::Later,
    }
}

impl From<RestError> for NotifyError {
    fn from(error: RestError) -> NotifyError {
        match error {
            RestError::Refused { code: CANNOT_SEND, .. } => NotifyError::Closed,
            other => NotifyError::Failed(other.to_string()),
        }
    }
}

fn nonce() -> String {
    format!("{:016x}", fastrand::u64(..))
}
