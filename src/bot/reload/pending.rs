//! A change that a moderator is looking at before it is applied: one at a time, for a quarter of an hour.
//!
//! It is kept in memory only. What is applied is exactly what was shown: if the FAQ in force or the files have changed
//! since, it is prepared again and shown again.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    bot::reload::{Attempt, Candidate, ReloadError, Reloader, Report, history::AppliedBy},
    config::Confirm,
    failpoint,
    ids::{DraftId, UserId},
    knowledge::{
        content::{
            edit::{
                self, FileChange,
                disk::{self, WriteError},
            },
            entry::ContentHash,
            source::{self, Bundle},
        },
        last_good,
    },
    store::RevisionOrigin,
};

/// How long a change waits to be applied.
const KEPT: Duration = Duration::from_secs(15 * 60);

/// What a moderator wants to change.
#[derive(Clone)]
pub(in crate::bot) enum Job {
    /// Takes the files as they are in the folder.
    Files {
        /// Accept a FAQ that lost more than half of its entries.
        allow_shrink: bool,
    },
    /// Changes files.
    Edit(Vec<FileChange>),
    /// Goes back to the files of an earlier revision.
    Restore {
        /// The files.
        bundle: Bundle,
        /// Its number.
        revision: i64,
    },
}

impl Job {
    fn applied_by(&self, actor: UserId) -> AppliedBy {
        let (origin, restored) = match self {
            Job::Files { .. } => (RevisionOrigin::Files, None),
            Job::Edit(_) => (RevisionOrigin::Edit, None),
            Job::Restore { revision, .. } => (RevisionOrigin::Rollback, Some(*revision)),
        };
        AppliedBy { actor: Some(actor), origin, restored }
    }
}

/// What became of a job.
pub(in crate::bot) enum Prepared {
    /// It waits to be applied.
    Ready {
        /// Its id.
        id: DraftId,
        /// What would be applied.
        candidate: Arc<Candidate>,
    },
    /// It was applied, or there was nothing to apply.
    Done(Report),
    /// It cannot be applied.
    Refused(ReloadError),
    /// Another moderator is looking at a change.
    Busy(Busy),
}

/// Who is looking at a change.
pub(in crate::bot) struct Busy {
    /// Who.
    pub(in crate::bot) by: UserId,
    /// For how long at most, in minutes.
    pub(in crate::bot) minutes: u64,
}

/// What became of a press on "Apply".
pub(in crate::bot) enum Applied {
    /// It is in force.
    Done(Report),
    /// It is no longer kept, or somebody else's.
    Gone,
    /// The FAQ or the files have changed since; this is the result of preparing it again.
    Again(Prepared),
    /// It could not be applied.
    Refused(ReloadError),
}

/// The one change that is being prepared or looked at.
#[derive(Default)]
pub(super) enum Slot {
    #[default]
    Free,
    Busy(Claim),
    Ready(Claim, Box<Pending>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    id: DraftId,
    by: UserId,
    since: Instant,
}

pub(super) struct Pending {
    job: Job,
    by: UserId,
    candidate: Arc<Candidate>,
    /// What is written when it is applied.
    changes: Vec<FileChange>,
    /// The state of the folder that it was made from.
    read: ContentHash,
}

impl Slot {
    /// Whose change it is; nobody's if it has expired.
    fn claim(&self, now: Instant) -> Option<Claim> {
        match self {
            Slot::Free => None,
            Slot::Busy(claim) => Some(*claim),
            Slot::Ready(claim, _) => Some(*claim).filter(|claim| now.duration_since(claim.since) < KEPT),
        }
    }

    /// Takes the change with that id, if it is the person's own and has not expired.
    fn take(&mut self, id: DraftId, by: UserId, now: Instant) -> Option<Pending> {
        let is_own = self.claim(now).is_some_and(|claim| claim.id == id && claim.by == by);
        if !is_own || !matches!(self, Slot::Ready(..)) {
            return None;
        }
        match std::mem::take(self) {
            Slot::Ready(_, pending) => Some(*pending),
            Slot::Free | Slot::Busy(_) => None,
        }
    }
}

impl Reloader {
    /// Builds what `job` asks beside the generation in force and keeps it to be applied; a job of files that needs no
    /// confirmation is applied at once. It continues even if the caller is dropped.
    pub(in crate::bot) async fn prepare(self: &Arc<Self>, by: UserId, job: Job) -> Prepared {
        let claim = match self.claim(by, Instant::now()) {
            Ok(claim) => claim,
            Err(busy) => return Prepared::Busy(busy),
        };
        let reloader = Arc::clone(self);
        let work = tokio::task::spawn_blocking(move || reloader.prepare_now(claim, job));
        work.await.unwrap_or_else(|_| Prepared::Refused(self.panicked()))
    }

    /// Applies what was prepared under `id`.
    pub(in crate::bot) async fn apply(self: &Arc<Self>, by: UserId, id: DraftId) -> Applied {
        self.apply_for(by, id, by).await
    }

    /// The same for an edit of `author`, which the history names.
    pub(in crate::bot) async fn apply_for(
        self: &Arc<Self>,
        by: UserId,
        id: DraftId,
        author: UserId,
    ) -> Applied {
        let Some(pending) = self.slot().take(id, by, Instant::now()) else { return Applied::Gone };
        let pending = Pending { by: author, ..pending };
        let job = pending.job.clone();
        let reloader = Arc::clone(self);
        let work = tokio::task::spawn_blocking(move || {
            let applied = catch_unwind(AssertUnwindSafe(|| reloader.apply_now(pending)));
            applied.unwrap_or_else(|_| Some(Err(reloader.panicked())))
        });
        match work.await {
            Ok(Some(Ok(report))) => Applied::Done(report),
            Ok(Some(Err(error))) => Applied::Refused(error),
            Ok(None) => Applied::Again(self.prepare(by, job).await),
            Err(_) => Applied::Refused(self.panicked()),
        }
    }

    /// Drops what was prepared under `id`; `false` if it is no longer kept, or somebody else's.
    pub(in crate::bot) fn cancel(&self, by: UserId, id: DraftId) -> bool {
        self.slot().take(id, by, Instant::now()).is_some()
    }

    /// Takes an edit back that was prepared under `id`; `None` if it is no edit, no longer kept, somebody else's, or if it
    /// cannot be applied as it was shown.
    pub(in crate::bot) fn withdraw_edit(&self, by: UserId, id: DraftId) -> Option<(Job, Arc<Candidate>)> {
        let mut slot = self.slot();
        let is_edit = match &*slot {
            Slot::Ready(_, pending) => {
                let is_current = pending.candidate.base == self.current.load().number();
                let is_blocked = pending.candidate.comparison.is_blocked();
                matches!(pending.job, Job::Edit(_)) && is_current && !is_blocked
            }
            Slot::Free | Slot::Busy(_) => false,
        };
        let pending = is_edit.then(|| slot.take(id, by, Instant::now())).flatten()?;
        Some((pending.job, pending.candidate))
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the one slot. A person's own change that waits is replaced by the new one.
    fn claim(&self, by: UserId, now: Instant) -> Result<Claim, Busy> {
        let mut slot = self.slot();
        match (slot.claim(now), &*slot) {
            (Some(claim), Slot::Ready(..)) if claim.by == by => {}
            (Some(claim), _) => {
                let left = KEPT.saturating_sub(now.duration_since(claim.since));
                return Err(Busy { by: claim.by, minutes: left.as_secs().div_ceil(60).max(1) });
            }
            (None, _) => {}
        }
        let claim = Claim { id: DraftId::new(fastrand::u64(..)), by, since: now };
        *slot = Slot::Busy(claim);
        Ok(claim)
    }

    fn prepare_now(&self, claim: Claim, job: Job) -> Prepared {
        let prepared = catch_unwind(AssertUnwindSafe(|| {
            let _work = self.work();
            self.set_progress(None);
            self.build_job(&job, claim.by)
        }));
        let outcome = match prepared.unwrap_or_else(|_| Err(self.panicked())) {
            Ok(Ok(pending)) => Ok(pending),
            Ok(Err(report)) => Err(Prepared::Done(report)),
            Err(error) => Err(Prepared::Refused(error)),
        };
        let mut slot = self.slot();
        match outcome {
            Ok(Built { candidate, changes, read }) => {
                let candidate = Arc::new(candidate);
                let by = claim.by;
                let pending = Pending { job, by, candidate: Arc::clone(&candidate), changes, read };
                // From now on the moderator has time to read.
                let claim = Claim { since: Instant::now(), ..claim };
                *slot = Slot::Ready(claim, Box::new(pending));
                Prepared::Ready { id: claim.id, candidate }
            }
            Err(prepared) => {
                *slot = Slot::Free;
                prepared
            }
        }
    }

    /// Builds the candidate; the report if there is nothing to confirm.
    fn build_job(&self, job: &Job, by: UserId) -> Result<Result<Built, Report>, ReloadError> {
        let bundle = source::read(&self.config.faq.dir).map_err(ReloadError::Findings)?;
        let read = bundle.hash.clone();
        let (bundle, changes, allow_shrink) = match job {
            Job::Files { allow_shrink } => (bundle, Vec::new(), *allow_shrink),
            Job::Edit(changes) => (edited(&bundle, changes)?, changes.clone(), true),
            Job::Restore { bundle: target, .. } => (target.clone(), edit::between(&bundle, target), true),
        };
        let candidate = match self.candidate(bundle, allow_shrink)? {
            Ok(candidate) => candidate,
            Err(unchanged) => return Ok(Err(unchanged)),
        };
        let is_shown = match (job, self.config.reload.confirm) {
            (Job::Edit(_) | Job::Restore { .. }, _) | (_, Confirm::Always) => true,
            (_, Confirm::OnChange) => candidate.is_notable() || candidate.comparison.is_blocked(),
            (_, Confirm::Never) => false,
        };
        if is_shown {
            return Ok(Ok(Built { candidate, changes, read }));
        }
        let attempt = self.put_in_force(&candidate, &job.applied_by(by));
        self.recorded(&candidate.bundle.hash.to_string(), attempt).map(Err)
    }

    /// Writes the files and swaps; `None` if the FAQ in force or the folder has changed since.
    fn apply_now(&self, pending: Pending) -> Option<Attempt> {
        let _work = self.work();
        let Pending { job, by, candidate, changes, read } = pending;
        if candidate.base != self.current.load().number() {
            return None;
        }
        let config = &self.config;
        match source::read(&config.faq.dir) {
            Ok(bundle) if bundle.hash == read => {}
            _ => return None,
        }
        if candidate.comparison.is_blocked() {
            return Some(Err(ReloadError::Tests(candidate.comparison.clone())));
        }
        if !changes.is_empty() {
            let journal = last_good::journal(&config.index.dir, &config.faq.dir);
            let mut written = || failpoint::pass("edit.file-written");
            match disk::write(&config.faq.dir, &journal, &changes, &mut written) {
                Ok(()) => failpoint::pass("edit.written"),
                Err(WriteError::Conflict { .. }) => return None,
                Err(error) => return Some(Err(ReloadError::Write(error))),
            }
        }
        let attempt = self.put_in_force(&candidate, &job.applied_by(by));
        Some(self.recorded(&candidate.bundle.hash.to_string(), attempt))
    }
}

/// What a job comes to.
struct Built {
    candidate: Candidate,
    changes: Vec<FileChange>,
    read: ContentHash,
}

/// The files after the changes, unless one of them is not the file that the change was made from.
fn edited(bundle: &Bundle, changes: &[FileChange]) -> Result<Bundle, ReloadError> {
    let now = |path: &str| bundle.files.iter().find(|file| file.path == path).map(|file| &file.bytes);
    match changes.iter().find(|change| now(&change.path) != change.before.as_ref()) {
        Some(change) => Err(ReloadError::Write(WriteError::Conflict { path: change.path.clone() })),
        None => Ok(edit::apply(bundle, changes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_is_being_prepared_is_never_taken_and_one_that_waits_expires() {
        let now = Instant::now();
        let claim = Claim { id: DraftId::new(1), by: UserId::new(7), since: now };
        let mut slot = Slot::Busy(claim);
        assert!(slot.take(claim.id, claim.by, now).is_none());
        assert!(slot.claim(now + 2 * KEPT) == Some(claim), "a build may take longer");
        assert!(Slot::default().claim(now).is_none());
    }
}
