//! Stores an enquiry: one transaction for the row and the final bytes of its mail, and a true answer in time.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicU8, Ordering},
};

use sqlx::{Transaction, sqlite::Sqlite};
use tokio::time::timeout;

use super::{LimitReached, Message, NewEnquiry, Store, StoreError, signed};
use crate::{
    failpoint,
    ids::{InteractionId, Reference},
};

/// The result of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// It was stored, and the commit is on disk.
    Stored(Reference),
    /// The same submission was stored before.
    Already(Reference),
    /// A limit refused it; nothing was stored.
    Refused(LimitReached),
}

/// Days after which an enquiry that could not be delivered is given up.
pub(super) const GIVE_UP_DAYS: i64 = 5;

impl Store {
    /// Stores an enquiry, or reports that it did not. `compose` writes the message for the reference it is given.
    ///
    /// The caller waits no longer than [`Tuning`](super::Tuning) allows. Either the caller gives up first and the
    /// transaction is rolled back, or the commit begins first and the caller waits for it. A sender therefore never
    /// reads "not stored" about an enquiry that is stored after all, and an unconfirmed commit is reported with the
    /// reference that it stores.
    pub async fn submit<F>(
        &self,
        enquiry: NewEnquiry,
        limits: crate::config::Limits,
        compose: F,
    ) -> Result<Submitted, StoreError>
    where
        F: Fn(&Reference) -> Result<Message, String> + Send + Sync + 'static,
    {
        failpoint::pass("submit.received");
        let decision = Arc::new(CommitDecision::default());
        let reference = Reference::draw();
        let store = self.clone();
        let mut task = {
            let decision = decision.clone();
            tokio::spawn(async move {
                store.observed(store.write(enquiry, limits, compose, reference, &decision)).await
            })
        };
        if let Ok(joined) = timeout(self.tuning.patience, &mut task).await {
            return joined.unwrap_or_else(|_| Err(StoreError::Other("the writer stopped".into())));
        }
        if decision.give_up() {
            return Err(StoreError::Busy);
        }
        // The reference that is committed, which is not the first one drawn if that was taken.
        let Some(reference) = decision.reference.get().cloned() else { return Err(StoreError::Busy) };
        match timeout(self.tuning.commit_patience, task).await {
            Ok(joined) => joined.unwrap_or(Err(StoreError::Unconfirmed(reference))),
            Err(_) => Err(StoreError::Unconfirmed(reference)),
        }
    }

    async fn write<F>(
        &self,
        enquiry: NewEnquiry,
        limits: crate::config::Limits,
        compose: F,
        reference: Reference,
        decision: &CommitDecision,
    ) -> Result<Submitted, StoreError>
    where
        F: Fn(&Reference) -> Result<Message, String> + Send + Sync,
    {
        let mut tx = self.begin().await?;
        failpoint::pass("submit.begun");
        if let Some(stored) = stored_before(&mut tx, enquiry.interaction).await? {
            return Ok(Submitted::Already(stored));
        }
        if let Some(limit) = self.limit_reached(&mut tx, &enquiry, &limits).await? {
            return Ok(Submitted::Refused(limit));
        }
        let reference = unused(&mut tx, reference).await?;
        let message = compose(&reference).map_err(StoreError::Compose)?;
        insert(&mut tx, &enquiry, &reference, &message).await?;
        self.record_admission(&mut tx, &enquiry, &reference).await?;
        failpoint::pass("submit.inserted");
        if !decision.commit(&reference) {
            tx.rollback().await?;
            return Err(StoreError::Busy);
        }
        tx.commit().await?;
        failpoint::pass("submit.committed");
        Ok(Submitted::Stored(reference))
    }
}

/// Which came first: the caller giving up, or the commit.
#[derive(Default)]
struct CommitDecision {
    state: AtomicU8,
    /// The reference that is committed.
    reference: OnceLock<Reference>,
}

const OPEN: u8 = 0;
const GIVEN_UP: u8 = 1;
const COMMITTING: u8 = 2;

impl CommitDecision {
    /// Whether the caller may report "not stored".
    fn give_up(&self) -> bool {
        self.state.compare_exchange(OPEN, GIVEN_UP, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }

    /// Whether the writer may commit.
    fn commit(&self, reference: &Reference) -> bool {
        // The caller reads it only once the state says that the commit has begun.
        let _ = self.reference.set(reference.clone());
        self.state.compare_exchange(OPEN, COMMITTING, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }
}

async fn stored_before(
    tx: &mut Transaction<'static, Sqlite>,
    interaction: InteractionId,
) -> Result<Option<Reference>, StoreError> {
    let row: Option<(String,)> = sqlx::query_as("SELECT reference FROM enquiry WHERE interaction_id = ?")
        .bind(signed(interaction.get()))
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.map(|(text,)| Reference::stored(text)))
}

/// The reference itself, or another one if it is taken.
async fn unused(tx: &mut Transaction<'static, Sqlite>, first: Reference) -> Result<Reference, StoreError> {
    let mut candidate = first;
    loop {
        let taken: Option<(i64,)> = sqlx::query_as("SELECT 1 FROM enquiry WHERE reference = ?")
            .bind(candidate.as_str())
            .fetch_optional(&mut **tx)
            .await?;
        if taken.is_none() {
            return Ok(candidate);
        }
        candidate = Reference::draw();
    }
}

async fn insert(
    tx: &mut Transaction<'static, Sqlite>,
    enquiry: &NewEnquiry,
    reference: &Reference,
    message: &Message,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO enquiry (reference, interaction_id, user_id, guild_id, lang, created_at, give_up_at, state,
                              message_id, mail_from, mail_to, message)
         VALUES (?, ?, ?, ?, ?, unixepoch(), unixepoch() + ?, 'pending', ?, ?, ?, ?)",
    )
    .bind(reference.as_str())
    .bind(signed(enquiry.interaction.get()))
    .bind(signed(enquiry.user.get()))
    .bind(enquiry.guild.map(|guild| signed(guild.get())))
    .bind(enquiry.lang.code())
    .bind(GIVE_UP_DAYS * 86_400)
    .bind(&message.message_id)
    .bind(&message.from)
    .bind(&message.to)
    .bind(&message.bytes)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
