//! Whether the database can be written. A failed write is noticed here, and a probe finds out when it works again;
//! `mail/alerts.rs` reports both to the moderators.

use tokio::sync::watch;

use super::{Store, StoreError};

/// Bytes that a probe writes and erases: as many as the longest enquiry needs.
const PROBE_BYTES: i64 = 64 * 1024;

impl Store {
    /// Runs a write and notes a failure of the disk.
    pub(super) async fn observed<T>(
        &self,
        write: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let result = write.await;
        if let Err(error) = &result
            && error.is_disk_failure()
        {
            self.disk_failed.send_replace(true);
        }
        result
    }

    /// A receiver that holds `true` from a write that the disk refused until [`Store::probe_disk`] succeeds.
    pub(crate) fn disk_failures(&self) -> watch::Receiver<bool> {
        self.disk_failed.subscribe()
    }

    /// Writes and erases as much as a long enquiry needs. Success means that enquiries can be stored again.
    pub(crate) async fn probe_disk(&self) -> Result<(), StoreError> {
        sqlx::query("INSERT OR REPLACE INTO disk_probe (id, filler) VALUES (1, zeroblob(?))")
            .bind(PROBE_BYTES)
            .execute(&self.writer)
            .await?;
        sqlx::query("DELETE FROM disk_probe").execute(&self.writer).await?;
        self.disk_failed.send_replace(false);
        Ok(())
    }
}
