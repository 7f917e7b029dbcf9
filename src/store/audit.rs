//! What moderators did: who, when, what and to what, never what they typed. Rows are kept for a year.

use crate::ids::UserId;

use super::{Store, StoreError, signed};

/// A year in seconds.
pub(super) const KEPT_SECONDS: i64 = 365 * 86_400;

/// Something a moderator did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When, in seconds since 1970.
    pub at: i64,
    /// Who; `None`: erased.
    pub actor: Option<UserId>,
    /// What.
    pub action: String,
    /// The entry, revision or enquiry it was done to; empty for none.
    pub reference: String,
}

impl Store {
    /// Records what a moderator did.
    pub async fn record_action(
        &self,
        actor: UserId,
        action: &str,
        reference: &str,
    ) -> Result<(), StoreError> {
        let insert = async {
            sqlx::query("INSERT INTO audit (at, actor, action, reference) VALUES (unixepoch(), ?, ?, ?)")
                .bind(signed(actor.get()))
                .bind(action)
                .bind(reference)
                .execute(&self.writer)
                .await?;
            Ok(())
        };
        self.observed(insert).await
    }

    /// The last things that moderators did, the newest first.
    pub async fn actions(&self, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let rows: Vec<(i64, Option<i64>, String, String)> =
            sqlx::query_as("SELECT at, actor, action, reference FROM audit ORDER BY id DESC LIMIT ?")
                .bind(limit)
                .fetch_all(&self.readers)
                .await?;
        let entry = |(at, actor, action, reference): (i64, Option<i64>, String, String)| AuditEntry {
            at,
            actor: actor.map(|actor| UserId::new(actor.cast_unsigned())),
            action,
            reference,
        };
        Ok(rows.into_iter().map(entry).collect())
    }
}
