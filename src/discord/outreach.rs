//! Sends what nobody waits for at the moment: messages to people whose question has an answer by now, corrections of
//! earlier answers, the weekly digest, edits that wait for approval.
//!
//! What is due is decided by the bot; here it is sent within Discord's limits. It looks whenever another generation is in
//! force, and from time to time for what could not be sent.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    bot::Bot,
    discord::{
        DiscordNotifier,
        notifier::NotifyError,
        outbound,
        rest::{Rest, RestError},
    },
    text::text,
};

/// How often it looks although nothing was signalled.
const POLL: Duration = Duration::from_secs(60);
/// How long it waits before it tries again to send a message.
const RETRY: Duration = Duration::from_secs(600);

/// Everything it works with.
pub(super) struct Outreach {
    /// The bot.
    pub(super) bot: Arc<Bot>,
    /// Sends messages.
    pub(super) notifier: DiscordNotifier,
    /// Edits messages.
    pub(super) rest: Arc<Rest>,
}

impl Outreach {
    /// Sends what is due, until `stop`.
    pub(super) async fn run(self, stop: CancellationToken) {
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.send() => {}
        }
    }

    async fn send(&self) {
        let mut in_force = self.bot.reloader().in_force();
        // The generation whose messages were all sent, and when what failed is tried again.
        let (mut done, mut again) = (None, Instant::now());
        loop {
            let generation = *in_force.borrow_and_update();
            if Instant::now() >= again {
                let is_asked = self.send_review_messages().await;
                let is_sent = done == Some(generation) || self.send_messages().await;
                done = is_sent.then_some(generation);
                let is_corrected = self.correct().await;
                if !self.send_digest().await || !is_corrected || !is_sent || !is_asked {
                    again = Instant::now() + RETRY;
                }
            }
            tokio::select! {
                // The sender lives as long as the bot.
                _ = in_force.changed() => again = Instant::now(),
                () = self.bot.outreach_is_due() => again = Instant::now(),
                () = sleep(POLL) => {}
            }
        }
    }

    /// Sends what moderators are to know of edits that wait for approval; `false` if some must be tried again.
    async fn send_review_messages(&self) -> bool {
        while let Some(message) = self.bot.next_review_message() {
            if let Err(error) = self.notifier.alert_with_nonce(&message.reply, message.nonce.clone()).await {
                tracing::warn!(%error, "a message about an edit could not be sent to the moderators; trying again later");
                return false;
            }
            self.bot.end_review_message(&message);
        }
        true
    }

    /// Sends the weekly digest if it is due; `false` if that must be tried again.
    async fn send_digest(&self) -> bool {
        let Some(digest) = self.bot.due_digest().await else { return true };
        let sent = self.notifier.alert_with_nonce(&digest.reply, format!("digest-{}", digest.day)).await;
        if let Err(error) = &sent {
            tracing::warn!(%error, "the weekly digest could not be sent; trying again later");
        }
        self.bot.end_digest(&digest, sent.is_ok()).await;
        sent.is_ok()
    }

    /// Edits the answers whose correction is due; `false` if some must be tried again.
    async fn correct(&self) -> bool {
        while let Some(correction) = self.bot.next_correction().await {
            let edited = match &correction.reply {
                Some(reply) => {
                    let edit = outbound::edit_message(reply, text(reply.lang));
                    self.rest.edit_message(correction.channel, correction.message, &edit).await
                }
                None => Ok(()),
            };
            let is_gone = match edited {
                Ok(()) => false,
                // The message is gone, or the bot may no longer edit there.
                Err(RestError::Refused { status: 400 | 403 | 404, .. }) => true,
                Err(error) => {
                    tracing::warn!(%error, "an earlier answer could not be corrected; trying again later");
                    return false;
                }
            };
            if !self.bot.end_correction(&correction, is_gone).await {
                return false;
            }
        }
        true
    }

    /// Sends the messages that are due; `false` if some must be tried again.
    async fn send_messages(&self) -> bool {
        let mut is_done = true;
        for message in self.bot.due_messages().await {
            if !self.bot.is_still_due(&message).await {
                continue;
            }
            let key = format!("answer-{}", message.id);
            match self.notifier.send_dm_with_nonce(message.user, &message.reply, key).await {
                Ok(()) => self.bot.end_subscription(&message).await,
                Err(NotifyError::Closed) => {
                    tracing::info!("a person who waited for an answer cannot be reached by direct message");
                    self.bot.end_subscription(&message).await;
                }
                Err(error) => {
                    tracing::warn!(%error, "an answer that somebody waits for could not be sent; trying again later");
                    is_done = false;
                }
            }
        }
        is_done
    }
}
