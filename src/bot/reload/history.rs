//! Keeps each generation that was applied in the database, so that moderators can go back to it.

use crate::{
    bot::reload::{Candidate, Reloader},
    ids::UserId,
    store::{NewRevision, RevisionOrigin},
};

/// Entries named in a line of the history.
const MAX_NAMED: usize = 5;

/// Who applied a generation, and how.
pub(super) struct AppliedBy {
    /// The moderator, if it was one.
    pub(super) actor: Option<UserId>,
    /// How.
    pub(super) origin: RevisionOrigin,
    /// The revision that a rollback went back to.
    pub(super) restored: Option<i64>,
}

impl AppliedBy {
    /// Not by a moderator's request.
    pub(super) fn nobody(origin: RevisionOrigin) -> AppliedBy {
        AppliedBy { actor: None, origin, restored: None }
    }
}

impl Reloader {
    /// Keeps a generation that was put in force. It blocks. A failure is logged and costs only the line of the history.
    pub(super) fn keep_history(&self, candidate: &Candidate, by: &AppliedBy) {
        let (Some(store), Ok(runtime)) = (self.store.get(), tokio::runtime::Handle::try_current()) else {
            return;
        };
        let change = candidate.change.clone().unwrap_or_default();
        let subject = match by.restored {
            Some(revision) => format!("#{revision}"),
            None => {
                let ids = change.added.iter().chain(&change.changed).chain(&change.removed);
                ids.take(MAX_NAMED).map(|id| id.as_str()).collect::<Vec<_>>().join(", ")
            }
        };
        let files = candidate.bundle.files.iter().map(|file| (file.path.clone(), file.bytes.clone()));
        let revision = NewRevision {
            actor: by.actor,
            origin: by.origin,
            content_hash: candidate.bundle.hash.to_string(),
            counts: [change.added.len(), change.changed.len(), change.removed.len()],
            subject,
            files: files.collect(),
        };
        if let Err(error) = runtime.block_on(store.keep_revision(revision)) {
            tracing::error!(%error, "the FAQ in force could not be added to its history");
        }
    }
}
