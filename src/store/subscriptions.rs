//! People who asked for a message once their question has an answer.

use super::{Store, StoreError, signed};
use crate::{ids::UserId, lang::Lang};

/// Questions that one person may wait for at once.
const MAX_PER_PERSON: i64 = 5;
/// Questions that all people together may wait for.
const MAX_TOTAL: i64 = 10_000;

/// A question that somebody waits for an answer to.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The id of its row.
    pub id: i64,
    /// Who waits.
    pub user: UserId,
    /// The question, without addresses and numbers.
    pub question: String,
    /// The language of the question.
    pub lang: Lang,
}

/// The result of asking for a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subscribed {
    /// It was stored.
    Stored,
    /// It was stored before.
    Already,
    /// The person waits for too many answers already, or all people together do.
    TooMany,
}

impl Store {
    /// Stores that a person wants a message.
    pub async fn subscribe(
        &self,
        user: UserId,
        question: &str,
        lang: Lang,
    ) -> Result<Subscribed, StoreError> {
        self.observed(self.insert_subscription(user, question, lang)).await
    }

    async fn insert_subscription(
        &self,
        user: UserId,
        question: &str,
        lang: Lang,
    ) -> Result<Subscribed, StoreError> {
        let user = signed(user.get());
        let mut tx = self.begin().await?;
        let (same, own, all): (i64, i64, i64) = sqlx::query_as(
            "SELECT count(*) FILTER (WHERE user_id = ? AND question = ?), count(*) FILTER (WHERE user_id = ?),
                    count(*) FROM subscription",
        )
        .bind(user)
        .bind(question)
        .bind(user)
        .fetch_one(&mut *tx)
        .await?;
        if same > 0 {
            return Ok(Subscribed::Already);
        }
        if own >= MAX_PER_PERSON || all >= MAX_TOTAL {
            return Ok(Subscribed::TooMany);
        }
        sqlx::query("INSERT INTO subscription (user_id, question, lang, at) VALUES (?, ?, ?, unixepoch())")
            .bind(user)
            .bind(question)
            .bind(lang.code())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(Subscribed::Stored)
    }

    /// Subscriptions after the one with the id `after`, oldest first, at most `limit`.
    pub async fn subscriptions(&self, after: i64, limit: u32) -> Result<Vec<Subscription>, StoreError> {
        let rows: Vec<(i64, i64, String, String)> = sqlx::query_as(
            "SELECT id, user_id, question, lang FROM subscription WHERE id > ? ORDER BY id LIMIT ?",
        )
        .bind(after)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        let subscription = |(id, user, question, lang): (i64, i64, String, String)| Subscription {
            id,
            user: UserId::new(user.cast_unsigned()),
            question,
            lang: Lang::from_code(&lang).unwrap_or(Lang::En),
        };
        Ok(rows.into_iter().map(subscription).collect())
    }

    /// Whether a subscription is still there: its person may have had everything erased.
    pub async fn has_subscription(&self, id: i64) -> Result<bool, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as("SELECT 1 FROM subscription WHERE id = ?")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.is_some())
    }

    /// Deletes a subscription: its message was sent, or never can be.
    pub async fn end_subscription(&self, id: i64) -> Result<(), StoreError> {
        let delete = async {
            sqlx::query("DELETE FROM subscription WHERE id = ?").bind(id).execute(&self.writer).await?;
            Ok(())
        };
        self.observed(delete).await
    }
}
