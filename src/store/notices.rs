//! Notices to senders and moderators that must still be sent. A notice is a row until it was sent, so a restart loses
//! none; one that cannot be sent is postponed and never holds up newer ones.

use super::{Store, StoreError};
use crate::{
    ids::{Reference, UserId},
    lang::Lang,
};

/// A message about an enquiry or the queue that must still be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The id of its row.
    pub id: i64,
    /// What it is about.
    pub kind: NoticeKind,
    /// Its recipient; `None`: the moderators.
    pub user: Option<UserId>,
    /// The language it is written in.
    pub lang: Lang,
    /// The reference of the enquiry; empty for the queue as a whole.
    pub reference: String,
    /// `smtp` or `folder` for an enquiry that was handed over, the problem for the others.
    pub detail: String,
    /// When it was written down, in seconds since 1970.
    pub at: i64,
    /// Failed attempts to send it.
    pub attempts: u32,
    /// Whether it is older than five days.
    pub is_stale: bool,
}

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// An enquiry was handed over.
    Sent,
    /// An enquiry was given up.
    Dead,
    /// Delivery is paused because the mail server rejects our login or settings.
    Paused,
}

impl NoticeKind {
    /// Its name in the database.
    pub(super) fn name(self) -> &'static str {
        match self {
            NoticeKind::Sent => "sent",
            NoticeKind::Dead => "dead",
            NoticeKind::Paused => "paused",
        }
    }

    fn from_name(name: &str) -> NoticeKind {
        match name {
            "sent" => NoticeKind::Sent,
            "dead" => NoticeKind::Dead,
            _ => NoticeKind::Paused,
        }
    }
}

/// Id, kind, recipient, language, reference, detail, creation time, attempts, whether it is stale.
type Row = (i64, String, Option<i64>, String, String, String, i64, i64, bool);

impl Store {
    /// Notices that are due, at most 50: those with the fewest failed attempts first, then the oldest.
    ///
    /// A time that is more than two hours ahead counts as due, because the clock has then been set back.
    pub async fn pending_notices(&self) -> Result<Vec<Notice>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, kind, user_id, lang, reference, detail, created_at, attempts,
                    created_at < unixepoch() - 5 * 86400
             FROM notice WHERE next_at NOT BETWEEN unixepoch() + 1 AND unixepoch() + 7200
             ORDER BY attempts, id LIMIT 50",
        )
        .fetch_all(&self.readers)
        .await?;
        let notice = |(id, kind, user, lang, reference, detail, at, attempts, is_stale): Row| Notice {
            id,
            kind: NoticeKind::from_name(&kind),
            user: user.map(|user| UserId::new(user.cast_unsigned())),
            lang: Lang::from_code(&lang).unwrap_or(Lang::En),
            reference,
            detail,
            at,
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
            is_stale,
        };
        Ok(rows.into_iter().map(notice).collect())
    }

    /// Deletes a notice that was sent or never will be.
    pub(crate) async fn delete_notice(&self, id: i64) -> Result<(), StoreError> {
        let delete = async {
            sqlx::query("DELETE FROM notice WHERE id = ?").bind(id).execute(&self.writer).await?;
            Ok(())
        };
        self.observed(delete).await
    }

    /// Counts a failed attempt; the next one is due after `seconds`, from 1 to 7200.
    pub(crate) async fn postpone_notice(&self, id: i64, seconds: i64) -> Result<(), StoreError> {
        let update = async {
            sqlx::query("UPDATE notice SET attempts = attempts + 1, next_at = unixepoch() + ? WHERE id = ?")
                .bind(seconds.clamp(1, 7200))
                .bind(id)
                .execute(&self.writer)
                .await?;
            Ok(())
        };
        self.observed(update).await
    }

    /// Adds a notice to the moderators that delivery is paused, unless one is still waiting.
    pub(crate) async fn add_pause_notice(&self, problem: &str) -> Result<(), StoreError> {
        let insert = async {
            sqlx::query(
                "INSERT INTO notice (kind, user_id, lang, reference, detail, created_at)
                 SELECT 'paused', NULL, 'en', '', ?, unixepoch()
                 WHERE NOT EXISTS (SELECT 1 FROM notice WHERE kind = 'paused')",
            )
            .bind(problem)
            .execute(&self.writer)
            .await?;
            Ok(())
        };
        self.observed(insert).await
    }

    /// Records that the sender wants a message when the enquiry is settled; `false` if the enquiry is not theirs.
    pub(crate) async fn request_notice(
        &self,
        reference: &Reference,
        user: UserId,
    ) -> Result<bool, StoreError> {
        let update = async {
            let done = sqlx::query("UPDATE enquiry SET notify = 1 WHERE reference = ? AND user_id = ?")
                .bind(reference.as_str())
                .bind(super::signed(user.get()))
                .execute(&self.writer)
                .await?;
            Ok(done.rows_affected() > 0)
        };
        self.observed(update).await
    }
}
