//! Shows a moderator how far a reload is, in the deferred response.

use std::time::Duration;

use tokio::{
    task::{JoinError, JoinHandle},
    time::{MissedTickBehavior, interval, timeout},
};

use crate::{
    bot::Reply,
    discord::{dispatch::Dispatch, inbound::InteractionTarget, outbound},
    text::Text,
};

/// How often the response is edited at most: Discord allows five edits in five seconds.
const EDIT_EVERY: Duration = Duration::from_millis(1500);
/// How long such an edit may take.
const PATIENCE: Duration = Duration::from_secs(10);

impl Dispatch {
    /// Waits for a reload. Whenever it has reached another step, the deferred response is edited.
    pub(super) async fn watch_reload(
        &self,
        mut work: JoinHandle<Reply>,
        target: &InteractionTarget,
        text: Text,
    ) -> Result<Reply, JoinError> {
        let mut ticks = interval(EDIT_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut shown = None;
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done,
                _ = ticks.tick() => {}
            }
            let step = self.bot.reload_progress(text.lang());
            if step.is_none() || step == shown {
                continue;
            }
            if let Some(reply) = &step {
                let edit = outbound::edit(reply, text);
                // The result replaces it anyway, so a failure does not matter, and the result must not wait for it.
                let edit = self.rest.edit_answer(target.application, &target.token, &edit);
                if !matches!(timeout(PATIENCE, edit).await, Ok(Ok(_))) {
                    tracing::debug!("the progress of a reload was not shown");
                }
            }
            shown = step;
        }
    }
}
