//! What a sender or the moderators must still be told. A notice is a row until it was told, so a restart forgets none.

use super::{Store, StoreError};
use crate::ids::{Reference, UserId};
use crate::lang::Lang;

/// Something to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its row.
    pub id: i64,
    /// What it is about.
    pub kind: NoticeKind,
    /// The sender; `None`: the moderators.
    pub user: Option<UserId>,
    /// The language to tell it in.
    pub lang: Lang,
    /// The enquiry; empty for the queue as a whole.
    pub reference: String,
    /// The way it went for a sent one, the problem in our own words for the others.
    pub detail: String,
    /// When it happened, in seconds since 1970.
    pub at: i64,
    /// Whether it has waited for more than five days.
    pub is_stale: bool,
}

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// An enquiry was handed over.
    Sent,
    /// An enquiry was given up.
    Dead,
    /// The queue stands still because the mail server does not let us in.
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

/// Id, kind, person, language, reference, detail, when it was written down, whether it is stale.
type Row = (i64, String, Option<i64>, String, String, String, i64, bool);

impl Store {
    /// Everything that was not told yet, oldest first, a few at a time.
    pub async fn untold(&self) -> Result<Vec<Notice>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, kind, user_id, lang, reference, detail, created_at, created_at < unixepoch() - 5 * 86400
             FROM notice ORDER BY id LIMIT 50",
        )
        .fetch_all(&self.readers)
        .await?;
        let notice = |(id, kind, user, lang, reference, detail, at, is_stale): Row| Notice {
            id,
            kind: NoticeKind::from_name(&kind),
            user: user.map(|user| UserId::new(user.cast_unsigned())),
            lang: Lang::from_code(&lang).unwrap_or(Lang::En),
            reference,
            detail,
            at,
            is_stale,
        };
        Ok(rows.into_iter().map(notice).collect())
    }

    /// Forgets a notice that was told.
    pub async fn told(&self, id: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM notice WHERE id = ?").bind(id).execute(&self.writer).await?;
        Ok(())
    }

    /// Notes that moderators must be told that the queue stands still; once, until they were.
    pub async fn note_pause(&self, problem: &str) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO notice (kind, user_id, lang, reference, detail, created_at)
             SELECT 'paused', NULL, 'en', '', ?, unixepoch()
             WHERE NOT EXISTS (SELECT 1 FROM notice WHERE kind = 'paused')",
        )
        .bind(problem)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Notes that the sender agreed to be told; `None` where the enquiry is not theirs.
    pub async fn agree(&self, reference: &Reference, user: UserId) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE enquiry SET notify = 1 WHERE reference = ? AND user_id = ?")
            .bind(reference.as_str())
            .bind(super::signed(user.get()))
            .execute(&self.writer)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
