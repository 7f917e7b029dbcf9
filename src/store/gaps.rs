//! Reads what members asked in vain and what was counted, and dismisses what no moderator wants to see again.

use super::{GapKind, Store, StoreError};
use crate::lang::Lang;

/// Questions that are looked at: the newest.
const MAX_READ: i64 = 2_000;

/// A question without a good answer, as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The id of its row.
    pub id: i64,
    /// The week, in which `asker` can be compared with others.
    pub week: i64,
    /// The fingerprint of who asked.
    pub asker: Vec<u8>,
    /// Why it is a gap.
    pub kind: GapKind,
    /// Its language.
    pub lang: Lang,
    /// The question, without addresses and numbers.
    pub words: String,
    /// The entry that did not help, or that was pressed.
    pub entry: Option<String>,
    /// The revision of the entry that did not help.
    pub revision: Option<String>,
    /// Whether a moderator dismissed it.
    pub is_dismissed: bool,
}

/// Id, week, asker, kind, language, words, entry, revision, whether it was dismissed.
type Row = (i64, i64, Vec<u8>, String, String, String, Option<String>, Option<String>, bool);

impl Store {
    /// The newest gaps, newest first.
    pub async fn gaps(&self) -> Result<Vec<Gap>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, week, asker, kind, lang, words, entry, revision, dismissed FROM gap
             ORDER BY id DESC LIMIT ?",
        )
        .bind(MAX_READ)
        .fetch_all(&self.readers)
        .await?;
        let gap = |(id, week, asker, kind, lang, words, entry, revision, is_dismissed): Row| Gap {
            id,
            week,
            asker,
            kind: GapKind::from_name(&kind),
            lang: Lang::from_code(&lang).unwrap_or(Lang::En),
            words,
            entry,
            revision,
            is_dismissed,
        };
        Ok(rows.into_iter().map(gap).collect())
    }

    /// Marks gaps as dismissed.
    pub async fn dismiss_gaps(&self, ids: &[i64]) -> Result<(), StoreError> {
        let update = async {
            let mut tx = self.begin().await?;
            for id in ids {
                sqlx::query("UPDATE gap SET dismissed = 1 WHERE id = ?").bind(id).execute(&mut *tx).await?;
            }
            tx.commit().await?;
            Ok(())
        };
        self.observed(update).await
    }

    /// The counts of every day from `first` on, by day and name.
    pub async fn tallies(&self, first: &str) -> Result<Vec<(String, String, i64)>, StoreError> {
        let rows = sqlx::query_as("SELECT day, name, count FROM tally WHERE day >= ? ORDER BY day, name");
        Ok(rows.bind(first).fetch_all(&self.readers).await?)
    }

    /// How often each entry was marked "not helpful" from `first` on, most often first; the empty entry stands for a
    /// refusal.
    pub async fn feedback(&self, first: &str) -> Result<Vec<(String, i64)>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT entry, sum(count) FROM feedback WHERE day >= ? GROUP BY entry ORDER BY sum(count) DESC, entry",
        );
        Ok(rows.bind(first).fetch_all(&self.readers).await?)
    }
}
