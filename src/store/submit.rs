//! Taking an enquiry in: one transaction for the row and the final mail bytes, and an honest answer in time.

use crate::ids::{GuildId, InteractionId, Reference, UserId};
use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

use sqlx::{Transaction, sqlite::Sqlite};
use tokio::time::timeout;

use super::{Refusal, Store, StoreError, signed};
use crate::{failpoint::step, lang::Lang};

/// An enquiry that passed the checks of its fields.
#[derive(Clone)]
pub struct NewEnquiry {
    /// The platform's id of the submission.
    pub interaction: InteractionId,
    /// Who sent it.
    pub user: UserId,
    /// The server it came from.
    pub guild: Option<GuildId>,
    /// The language of the sender's client.
    pub lang: Lang,
    /// What makes two enquiries the same: the question, folded by the caller.
    pub dedup_key: String,
}

/// A message ready for the wire.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Its Message-ID, angle brackets included.
    pub message_id: String,
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipient.
    pub to: String,
    /// The RFC 5322 bytes.
    pub bytes: Vec<u8>,
}

/// What became of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// It is on disk.
    Stored(Reference),
    /// The same submission was stored before.
    Already(Reference),
    /// A limit forbids it; nothing was stored.
    Refused(Refusal),
}

/// Days after which a message that nobody took is given up and a human is told.
pub(super) const GIVE_UP_DAYS: i64 = 5;

impl Store {
    /// Stores an enquiry, or says that it did not. `compose` writes the message for the reference it gets.
    ///
    /// The caller waits no longer than the patience of the store. Whoever is first decides: either the caller gives
    /// up and the transaction is rolled back, or the commit begins and the caller waits for it. So "not stored" is
    /// never said of an enquiry that is then stored after all.
    pub async fn submit<F>(
        &self,
        enquiry: NewEnquiry,
        limits: crate::config::Limits,
        compose: F,
    ) -> Result<Submitted, StoreError>
    where
        F: Fn(&Reference) -> Result<Message, String> + Send + Sync + 'static,
    {
        step("submit.received");
        let decision = Arc::new(CommitDecision::default());
        let reference = Reference::draw();
        let store = self.clone();
        let mut task = {
            let (decision, reference) = (decision.clone(), reference.clone());
            tokio::spawn(async move { store.write(enquiry, limits, compose, reference, &decision).await })
        };
        if let Ok(joined) = timeout(self.tuning.patience, &mut task).await {
            return joined.unwrap_or_else(|_| Err(StoreError::Other("the writer stopped".into())));
        }
        if decision.give_up() {
            return Err(StoreError::Busy);
        }
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
        step("submit.begun");
        if let Some(stored) = stored_before(&mut tx, enquiry.interaction).await? {
            return Ok(Submitted::Already(stored));
        }
        if let Some(refusal) = self.refusal(&mut tx, &enquiry, &limits).await? {
            return Ok(Submitted::Refused(refusal));
        }
        let reference = unused(&mut tx, reference).await?;
        let message = compose(&reference).map_err(StoreError::Compose)?;
        insert(&mut tx, &enquiry, &reference, &message).await?;
        self.admit(&mut tx, &enquiry, &reference).await?;
        step("submit.inserted");
        if !decision.commit() {
            tx.rollback().await?;
            return Err(StoreError::Busy);
        }
        tx.commit().await?;
        step("submit.committed");
        Ok(Submitted::Stored(reference))
    }
}

/// Who was first: the caller who gave up, or the writer who commits.
#[derive(Default)]
struct CommitDecision(AtomicU8);

const OPEN: u8 = 0;
const GIVEN_UP: u8 = 1;
const COMMITTING: u8 = 2;

impl CommitDecision {
    /// Whether the caller may say "not stored".
    fn give_up(&self) -> bool {
        self.0.compare_exchange(OPEN, GIVEN_UP, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }

    /// Whether the writer may commit.
    fn commit(&self) -> bool {
        self.0.compare_exchange(OPEN, COMMITTING, Ordering::SeqCst, Ordering::SeqCst).is_ok()
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

/// The reference itself, or another one where it is taken.
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
