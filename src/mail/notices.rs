//! Telling senders and moderators how a delivery ended, until they were told.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{Delivery, Told};
use crate::{
    failpoint::step,
    lang::Lang,
    store::{Notice, NoticeKind, StoreError},
    text::text,
};

/// How long to wait after somebody could not be told.
const AGAIN: Duration = Duration::from_secs(60);

impl Delivery {
    pub(super) async fn tell(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            let pause = match self.tell_all(stop).await {
                Ok(true) => AGAIN,
                Ok(false) => {
                    tracing::warn!("a notice could not be delivered yet; trying again");
                    AGAIN
                }
                Err(error) => {
                    tracing::warn!(%error, "the notices cannot be read; trying again");
                    AGAIN
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.bell.notices.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Whether everybody was told.
    pub(super) async fn tell_all(&self, stop: &CancellationToken) -> Result<bool, StoreError> {
        let mut everybody = true;
        for notice in self.store.untold().await? {
            if stop.is_cancelled() {
                return Ok(true);
            }
            let told = tokio::select! {
                () = stop.cancelled() => return Ok(true),
                told = self.tell_one(&notice) => told,
            };
            if told == Told::Later && !notice.is_stale {
                everybody = false;
                continue;
            }
            self.store.told(notice.id).await?;
            step("notice.told");
        }
        Ok(everybody)
    }

    async fn tell_one(&self, notice: &Notice) -> Told {
        match notice.user {
            Some(user) => self.notifier.send_dm(user, to_sender(notice)).await,
            None => self.notifier.tell_moderators(to_moderators(notice)).await,
        }
    }
}

fn to_sender(notice: &Notice) -> String {
    let words = text(notice.lang);
    match notice.kind {
        NoticeKind::Sent if notice.detail == "folder" => {
            words.desk_dm_folder(&notice.reference, &super::clock_time(notice.at))
        }
        NoticeKind::Sent => words.desk_dm_sent(&notice.reference, &super::clock_time(notice.at)),
        NoticeKind::Dead | NoticeKind::Paused => words.desk_dm_dead(&notice.reference),
    }
}

fn to_moderators(notice: &Notice) -> String {
    let words = text(Lang::En);
    match notice.kind {
        NoticeKind::Paused => words.desk_alert_paused(&notice.detail),
        NoticeKind::Dead | NoticeKind::Sent => words.desk_alert_dead(&notice.reference, &notice.detail),
    }
}
