//! Reload: read the files, validate them, build the next generation, run the entries' own tests, and swap. If a step
//! fails, the old generation stays in force.
//!
//! Only one reload runs at a time. `reload/change.rs` compares two versions of the content, `knowledge/entry_tests.rs`
//! runs the tests, and `watch.rs` decides when to reload without a moderator.

mod change;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared},
};

use tokio::sync::watch;

pub use change::Change;

use crate::{
    bot::{Clock, apology},
    config::Config,
    knowledge::{
        BuildOptions, Current, Generation,
        content::{finding::Findings, load, source},
        entry_tests::{self, TestReport},
    },
};

/// The result of a reload.
pub type Attempt = Result<Report, ReloadError>;

/// A successful reload.
#[derive(Debug)]
pub struct Report {
    /// The generation in force now.
    pub generation: u64,
    /// What changed; `None` if the files are the ones already in force.
    pub change: Option<Change>,
    /// The warnings about the files.
    pub warnings: Findings,
    /// The results of the entries' own tests.
    pub tests: TestReport,
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
    /// Too many of the entries' own tests failed.
    #[error("{} of {} tests of the entries failed", .0.failures.len(), .0.n_tests)]
    Tests(TestReport),
    /// The generation could not be built.
    #[error("{0}")]
    Build(String),
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
    /// Identifies the refused files, so that the watcher reports them once.
    refused: Option<String>,
}

/// Reloads the content and remembers the last result.
pub struct Reloader {
    config: Arc<Config>,
    current: Arc<Current>,
    clock: Clock,
    status: Mutex<ContentStatus>,
    flight: Mutex<Option<InFlight>>,
    background: watch::Sender<Option<Arc<Attempt>>>,
}

#[derive(Clone)]
struct InFlight {
    allow_shrink: bool,
    result: Shared<BoxFuture<'static, Arc<Attempt>>>,
}

impl Reloader {
    /// A reloader for the generation in `current`.
    pub(super) fn new(config: Arc<Config>, current: Arc<Current>, clock: Clock) -> Reloader {
        let status =
            ContentStatus { since: clock.now(), warnings: Findings::new(), refused_at: None, refused: None };
        Reloader {
            config,
            current,
            clock,
            status: Mutex::new(status),
            flight: Mutex::new(None),
            background: watch::Sender::new(None),
        }
    }

    /// Sets the warnings of the first generation, for the status.
    pub fn set_warnings(&self, warnings: Findings) {
        self.status_mut().warnings = warnings;
    }

    /// Reloads, or waits for the reload that is under way and returns its result.
    ///
    /// It goes on to its end even if the caller leaves. One that may shrink the FAQ does not join one that may not.
    pub async fn reload(self: &Arc<Self>, allow_shrink: bool) -> Arc<Attempt> {
        let flight = self.join_or_start(allow_shrink);
        flight.result.await
    }

    /// Reloads if the files are neither in force nor already refused; logs and publishes the result.
    pub async fn reload_if_changed(self: &Arc<Self>) {
        let reloader = Arc::clone(self);
        let is_news = tokio::task::spawn_blocking(move || reloader.is_news()).await;
        if is_news.unwrap_or(true) {
            self.reload_and_report().await;
        }
    }

    /// Reloads without a moderator's request; logs the result and publishes it to [`Reloader::background`].
    pub async fn reload_and_report(self: &Arc<Self>) {
        let attempt = self.reload(false).await;
        log(&attempt);
        self.background.send_replace(Some(attempt));
    }

    /// The result of the last background reload. No moderator saw a reply to it, so it should be reported.
    pub fn background(&self) -> watch::Receiver<Option<Arc<Attempt>>> {
        self.background.subscribe()
    }

    pub(super) fn status(&self) -> ContentStatus {
        self.status_mut().clone()
    }

    fn status_mut(&self) -> MutexGuard<'_, ContentStatus> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The running reload, or a new one that waits for it.
    fn join_or_start(self: &Arc<Self>, allow_shrink: bool) -> InFlight {
        let mut slot = self.flight.lock().unwrap_or_else(PoisonError::into_inner);
        let running = slot.clone().filter(|flight| flight.result.peek().is_none());
        if let Some(flight) = running.as_ref().filter(|flight| flight.allow_shrink == allow_shrink) {
            return flight.clone();
        }
        let reloader = Arc::clone(self);
        let task = tokio::spawn(async move {
            if let Some(earlier) = running {
                earlier.result.await;
            }
            let worker = Arc::clone(&reloader);
            let work = tokio::task::spawn_blocking(move || worker.reload_now(allow_shrink));
            work.await.unwrap_or_else(|_| Err(reloader.panicked()))
        });
        let reloader = Arc::clone(self);
        let result = async move { Arc::new(task.await.unwrap_or_else(|_| Err(reloader.panicked()))) };
        let flight = InFlight { allow_shrink, result: result.boxed().shared() };
        *slot = Some(flight.clone());
        flight
    }

    fn panicked(&self) -> ReloadError {
        let reference = apology::new_reference();
        tracing::error!(%reference, "a reload panicked; the old generation stays in force");
        self.status_mut().refused_at = Some(self.clock.now());
        ReloadError::Panicked(reference)
    }

    fn reload_now(&self, allow_shrink: bool) -> Attempt {
        let bundle = source::read(&self.config.faq.dir);
        let key = key(&bundle);
        let attempt =
            bundle.map_err(ReloadError::Findings).and_then(|bundle| self.replace(&bundle, allow_shrink));
        let mut status = self.status_mut();
        match &attempt {
            Ok(report) => {
                status.warnings = report.warnings.clone();
                status.refused_at = None;
                status.refused = None;
                if report.change.is_some() {
                    status.since = self.clock.now();
                }
            }
            Err(_) => {
                status.refused_at = Some(self.clock.now());
                status.refused = Some(key);
            }
        }
        attempt
    }

    fn replace(&self, bundle: &source::Bundle, allow_shrink: bool) -> Attempt {
        let (start, today) = (Instant::now(), self.clock.today());
        let loaded = load::validate(bundle, today).map_err(ReloadError::Findings)?;
        let old = self.current.load();
        if loaded.content.hash == old.content().hash {
            return Ok(Report {
                generation: old.number(),
                change: None,
                warnings: loaded.warnings,
                tests: TestReport::default(),
                took: start.elapsed(),
            });
        }
        let (before, after) = (old.content().entries.len(), loaded.content.entries.len());
        if !allow_shrink && load::shrunk(old.content(), &loaded.content).is_some() {
            return Err(ReloadError::Shrunk { before, after });
        }
        let options = BuildOptions {
            index_dir: self.config.index.dir.clone(),
            vectors: self.config.search.vectors,
            caution: self.config.search.caution,
        };
        let generation = Generation::build(loaded.content, old.number() + 1, &options, &|_| {})
            .map_err(|error| ReloadError::Build(error.to_string()))?;
        let tests = entry_tests::run(&generation, today);
        if tests.is_too_bad() {
            return Err(ReloadError::Tests(tests));
        }
        let change = Change::between(old.content(), generation.content());
        let number = generation.number();
        self.current.swap(generation);
        Ok(Report {
            generation: number,
            change: Some(change),
            warnings: loaded.warnings,
            tests,
            took: start.elapsed(),
        })
    }

    fn is_news(&self) -> bool {
        let bundle = source::read(&self.config.faq.dir);
        let is_in_force = bundle.as_ref().is_ok_and(|b| b.hash == self.current.load().content().hash);
        let mut status = self.status_mut();
        if is_in_force {
            // The refused files were reverted: the files on disk are in force again.
            status.refused_at = None;
            status.refused = None;
        }
        !is_in_force && status.refused.as_ref() != Some(&key(&bundle))
    }
}

/// Identifies a state of the files: the hash of their content, or the findings if they cannot be read.
fn key(bundle: &Result<source::Bundle, Findings>) -> String {
    match bundle {
        Ok(bundle) => bundle.hash.to_string(),
        Err(findings) => findings.iter().map(|finding| finding.line()).collect(),
    }
}

fn log(attempt: &Attempt) {
    match attempt {
        Ok(report) if report.change.is_none() => {
            tracing::info!(generation = report.generation, "the FAQ did not change");
        }
        Ok(report) => {
            let (took_ms, generation) = (report.took.as_millis(), report.generation);
            let failed_tests = report.tests.failures.len();
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
