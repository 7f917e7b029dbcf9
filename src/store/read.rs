//! Reads enquiries: a sender sees the state of their own, moderators see the queue, the operator sees everything.

use super::{Message, Store, StoreError, signed};
use crate::ids::{Reference, UserId};

/// The state of an enquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Stored; no attempt has failed.
    Saved,
    /// Stored; attempts failed and more will follow.
    Delayed,
    /// Handed over.
    Sent,
    /// Given up; the moderators receive an alert.
    Dead,
    /// Closed by hand; the database calls this `buried`.
    Closed,
}

impl State {
    fn of(name: &str, had_trouble: bool) -> State {
        match name {
            "sent" => State::Sent,
            "dead" => State::Dead,
            "buried" => State::Closed,
            _ if had_trouble => State::Delayed,
            _ => State::Saved,
        }
    }

    /// Its name in the operator's lists.
    pub fn name(&self) -> &'static str {
        match self {
            State::Saved => "saved",
            State::Delayed => "delayed",
            State::Sent => "sent",
            State::Dead => "dead",
            State::Closed => "closed by hand",
        }
    }
}

/// What its sender may know of an enquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Its state.
    pub state: State,
    /// When it was handed over, given up or closed, in seconds since 1970.
    pub settled_at: Option<i64>,
    /// Whether it was written into a folder rather than handed to a mail server.
    pub is_folder: bool,
}

/// What moderators see of an enquiry: no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Its reference.
    pub reference: Reference,
    /// Its state.
    pub state: State,
    /// Its age in seconds.
    pub age: i64,
    /// Failed attempts.
    pub attempts: i64,
    /// The last problem: a phase and a code, never what a server wrote.
    pub problem: Option<String>,
}

/// What the operator sees of an enquiry.
#[derive(Clone)]
pub struct Detail {
    /// What moderators see.
    pub overview: Overview,
    /// When it was stored, in seconds since 1970.
    pub created_at: i64,
    /// When it was handed over, given up or closed, in seconds since 1970.
    pub settled_at: Option<i64>,
    /// When the next attempt is due, in seconds since 1970; 0 and -1 mean at once.
    pub next_at: i64,
    /// Its message; the bytes are empty once they were erased.
    pub message: Message,
}

type Row = (String, String, i64, i64, Option<String>, i64, Option<i64>, i64);

fn overview((reference, state, attempts, age, problem, ..): &Row) -> Overview {
    Overview {
        reference: Reference::stored(reference.clone()),
        state: State::of(state, problem.is_some()),
        age: *age,
        attempts: *attempts,
        problem: problem.clone(),
    }
}

/// How many enquiries there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct QueueCounts {
    /// By their state: `pending`, `sent`, `dead`, `closed` by hand; each is present.
    pub(crate) by_state: Vec<(&'static str, i64)>,
    /// The age in seconds of the oldest one that waits for delivery; 0 if none does.
    pub(crate) oldest_waiting: i64,
}

impl Store {
    /// Counts the enquiries, for the metrics.
    pub(crate) async fn queue_counts(&self) -> Result<QueueCounts, StoreError> {
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(
            "SELECT state, count(*), unixepoch() - min(created_at) FROM enquiry GROUP BY state",
        )
        .fetch_all(&self.readers)
        .await?;
        let of = |state: &str| rows.iter().find(|(name, ..)| name == state);
        let count = |(name, stored)| (name, of(stored).map_or(0, |(_, count, _)| *count));
        let states = [("pending", "pending"), ("sent", "sent"), ("dead", "dead"), ("closed", "buried")];
        Ok(QueueCounts {
            by_state: states.map(count).to_vec(),
            oldest_waiting: of("pending").map_or(0, |(.., age)| (*age).max(0)),
        })
    }

    /// The state of an enquiry, if `user` sent it.
    pub async fn status(&self, reference: &Reference, user: UserId) -> Result<Option<Status>, StoreError> {
        let row: Option<(String, bool, Option<i64>, Option<String>)> = sqlx::query_as(
            "SELECT state, problem IS NOT NULL, settled_at, via FROM enquiry WHERE reference = ? AND user_id = ?",
        )
        .bind(reference.as_str())
        .bind(signed(user.get()))
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.map(|(state, had_trouble, settled_at, via)| Status {
            state: State::of(&state, had_trouble),
            settled_at,
            is_folder: via.as_deref() == Some("folder"),
        }))
    }

    /// The newest enquiries; those that need somebody to act come first.
    pub async fn overview(&self, limit: u32) -> Result<Vec<Overview>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT reference, state, attempts, unixepoch() - created_at, problem, created_at, settled_at, next_at
             FROM enquiry
             ORDER BY CASE state WHEN 'dead' THEN 0 WHEN 'pending' THEN 1 ELSE 2 END, id DESC LIMIT ?",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.iter().map(overview).collect())
    }

    /// Everything about one enquiry, for the operator.
    pub async fn detail(&self, reference: &Reference) -> Result<Option<Detail>, StoreError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT reference, state, attempts, unixepoch() - created_at, problem, created_at, settled_at, next_at
             FROM enquiry WHERE reference = ?",
        )
        .bind(reference.as_str())
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (message_id, from, to, bytes): (String, String, String, Option<Vec<u8>>) =
            sqlx::query_as("SELECT message_id, mail_from, mail_to, message FROM enquiry WHERE reference = ?")
                .bind(reference.as_str())
                .fetch_one(&self.readers)
                .await?;
        Ok(Some(Detail {
            overview: overview(&row),
            created_at: row.5,
            settled_at: row.6,
            next_at: row.7,
            message: Message { message_id, from, to, bytes: bytes.unwrap_or_default() },
        }))
    }
}
