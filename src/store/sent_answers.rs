//! Public answers of the last weeks: where they are and which revisions of which entries they show. Nothing in it says who
//! asked, or what.

use std::collections::HashMap;

use super::{SentAnswer, Shown, Store, StoreError, record, signed};
use crate::{
    ids::{ChannelId, MessageId},
    lang::Lang,
};

/// Message, channel, entry, language, revision.
type Row = (i64, i64, String, String, String);

impl Store {
    /// The revisions that public answers show.
    pub async fn shown_revisions(&self) -> Result<Vec<Shown>, StoreError> {
        let rows: Vec<(String, String, String)> =
            sqlx::query_as("SELECT DISTINCT entry, lang, revision FROM sent_answer ORDER BY entry, lang")
                .fetch_all(&self.readers)
                .await?;
        Ok(rows.into_iter().map(|(entry, lang, revision)| shown(entry, &lang, revision)).collect())
    }

    /// How many public answers of the last 30 days show each entry.
    pub async fn answers_by_entry(&self) -> Result<HashMap<String, u64>, StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT entry, count(*) FROM sent_answer WHERE at >= unixepoch() - 30 * 86400 GROUP BY entry",
        )
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().map(|(entry, count)| (entry, count.unsigned_abs())).collect())
    }

    /// The messages that show one of these and whose correction was not ordered yet.
    pub async fn messages_showing(&self, shown: &[Shown]) -> Result<Vec<MessageId>, StoreError> {
        let mut messages = Vec::new();
        for Shown { entry, lang, revision } in shown {
            let rows: Vec<(i64,)> = sqlx::query_as(
                "SELECT message_id FROM sent_answer WHERE entry = ? AND lang = ? AND revision = ? AND is_due = 0",
            )
            .bind(entry)
            .bind(lang.code())
            .bind(revision)
            .fetch_all(&self.readers)
            .await?;
            messages.extend(rows.into_iter().map(|(id,)| MessageId::new(id.cast_unsigned())));
        }
        messages.sort_unstable();
        messages.dedup();
        Ok(messages)
    }

    /// Orders the correction of these messages.
    pub async fn order_corrections(&self, messages: &[MessageId]) -> Result<(), StoreError> {
        let update = async {
            let mut tx = self.begin().await?;
            for message in messages {
                sqlx::query("UPDATE sent_answer SET is_due = 1 WHERE message_id = ?")
                    .bind(signed(message.get()))
                    .execute(&mut *tx)
                    .await?;
            }
            tx.commit().await?;
            Ok(())
        };
        self.observed(update).await
    }

    /// The oldest message whose correction is due.
    pub async fn next_correction(&self) -> Result<Option<SentAnswer>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT message_id, channel_id, entry, lang, revision FROM sent_answer
             WHERE message_id = (SELECT min(message_id) FROM sent_answer WHERE is_due = 1) ORDER BY place",
        )
        .fetch_all(&self.readers)
        .await?;
        let Some((message, channel, ..)) = rows.first() else { return Ok(None) };
        let (message, channel) = (message.cast_unsigned(), channel.cast_unsigned());
        Ok(Some(SentAnswer {
            channel: ChannelId::new(channel),
            message: MessageId::new(message),
            shown: rows
                .into_iter()
                .map(|(_, _, entry, lang, revision)| shown(entry, &lang, revision))
                .collect(),
        }))
    }

    /// Records what a corrected message shows now; a message that shows nothing any more is forgotten.
    pub async fn end_correction(&self, now: &SentAnswer) -> Result<(), StoreError> {
        let update = async {
            let mut tx = self.begin().await?;
            let message = signed(now.message.get());
            let (at,): (Option<i64>,) =
                sqlx::query_as("SELECT min(at) FROM sent_answer WHERE message_id = ?")
                    .bind(message)
                    .fetch_one(&mut *tx)
                    .await?;
            record::sent_answer(&mut tx, now).await?;
            // It is forgotten when it would have been, corrected or not.
            sqlx::query("UPDATE sent_answer SET at = coalesce(?, at) WHERE message_id = ?")
                .bind(at)
                .bind(message)
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
            Ok(())
        };
        self.observed(update).await
    }
}

fn shown(entry: String, lang: &str, revision: String) -> Shown {
    Shown { entry, lang: Lang::from_code(lang).unwrap_or(Lang::En), revision }
}
