//! The delivery queue: what is due, what is being delivered, and how each delivery ended. A claim is a lease that
//! expires, so an enquiry is never lost with the process that held it.

use sqlx::{Transaction, sqlite::Sqlite};

use super::{Message, NoticeKind, Store, StoreError, submit::GIVE_UP_DAYS};
use crate::{failpoint, ids::Reference};

/// How long a claim is valid, in seconds: longer than the longest delivery.
const LEASE_SECONDS: i64 = 900;

/// An enquiry that waits for delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedEnquiry {
    /// The id of its row.
    pub id: i64,
    /// Failed attempts so far.
    pub attempts: u32,
    /// Seconds until it is due by the database's clock; `None`: at once, because it is new or a retry was requested.
    pub due_in: Option<i64>,
    /// Whether somebody requested a retry.
    pub retry_requested: bool,
}

/// An enquiry that is being delivered.
pub struct Claim {
    /// The id of its row.
    pub id: i64,
    /// Its reference.
    pub reference: Reference,
    /// Failed attempts so far.
    pub attempts: u32,
    /// The message to send.
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
    /// It failed and is retried, unless it is too old.
    Later {
        /// Seconds until the next attempt.
        seconds: i64,
        /// A phase and a code, never what a server wrote.
        problem: String,
    },
    /// It is given up.
    Dead {
        /// A phase and a code, never what a server wrote.
        problem: String,
    },
    /// It goes back to the queue and the attempt does not count, because delivery is paused or the process ends.
    Released {
        /// Why delivery is paused.
        problem: Option<String>,
    },
}

/// Reference, attempts, Message-ID, sender, recipient, the message.
type ClaimRow = (String, i64, String, String, String, Option<Vec<u8>>);

impl Store {
    /// Releases the claims of a process that died. Only the process that holds the lock file may call this.
    pub async fn release_leases(&self) -> Result<(), StoreError> {
        let update = async {
            sqlx::query("UPDATE enquiry SET lease_until = NULL WHERE lease_until IS NOT NULL")
                .execute(&self.writer)
                .await?;
            Ok(())
        };
        self.observed(update).await
    }

    /// Every enquiry that waits for delivery, oldest first.
    pub async fn waiting(&self) -> Result<Vec<QueuedEnquiry>, StoreError> {
        let rows: Vec<(i64, i64, i64, i64)> = sqlx::query_as(
            "SELECT id, attempts, next_at, next_at - unixepoch() FROM enquiry WHERE state = 'pending' ORDER BY id",
        )
        .fetch_all(&self.readers)
        .await?;
        let queued = |(id, attempts, next_at, due_in)| QueuedEnquiry {
            id,
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
            due_in: (next_at > 0).then_some(due_in),
            retry_requested: next_at < 0,
        };
        Ok(rows.into_iter().map(queued).collect())
    }

    /// Claims a waiting enquiry; `None` if it is already claimed or settled.
    pub async fn claim(&self, id: i64) -> Result<Option<Claim>, StoreError> {
        self.observed(self.lease(id)).await
    }

    async fn lease(&self, id: i64) -> Result<Option<Claim>, StoreError> {
        failpoint::pass("claim.begun");
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
        failpoint::pass("claim.committed");
        let Some((reference, attempts, message_id, from, to, bytes)) = row else { return Ok(None) };
        Ok(Some(Claim {
            id,
            reference: Reference::stored(reference),
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
            message: Message { message_id, from, to, bytes: bytes.unwrap_or_default() },
        }))
    }

    /// Records how a delivery ended and, in the same transaction, the notices that follow from it. Returns whether the
    /// enquiry is now dead: after five days one more failure ends it.
    pub(crate) async fn record_outcome(
        &self,
        claim: &Claim,
        outcome: &DeliveryOutcome,
    ) -> Result<bool, StoreError> {
        self.observed(self.settle(claim, outcome)).await
    }

    async fn settle(&self, claim: &Claim, outcome: &DeliveryOutcome) -> Result<bool, StoreError> {
        failpoint::pass("record.begun");
        let mut tx = self.begin().await?;
        let is_dead = match outcome {
            DeliveryOutcome::Sent { via } => {
                sqlx::query(
                    "UPDATE enquiry SET state = 'sent', settled_at = unixepoch(), via = ?, lease_until = NULL,
                                        problem = NULL WHERE id = ?",
                )
                .bind(via)
                .bind(claim.id)
                .execute(&mut *tx)
                .await?;
                add_sender_notice(&mut tx, claim.id, NoticeKind::Sent).await?;
                false
            }
            DeliveryOutcome::Later { seconds, problem } => {
                schedule_retry(&mut tx, claim, *seconds, problem).await?
            }
            DeliveryOutcome::Dead { problem } => {
                mark_dead(&mut tx, claim, problem).await?;
                true
            }
            DeliveryOutcome::Released { problem: Some(problem) } if is_old(&mut tx, claim).await? => {
                mark_dead(&mut tx, claim, problem).await?;
                true
            }
            DeliveryOutcome::Released { problem } => {
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
        failpoint::pass("record.written");
        tx.commit().await?;
        failpoint::pass("record.committed");
        Ok(is_dead)
    }

    /// Queues an enquiry for delivery at once, with five new days; `false` if there is nothing to send any more.
    pub async fn retry(&self, reference: &Reference) -> Result<bool, StoreError> {
        self.observed(self.requeue(reference)).await
    }

    async fn requeue(&self, reference: &Reference) -> Result<bool, StoreError> {
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

    /// Closes an enquiry that was dealt with by hand: it is not sent, and its text is erased like that of a sent one.
    /// `false` if it is settled or is being delivered.
    pub(crate) async fn close_by_hand(&self, reference: &Reference) -> Result<bool, StoreError> {
        self.observed(self.mark_closed(reference)).await
    }

    async fn mark_closed(&self, reference: &Reference) -> Result<bool, StoreError> {
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

async fn schedule_retry(
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

/// Whether its five days are over.
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
    add_sender_notice(tx, claim.id, NoticeKind::Dead).await
}

/// Adds a notice to the sender, if the sender asked for one.
async fn add_sender_notice(
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
