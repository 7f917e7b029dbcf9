//! Erasing: texts of settled enquiries after some days, everything of a person on request. Erased bytes leave the
//! files too: SQLite overwrites freed pages (`secure_delete`), the file is rewritten and the log is truncated.

use std::sync::atomic::Ordering;

use crate::ids::{GuildId, UserId};

use super::{Store, StoreError, signed};

/// Days after the erasure of its text after which the row of a settled enquiry is deleted too.
const ROW_DAYS: i64 = 30;

/// What is deleted when it is older than so many days: gaps, counts, requests for a message, where answers are.
const OLD: &[&str] = &[
    "DELETE FROM gap WHERE day <= unixepoch() - 90 * 86400",
    "DELETE FROM gap_key WHERE week <> unixepoch() / 604800",
    "DELETE FROM subscription WHERE at <= unixepoch() - 90 * 86400",
    "DELETE FROM sent_answer WHERE at <= unixepoch() - 30 * 86400",
    "DELETE FROM tally WHERE day < date('now', '-400 days')",
    "DELETE FROM feedback WHERE day < date('now', '-400 days')",
    "DELETE FROM digest WHERE day < date('now', '-400 days')",
];

/// What was erased of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Erased {
    /// Enquiries erased.
    pub enquiries: u64,
    /// Those of them that had not been handed over, and now never will be.
    pub unsent: u64,
    /// Questions erased: those asked in vain this week, and those whose answers the person waited for.
    pub questions: u64,
    /// Whether no trace is left in the files of the database. If another connection was reading them, the next sweep
    /// or erasure removes the rest.
    pub is_scrubbed: bool,
}

impl Store {
    /// Erases everything of a person. The fingerprints that the limits count for a day, and that of a block, stay
    /// unless `with_fingerprints`, because erasing would otherwise lift every limit. The files are rewritten only if
    /// rows were erased.
    pub(crate) async fn erase_user(
        &self,
        user: UserId,
        with_fingerprints: bool,
    ) -> Result<Erased, StoreError> {
        self.observed(self.delete_user(user, with_fingerprints)).await
    }

    async fn delete_user(&self, user: UserId, with_fingerprints: bool) -> Result<Erased, StoreError> {
        let mut tx = self.begin().await?;
        let (enquiries, unsent): (i64, i64) = sqlx::query_as(
            "SELECT count(*), count(*) FILTER (WHERE state IN ('pending', 'dead')) FROM enquiry WHERE user_id = ?",
        )
        .bind(signed(user.get()))
        .fetch_one(&mut *tx)
        .await?;
        let mut questions = sqlx::query("DELETE FROM subscription WHERE user_id = ?")
            .bind(signed(user.get()))
            .execute(&mut *tx)
            .await?
            .rows_affected();
        if let Some(asker) = self.asker_of_this_week(&mut tx, user).await? {
            questions += sqlx::query("DELETE FROM gap WHERE asker = ?")
                .bind(asker)
                .execute(&mut *tx)
                .await?
                .rows_affected();
        }
        let mut changed = questions;
        for statement in [
            "DELETE FROM notice WHERE user_id = ?",
            "DELETE FROM enquiry WHERE user_id = ?",
            // What was done stays, and who did it goes.
            "UPDATE audit SET actor = NULL WHERE actor = ?",
            "UPDATE revision SET actor = NULL WHERE actor = ?",
        ] {
            changed +=
                sqlx::query(statement).bind(signed(user.get())).execute(&mut *tx).await?.rows_affected();
        }
        if with_fingerprints {
            let sender = self.sender(user);
            for statement in [
                "UPDATE admission SET sender = NULL WHERE sender = ?",
                "DELETE FROM blocked WHERE sender = ?",
            ] {
                changed += sqlx::query(statement).bind(&sender).execute(&mut *tx).await?.rows_affected();
            }
        }
        tx.commit().await?;
        // The rows are erased whatever follows. If a reader holds the log open now, the next sweep truncates it.
        let scrubbed =
            if changed > 0 || self.needs_scrub.load(Ordering::Relaxed) { self.scrub().await } else { Ok(()) };
        if let Err(error) = &scrubbed {
            tracing::warn!(%error, "traces of erased rows stay in the database files until the next sweep");
        }
        let count = |n: i64| u64::try_from(n).unwrap_or(0);
        Ok(Erased {
            enquiries: count(enquiries),
            unsent: count(unsent),
            questions,
            is_scrubbed: scrubbed.is_ok(),
        })
    }

    /// Erases the id of a server that the bot left; returns how many enquiries held it.
    ///
    /// The enquiries themselves belong to their senders and not to the server: those in the queue are still delivered,
    /// and the text of those handed over is erased after its days.
    pub async fn clear_guild(&self, guild: GuildId) -> Result<u64, StoreError> {
        self.observed(self.delete_guild_id(guild)).await
    }

    async fn delete_guild_id(&self, guild: GuildId) -> Result<u64, StoreError> {
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

    /// Ids of the servers that enquiries came from.
    pub async fn guilds(&self) -> Result<Vec<GuildId>, StoreError> {
        let rows: Vec<(i64,)> = sqlx::query_as(
            "SELECT guild_id FROM enquiry WHERE guild_id IS NOT NULL
             UNION SELECT guild_id FROM admission WHERE guild_id IS NOT NULL",
        )
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().map(|(guild,)| GuildId::new(guild.cast_unsigned())).collect())
    }

    /// Erases the texts of enquiries settled more than `keep_days` ago, and old rows; returns the number of texts.
    pub async fn sweep(&self, keep_days: u16) -> Result<u64, StoreError> {
        self.observed(self.delete_old(keep_days)).await
    }

    async fn delete_old(&self, keep_days: u16) -> Result<u64, StoreError> {
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
        sqlx::query("DELETE FROM audit WHERE at <= unixepoch() - ?")
            .bind(super::audit::KEPT_SECONDS)
            .execute(&mut *tx)
            .await?;
        let mut old = 0;
        for statement in OLD {
            old += sqlx::query(*statement).execute(&mut *tx).await?.rows_affected();
        }
        tx.commit().await?;
        if erased + deleted + old > 0 || self.needs_scrub.load(Ordering::Relaxed) {
            self.scrub().await?;
        }
        Ok(erased)
    }

    /// Removes every trace of deleted rows from the file and its log.
    async fn scrub(&self) -> Result<(), StoreError> {
        self.needs_scrub.store(true, Ordering::Relaxed);
        sqlx::query("VACUUM").execute(&self.writer).await?;
        self.checkpoint().await?;
        self.needs_scrub.store(false, Ordering::Relaxed);
        Ok(())
    }
}
