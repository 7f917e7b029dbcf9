//! The weekly digests that were sent, so that none is sent twice.

use super::{Store, StoreError};

impl Store {
    /// Claims the digest that was due on `day`; `false` if it was claimed before. A claim whose sender was killed stays:
    /// nobody knows whether that digest was sent, and two are worse than none.
    pub async fn claim_digest(&self, day: &str) -> Result<bool, StoreError> {
        let insert = async {
            let done = sqlx::query("INSERT INTO digest (day, is_sent) VALUES (?, 0) ON CONFLICT DO NOTHING")
                .bind(day)
                .execute(&self.writer)
                .await?;
            Ok(done.rows_affected() > 0)
        };
        self.observed(insert).await
    }

    /// Whether the digest that was due on `day` is claimed.
    pub async fn has_digest(&self, day: &str) -> Result<bool, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as("SELECT 1 FROM digest WHERE day = ?")
            .bind(day)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.is_some())
    }

    /// Records that a claimed digest was sent, or gives the claim back because it was surely not sent.
    pub async fn end_digest(&self, day: &str, is_sent: bool) -> Result<(), StoreError> {
        let statement = match is_sent {
            true => "UPDATE digest SET is_sent = 1 WHERE day = ?",
            false => "DELETE FROM digest WHERE day = ?",
        };
        let update = async {
            sqlx::query(statement).bind(day).execute(&self.writer).await?;
            Ok(())
        };
        self.observed(update).await
    }
}
