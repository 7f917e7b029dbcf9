//! Answers a message: in its channel if the reply is public, otherwise by direct message with a short public pointer.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::ids::{ChannelId, MessageId, UserId};
use crate::{
    bot::{
        Ask, Reply, Request,
        reply::{Outcome, Visibility},
        request::Place,
    },
    discord::{
        dispatch::{Dispatch, HARD_STOP},
        outbound,
        rest::RestError,
    },
    text::text,
};

/// After this "is typing…" is shown.
const TYPING: Duration = Duration::from_millis(600);

impl Dispatch {
    pub(super) async fn message(&self, id: u64, request: Request, channel: ChannelId, arrived: Instant) {
        let (ask, locale, user, place) =
            (request.ask.name(), request.locale, request.actor.id, request.place);
        // A message that was not addressed to the bot may get no reply, so the bot must not seem to be writing.
        let may_type = !matches!(request.ask, Ask::Overheard { .. });
        let mut work = self.spawn_handler(request);
        let mut done = timeout_at(arrived + TYPING, &mut work).await;
        if done.is_err() {
            if may_type && let Err(error) = self.rest.typing(channel).await {
                tracing::debug!(%error, "typing could not be shown");
            }
            done = timeout_at(arrived + HARD_STOP, work).await;
        }
        let reply = match done {
            Ok(Ok(reply)) => reply,
            _ if !may_type => return,
            Ok(Err(error)) => self.apology(locale, ask, error.is_panic()),
            Err(_) => self.apology(locale, ask, false),
        };
        if reply.is_silent() {
            return;
        }
        let is_in_server = matches!(place, Place::Guild { .. });
        // Help is private only to avoid noise; that is not worth a direct message.
        let is_private = reply.visibility == Visibility::Private && reply.outcome != Outcome::SmallTalk;
        if is_private && is_in_server {
            self.reply_privately(id, user, channel, &reply, ask).await;
        } else {
            self.reply_in_channel(id, channel, &reply, ask).await;
        }
    }

    async fn reply_privately(
        &self,
        id: u64,
        user: UserId,
        channel: ChannelId,
        reply: &Reply,
        ask: &'static str,
    ) {
        let sent = self.notifier.send_dm_with_nonce(user, reply, format!("{id}d")).await;
        if let Err(error) = &sent {
            tracing::debug!(ask, %error, "a private answer could not be sent as a direct message");
        }
        if let Some(pointer) = outbound::pointer(reply, text(reply.lang), sent.is_ok()) {
            self.reply_in_channel(id, channel, &pointer, ask).await;
        }
    }

    async fn reply_in_channel(&self, id: u64, channel: ChannelId, reply: &Reply, ask: &'static str) {
        let message =
            outbound::message(reply, text(reply.lang), Some((channel, MessageId::new(id))), id.to_string());
        let Err(error) = self.rest.message(channel, &message).await else { return };
        self.log_failed(ask, &error);
        if error == RestError::Muted {
            self.report_muted_channel(channel).await;
        }
    }
}
