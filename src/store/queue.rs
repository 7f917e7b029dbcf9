//! The way out: what is due, who holds it, and what became of it. A claim is a lease, so none is lost with its holder.

use crate::ids::Reference;
use sqlx::{Transaction, sqlite::Sqlite};

use super::{Message, NoticeKind, Store, StoreError, submit::GIVE_UP_DAYS};
use crate::failpoint::step;

/// How long a claim holds, in seconds: longer than the longest delivery.
const LEASE_SECONDS: i64 = 900;

/// An enquiry that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its row.
    pub id: i64,
    /// Failed tries so far.
    pub attempts: u32,
    /// Seconds until it is due by the database's clock; `None`: a human, or its sender, wants it gone at once.
    pub due_in: Option<i64>,
    /// Whether a human asked for another try.
    pub is_urged: bool,
}

/// An enquiry that is being delivered.
pub struct Claim {
    /// Its row.
    pub id: i64,
    /// Its reference.
    pub reference: Reference,
    /// Failed tries so far.
    pub attempts: u32,
    /// What is sent.
    pub message: Message,
}

/// How a delivery ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// It was handed over.
    Sent {
        /// `smtp` or `folder`.
        via: &'static str,
    },
    /// It is tried again, unless it is too old.
    Later {
        /// After so many seconds.
        seconds: i64,
        /// Why, in our own words.
        problem: String,
    },
    /// It is given up.
    Dead {
        /// Why, in our own words.
        problem: String,
    },
    /// The try does not count: it waits on, as the whole queue does.
    Untouched {
        /// Why the queue waits, in our own words.
        problem: Option<String>,
    },
}

/// Reference, attempts, Message-ID, sender, recipient, the message.
type ClaimRow = (String, i64, String, String, String, Option<Vec<u8>>);

impl Store {
    /// Frees what a process that died held. Only for the one process that holds the lock file.
    pub async fn release_leases(&self) -> Result<(), StoreError> {
        sqlx::query("UPDATE enquiry SET lease_until = NULL WHERE lease_until IS NOT NULL")
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Everything that waits, oldest first.
    pub async fn waiting(&self) -> Result<Vec<Entry>, StoreError> {
        let rows: Vec<(i64, i64, i64, i64)> = sqlx::query_as(
            "SELECT id, attempts, next_at, next_at - unixepoch() FROM enquiry WHERE state = 'pending' ORDER BY id",
        )
        .fetch_all(&self.readers)
        .await?;
        let entry = |(id, attempts, next_at, due_in)| Entry {
            id,
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
            due_in: (next_at > 0).then_some(due_in),
            is_urged: next_at < 0,
        };
        Ok(rows.into_iter().map(entry).collect())
    }

    /// Takes a waiting enquiry, unless somebody else holds it.
    pub async fn claim(&self, id: i64) -> Result<Option<Claim>, StoreError> {
        step("claim.begun");
        let mut tx = self.begin().await?;
        let row: Option<ClaimRow> = sqlx::query_as(
            "UPDATE enquiry SET lease_until = unixepoch() + ?
             WHERE id = ? AND state = 'pending' AND (lease_until IS NULL OR lease_until < unixepoch())
             RETURNING reference, attempts, message_id, mail_from, mail_to, message",
        )
        .bind(LEASE_SECONDS)
        .bind(id)
        .fetch_optional(&mut *tx)
        .await?;
        tx.commit().await?;
        step("claim.committed");
        let Some((reference, attempts, message_id, from, to, bytes)) = row else { return Ok(None) };
        Ok(Some(Claim {
            id,
            reference: Reference::stored(reference),
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
            message: Message { message_id, from, to, bytes: bytes.unwrap_or_default() },
        }))
    }

    /// Writes down how a delivery ended, and in the same transaction whom to tell of it. Returns whether it is now
    /// dead, which an old one is after one failure more.
    pub async fn settle(&self, claim: &Claim, fate: &DeliveryOutcome) -> Result<bool, StoreError> {
        step("mark.begun");
        let mut tx = self.begin().await?;
        let is_dead = match fate {
            DeliveryOutcome::Sent { via } => {
                sqlx::query(
                    "UPDATE enquiry SET state = 'sent', settled_at = unixepoch(), via = ?, lease_until = NULL,
                                        problem = NULL WHERE id = ?",
                )
                .bind(via)
                .bind(claim.id)
                .execute(&mut *tx)
                .await?;
                tell_sender(&mut tx, claim.id, NoticeKind::Sent).await?;
                false
            }
            DeliveryOutcome::Later { seconds, problem } => later(&mut tx, claim, *seconds, problem).await?,
            DeliveryOutcome::Dead { problem } => {
                mark_dead(&mut tx, claim, problem).await?;
                true
            }
            DeliveryOutcome::Untouched { problem: Some(problem) } if is_old(&mut tx, claim).await? => {
                mark_dead(&mut tx, claim, problem).await?;
                true
            }
            DeliveryOutcome::Untouched { problem } => {
                sqlx::query(
                    "UPDATE enquiry SET lease_until = NULL, next_at = max(next_at, 0),
                                        problem = coalesce(?, problem) WHERE id = ?",
                )
                .bind(problem)
                .bind(claim.id)
                .execute(&mut *tx)
                .await?;
                false
            }
        };
        step("mark.written");
        tx.commit().await?;
        step("mark.committed");
        Ok(is_dead)
    }

    /// Tries an enquiry again at once, with five fresh days; `false` where there is nothing to send any more.
    pub async fn retry(&self, reference: &Reference) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE enquiry SET state = 'pending', next_at = -1, settled_at = NULL, give_up_at = unixepoch() + ?
             WHERE reference = ? AND state IN ('pending', 'dead', 'buried') AND message IS NOT NULL",
        )
        .bind(GIVE_UP_DAYS * 86_400)
        .bind(reference.as_str())
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Closes an enquiry that a human took care of: it is not sent, and its text is erased like that of a sent one.
    pub async fn bury(&self, reference: &Reference) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE enquiry SET state = 'buried', settled_at = unixepoch()
             WHERE reference = ? AND state IN ('pending', 'dead')
               AND (lease_until IS NULL OR lease_until < unixepoch())",
        )
        .bind(reference.as_str())
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected() > 0)
    }
}

async fn later(
    tx: &mut Transaction<'static, Sqlite>,
    claim: &Claim,
    seconds: i64,
    problem: &str,
) -> Result<bool, StoreError> {
    if is_old(tx, claim).await? {
        mark_dead(tx, claim, problem).await?;
        return Ok(true);
    }
    sqlx::query(
        "UPDATE enquiry SET attempts = attempts + 1, next_at = unixepoch() + ?, lease_until = NULL, problem = ?
         WHERE id = ?",
    )
    .bind(seconds.max(1))
    .bind(problem)
    .bind(claim.id)
    .execute(&mut **tx)
    .await?;
    Ok(false)
}

/// Whether its days are over.
async fn is_old(tx: &mut Transaction<'static, Sqlite>, claim: &Claim) -> Result<bool, StoreError> {
    let row: Option<(i64,)> =
        sqlx::query_as("SELECT 1 FROM enquiry WHERE id = ? AND give_up_at <= unixepoch()")
            .bind(claim.id)
            .fetch_optional(&mut **tx)
            .await?;
    Ok(row.is_some())
}

async fn mark_dead(
    tx: &mut Transaction<'static, Sqlite>,
    claim: &Claim,
    problem: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE enquiry SET state = 'dead', attempts = attempts + 1, settled_at = unixepoch(), lease_until = NULL,
                            problem = ? WHERE id = ?",
    )
    .bind(problem)
    .bind(claim.id)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "INSERT INTO notice (kind, user_id, lang, reference, detail, created_at)
         SELECT 'dead', NULL, 'en', reference, ?, unixepoch() FROM enquiry WHERE id = ?",
    )
    .bind(problem)
    .bind(claim.id)
    .execute(&mut **tx)
    .await?;
    tell_sender(tx, claim.id, NoticeKind::Dead).await
}

/// Notes that the sender must be told, if the sender agreed to it.
async fn tell_sender(
    tx: &mut Transaction<'static, Sqlite>,
    id: i64,
    kind: NoticeKind,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO notice (kind, user_id, lang, reference, detail, created_at)
         SELECT ?, user_id, lang, reference, coalesce(via, ''), unixepoch() FROM enquiry WHERE id = ? AND notify = 1",
    )
    .bind(kind.name())
    .bind(id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
