//! A generation that is built beside the one in force, with everything that is known of it before it is put in force.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    bot::reload::{
        Attempt, Change, Comparison, ReloadError, Reloader, Report,
        compare::{Answers, Baseline, compare},
        history::AppliedBy,
    },
    failpoint,
    knowledge::{
        Generation,
        content::{
            entry::Content,
            finding::Findings,
            load::{self, Loaded},
            source::Bundle,
        },
        last_good,
        matching::Progress,
    },
};

/// A generation that is ready to be put in force.
pub(in crate::bot) struct Candidate {
    /// The generation.
    pub(in crate::bot) generation: Arc<Generation>,
    /// What changes; `None` if there was nothing in force before.
    pub(in crate::bot) change: Option<Change>,
    /// What is answered differently, and how the tests went.
    pub(in crate::bot) comparison: Comparison,
    /// The warnings about the files.
    pub(in crate::bot) warnings: Findings,
    /// The number of the generation that it was compared with.
    pub(super) base: u64,
    pub(super) bundle: Bundle,
    answers: Answers,
    took: Duration,
}

impl Candidate {
    /// Whether a cautious moderator wants to look at it first.
    pub(super) fn is_notable(&self) -> bool {
        let removes = self.change.as_ref().is_some_and(|change| !change.removed.is_empty());
        let comparison = &self.comparison;
        removes || !comparison.differences.is_empty() || !comparison.new_failures.is_empty()
    }
}

impl Reloader {
    /// Builds the generation of `bundle` beside the one in force; `None` if it is the one in force.
    pub(super) fn candidate(
        &self,
        bundle: Bundle,
        allow_shrink: bool,
    ) -> Result<Result<Candidate, Report>, ReloadError> {
        let start = Instant::now();
        let loaded = load::validate(&bundle, self.clock.today()).map_err(ReloadError::Findings)?;
        let old = self.current.load();
        if loaded.content.hash == old.content().hash && !self.status_mut().is_provisional {
            return Ok(Err(Report {
                generation: old.number(),
                change: None,
                warnings: loaded.warnings,
                comparison: Comparison::default(),
                took: start.elapsed(),
            }));
        }
        if let Some((before, after)) = shrunk(old.content(), &loaded.content)
            && !allow_shrink
        {
            return Err(ReloadError::Shrunk { before, after });
        }
        // A provisional generation matches by words alone: what it answers says nothing about the files.
        let is_comparable = old.is_ready() && !self.status_mut().is_provisional;
        let previous = Previous { content: Some(old.content()), generation: is_comparable.then_some(&*old) };
        self.build_candidate(bundle, loaded, previous, &|_| {}).map(Ok)
    }

    /// Builds the generation and compares it with the previous one.
    pub(super) fn build_candidate(
        &self,
        bundle: Bundle,
        loaded: Loaded,
        previous: Previous<'_>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Candidate, ReloadError> {
        let (start, today) = (Instant::now(), self.clock.today());
        let options = self.build_options();
        let base = self.current.load().number();
        let progress = |step| {
            self.set_progress(Some(step));
            progress(step);
            if step == Progress::Training {
                failpoint::pass("reload.training");
            }
        };
        let generation = (self.build)(loaded.content, base + 1, &options, &progress)?;
        let change = previous.content.map(|previous| Change::between(previous, generation.content()));
        // The first content of all has no predecessor that could stay in force instead.
        let has_predecessor = previous.content.is_some_and(|previous| !previous.entries.is_empty());
        let (comparison, answers) = match has_predecessor {
            true => {
                progress(Progress::Testing);
                let known = self.known_answers(previous.generation);
                let baseline = previous.generation.map(|generation| Baseline { generation, known: &known });
                compare(&generation, baseline, change.as_ref(), &self.compared(), today)
            }
            false => Default::default(),
        };
        Ok(Candidate {
            generation: Arc::new(generation),
            change,
            comparison,
            warnings: loaded.warnings,
            base,
            bundle,
            answers,
            took: start.elapsed(),
        })
    }

    /// Puts the candidate in force unless a test that passed before fails now, and keeps it in the history.
    pub(super) fn put_in_force(&self, candidate: &Candidate, by: &AppliedBy) -> Attempt {
        if candidate.comparison.is_blocked() {
            return Err(ReloadError::Tests(candidate.comparison.clone()));
        }
        self.swap(Arc::clone(&candidate.generation));
        self.status_mut().is_provisional = false;
        *self.answers() = (candidate.generation.number(), candidate.answers.clone());
        let config = &self.config;
        if let Err(error) = last_good::save(&config.index.dir, &config.faq.dir, &candidate.bundle) {
            tracing::warn!(%error, "the FAQ in force could not be kept for a start with refused files");
        }
        self.keep_history(candidate, by);
        Ok(Report {
            generation: candidate.generation.number(),
            change: candidate.change.clone(),
            warnings: candidate.warnings.clone(),
            comparison: candidate.comparison.clone(),
            took: candidate.took,
        })
    }

    /// What is known of the answers of `generation` from when it was built.
    fn known_answers(&self, generation: Option<&Generation>) -> Answers {
        let answers = self.answers();
        match generation {
            Some(generation) if answers.0 == generation.number() => answers.1.clone(),
            _ => Answers::new(),
        }
    }
}

/// What a candidate is compared with.
#[derive(Clone, Copy)]
pub(super) struct Previous<'a> {
    /// The content in force, or that of the last run.
    pub(super) content: Option<&'a Content>,
    /// Its generation, if it can be asked.
    pub(super) generation: Option<&'a Generation>,
}

/// How many entries there were and are, if too many are gone.
pub(super) fn shrunk(before: &Content, after: &Content) -> Option<(usize, usize)> {
    load::shrunk(before, after).map(|_| (before.entries.len(), after.entries.len()))
}
