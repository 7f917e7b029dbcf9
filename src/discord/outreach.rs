//! Sends what nobody waits for at the moment: messages to people whose question has an answer by now.
//!
//! What is due is decided by the bot; here it is sent within Discord's limits. It looks whenever another generation is in
//! force, and from time to time for what could not be sent.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    bot::Bot,
    discord::{DiscordNotifier, notifier::NotifyError},
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
}

impl Outreach {
    /// Sends what is due, until `stop`.
    pub(super) async fn run(self, stop: CancellationToken) {
        let mut in_force = self.bot.reloader().in_force();
        // The generation whose messages were all sent, and when the others are tried again.
        let (mut done, mut again) = (None, Instant::now());
        loop {
            let generation = *in_force.borrow_and_update();
            if done != Some(generation) && Instant::now() >= again {
                let is_done = tokio::select! {
                    () = stop.cancelled() => return,
                    is_done = self.send_messages() => is_done,
                };
                if is_done { done = Some(generation) } else { again = Instant::now() + RETRY }
            }
            tokio::select! {
                () = stop.cancelled() => return,
                // The sender lives as long as the bot.
                _ = in_force.changed() => again = Instant::now(),
                () = sleep(POLL) => {}
            }
        }
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
