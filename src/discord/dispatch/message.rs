//! The answer to a message: in its place if it is public, else as a direct message with a short public word.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::ids::{ChannelId, UserId};
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
        // What nobody addressed to the bot may well end in silence, and then it should not seem to write.
        let may_type = !matches!(request.ask, Ask::Overheard { .. });
        let mut work = self.work(request);
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
        // Help is private only to spare the others where that costs nothing; it is not worth a direct message.
        let is_private = reply.visibility == Visibility::Private && reply.outcome != Outcome::SmallTalk;
        if is_private && is_in_server {
            self.say_privately(id, user, channel, &reply, ask).await;
        } else {
            self.say_in_place(id, channel, &reply, ask).await;
        }
    }

    async fn say_privately(
        &self,
        id: u64,
        user: UserId,
        channel: ChannelId,
        reply: &Reply,
        ask: &'static str,
    ) {
        let sent = self.notifier.direct(user, reply, format!("{id}d")).await;
        if let Err(error) = &sent {
            tracing::debug!(ask, %error, "a private answer could not be sent as a direct message");
        }
        if let Some(pointer) = outbound::pointer(reply, text(reply.lang), sent.is_ok()) {
            self.say_in_place(id, channel, &pointer, ask).await;
        }
    }

    async fn say_in_place(&self, id: u64, channel: ChannelId, reply: &Reply, ask: &'static str) {
        let message = outbound::message(reply, text(reply.lang), Some((channel, id)), id.to_string());
        let Err(error) = self.rest.message(channel, &message).await else { return };
        self.note(ask, &error);
        if error == RestError::Muted {
            self.tell_muted(channel).await;
        }
    }
}
