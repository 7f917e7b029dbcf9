//! Reload: read the files, validate them, build the next generation, run the entries' own tests, and swap. If a step
//! fails, the old generation stays in force.
//!
//! Only one reload runs at a time. `reload/attempt.rs` does the work, also for the first load at start;
//! `reload/candidate.rs` builds the next generation beside the one in force and `reload/compare.rs` compares what both
//! answer. `reload/pending.rs` keeps what a moderator looks at before it is applied, `reload/history.rs` keeps what
//! was applied, `reload/change.rs` compares two versions of the content, and `watch.rs` decides when to reload without a moderator.

mod attempt;
mod candidate;
mod change;
mod compare;
mod history;
mod pending;
mod provisional;
#[cfg(test)]
mod tests;

use std::{
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared},
};

use tokio::sync::watch;

pub(super) use candidate::Candidate;
pub(crate) use change::Change;
pub use compare::{Comparison, Difference};
pub(super) use pending::{Applied, Busy, Job, Prepared};

use compare::Answers;
use pending::Slot;

use crate::{
    bot::{Clock, apology},
    config::Config,
    knowledge::{
        BuildError, BuildOptions, Current, Generation,
        content::{edit::disk::WriteError, entry::Content, finding::Findings},
        matching::Progress,
    },
    store::Store,
};

/// The result of a reload.
pub(crate) type Attempt = Result<Report, ReloadError>;

/// A successful reload.
#[derive(Debug)]
pub struct Report {
    /// The generation in force now.
    pub generation: u64,
    /// What changed; `None` if the files are the ones already in force.
    pub change: Option<Change>,
    /// The warnings about the files.
    pub warnings: Findings,
    /// The results of the entries' own tests, and what is answered differently.
    pub comparison: Comparison,
    /// From the first file read to the swap.
    pub took: Duration,
}

/// Why a reload was refused. The old generation stays in force.
#[derive(Debug, thiserror::Error)]
pub enum ReloadError {
    /// The files have errors.
    #[error("the files have {} errors", .0.n_errors())]
    Findings(Findings),
    /// More than half of the entries are gone. A moderator can confirm that this is intended.
    #[error("the FAQ would shrink from {before} to {after} entries")]
    Shrunk {
        /// Entries in force.
        before: usize,
        /// Entries in the files.
        after: usize,
    },
    /// Tests of the entries that passed before fail now.
    #[error("{} tests of the entries that passed before fail now", .0.broken.len())]
    Tests(Comparison),
    /// The files of an edit cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The generation could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The bot panicked; the log contains the reference.
    #[error("the reload panicked, reference {0}")]
    Panicked(String),
}

/// What `/faq status` shows about the content in force.
#[derive(Debug, Clone)]
pub(super) struct ContentStatus {
    /// Since when the generation is in force.
    pub(super) since: jiff::Timestamp,
    /// The warnings about it.
    pub(super) warnings: Findings,
    /// When the last reload was refused, if none has succeeded since.
    pub(super) refused_at: Option<jiff::Timestamp>,
    /// Whether a provisional generation answers until the full one is built.
    pub(super) is_provisional: bool,
    /// Identifies the refused files, so that the watcher reports them once.
    refused: Option<String>,
}

/// Builds a generation: [`Generation::build`], except in tests.
type Build = dyn Fn(Content, u64, &BuildOptions, &(dyn Fn(Progress) + Sync)) -> Result<Generation, BuildError>
    + Send
    + Sync;

/// Further questions that are compared before a generation is put in force.
type Compared = dyn Fn() -> Vec<String> + Send + Sync;

/// Reloads the content and remembers the last result.
pub struct Reloader {
    config: Arc<Config>,
    current: Arc<Current>,
    clock: Clock,
    build: Box<Build>,
    status: Mutex<ContentStatus>,
    newest: Mutex<Option<InFlight>>,
    background: watch::Sender<Option<Arc<Attempt>>>,
    progress: Mutex<Option<Progress>>,
    is_ready: watch::Sender<bool>,
    /// Held while files are read, written or compared with what is in force.
    work: Mutex<()>,
    slot: Mutex<Slot>,
    /// What the generation of that number answers, as far as it is known.
    answers: Mutex<(u64, Answers)>,
    compared: OnceLock<Box<Compared>>,
    /// Where the history is kept; unset: nowhere.
    store: OnceLock<Store>,
    in_force: watch::Sender<u64>,
}

/// The result of a reload, for everyone who waits for it.
pub(crate) type SharedAttempt = Shared<BoxFuture<'static, Arc<Attempt>>>;

/// A reload that is running or waits for the running one.
#[derive(Clone)]
struct InFlight {
    allow_shrink: bool,
    /// Whether it has begun to read the files. A later request may be about newer files, so it does not join.
    has_begun: Arc<AtomicBool>,
    result: SharedAttempt,
}

impl InFlight {
    fn is_joinable(&self, allow_shrink: bool) -> bool {
        self.allow_shrink == allow_shrink && !self.has_begun.load(Ordering::SeqCst)
    }
}

impl Reloader {
    /// A reloader for the generation in `current`.
    pub(super) fn new(config: Arc<Config>, current: Arc<Current>, clock: Clock) -> Reloader {
        let (is_ready, number) = (current.load().is_ready(), current.load().number());
        let status = ContentStatus {
            since: clock.now(),
            warnings: Findings::new(),
            refused_at: None,
            is_provisional: false,
            refused: None,
        };
        Reloader {
            config,
            current,
            clock,
            build: Box::new(Generation::build),
            status: Mutex::new(status),
            newest: Mutex::new(None),
            background: watch::Sender::new(None),
            progress: Mutex::new(None),
            is_ready: watch::Sender::new(is_ready),
            work: Mutex::default(),
            slot: Mutex::default(),
            answers: Mutex::default(),
            compared: OnceLock::new(),
            store: OnceLock::new(),
            in_force: watch::Sender::new(number),
        }
    }

    /// Keeps the history of what is applied in `store`.
    pub(super) fn keep_history_in(&self, store: Store) {
        let _ = self.store.set(store);
    }

    /// Compares the answers to these questions too, whenever a generation is built beside the one in force. `questions` is
    /// called on a thread that may block. Only the first call has an effect.
    pub fn compare_also(&self, questions: impl Fn() -> Vec<String> + Send + Sync + 'static) {
        let _ = self.compared.set(Box::new(questions));
    }

    fn compared(&self) -> Vec<String> {
        self.compared.get().map(|questions| questions()).unwrap_or_default()
    }

    fn work(&self) -> MutexGuard<'_, ()> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answers(&self) -> MutexGuard<'_, (u64, Answers)> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the warnings of the first generation, for the status.
    pub(crate) fn set_warnings(&self, warnings: Findings) {
        self.status_mut().warnings = warnings;
    }

    /// Starts the first load in the background: [`Reloader::load_first`]. Reloads that are requested meanwhile wait for
    /// it. It needs a Tokio runtime.
    pub(crate) fn start(
        self: &Arc<Self>,
        progress: impl Fn(Progress) + Send + Sync + 'static,
    ) -> SharedAttempt {
        let result = self.launch(None, move |reloader| reloader.load_first(&progress));
        let reload = InFlight {
            allow_shrink: false,
            has_begun: Arc::new(AtomicBool::new(true)),
            result: result.clone(),
        };
        *self.newest.lock().unwrap_or_else(PoisonError::into_inner) = Some(reload);
        result
    }

    /// Reloads, or joins a reload that has not begun to read the files yet and returns its result.
    ///
    /// The reload continues even if the caller is dropped. One that may shrink the FAQ does not join one that may not.
    pub async fn reload(self: &Arc<Self>, allow_shrink: bool) -> Arc<Attempt> {
        let reload = self.join_or_start(allow_shrink);
        reload.result.await
    }

    /// Reloads if the files are neither in force nor already refused; logs and publishes the result.
    pub async fn reload_if_changed(self: &Arc<Self>) {
        let reloader = Arc::clone(self);
        match tokio::task::spawn_blocking(move || reloader.is_news()).await {
            Ok(true) => self.reload_and_report().await,
            Ok(false) => {}
            Err(_) => tracing::error!("comparing the FAQ with the one in force panicked"),
        }
    }

    /// Reloads without a moderator's request; logs the result and publishes it to [`Reloader::background`].
    pub(crate) async fn reload_and_report(self: &Arc<Self>) {
        let attempt = self.reload(false).await;
        log(&attempt);
        self.background.send_replace(Some(attempt));
    }

    /// The result of the last background reload. No moderator saw a reply to it, so it should be reported.
    pub fn background(&self) -> watch::Receiver<Option<Arc<Attempt>>> {
        self.background.subscribe()
    }

    /// The step that the running build has reached; `None` while the files are read.
    pub(crate) fn progress(&self) -> Option<Progress> {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_progress(&self, step: Option<Progress>) {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = step;
    }

    /// Waits until a generation with content is in force, be it a provisional one.
    pub(crate) async fn until_ready(&self) {
        // The sender lives as long as `self`.
        let _ = self.is_ready.subscribe().wait_for(|is_ready| *is_ready).await;
    }

    /// The number of the generation in force.
    pub(crate) fn in_force(&self) -> watch::Receiver<u64> {
        self.in_force.subscribe()
    }

    /// Puts a generation in force.
    fn swap(&self, generation: impl Into<Arc<Generation>>) {
        let generation = generation.into();
        let (is_ready, number) = (generation.is_ready(), generation.number());
        self.current.swap(generation);
        self.is_ready.send_replace(is_ready);
        self.in_force.send_replace(number);
    }

    /// The settings for a full build.
    fn build_options(&self) -> BuildOptions {
        BuildOptions {
            index_dir: self.config.index.dir.clone(),
            vectors: self.config.search.vectors,
            caution: self.config.search.caution,
        }
    }

    /// Whether the files on disk were refused, so that the content in force, if any, is older.
    pub(super) fn is_behind(&self) -> bool {
        self.status_mut().refused_at.is_some()
    }

    pub(super) fn status(&self) -> ContentStatus {
        self.status_mut().clone()
    }

    fn status_mut(&self) -> MutexGuard<'_, ContentStatus> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A reload that has not begun to read the files: one that waits already, or a new one.
    fn join_or_start(self: &Arc<Self>, allow_shrink: bool) -> InFlight {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let earlier = newest.clone().filter(|reload| reload.result.peek().is_none());
        if let Some(reload) = earlier.as_ref().filter(|reload| reload.is_joinable(allow_shrink)) {
            return reload.clone();
        }
        let has_begun = Arc::new(AtomicBool::new(false));
        let begun = Arc::clone(&has_begun);
        let result = self.launch(earlier, move |reloader| {
            Arc::new(reloader.reload_now(allow_shrink, || begun.store(true, Ordering::SeqCst)))
        });
        let reload = InFlight { allow_shrink, has_begun, result };
        *newest = Some(reload.clone());
        reload
    }

    /// Runs `work` on a thread that may block, after `earlier`. It continues even if nobody waits for the result.
    fn launch(
        self: &Arc<Self>,
        earlier: Option<InFlight>,
        work: impl FnOnce(&Reloader) -> Arc<Attempt> + Send + 'static,
    ) -> SharedAttempt {
        let reloader = Arc::clone(self);
        let task = tokio::spawn(async move {
            if let Some(earlier) = earlier {
                earlier.result.await;
            }
            let worker = Arc::clone(&reloader);
            let work = tokio::task::spawn_blocking(move || work(&worker));
            work.await.unwrap_or_else(|_| Arc::new(Err(reloader.panicked())))
        });
        let reloader = Arc::clone(self);
        async move { task.await.unwrap_or_else(|_| Arc::new(Err(reloader.panicked()))) }.boxed().shared()
    }

    fn panicked(&self) -> ReloadError {
        let reference = apology::new_reference();
        tracing::error!(%reference, "a reload panicked; the old generation stays in force");
        ReloadError::Panicked(reference)
    }
}

fn log(attempt: &Attempt) {
    match attempt {
        Ok(report) if report.change.is_none() => {
            tracing::info!(generation = report.generation, "the FAQ did not change");
        }
        Ok(report) => {
            let (took_ms, generation) = (report.took.as_millis(), report.generation);
            let failed_tests = report.comparison.tests.failures.len();
            let warnings = report.warnings.n_warnings();
            tracing::info!(generation, took_ms, failed_tests, warnings, "the FAQ was reloaded");
        }
        Err(error) => {
            tracing::error!(%error, "the FAQ was not reloaded; the old generation stays in force");
            if let ReloadError::Findings(findings) = error {
                findings.iter().filter(|finding| finding.is_error()).take(20).for_each(|finding| {
                    tracing::error!(finding = finding.line(), "error in the FAQ");
                });
            }
        }
    }
}
