//! Records what moderators do: a line in the log, a row in the database and, if it is set, a line in the log channel.
//! Nothing that anybody typed is in it.

use tokio::sync::broadcast;

use crate::{
    bot::{Bot, press_desk::PressDesk},
    ids::UserId,
    lang::Lang,
    text::text,
};

/// Lines that may wait for the log channel.
const MAX_WAITING: usize = 256;

/// Passes the lines on to whoever writes them into the log channel.
pub(super) struct AuditLog(broadcast::Sender<String>);

impl Default for AuditLog {
    fn default() -> AuditLog {
        AuditLog(broadcast::Sender::new(MAX_WAITING))
    }
}

impl Bot {
    /// The lines for the log channel, from now on.
    pub fn audit_lines(&self) -> broadcast::Receiver<String> {
        self.audit.0.subscribe()
    }

    /// Records an action of a moderator on an entry, a revision or an enquiry. It returns at once; a row that cannot be
    /// written is only in the log.
    pub(super) fn record_action(&self, actor: UserId, action: &'static str, reference: String) {
        tracing::info!(target: "faqbot::audit", %actor, action, reference, "done");
        // Nobody listens unless there is a log channel.
        let _ = self.audit.0.send(text(Lang::En).audit_line(actor, action, &reference));
        let Some(store) = self.desk.as_ref().map(PressDesk::store).cloned() else { return };
        tokio::spawn(async move {
            if let Err(error) = store.record_action(actor, action, &reference).await {
                tracing::error!(%error, action, "an action of a moderator could not be recorded");
            }
        });
    }
}
