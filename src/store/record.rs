//! What is kept of questions and of presses under replies: written in batches, behind the answers.

use sqlx::{Transaction, sqlite::Sqlite};

use super::{Store, StoreError, signed};
use crate::{
    ids::{ChannelId, MessageId, UserId},
    lang::Lang,
};

/// Questions kept at most; the oldest go first.
const MAX_GAPS: i64 = 20_000;

/// One thing to keep.
#[derive(Clone, PartialEq, Eq)]
pub enum Record {
    /// Counts of a day, such as `answered`.
    Tally {
        /// The day, as `2026-11-30`.
        day: String,
        /// What to count, each once.
        names: Vec<String>,
    },
    /// "Not helpful" on an entry, or on a refusal.
    NotHelpful {
        /// The day, as `2026-11-30`.
        day: String,
        /// The entry; `None` for a refusal.
        entry: Option<String>,
    },
    /// A question without a good answer.
    Gap(NewGap),
    /// A near miss that the asker pressed: the question is no gap any more.
    Pressed(NewGap),
    /// A public answer that was sent.
    Sent(SentAnswer),
}

/// The words of a question without a good answer.
#[derive(Clone, PartialEq, Eq)]
pub struct NewGap {
    /// Who asked. Only a fingerprint of it is stored.
    pub asker: UserId,
    /// Why it is a gap.
    pub kind: GapKind,
    /// The language of the question.
    pub lang: Lang,
    /// The question, without addresses and numbers.
    pub words: String,
    /// The entry that did not help, or that was pressed.
    pub entry: Option<String>,
    /// The revision of the entry that did not help.
    pub revision: Option<String>,
}

/// Why a question is a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GapKind {
    /// The texts do not say.
    Unknown,
    /// Near misses were offered and none was pressed.
    Suggested,
    /// An entry was shown and did not help.
    Unhelpful,
    /// A near miss was pressed.
    Pressed,
}

impl GapKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            GapKind::Unknown => "unknown",
            GapKind::Suggested => "suggested",
            GapKind::Unhelpful => "unhelpful",
            GapKind::Pressed => "pressed",
        }
    }

    pub(super) fn from_name(name: &str) -> GapKind {
        match name {
            "suggested" => GapKind::Suggested,
            "unhelpful" => GapKind::Unhelpful,
            "pressed" => GapKind::Pressed,
            _ => GapKind::Unknown,
        }
    }
}

/// A public answer: where it is and which entries it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentAnswer {
    /// Its channel.
    pub channel: ChannelId,
    /// Its message.
    pub message: MessageId,
    /// The entries it shows, in order.
    pub shown: Vec<Shown>,
}

/// An entry as a message shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its id.
    pub entry: String,
    /// The language in which it is shown.
    pub lang: Lang,
    /// A hash of what is shown.
    pub revision: String,
}

impl Store {
    /// Writes `records` in one transaction.
    pub async fn record(&self, records: &[Record]) -> Result<(), StoreError> {
        self.observed(self.write_records(records)).await
    }

    async fn write_records(&self, records: &[Record]) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let has_gap = records.iter().any(|r| matches!(r, Record::Gap(_) | Record::Pressed(_)));
        let key = if has_gap { Some(week_key(&mut tx).await?) } else { None };
        for record in records {
            match (record, &key) {
                (Record::Tally { day, names }, _) => {
                    for name in names {
                        count(&mut tx, Counter::Tally, day, name).await?;
                    }
                }
                (Record::NotHelpful { day, entry }, _) => {
                    count(&mut tx, Counter::Feedback, day, entry.as_deref().unwrap_or_default()).await?;
                }
                (Record::Gap(gap), Some(key)) => insert(&mut tx, gap, key).await?,
                (Record::Pressed(gap), Some(key)) => press(&mut tx, gap, key).await?,
                (Record::Sent(sent), _) => sent_answer(&mut tx, sent).await?,
                (Record::Gap(_) | Record::Pressed(_), None) => {}
            }
        }
        if has_gap {
            sqlx::query("DELETE FROM gap WHERE id <= (SELECT id FROM gap ORDER BY id DESC LIMIT 1 OFFSET ?)")
                .bind(MAX_GAPS)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The fingerprint of a person under this week's key; `None` if nobody asked in vain this week.
    pub(super) async fn asker_of_this_week(
        &self,
        tx: &mut Transaction<'static, Sqlite>,
        user: UserId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let row: Option<(Vec<u8>,)> =
            sqlx::query_as("SELECT key FROM gap_key WHERE week = unixepoch() / 604800")
                .fetch_optional(&mut **tx)
                .await?;
        Ok(row.map(|(key,)| asker(&key, user)))
    }
}

/// This week's key; the keys of earlier weeks are deleted.
async fn week_key(tx: &mut Transaction<'static, Sqlite>) -> Result<Vec<u8>, StoreError> {
    sqlx::query("DELETE FROM gap_key WHERE week <> unixepoch() / 604800").execute(&mut **tx).await?;
    sqlx::query(
        "INSERT INTO gap_key (week, key) VALUES (unixepoch() / 604800, randomblob(32)) ON CONFLICT DO NOTHING",
    )
    .execute(&mut **tx)
    .await?;
    let (key,): (Vec<u8>,) = sqlx::query_as("SELECT key FROM gap_key").fetch_one(&mut **tx).await?;
    Ok(key)
}

/// The fingerprint of a person, 16 bytes long.
fn asker(key: &[u8], user: UserId) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new_derive_key("faqbot who asks alike");
    hasher.update(key).update(&user.get().to_le_bytes());
    hasher.finalize().as_bytes().iter().copied().take(16).collect()
}

enum Counter {
    Tally,
    Feedback,
}

async fn count(
    tx: &mut Transaction<'static, Sqlite>,
    counter: Counter,
    day: &str,
    name: &str,
) -> Result<(), StoreError> {
    let statement = match counter {
        Counter::Tally => {
            "INSERT INTO tally (day, name, count) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1"
        }
        Counter::Feedback => {
            "INSERT INTO feedback (day, entry, count) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1"
        }
    };
    sqlx::query(statement).bind(day).bind(name).execute(&mut **tx).await?;
    Ok(())
}

async fn insert(tx: &mut Transaction<'static, Sqlite>, gap: &NewGap, key: &[u8]) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO gap (day, week, asker, kind, lang, words, entry, revision)
         VALUES (unixepoch() / 86400 * 86400, unixepoch() / 604800, ?, ?, ?, ?, ?, ?)",
    )
    .bind(asker(key, gap.asker))
    .bind(gap.kind.name())
    .bind(gap.lang.code())
    .bind(&gap.words)
    .bind(&gap.entry)
    .bind(&gap.revision)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The person's question becomes a pair with the entry that was pressed; a second press changes nothing.
async fn press(tx: &mut Transaction<'static, Sqlite>, gap: &NewGap, key: &[u8]) -> Result<(), StoreError> {
    let asker = asker(key, gap.asker);
    let (known,): (i64,) = sqlx::query_as(
        "SELECT count(*) FROM gap WHERE asker = ? AND words = ? AND kind = 'pressed' AND entry = ?",
    )
    .bind(&asker)
    .bind(&gap.words)
    .bind(&gap.entry)
    .fetch_one(&mut **tx)
    .await?;
    if known > 0 {
        return Ok(());
    }
    let changed = sqlx::query(
        "UPDATE gap SET kind = 'pressed', entry = ? WHERE id =
         (SELECT max(id) FROM gap WHERE asker = ? AND words = ? AND kind IN ('unknown', 'suggested'))",
    )
    .bind(&gap.entry)
    .bind(&asker)
    .bind(&gap.words)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if changed == 0 { insert(tx, gap, key).await } else { Ok(()) }
}

/// Replaces what is stored of a message.
pub(super) async fn sent_answer(
    tx: &mut Transaction<'static, Sqlite>,
    sent: &SentAnswer,
) -> Result<(), StoreError> {
    let message = signed(sent.message.get());
    // The message may have shown something else before.
    sqlx::query("DELETE FROM sent_answer WHERE message_id = ?").bind(message).execute(&mut **tx).await?;
    for (place, shown) in (0_i64..).zip(&sent.shown) {
        sqlx::query(
            "INSERT INTO sent_answer (message_id, channel_id, place, entry, lang, revision, at)
             VALUES (?, ?, ?, ?, ?, ?, unixepoch()) ON CONFLICT DO NOTHING",
        )
        .bind(message)
        .bind(signed(sent.channel.get()))
        .bind(place)
        .bind(&shown.entry)
        .bind(shown.lang.code())
        .bind(&shown.revision)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
