//! Forgetting: bodies of sent enquiries after some days, everything of a person on request. Really gone from the
//! files: freed pages are overwritten (`secure_delete`), the file is rewritten, the log is cut to nothing.

use crate::ids::{GuildId, UserId};
use std::sync::atomic::Ordering;

use super::{Store, StoreError, signed};

/// Days after which a settled enquiry's row, long without its body, is deleted too.
const ROW_DAYS: i64 = 30;

/// What was forgotten of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// Enquiries erased.
    pub enquiries: u64,
    /// Those of them that had not been handed over and now never will be.
    pub unsent: u64,
    /// Whether the files of the database hold no trace any more; where somebody else was reading them, the bot's next
    /// sweep or another erasure removes what is left.
    pub is_scrubbed: bool,
}

impl Store {
    /// Erases everything of a person. The fingerprints that the limits count for a day, and that of a block, stay
    /// unless `with_marks`: or else erasing would lift every limit.
    pub async fn forget(&self, user: UserId, with_marks: bool) -> Result<Forgotten, StoreError> {
        let mut tx = self.begin().await?;
        let (enquiries, unsent): (i64, i64) = sqlx::query_as(
            "SELECT count(*), count(*) FILTER (WHERE state IN ('pending', 'dead')) FROM enquiry WHERE user_id = ?",
        )
        .bind(signed(user.get()))
        .fetch_one(&mut *tx)
        .await?;
        let mut rows = 0;
        for table in ["DELETE FROM notice WHERE user_id = ?", "DELETE FROM enquiry WHERE user_id = ?"] {
            rows += sqlx::query(table).bind(signed(user.get())).execute(&mut *tx).await?.rows_affected();
        }
        if with_marks {
            let sender = self.sender(user);
            for table in [
                "UPDATE admission SET sender = NULL WHERE sender = ?",
                "DELETE FROM blocked WHERE sender = ?",
            ] {
                rows += sqlx::query(table).bind(&sender).execute(&mut *tx).await?.rows_affected();
            }
        }
        tx.commit().await?;
        // The rows are gone whatever follows; a log that a reader holds open just now is cut by the next sweep. Rewriting
        // the whole file where nothing was deleted would let anybody keep the disk busy.
        let has_traces = rows > 0 || self.has_traces.load(Ordering::Relaxed);
        let scrubbed = if has_traces { self.scrub().await } else { Ok(()) };
        if let Err(error) = &scrubbed {
            tracing::warn!(%error, "the traces of erased rows go with the next sweep");
        }
        let count = |n: i64| u64::try_from(n).unwrap_or(0);
        Ok(Forgotten { enquiries: count(enquiries), unsent: count(unsent), is_scrubbed: scrubbed.is_ok() })
    }

    /// Forgets which server enquiries came from, when the bot leaves it; returns how many enquiries had its number.
    ///
    /// The number goes from every row at once, whatever its state, for nothing on an enquiry's way needs it. The
    /// enquiry itself is its sender's and not the server's: one that waits is delivered or given to a human as
    /// promised, and the text of one that was handed over goes after its days.
    pub async fn forget_guild(&self, guild: GuildId) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let mut erased = Vec::new();
        for table in [
            "UPDATE enquiry SET guild_id = NULL WHERE guild_id = ?",
            "UPDATE admission SET guild_id = NULL WHERE guild_id = ?",
        ] {
            erased
                .push(sqlx::query(table).bind(signed(guild.get())).execute(&mut *tx).await?.rows_affected());
        }
        tx.commit().await?;
        if erased.iter().any(|rows| *rows > 0) {
            self.scrub().await?;
        }
        Ok(erased[0])
    }

    /// The servers that enquiries came from.
    pub async fn guilds(&self) -> Result<Vec<GuildId>, StoreError> {
        let rows: Vec<(i64,)> = sqlx::query_as(
            "SELECT guild_id FROM enquiry WHERE guild_id IS NOT NULL
             UNION SELECT guild_id FROM admission WHERE guild_id IS NOT NULL",
        )
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().map(|(guild,)| GuildId::new(guild.cast_unsigned())).collect())
    }

    /// Erases the bodies of enquiries settled more than `keep_days` ago, and old rows; returns how many bodies.
    pub async fn sweep(&self, keep_days: u16) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let erased = sqlx::query(
            "UPDATE enquiry SET message = NULL WHERE message IS NOT NULL AND state IN ('sent', 'buried')
             AND settled_at <= unixepoch() - ?",
        )
        .bind(i64::from(keep_days) * 86_400)
        .execute(&mut *tx)
        .await?
        .rows_affected();
        let deleted = sqlx::query(
            "DELETE FROM enquiry WHERE message IS NULL AND state IN ('sent', 'buried')
             AND settled_at <= unixepoch() - ?",
        )
        .bind((i64::from(keep_days) + ROW_DAYS) * 86_400)
        .execute(&mut *tx)
        .await?
        .rows_affected();
        sqlx::query("DELETE FROM admission WHERE at <= unixepoch() - 86400").execute(&mut *tx).await?;
        tx.commit().await?;
        if erased + deleted > 0 || self.has_traces.load(Ordering::Relaxed) {
            self.scrub().await?;
        }
        Ok(erased)
    }

    /// Leaves no trace of deleted rows in the file or its log.
    async fn scrub(&self) -> Result<(), StoreError> {
        self.has_traces.store(true, Ordering::Relaxed);
        sqlx::query("VACUUM").execute(&self.writer).await?;
        self.checkpoint().await?;
        self.has_traces.store(false, Ordering::Relaxed);
        Ok(())
    }
}
