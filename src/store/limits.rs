//! The limits on enquiries. They count rows of the database, so a restart does not reset them.

use sqlx::{Transaction, sqlite::Sqlite};

use super::{NewEnquiry, Store, StoreError, signed};
use crate::{
    config::Limits,
    ids::{Reference, UserId},
};

/// The limit that refuses an enquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitReached {
    /// A moderator blocked the sender.
    Blocked,
    /// The account is younger than `limits.min_account_days`.
    YoungAccount,
    /// The sender's last enquiry is too recent.
    TooSoon {
        /// Minutes until the next one is accepted.
        minutes: i64,
    },
    /// The sender has reached the daily limit of one person.
    SenderDay,
    /// The server has reached its hourly limit.
    GuildHour,
    /// The bot has reached its daily limit.
    TotalDay,
    /// The sender sent the same text within the last 24 hours.
    SameText(Reference),
    /// Several people sent the same text within the last 24 hours.
    Flood,
}

impl LimitReached {
    /// Its name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            LimitReached::Blocked => "blocked",
            LimitReached::YoungAccount => "young account",
            LimitReached::TooSoon { .. } => "too soon",
            LimitReached::SenderDay => "sender's daily limit",
            LimitReached::GuildHour => "server's hourly limit",
            LimitReached::TotalDay => "bot's daily limit",
            LimitReached::SameText(_) => "same text",
            LimitReached::Flood => "flood",
        }
    }
}

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;
/// How many times one text may be sent within a day, by whomever.
const SAME_TEXT_DAY: i64 = 3;

impl Store {
    /// The first limit that refuses the enquiry.
    pub(super) async fn limit_reached(
        &self,
        tx: &mut Transaction<'static, Sqlite>,
        enquiry: &NewEnquiry,
        limits: &Limits,
    ) -> Result<Option<LimitReached>, StoreError> {
        let (sender, text) =
            (self.sender(enquiry.user), self.fingerprint("text", enquiry.dedup_key.as_bytes()));
        if is_blocked(tx, &sender).await? {
            return Ok(Some(LimitReached::Blocked));
        }
        let (now,): (i64,) = sqlx::query_as("SELECT unixepoch()").fetch_one(&mut **tx).await?;
        if account_age_days(enquiry.user, now) < i64::from(limits.min_account_days) {
            return Ok(Some(LimitReached::YoungAccount));
        }
        let same: Option<(String,)> = sqlx::query_as(
            "SELECT reference FROM admission WHERE sender = ? AND text = ? AND at > ? LIMIT 1",
        )
        .bind(&sender)
        .bind(&text)
        .bind(now - DAY)
        .fetch_optional(&mut **tx)
        .await?;
        if let Some((reference,)) = same {
            return Ok(Some(LimitReached::SameText(Reference::stored(reference))));
        }
        let gap = i64::from(limits.minutes_between_enquiries) * 60;
        // A clock that was set back must not lock a sender out, so rows from the future do not count.
        let (last,): (Option<i64>,) =
            sqlx::query_as("SELECT max(at) FROM admission WHERE sender = ? AND at BETWEEN ? AND ?")
                .bind(&sender)
                .bind(now - gap + 1)
                .bind(now)
                .fetch_one(&mut **tx)
                .await?;
        if let Some(last) = last {
            return Ok(Some(LimitReached::TooSoon { minutes: (last + gap - now + 59) / 60 }));
        }
        let (by_sender, by_guild, in_all, same_text): (i64, i64, i64, i64) = sqlx::query_as(
            "SELECT count(*) FILTER (WHERE sender = ?),
                    count(*) FILTER (WHERE guild_id = ? AND at > ?),
                    count(*),
                    count(*) FILTER (WHERE text = ?)
             FROM admission WHERE at > ?",
        )
        .bind(&sender)
        .bind(enquiry.guild.map(|guild| signed(guild.get())))
        .bind(now - HOUR)
        .bind(&text)
        .bind(now - DAY)
        .fetch_one(&mut **tx)
        .await?;
        let limit = if by_sender >= i64::from(limits.enquiries_per_day) {
            Some(LimitReached::SenderDay)
        } else if same_text >= SAME_TEXT_DAY {
            Some(LimitReached::Flood)
        } else if by_guild >= i64::from(limits.enquiries_per_guild_hour) {
            Some(LimitReached::GuildHour)
        } else if in_all >= i64::from(limits.enquiries_total_day) {
            Some(LimitReached::TotalDay)
        } else {
            None
        };
        Ok(limit)
    }

    /// Records an accepted enquiry, so that the limits count it.
    pub(super) async fn record_admission(
        &self,
        tx: &mut Transaction<'static, Sqlite>,
        enquiry: &NewEnquiry,
        reference: &Reference,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO admission (at, sender, guild_id, text, reference) VALUES (unixepoch(), ?, ?, ?, ?)",
        )
        .bind(self.sender(enquiry.user))
        .bind(enquiry.guild.map(|guild| signed(guild.get())))
        .bind(self.fingerprint("text", enquiry.dedup_key.as_bytes()))
        .bind(reference.as_str())
        .execute(&mut **tx)
        .await?;
        Ok(())
    }

    /// Blocks the sender of an enquiry; `false` if there is no such enquiry.
    pub async fn block(&self, reference: &Reference) -> Result<bool, StoreError> {
        self.observed(self.insert_block(reference)).await
    }

    async fn insert_block(&self, reference: &Reference) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let row: Option<(i64,)> = sqlx::query_as("SELECT user_id FROM enquiry WHERE reference = ?")
            .bind(reference.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        let Some((user,)) = row else { return Ok(false) };
        sqlx::query("INSERT OR IGNORE INTO blocked (sender, at) VALUES (?, unixepoch())")
            .bind(self.sender(UserId::new(user.cast_unsigned())))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Lifts the block of a person; `false` if there was none.
    pub async fn unblock(&self, user: UserId) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM blocked WHERE sender = ?")
            .bind(self.sender(user))
            .execute(&self.writer)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// The fingerprint of a person.
    pub(super) fn sender(&self, user: UserId) -> Vec<u8> {
        self.fingerprint("sender", &user.get().to_le_bytes())
    }
}

async fn is_blocked(tx: &mut Transaction<'static, Sqlite>, sender: &[u8]) -> Result<bool, StoreError> {
    let row: Option<(i64,)> = sqlx::query_as("SELECT 1 FROM blocked WHERE sender = ?")
        .bind(sender)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.is_some())
}

/// Days since the account was created. The upper 42 bits of a Discord id are milliseconds since the start of 2015.
fn account_age_days(user: UserId, now: i64) -> i64 {
    const DISCORD_EPOCH_SECONDS: i64 = 1_420_070_400;
    let created = i64::try_from((user.get() >> 22) / 1000).unwrap_or(i64::MAX / 2) + DISCORD_EPOCH_SECONDS;
    (now - created) / DAY
}

#[cfg(test)]
mod tests {
    use super::account_age_days;
    use crate::ids::UserId;

    #[test]
    fn an_account_is_as_old_as_its_id_says() {
        // Discord's own example: 175928847299117063 was made on 2016-04-30 at 11:18:25 UTC.
        assert_eq!(account_age_days(UserId::new(175_928_847_299_117_063), 1_462_015_105), 0);
        assert_eq!(account_age_days(UserId::new(175_928_847_299_117_063), 1_462_015_105 + 10 * 86_400), 10);
    }
}
