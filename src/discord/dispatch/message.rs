//! Answers a message: in its channel if the reply is public, otherwise by direct message with a short public pointer.

use std::{sync::PoisonError, time::Duration};

use tokio::{
    sync::OwnedSemaphorePermit,
    time::{Instant, timeout_at},
};

use crate::{
    bot::{
        Ask, Reply, Request,
        reply::{Card, Outcome, Tone, Visibility},
        request::Place,
    },
    config::AnswerIn,
    discord::{
        dispatch::{Dispatch, HARD_STOP, notices::Notices},
        outbound,
        rest::{Emoji, RestError},
    },
    ids::{ChannelId, MessageId, UserId},
    lang::Lang,
    text::text,
};

/// After this "is typing…" is shown.
const TYPING: Duration = Duration::from_millis(600);

impl Dispatch {
    pub(super) async fn message(
        &self,
        id: MessageId,
        request: Request,
        channel: ChannelId,
        is_thread: bool,
        slot: OwnedSemaphorePermit,
    ) {
        // From now on, not since it arrived: a message that has waited for a slot is still answered.
        let started = Instant::now();
        let (ask, locale, user, place) =
            (request.ask.name(), request.locale, request.actor.id, request.place);
        // A message that was not addressed to the bot may get no reply, so the bot must not seem to be writing.
        let may_type = !matches!(request.ask, Ask::Overheard { .. });
        let mut work = self.spawn_handler(request);
        let mut done = timeout_at(started + TYPING, &mut work).await;
        if done.is_err() {
            if may_type {
                self.show_typing(channel).await;
            }
            done = timeout_at(started + HARD_STOP, work).await;
        }
        let reply = match done {
            Ok(Ok(reply)) => reply,
            _ if !may_type => return,
            Ok(Err(error)) => self.apology(locale, ask, error.is_panic()),
            Err(_) => self.apology(locale, ask, false),
        };
        // What waits to be sent must not keep others from being answered.
        drop(slot);
        if reply.is_silent() {
            return;
        }
        let Some(_sending) = self.inner.sending.admit(Some(channel)) else {
            self.health.count_dropped();
            self.react_busy(id, channel, user, locale).await;
            return;
        };
        if reply.outcome == Outcome::Service {
            self.send_notice(id, channel, user, &reply, ask).await;
            return;
        }
        let is_in_server = matches!(place, Place::Guild { .. });
        // Help is private only to avoid noise; that is not worth a direct message.
        let is_private = reply.visibility == Visibility::Private && reply.outcome != Outcome::SmallTalk;
        if is_private && is_in_server {
            self.reply_privately(id, user, channel, &reply, ask).await;
            return;
        }
        let is_for_thread = is_in_server && !is_thread && self.config.discord.answer_in == AnswerIn::Thread;
        if !(is_for_thread && self.reply_in_thread(id, channel, &reply, ask).await) {
            let sent = self.reply_in_channel(id, user, channel, &reply, ask).await;
            if let Some(message) = sent.filter(|_| is_in_server) {
                self.bot.answer_sent(&reply, channel, message);
            }
        }
    }

    /// Answers in a thread of its own under the message; `false` if there can be none.
    async fn reply_in_thread(
        &self,
        id: MessageId,
        channel: ChannelId,
        reply: &Reply,
        ask: &'static str,
    ) -> bool {
        let title = reply.cards.iter().find_map(|card| card.title.clone());
        let name = outbound::thread_name(&title.unwrap_or_else(|| text(reply.lang).thread_name()));
        let thread = match self.rest.create_thread(channel, id, &name).await {
            Ok(thread) => thread,
            Err(error) => {
                tracing::warn!(%channel, %error, "a thread could not be made; the answer is a reply");
                return false;
            }
        };
        let message = outbound::message(reply, text(reply.lang), None, id.to_string());
        let sent = self.rest.answer(thread, &message).await;
        if let Ok(Some(message)) = sent {
            self.bot.answer_sent(reply, thread, message);
        }
        self.record_sent(sent.map(drop), thread, ask).await;
        true
    }

    async fn show_typing(&self, channel: ChannelId) {
        match self.rest.typing(channel).await {
            Ok(()) => {}
            // The reply itself will not be sent any more, so nothing else reports the channel.
            Err(RestError::ChannelForbidden { code }) => self.report_muted_channel(channel, code).await,
            Err(error) => tracing::debug!(%error, "typing could not be shown"),
        }
    }

    async fn reply_privately(
        &self,
        id: MessageId,
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
            self.reply_in_channel(id, user, channel, &pointer, ask).await;
        }
    }

    /// Sends an answer; returns its id. If Discord does not take it for now, the person sees at least that there is none.
    async fn reply_in_channel(
        &self,
        id: MessageId,
        user: UserId,
        channel: ChannelId,
        reply: &Reply,
        ask: &'static str,
    ) -> Option<MessageId> {
        let message = outbound::message(reply, text(reply.lang), Some((channel, id)), id.to_string());
        let sent = self.rest.answer(channel, &message).await;
        if sent.as_ref().is_err_and(RestError::is_closed_thread) {
            self.reply_outside_thread(id, user, reply, ask).await;
            return None;
        }
        let is_declined = sent.as_ref().is_err_and(RestError::is_passing);
        let message = sent.as_ref().ok().copied().flatten();
        self.record_sent(sent.map(drop), channel, ask).await;
        if is_declined {
            self.react_busy(id, channel, user, reply.lang).await;
        }
        message
    }

    /// Answers by direct message, since the thread is archived or locked.
    async fn reply_outside_thread(&self, id: MessageId, user: UserId, reply: &Reply, ask: &'static str) {
        let mut reply = reply.clone();
        let body = text(reply.lang).closed_thread();
        reply.cards.insert(0, Card { body, tone: Tone::Info, ..Card::default() });
        if let Err(error) = self.notifier.send_dm_with_nonce(user, &reply, format!("{id}t")).await {
            tracing::warn!(ask, %error, "an answer reached neither its thread, which is closed, nor the person");
        }
    }

    /// Sends a notice, which is not worth a long wait.
    async fn notice_in_channel(&self, id: MessageId, channel: ChannelId, reply: &Reply, ask: &'static str) {
        let message = outbound::message(reply, text(reply.lang), Some((channel, id)), id.to_string());
        let sent = self.rest.message(channel, &message).await;
        self.record_sent(sent, channel, ask).await;
    }

    async fn record_sent(&self, sent: Result<(), RestError>, channel: ChannelId, ask: &'static str) {
        match sent {
            Ok(()) => self.unmute(channel),
            Err(RestError::ChannelForbidden { code }) => self.report_muted_channel(channel, code).await,
            // It was reported when the channel refused.
            Err(RestError::Muted) => {
                tracing::debug!(ask, %channel, "an answer was not sent to a muted channel")
            }
            Err(error) => {
                tracing::error!(ask, %channel, %error, "an answer could not be delivered");
            }
        }
    }

    /// A notice instead of an answer, such as "please wait": in its channel, once per person, channel and minute.
    async fn send_notice(
        &self,
        id: MessageId,
        channel: ChannelId,
        user: UserId,
        reply: &Reply,
        ask: &'static str,
    ) {
        if self.notices().allow(user, channel, Instant::now()) {
            self.notice_in_channel(id, channel, reply, ask).await;
        } else {
            self.health.count_dropped();
        }
    }

    /// Shows by a reaction that a message is not answered, or by a notice where reactions are refused.
    pub(super) async fn react_busy(&self, id: MessageId, channel: ChannelId, user: UserId, lang: Lang) {
        let may_react = {
            let mut notices = self.notices();
            if !notices.allow(user, channel, Instant::now()) {
                return;
            }
            notices.may_react(channel)
        };
        if may_react {
            match self.rest.react(channel, id, Emoji::HOURGLASS).await {
                Ok(()) => return,
                Err(error) => tracing::debug!(%channel, %error, "a reaction was refused"),
            }
            self.notices().without_reactions(channel);
        }
        self.notice_in_channel(id, channel, &Reply::private(text(lang).busy()), "busy").await;
    }

    fn notices(&self) -> std::sync::MutexGuard<'_, Notices> {
        self.inner.notices.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
