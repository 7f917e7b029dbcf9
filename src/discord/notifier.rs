//! Word to a person or to the moderators that nobody asked for just now: an enquiry's state, a channel that refuses us.

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

/// Private channels remembered before the memory is emptied.
const MAX_CHANNELS: usize = 1024;
/// Discord's code for a person who takes no direct messages from the bot.
const CANNOT_SEND: u32 = 50_007;

/// Sends word. Clones share what they remember.
#[derive(Clone)]
pub struct Notifier {
    rest: Arc<Rest>,
    moderators: Option<ChannelId>,
    channels: Arc<Mutex<HashMap<UserId, ChannelId>>>,
}

/// Why no word could be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotifyError {
    /// The person takes no direct messages: not a fault, and trying again is no use.
    #[error("the person takes no direct messages")]
    Closed,
    /// `discord.moderator_channel` is not set.
    #[error("discord.moderator_channel is not set")]
    NoChannel,
    /// Anything else, without a word of what was to be sent.
    #[error("{0}")]
    Failed(String),
}

impl Notifier {
    pub(super) fn new(rest: Arc<Rest>, moderators: Option<ChannelId>) -> Notifier {
        Notifier { rest, moderators, channels: Arc::default() }
    }

    /// A direct message.
    pub async fn send_dm(&self, user: UserId, reply: &Reply) -> Result<(), NotifyError> {
        self.direct(user, reply, nonce()).await
    }

    /// A direct message with a nonce of its own, by which Discord knows a repetition.
    pub(super) async fn direct(&self, user: UserId, reply: &Reply, nonce: String) -> Result<(), NotifyError> {
        let known = self.known().get(&user).copied();
        let channel = match known {
            Some(channel) => channel,
            None => {
                let channel = self.rest.direct_channel(user).await?;
                let mut known = self.known();
                if known.len() >= MAX_CHANNELS {
                    known.clear();
                }
                known.insert(user, channel);
                channel
            }
        };
        Ok(self.rest.message(channel, &outbound::message(reply, text(reply.lang), None, nonce)).await?)
    }

    /// A message in the moderators' channel.
    pub async fn tell_moderators(&self, reply: &Reply) -> Result<(), NotifyError> {
        let channel = self.moderators.ok_or(NotifyError::NoChannel)?;
        Ok(self.rest.message(channel, &outbound::message(reply, text(reply.lang), None, nonce())).await?)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<UserId, ChannelId>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl mail::Notifier for Notifier {
    fn send_dm(&self, user: UserId, words: String) -> BoxFuture<'_, Told> {
        Box::pin(async move { told(Notifier::send_dm(self, user, &Reply::private(words)).await) })
    }

    fn tell_moderators(&self, words: String) -> BoxFuture<'_, Told> {
        Box::pin(async move { told(Notifier::tell_moderators(self, &Reply::private(words)).await) })
    }
}

fn told(result: Result<(), NotifyError>) -> Told {
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
