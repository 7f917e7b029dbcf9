//! The blocking work of a reload and of the first load: read the files, validate, build, test, swap.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Instant,
};

use crate::{
    bot::reload::{Attempt, Change, ReloadError, Reloader, Report},
    failpoint,
    knowledge::{
        content::{
            entry::Content,
            finding::Findings,
            load::{self, Loaded},
            source::{self, Bundle},
        },
        entry_tests::{self, TestReport},
        last_good,
        matching::Progress,
    },
};

impl Reloader {
    /// Loads the first generation. If the files are refused, the last good ones take their place; without them no
    /// generation is in force afterwards. A refusal or a change since the last run is published like a background
    /// reload.
    ///
    /// It blocks for as long as a build takes.
    pub(crate) fn load_first(&self, progress: &(dyn Fn(Progress) + Sync)) -> Arc<Attempt> {
        let last_good = last_good::load(&self.config.index.dir, &self.config.faq.dir);
        let attempt = self.attempt(|bundle| self.load_files(bundle, last_good.as_ref(), progress));
        if let Some(bundle) = last_good.filter(|_| attempt.is_err()) {
            self.fall_back(&bundle, progress);
        }
        super::log(&attempt);
        if !self.current.load().is_ready() {
            tracing::error!("no FAQ is in force: questions cannot be answered until the files are corrected");
        }
        let is_news = !matches!(&attempt, Ok(report) if report.change.is_none());
        let attempt = Arc::new(attempt);
        if is_news {
            self.background.send_replace(Some(Arc::clone(&attempt)));
        }
        attempt
    }

    /// Reloads the files. `begun` is called right before they are read.
    pub(super) fn reload_now(&self, allow_shrink: bool, begun: impl FnOnce()) -> Attempt {
        begun();
        self.attempt(|bundle| self.replace(&bundle, allow_shrink))
    }

    /// Reads the files, hands them to `work` and records the result, even of a panic, for these files.
    fn attempt(&self, work: impl FnOnce(Bundle) -> Attempt) -> Attempt {
        self.set_progress(None);
        let mut files = String::new();
        let attempt = catch_unwind(AssertUnwindSafe(|| {
            let bundle = source::read(&self.config.faq.dir);
            files = identity(&bundle);
            work(bundle.map_err(ReloadError::Findings)?)
        }));
        let attempt = attempt.unwrap_or_else(|_| Err(self.panicked()));
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
                status.refused = Some(files);
            }
        }
        attempt
    }

    fn replace(&self, bundle: &Bundle, allow_shrink: bool) -> Attempt {
        let start = Instant::now();
        let loaded = load::validate(bundle, self.clock.today()).map_err(ReloadError::Findings)?;
        let old = self.current.load();
        if loaded.content.hash == old.content().hash && !self.status_mut().is_provisional {
            return Ok(Report {
                generation: old.number(),
                change: None,
                warnings: loaded.warnings,
                tests: TestReport::default(),
                took: start.elapsed(),
            });
        }
        if let Some((before, after)) = shrunk(old.content(), &loaded.content).filter(|_| !allow_shrink) {
            return Err(ReloadError::Shrunk { before, after });
        }
        self.put_in_force(bundle, loaded, Some(old.content()), &|_| {})
    }

    /// Puts the files in force at start, unless a reload would refuse them: they are compared with the last good ones.
    fn load_files(
        &self,
        bundle: Bundle,
        last_good: Option<&Bundle>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Attempt {
        let today = self.clock.today();
        let loaded = load::validate(&bundle, today).map_err(ReloadError::Findings)?;
        let changed = last_good.filter(|last_good| last_good.hash != bundle.hash);
        let previous = changed.and_then(|last_good| load::validate(last_good, today).ok());
        let previous = previous.map(|loaded| loaded.content);
        if let Some((before, after)) = previous.as_ref().and_then(|old| shrunk(old, &loaded.content)) {
            return Err(ReloadError::Shrunk { before, after });
        }
        self.serve_provisional(&loaded.content, previous.as_ref(), progress);
        self.put_in_force(&bundle, loaded, previous.as_ref(), progress)
    }

    /// Puts the last good files in force; if that fails too, nothing is.
    fn fall_back(&self, bundle: &Bundle, progress: &(dyn Fn(Progress) + Sync)) {
        let loaded = load::validate(bundle, self.clock.today());
        let attempt = catch_unwind(AssertUnwindSafe(|| {
            self.put_in_force(bundle, loaded.map_err(ReloadError::Findings)?, None, progress)
        }));
        match attempt {
            Ok(Ok(report)) => {
                self.status_mut().warnings = report.warnings;
                tracing::warn!(content = %bundle.hash, "the last good FAQ is in force");
            }
            Ok(Err(error)) => tracing::error!(%error, "the last good FAQ cannot be used either"),
            Err(_) => tracing::error!("loading the last good FAQ panicked"),
        }
    }

    /// Builds the generation and swaps it in. With `previous`, its own tests must pass and the changes are reported.
    fn put_in_force(
        &self,
        bundle: &Bundle,
        loaded: Loaded,
        previous: Option<&Content>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Attempt {
        let (start, today) = (Instant::now(), self.clock.today());
        let options = self.build_options();
        let number = self.current.load().number() + 1;
        let progress = |step| {
            self.set_progress(Some(step));
            progress(step);
            if step == Progress::Training {
                failpoint::pass("reload.training");
            }
        };
        let generation = (self.build)(loaded.content, number, &options, &progress)?;
        // The first content of all has no predecessor that could stay in force instead.
        let previous_is_usable = previous.is_some_and(|previous| !previous.entries.is_empty());
        let tests = match previous_is_usable {
            true => {
                progress(Progress::Testing);
                entry_tests::run(&generation, today)
            }
            false => TestReport::default(),
        };
        if tests.is_too_bad() {
            return Err(ReloadError::Tests(tests));
        }
        let change = previous.map(|previous| Change::between(previous, generation.content()));
        self.swap(generation);
        self.status_mut().is_provisional = false;
        if let Err(error) = last_good::save(&self.config.index.dir, &self.config.faq.dir, bundle) {
            tracing::warn!(%error, "the FAQ in force could not be kept for a start with refused files");
        }
        Ok(Report { generation: number, change, warnings: loaded.warnings, tests, took: start.elapsed() })
    }

    /// Whether the files on disk are neither in force nor already refused. It blocks.
    pub(super) fn is_news(&self) -> bool {
        let bundle = source::read(&self.config.faq.dir);
        let is_in_force = bundle.as_ref().is_ok_and(|b| b.hash == self.current.load().content().hash);
        let mut status = self.status_mut();
        if is_in_force {
            // The refused files were reverted: the files on disk are in force again.
            status.refused_at = None;
            status.refused = None;
        }
        !is_in_force && status.refused.as_ref() != Some(&identity(&bundle))
    }
}

/// How many entries there were and are, if too many are gone.
fn shrunk(before: &Content, after: &Content) -> Option<(usize, usize)> {
    load::shrunk(before, after).map(|_| (before.entries.len(), after.entries.len()))
}

/// Identifies a state of the files: the hash of their content, or the findings if they cannot be read.
fn identity(bundle: &Result<Bundle, Findings>) -> String {
    match bundle {
        Ok(bundle) => bundle.hash.to_string(),
        Err(findings) => findings.iter().map(|finding| finding.line()).collect(),
    }
}
