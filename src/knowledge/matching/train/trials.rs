//! Trials: wordings that a head has not seen, compared with their entries. The calibrator is fitted on them.

use std::collections::HashMap;

use crate::knowledge::{
    content::entry::{Content, Entry, Kind},
    matching::{
        calibration::Trial,
        decide,
        head::Head,
        matcher::Matcher,
        rank::{Query, Ranking, View},
        train::{TrainingSet, centroids, wordings::Wording},
        vectors::Vectors,
    },
};

/// Without refusals, every so many entries are hidden from a fold's head: their wordings are the questions that no
/// entry answers.
const HIDING: usize = 5;
/// Refusals and routes to other subjects from which on a FAQ shows what is not answered.
const MIN_REFUSALS: usize = 5;
/// Folds of the trials.
pub(super) const FOLDS: usize = 3;
/// Wordings of a fold that are tried, at most: enough to fit a handful of weights.
const TRIALS_PER_FOLD: usize = 1_200;

/// Which wordings each fold holds out.
pub(super) struct Folds {
    /// The fold of each wording, if any.
    of_wording: Vec<Option<usize>>,
    hides_entries: bool,
}

impl Folds {
    /// Deals the wordings into folds; entries too small to lose a wording keep theirs.
    pub(super) fn deal(wordings: &[Wording], content: &Content) -> Folds {
        let mut sizes: HashMap<usize, usize> = HashMap::new();
        for wording in wordings {
            *sizes.entry(wording.class).or_default() += 1;
        }
        let mut next: HashMap<usize, usize> = HashMap::new();
        let fold = |wording: &Wording| {
            if sizes[&wording.class] < FOLDS {
                return None;
            }
            let turn = next.entry(wording.class).or_default();
            *turn += 1;
            // Dealt by a fixed pattern: neighbours in a file were often written in one go and are alike.
            Some((*turn * 7 + *turn / 3) % FOLDS)
        };
        Folds { of_wording: wordings.iter().map(fold).collect(), hides_entries: !has_refusals(content) }
    }

    /// Whether some wordings of some entries can be held out at all: without one, every trial would be wrong.
    pub(super) fn is_possible(&self) -> bool {
        self.of_wording.iter().any(Option::is_some)
    }

    /// Whether the wording at `at`, of entry `class`, is held out in `fold`.
    pub(super) fn is_held_out(&self, fold: usize, at: usize, class: usize) -> bool {
        self.of_wording[at] == Some(fold) || self.is_hidden(fold, class)
    }

    /// Whether all wordings of the entry are held out in `fold`.
    fn is_hidden(&self, fold: usize, class: usize) -> bool {
        self.hides_entries && class % HIDING == fold
    }
}

/// The trials of `fold` with `head`, which was trained without it.
pub(super) fn of_fold(
    set: &TrainingSet<'_>,
    folds: &Folds,
    fold: usize,
    head: &Head,
    matcher: &Matcher,
) -> Vec<Trial> {
    let is_held_out = |at: usize| folds.is_held_out(fold, at, set.wordings[at].class);
    let held_out: Vec<usize> = (0..set.wordings.len()).filter(|at| is_held_out(*at)).collect();
    let entries = &set.content.entries;
    let centroids = match matcher.vectors.is_empty() {
        true => Vectors::default(),
        false => centroids(set.wordings, &matcher.vectors, entries.len(), &|at| !is_held_out(at)),
    };
    // A word of a held-out wording counts as known only if another wording has it.
    let view = View { matcher, centroids: &centroids, is_held_out: &is_held_out, min_known: 2 };
    let step = held_out.len().div_ceil(TRIALS_PER_FOLD).max(1);
    let trial = |at: usize| {
        let (wording, sample) = (&set.wordings[at], set.example(at).sample());
        let query = Query { sample: &sample, words: &wording.words, foreign: set.foreign[at] };
        let scores = view.scores(&query, head.probabilities(&sample), Vec::new());
        let ranking = Ranking::of(&scores, matcher.cosine_weight);
        let best = &entries[ranking.best()];
        let is_seen = !folds.is_hidden(fold, wording.class) && entries[wording.class].kind == Kind::Answer;
        Trial {
            features: view.features(&query, &ranking, &scores, &|at| entries[at].kind == Kind::Answer),
            is_right: ranking.best() == wording.class || serves(best, &entries[wording.class]),
            is_answer: best.kind == Kind::Answer,
            is_offered: is_seen.then(|| {
                let mut near = decide::near_places(&ranking.order, |at| !entries[at].kind.is_route());
                near.any(|at| at == wording.class)
            }),
        }
    };
    held_out.into_iter().step_by(step).map(trial).collect()
}

/// Whether the FAQ shows enough of what it does not answer.
pub(super) fn has_refusals(content: &Content) -> bool {
    content.entries.iter().filter(|entry| entry.kind != Kind::Answer).count() >= MIN_REFUSALS
}

/// Whether an answer proves everything that another one does: who asked for the other is served by it too.
fn serves(answer: &Entry, other: &Entry) -> bool {
    let proves = |quote: &str| answer.citations.iter().any(|citation| citation.quote.contains(quote));
    answer.kind == Kind::Answer
        && other.kind == Kind::Answer
        && !other.citations.is_empty()
        && other.citations.iter().all(|citation| proves(&citation.quote))
}
