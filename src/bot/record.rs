//! What the bot keeps of questions: counts, gaps, where its public answers are. `record/observe.rs` decides what,
//! `record/redact.rs` takes out what may identify somebody, `record/recent.rs` remembers the last hour.
//!
//! Everything is written behind the answers by a task of its own. If the database is slow or its disk full, records are
//! dropped, and no answer waits.

mod observe;
mod recent;
mod redact;

use std::{
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

use crate::{
    bot::reply::Outcome,
    config::Privacy,
    ids::{TicketId, UserId},
    knowledge::content::entry::EntryId,
    lang::Lang,
    store::{GapKind, Record, SentAnswer, Store},
};
pub(super) use observe::Observed;
use recent::Recent;

/// Records that wait to be written.
const WAITING: usize = 1_024;
/// Records written in one transaction.
const BATCH: usize = 64;
/// How long a reader waits for what was recorded before.
const FLUSH: Duration = Duration::from_secs(2);

/// Records what is kept.
pub(super) struct Recorder {
    store: Store,
    keep_gaps: bool,
    sender: OnceLock<mpsc::Sender<Message>>,
    dropped: AtomicU64,
    recent: Recent,
}

enum Message {
    Record(Record),
    Flush(oneshot::Sender<()>),
}

impl Recorder {
    /// A recorder that writes to `store`. Its task begins with the first record.
    pub(super) fn new(store: Store, privacy: &Privacy) -> Recorder {
        let (sender, dropped) = (OnceLock::new(), AtomicU64::new(0));
        Recorder { store, keep_gaps: privacy.keep_gaps, sender, dropped, recent: Recent::default() }
    }

    /// Records a question and its reply; returns the ticket by which a press finds the question.
    pub(super) fn question(&self, observed: Observed, day: &str, took: Duration) -> TicketId {
        let outcome = match observed.outcome {
            Outcome::Answer => "answered",
            Outcome::Suggest => "suggested",
            _ => "unknown",
        };
        let names = vec![outcome.to_owned(), format!("{TIME}{:02}", bucket(took))];
        self.record(Record::Tally { day: day.to_owned(), names });
        if observed.is_public && self.keep_gaps {
            let gaps = observed.parts.iter().filter_map(|part| part.gap(observed.asker));
            gaps.for_each(|gap| self.record(Record::Gap(gap)));
        }
        self.recent.remember(observed)
    }

    /// Records "not helpful". The words of the question are kept only if the asker pressed within the hour.
    pub(super) fn not_helpful(&self, person: UserId, entry: Option<&EntryId>, day: &str) {
        let names = vec!["unhelpful".to_owned()];
        self.record(Record::Tally { day: day.to_owned(), names });
        let id = entry.map(|entry| entry.as_str().to_owned());
        self.record(Record::NotHelpful { day: day.to_owned(), entry: id });
        let Some(recalled) = entry.and_then(|entry| self.recent.shown(person, entry)) else { return };
        if recalled.is_public && self.keep_gaps {
            let revision = recalled.part.shown.as_ref().map(|(_, revision)| revision.as_str());
            let gap = recalled.part.of_kind(GapKind::Unhelpful, person, entry, revision);
            gap.into_iter().for_each(|gap| self.record(Record::Gap(gap)));
        }
    }

    /// Records that the asker pressed a near miss.
    pub(super) fn pressed(&self, person: UserId, entry: &EntryId) {
        let Some(recalled) = self.recent.offered(person, entry) else { return };
        if recalled.is_public && self.keep_gaps {
            let gap = recalled.part.of_kind(GapKind::Pressed, person, Some(entry), None);
            gap.into_iter().for_each(|gap| self.record(Record::Pressed(gap)));
        }
    }

    /// Records where a public answer is.
    pub(super) fn sent(&self, answer: SentAnswer) {
        self.record(Record::Sent(answer));
    }

    /// The words and the language of a question that ended unanswered within the hour.
    pub(super) fn unanswered(&self, ticket: TicketId) -> Option<(String, Lang)> {
        let part = self.recent.unanswered(ticket)?;
        Some((part.words?, part.lang))
    }

    /// Forgets what a person asked within the hour.
    pub(super) fn forget(&self, person: UserId) -> usize {
        self.recent.forget(person)
    }

    /// How many questions of a person are remembered for the hour.
    pub(super) fn remembered(&self, person: UserId) -> usize {
        self.recent.count(person)
    }

    /// The database behind it.
    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// Waits until everything recorded so far is written, for two seconds at most.
    pub(super) async fn flush(&self) {
        let Some(sender) = self.sender.get() else { return };
        let (written, waits) = oneshot::channel();
        let flush = async {
            if sender.send(Message::Flush(written)).await.is_ok() {
                let _ = waits.await;
            }
        };
        if timeout(FLUSH, flush).await.is_err() {
            tracing::warn!("the records of questions are written late");
        }
    }

    fn record(&self, record: Record) {
        let sender = self.sender.get_or_init(|| {
            let (sender, receiver) = mpsc::channel(WAITING);
            tokio::spawn(write(self.store.clone(), receiver));
            sender
        });
        if sender.try_send(Message::Record(record)).is_err()
            && self.dropped.fetch_add(1, Ordering::Relaxed).is_multiple_of(1_000)
        {
            tracing::warn!("the database is too slow: records of questions are dropped");
        }
    }
}

/// Writes what comes, until the bot is dropped.
async fn write(store: Store, mut receiver: mpsc::Receiver<Message>) {
    let mut messages = Vec::new();
    while receiver.recv_many(&mut messages, BATCH).await > 0 {
        let (mut records, mut waiting) = (Vec::new(), Vec::new());
        for message in messages.drain(..) {
            match message {
                Message::Record(record) => records.push(record),
                Message::Flush(written) => waiting.push(written),
            }
        }
        if !records.is_empty()
            && let Err(error) = store.record(&records).await
        {
            tracing::warn!(%error, records = records.len(), "records of questions were not kept");
        }
        for written in waiting {
            // Whoever waited may be gone.
            let _ = written.send(());
        }
    }
}

/// The beginning of the name of a count of replies by time.
pub(super) const TIME: &str = "ms:";

/// The number of the bucket of a duration: four to every doubling of the milliseconds.
fn bucket(took: Duration) -> u32 {
    let milliseconds = took.as_secs_f64() * 1000.0;
    (milliseconds.max(1.0).log2() * 4.0).round().clamp(0.0, 99.0) as u32
}

/// The milliseconds that a bucket stands for.
pub(super) fn milliseconds(bucket: u32) -> f64 {
    2f64.powf(f64::from(bucket) / 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_at_most_a_tenth_off() {
        for ms in [1, 2, 7, 30, 140, 999, 12_345] {
            let (exact, kept) = (f64::from(ms), milliseconds(bucket(Duration::from_millis(ms as u64))));
            assert!((kept / exact - 1.0).abs() < 0.1, "{ms}: {kept}");
        }
    }
}
