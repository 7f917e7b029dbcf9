//! Reload: read, check, build beside, try the entries' own tests, swap. Any fault, and the old generation answers on.
//!
//! One reload runs at a time; who asks meanwhile gets its result. What changed is told by `reload/change.rs`, the
//! entries' tests are run by `knowledge/entry_tests.rs`; when a reload is due is the business of `watch.rs` and of moderators.

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

/// How a reload ended.
pub type Attempt = Result<Report, Refusal>;

/// A reload that went through.
#[derive(Debug)]
pub struct Report {
    /// The generation in force now.
    pub generation: u64,
    /// What changed; `None` where the files are those in force already.
    pub change: Option<Change>,
    /// What is worth a look in the files.
    pub warnings: Findings,
    /// How the entries' own tests went.
    pub tests: TestReport,
    /// From the first file read to the swap.
    pub took: Duration,
}

/// Why a reload changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The files have errors.
    #[error("the files have {} errors", .0.n_errors())]
    Findings(Findings),
    /// More than half of the entries are gone; a moderator may confirm that.
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
    /// The bot itself failed; the reference stands in the log.
    #[error("the bot failed, reference {0}")]
    Panicked(String),
}

/// What a status tells of the content in force.
#[derive(Debug, Clone)]
pub(super) struct ContentStatus {
    /// Since when the generation answers.
    pub(super) since: jiff::Timestamp,
    /// What is worth a look in it.
    pub(super) warnings: Findings,
    /// When the last reload was refused, if none has gone through since.
    pub(super) refused_at: Option<jiff::Timestamp>,
    /// What the refused files were, so that a watcher tells of them once.
    refused: Option<String>,
}

/// The one that reloads.
pub struct Reloader {
    config: Arc<Config>,
    current: Arc<Current>,
    clock: Clock,
    status: Mutex<ContentStatus>,
    flight: Mutex<Option<InFlight>>,
    unasked: watch::Sender<Option<Arc<Attempt>>>,
}

#[derive(Clone)]
struct InFlight {
    allow_shrink: bool,
    result: Shared<BoxFuture<'static, Arc<Attempt>>>,
}

impl Reloader {
    /// A reloader of the generation in force.
    pub(super) fn new(config: Arc<Config>, current: Arc<Current>, clock: Clock) -> Reloader {
        let status =
            ContentStatus { since: clock.now(), warnings: Findings::new(), refused_at: None, refused: None };
        Reloader {
            config,
            current,
            clock,
            status: Mutex::new(status),
            flight: Mutex::new(None),
            unasked: watch::Sender::new(None),
        }
    }

    /// The warnings with which the first generation was loaded, for the status.
    pub fn loaded_with(&self, warnings: Findings) {
        self.status_mut().warnings = warnings;
    }

    /// Reloads, or waits for the reload that is under way and returns its result.
    ///
    /// It goes on to its end even if the caller leaves. One that may shrink the FAQ does not join one that may not.
    pub async fn reload(self: &Arc<Self>, allow_shrink: bool) -> Arc<Attempt> {
        let flight = self.join_or_start(allow_shrink);
        flight.result.await
    }

    /// Reloads if the files are neither those in force nor those that were refused before; tells the log how it went.
    pub async fn reload_if_changed(self: &Arc<Self>) {
        let reloader = Arc::clone(self);
        let is_news = tokio::task::spawn_blocking(move || reloader.is_news()).await;
        if is_news.unwrap_or(true) {
            self.reload_and_tell().await;
        }
    }

    /// Reloads although no moderator asked; tells the log, and whoever listens, how it went.
    pub async fn reload_and_tell(self: &Arc<Self>) {
        let attempt = self.reload(false).await;
        tell(&attempt);
        self.unasked.send_replace(Some(attempt));
    }

    /// The last reload that no moderator asked for: nobody saw its reply, so somebody may want to be told.
    pub fn unasked(&self) -> watch::Receiver<Option<Arc<Attempt>>> {
        self.unasked.subscribe()
    }

    pub(super) fn status(&self) -> ContentStatus {
        self.status_mut().clone()
    }

    fn status_mut(&self) -> MutexGuard<'_, ContentStatus> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The reload under way, or a new one behind it.
    fn join_or_start(self: &Arc<Self>, allow_shrink: bool) -> InFlight {
        let mut slot = self.flight.lock().unwrap_or_else(PoisonError::into_inner);
        let under_way = slot.clone().filter(|flight| flight.result.peek().is_none());
        if let Some(flight) = under_way.as_ref().filter(|flight| flight.allow_shrink == allow_shrink) {
            return flight.clone();
        }
        let reloader = Arc::clone(self);
        let task = tokio::spawn(async move {
            if let Some(earlier) = under_way {
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

    fn panicked(&self) -> Refusal {
        let reference = apology::new_reference();
        tracing::error!(%reference, "a reload failed; the generation in force answers on");
        self.status_mut().refused_at = Some(self.clock.now());
        Refusal::Panicked(reference)
    }

    fn reload_now(&self, allow_shrink: bool) -> Attempt {
        let bundle = source::read(&self.config.faq.dir);
        let key = key(&bundle);
        let attempt =
            bundle.map_err(Refusal::Findings).and_then(|bundle| self.replace(&bundle, allow_shrink));
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
        let loaded = load::validate(bundle, today).map_err(Refusal::Findings)?;
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
            return Err(Refusal::Shrunk { before, after });
        }
        let options = BuildOptions {
            index_dir: self.config.index.dir.clone(),
            vectors: self.config.search.vectors,
            caution: self.config.search.caution,
        };
        let generation = Generation::build(loaded.content, old.number() + 1, &options, &|_| {})
            .map_err(|error| Refusal::Build(error.to_string()))?;
        let tests = entry_tests::run(&generation, today);
        if tests.is_too_bad() {
            return Err(Refusal::Tests(tests));
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
            // The refused files were put back: there is nothing left to warn of.
            status.refused_at = None;
            status.refused = None;
        }
        !is_in_force && status.refused.as_ref() != Some(&key(&bundle))
    }
}

/// What tells one state of the files from another.
fn key(bundle: &Result<source::Bundle, Findings>) -> String {
    match bundle {
        Ok(bundle) => bundle.hash.to_string(),
        Err(findings) => findings.iter().map(|finding| finding.line()).collect(),
    }
}

fn tell(attempt: &Attempt) {
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
        Err(refusal) => {
            tracing::error!(%refusal, "the FAQ was not reloaded; the generation in force answers on");
            if let Refusal::Findings(findings) = refusal {
                findings.iter().filter(|finding| finding.is_error()).take(20).for_each(|finding| {
                    tracing::error!(finding = finding.line(), "fault in the FAQ");
                });
            }
        }
    }
}
