//! Sends stored notices to senders and moderators until each was delivered, can never be, or is five days old.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{Delivery, NotifyOutcome, schedule::backoff};
use crate::{
    failpoint,
    lang::Lang,
    store::{Notice, NoticeKind, StoreError},
    text::text,
};

/// How often due notices are looked for although nothing was signalled.
pub(super) const POLL: Duration = Duration::from_secs(60);

impl Delivery {
    /// Sends notices as they become due, until `stop`.
    pub(super) async fn send_notices(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.send_due_notices(stop).await {
                tracing::warn!(%error, "notices cannot be read or recorded; trying again");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.signal.notices.notified() => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }

    /// Sends every notice that is due. One that fails is postponed, so the next ones get their turn.
    pub(super) async fn send_due_notices(&self, stop: &CancellationToken) -> Result<(), StoreError> {
        loop {
            let due = self.store.pending_notices().await?;
            if due.is_empty() {
                return Ok(());
            }
            for notice in due {
                let outcome = tokio::select! {
                    () = stop.cancelled() => return Ok(()),
                    outcome = self.send_notice(&notice) => outcome,
                };
                self.record_notice(&notice, outcome).await?;
            }
        }
    }

    async fn record_notice(&self, notice: &Notice, outcome: NotifyOutcome) -> Result<(), StoreError> {
        let (id, reference) = (notice.id, &notice.reference);
        match outcome {
            NotifyOutcome::Retry if !notice.is_stale => {
                let delay = backoff(notice.attempts.saturating_add(1), fastrand::f64()).as_secs();
                tracing::warn!(
                    notice = id,
                    reference,
                    seconds = delay,
                    "a notice could not be sent; trying again later"
                );
                return self.store.postpone_notice(id, i64::try_from(delay).unwrap_or(3600)).await;
            }
            NotifyOutcome::Retry => {
                tracing::warn!(
                    notice = id,
                    reference,
                    "a notice could not be sent for five days and is dropped"
                );
            }
            NotifyOutcome::Unreachable if notice.user.is_some() => {
                tracing::info!(
                    notice = id,
                    reference,
                    "a sender cannot be reached by direct message; the notice is dropped"
                );
            }
            NotifyOutcome::Unreachable | NotifyOutcome::Delivered => {}
        }
        self.store.delete_notice(id).await?;
        failpoint::pass("notice.sent");
        Ok(())
    }

    async fn send_notice(&self, notice: &Notice) -> NotifyOutcome {
        let key = format!("notice-{}", notice.id);
        match notice.user {
            Some(user) => self.notices.send_dm(user, key, for_sender(notice)).await,
            None => self.notices.alert_moderators(key, for_moderators(notice)).await,
        }
    }
}

fn for_sender(notice: &Notice) -> String {
    let text = text(notice.lang);
    match notice.kind {
        NoticeKind::Sent if notice.detail == "folder" => {
            text.press_desk_dm_folder(&notice.reference, &super::utc_time(notice.at))
        }
        NoticeKind::Sent => text.press_desk_dm_sent(&notice.reference, &super::utc_time(notice.at)),
        NoticeKind::Dead | NoticeKind::Paused => text.press_desk_dm_dead(&notice.reference),
    }
}

fn for_moderators(notice: &Notice) -> String {
    let text = text(Lang::En);
    match notice.kind {
        NoticeKind::Paused => text.press_desk_alert_paused(&notice.detail),
        NoticeKind::Dead | NoticeKind::Sent => text.press_desk_alert_dead(&notice.reference, &notice.detail),
    }
}
