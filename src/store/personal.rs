//! What is stored of one person, for that person.

use super::{Store, StoreError, signed};
use crate::ids::UserId;

/// Everything that is stored of a person.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Personal {
    /// The references of the person's enquiries, and whether their texts are still there.
    pub enquiries: Vec<(String, bool)>,
    /// Messages about enquiries that are still to be sent to the person.
    pub notices: u64,
    /// Questions whose answers the person waits for.
    pub subscriptions: Vec<String>,
    /// Words of questions that the person asked in vain this week. Older ones cannot be found by their author.
    pub gaps: Vec<String>,
    /// Fingerprints of the person's enquiries of the last day, which the limits count.
    pub admissions: u64,
    /// Whether moderators take no more enquiries from the person.
    pub is_blocked: bool,
}

impl Store {
    /// Everything that is stored of a person.
    pub async fn personal(&self, user: UserId) -> Result<Personal, StoreError> {
        let (id, sender) = (signed(user.get()), self.sender(user));
        // One transaction, so that it is one moment. A reader's never waits for the writer.
        let mut tx = self.readers.begin().await?;
        let enquiries = sqlx::query_as(
            "SELECT reference, message IS NOT NULL FROM enquiry WHERE user_id = ? ORDER BY id",
        )
        .bind(id)
        .fetch_all(&mut *tx)
        .await?;
        let (notices, admissions, is_blocked): (i64, i64, bool) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM notice WHERE user_id = ?), (SELECT count(*) FROM admission WHERE sender = ?),
                    EXISTS (SELECT 1 FROM blocked WHERE sender = ?)",
        )
        .bind(id)
        .bind(&sender)
        .bind(&sender)
        .fetch_one(&mut *tx)
        .await?;
        let subscriptions: Vec<(String,)> =
            sqlx::query_as("SELECT question FROM subscription WHERE user_id = ? ORDER BY id")
                .bind(id)
                .fetch_all(&mut *tx)
                .await?;
        let asker = self.asker_of_this_week(&mut tx, user).await?;
        let gaps: Vec<(String,)> =
            sqlx::query_as("SELECT DISTINCT words FROM gap WHERE asker = ? ORDER BY words")
                .bind(asker.unwrap_or_default())
                .fetch_all(&mut *tx)
                .await?;
        let texts = |rows: Vec<(String,)>| rows.into_iter().map(|(text,)| text).collect();
        Ok(Personal {
            enquiries,
            notices: notices.unsigned_abs(),
            subscriptions: texts(subscriptions),
            gaps: texts(gaps),
            admissions: admissions.unsigned_abs(),
            is_blocked,
        })
    }
}
