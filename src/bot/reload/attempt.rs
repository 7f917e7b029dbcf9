//! The blocking work of a reload and of the first load: read the files, validate, build, test, swap.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use crate::{
    bot::reload::{
        Attempt, ReloadError, Reloader,
        candidate::{Previous, shrunk},
        history::AppliedBy,
    },
    knowledge::{
        Generation,
        content::{
            edit::disk,
            finding::Findings,
            load,
            source::{self, Bundle},
        },
        last_good,
        matching::Progress,
    },
    store::RevisionOrigin,
};

impl Reloader {
    /// Loads the first generation. If the files are refused, the last good ones take their place; without them no
    /// generation is in force afterwards. A refusal or a change since the last run is published like a background
    /// reload.
    ///
    /// It blocks for as long as a build takes.
    pub(crate) fn load_first(&self, progress: &(dyn Fn(Progress) + Sync)) -> Arc<Attempt> {
        self.finish_interrupted_edit();
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

    /// An edit of several files that a killed process began is finished first.
    fn finish_interrupted_edit(&self) {
        let (index_dir, faq_dir) = (&self.config.index.dir, &self.config.faq.dir);
        match disk::recover(faq_dir, &last_good::journal(index_dir, faq_dir)) {
            Ok(true) => tracing::warn!("an edit of the FAQ that was interrupted has been finished"),
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "an interrupted edit of the FAQ could not be finished"),
        }
    }

    /// Reloads the files. `begun` is called right before they are read.
    pub(super) fn reload_now(&self, allow_shrink: bool, begun: impl FnOnce()) -> Attempt {
        begun();
        self.attempt(|bundle| self.replace(bundle, allow_shrink))
    }

    /// Reads the files, hands them to `work` and records the result, even of a panic, for these files.
    fn attempt(&self, work: impl FnOnce(Bundle) -> Attempt) -> Attempt {
        let _work = self.work();
        self.set_progress(None);
        let mut files = String::new();
        let attempt = catch_unwind(AssertUnwindSafe(|| {
            let bundle = source::read(&self.config.faq.dir);
            files = identity(&bundle);
            work(bundle.map_err(ReloadError::Findings)?)
        }));
        self.recorded(&files, attempt.unwrap_or_else(|_| Err(self.panicked())))
    }

    /// The attempt, after its result has been recorded for these files.
    pub(super) fn recorded(&self, files: &str, attempt: Attempt) -> Attempt {
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
                status.refused = Some(files.to_owned());
            }
        }
        attempt
    }

    fn replace(&self, bundle: Bundle, allow_shrink: bool) -> Attempt {
        match self.candidate(bundle, allow_shrink)? {
            Ok(candidate) => self.put_in_force(&candidate, &AppliedBy::nobody(RevisionOrigin::Files)),
            Err(unchanged) => Ok(unchanged),
        }
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
        let options = self.build_options();
        // Where the previous generation is on disk, it can be asked which tests passed before.
        let generation = previous.as_ref().filter(|previous| Generation::is_on_disk(previous, &options));
        let served = self.current.load();
        let generation = generation.and_then(|previous| match served.content().hash == previous.hash {
            true => Some(Arc::clone(&served)),
            false => (self.build)(previous.clone(), 0, &options, &|_| {}).ok().map(Arc::new),
        });
        let previous = Previous { content: previous.as_ref(), generation: generation.as_deref() };
        let candidate = self.build_candidate(bundle, loaded, previous, progress)?;
        self.put_in_force(&candidate, &AppliedBy::nobody(RevisionOrigin::Start))
    }

    /// Puts the last good files in force; if that fails too, nothing is.
    fn fall_back(&self, bundle: &Bundle, progress: &(dyn Fn(Progress) + Sync)) {
        let loaded = load::validate(bundle, self.clock.today());
        let attempt = catch_unwind(AssertUnwindSafe(|| {
            let loaded = loaded.map_err(ReloadError::Findings)?;
            let previous = Previous { content: None, generation: None };
            let candidate = self.build_candidate(bundle.clone(), loaded, previous, progress)?;
            self.put_in_force(&candidate, &AppliedBy::nobody(RevisionOrigin::Start))
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

/// Identifies a state of the files: the hash of their content, or the findings if they cannot be read.
fn identity(bundle: &Result<Bundle, Findings>) -> String {
    match bundle {
        Ok(bundle) => bundle.hash.to_string(),
        Err(findings) => findings.iter().map(|finding| finding.line()).collect(),
    }
}
