//! Alerts the moderators once when the disk refuses to store enquiries, and once when it accepts them again. These
//! alerts are kept in memory, because the database cannot be written just then.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{Delivery, NotifyOutcome, notices::POLL};
use crate::{lang::Lang, text::text};

/// The longest time between two probes of the disk.
const PROBE: Duration = Duration::from_secs(5);

impl Delivery {
    /// Watches the disk of the database until `stop`.
    pub(super) async fn watch_disk(&self, stop: &CancellationToken) {
        let mut failures = self.store.disk_failures();
        let watching = async {
            while failures.wait_for(|has_failed| *has_failed).await.is_ok() {
                tracing::error!(
                    "the database cannot be written: enquiries are refused until it can be again"
                );
                self.alert(text(Lang::En).press_desk_alert_disk_failed()).await;
                while self.store.probe_disk().await.is_err() {
                    tokio::time::sleep(self.options.poll.min(PROBE)).await;
                }
                tracing::info!("the database can be written again");
                self.signal.wake();
                self.alert(text(Lang::En).press_desk_alert_disk_recovered()).await;
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = watching => {}
        }
    }

    /// Sends an alert, and tries again until it was delivered or never can be.
    async fn alert(&self, alert: String) {
        let key = format!("alert-{:016x}", fastrand::u64(..));
        while self.notices.alert_moderators(key.clone(), alert.clone()).await == NotifyOutcome::Retry {
            tokio::time::sleep(POLL).await;
        }
    }
}
