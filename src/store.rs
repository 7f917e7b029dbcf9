//! The database: enquiries on their way, notices that must still be sent, what the limits count, what members ask in
//! vain, the history of the FAQ and what moderators did.
//!
//! SQLite in one file; every commit is synced before it is reported. One connection writes, a few others read.
//! Knows nothing of mail or Discord: a message is bytes here. `store/open.rs` opens the file. An enquiry passes through
//! `store/submit.rs` and then `store/queue.rs`; `store/erase.rs` removes what is no longer needed.

mod audit;
mod digests;
mod enquiry;
mod erase;
mod error;
mod gaps;
mod health;
mod history;
mod limits;
mod notices;
mod open;
mod personal;
mod queue;
mod read;
mod record;
mod sent_answers;
mod submit;
mod subscriptions;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use sqlx::{SqlitePool, Transaction, sqlite::Sqlite};
use tokio::sync::watch;

pub use audit::AuditEntry;
pub use enquiry::{Message, NewEnquiry};
pub use erase::Erased;
pub use error::StoreError;
pub use gaps::Gap;
pub use history::{NewRevision, Revision, RevisionOrigin};
pub use limits::LimitReached;
pub use notices::{Notice, NoticeKind};
pub use open::DeliveryLock;
pub use personal::Personal;
pub use queue::{Claim, DeliveryOutcome, QueuedEnquiry};
pub use read::{Detail, Overview, State, Status};
pub use record::{GapKind, NewGap, Record, SentAnswer, Shown};
pub use submit::Submitted;
pub use subscriptions::{Subscribed, Subscription};

/// The open database; clones share it.
#[derive(Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    path: PathBuf,
    tuning: Tuning,
    key: [u8; 32],
    /// Whether erased rows may still have left traces in the files.
    needs_scrub: Arc<AtomicBool>,
    /// Whether the disk refused a write and no probe has succeeded since.
    disk_failed: Arc<watch::Sender<bool>>,
}

/// Time-outs and limits of the store; tests shorten them.
#[derive(Debug, Clone)]
pub struct Tuning {
    /// How long a writer waits for a lock of another process, and how long a submission may take before its commit.
    pub patience: Duration,
    /// How long opening waits for a database that is busy, or for a machine that is: no one waits for an answer then.
    pub opening: Duration,
    /// How long a submission waits for a commit that has begun before its sender reads that it is not yet confirmed.
    pub commit_patience: Duration,
    /// The largest size of the file in pages of 4 KiB; `None`: limited by the disk alone.
    pub max_pages: Option<u32>,
}

impl Default for Tuning {
    fn default() -> Tuning {
        Tuning {
            patience: Duration::from_millis(1500),
            opening: Duration::from_secs(20),
            commit_patience: Duration::from_secs(7),
            max_pages: None,
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Store {
    /// The path of the database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Succeeds if the database can be read.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1 FROM enquiry LIMIT 1").fetch_optional(&self.readers).await?;
        Ok(())
    }

    /// Writes the log back into the file and closes every connection. The last call before the process ends.
    pub async fn close(&self) {
        self.readers.close().await;
        if let Err(error) = self.checkpoint().await {
            tracing::warn!(%error, "the database log could not be written back; the next start does it");
        }
        self.writer.close().await;
    }

    /// A write transaction that holds the write lock from its first statement on.
    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Writes the log back and truncates it, so that no erased byte stays in it.
    async fn checkpoint(&self) -> Result<(), StoreError> {
        let (busy,): (i64,) =
            sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.writer).await?;
        if busy == 0 { Ok(()) } else { Err(StoreError::Busy) }
    }

    /// The keyed fingerprint of a person or a text, 16 bytes long. Equal inputs have equal fingerprints; without the
    /// key nothing else can be learned from one.
    fn fingerprint(&self, kind: &str, bytes: &[u8]) -> Vec<u8> {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(kind.as_bytes()).update(&[0]).update(bytes);
        hasher.finalize().as_bytes().iter().copied().take(16).collect()
    }
}

/// A platform id as SQLite's signed integer, bit for bit.
fn signed(id: u64) -> i64 {
    id.cast_signed()
}
