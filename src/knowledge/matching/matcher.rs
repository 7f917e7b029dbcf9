//! The trained part of a generation: everything that is learned from the wordings, stored as one file.
//!
//! `train.rs` makes it, `rank.rs` asks it. It holds no text but the lexicon's words.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::knowledge::matching::{
    calibration::{Calibrator, Expected},
    detector::Detector,
    head::Head,
    language::Languages,
    ngrams::{SparseRows, Vocabulary},
    passages::Passages,
    spelling::Lexicon,
    vectors::{Probe, Vectors},
};

/// Counted up when the file's form or the training changes: an older file is another generation.
pub(crate) const MATCHER_VERSION: u32 = 9;

/// What was learned from a FAQ's wordings.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Matcher {
    /// Hash of a folded wording to its entry and its place among the entry's wordings.
    pub exact: HashMap<u64, (u32, u32)>,
    /// Words of all wordings, for correcting typing errors.
    pub lexicon: Lexicon,
    /// What each language's wordings are made of.
    pub languages: Languages,
    /// How many wordings of answers have a word; [`IN_THE_TEXTS`] for a word of the announcement.
    pub answer_words: HashMap<String, u32>,
    /// How many wordings of refusals and routes have a word.
    pub other_words: HashMap<String, u32>,
    /// The n-grams of the wordings.
    pub vocabulary: Vocabulary,
    /// `None` where there are too many entries to train one.
    pub head: Option<Head>,
    /// The sentence vectors of the wordings, entry by entry; empty where matching by meaning is off.
    pub vectors: Vectors,
    /// One vector per entry: the mean of its wordings, of unit length.
    pub centroids: Vectors,
    /// The mean of all wordings' vectors; empty where matching by meaning is off.
    pub mean: Vec<f32>,
    /// Recognises journalists; `None` if their route has few wordings or does not exist.
    pub(crate) media: Option<Detector>,
    /// The sentence vectors of the announcement.
    pub(crate) passages: Passages,
    /// The n-grams of each wording, for questions in languages that the sentence model does not know; empty in a large
    /// FAQ, where the head knows them.
    pub wording_grams: SparseRows,
    /// Where each entry's wordings begin in `vectors`; one more than there are entries.
    pub starts: Vec<u32>,
    /// What a cosine counts beside the logarithm of the head's probability.
    pub cosine_weight: f32,
    /// From features to confidence.
    pub calibrator: Calibrator,
    /// What held-out wordings show; `None` with too few.
    pub expected: Option<Expected>,
}

/// The count of a word that the announcement or an answer has.
pub(crate) const IN_THE_TEXTS: u32 = 1_000_000;

impl Matcher {
    /// Whether a name is one that the answers are about: the texts have it, or people who ask for answers use it, and
    /// more than those who ask for what the texts do not say.
    pub(crate) fn is_ours(&self, name: &str) -> bool {
        let in_answers = self.answer_words.get(name).copied().unwrap_or(0);
        let elsewhere = self.other_words.get(name).copied().unwrap_or(0);
        in_answers >= IN_THE_TEXTS || (in_answers >= 2 && in_answers > elsewhere)
    }

    /// The pairs of entries whose mean vectors are nearest to each other, nearest first and no entry twice; none without
    /// vectors. `is_wanted` says which entries count.
    pub(crate) fn most_alike(&self, limit: usize, is_wanted: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
        let places: Vec<usize> =
            (0..self.centroids.len().min(MAX_COMPARED)).filter(|at| is_wanted(*at)).collect();
        let mut pairs = Vec::new();
        for (n, one) in places.iter().enumerate() {
            let vector = Probe::new(&self.centroids.get(*one));
            pairs.extend(places[n + 1..].iter().map(|at| (self.centroids.cosine(*at, &vector), *one, *at)));
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut seen = HashSet::new();
        let is_new = |(_, one, other): &(f32, usize, usize)| {
            let is_new = !seen.contains(one) && !seen.contains(other);
            if is_new {
                seen.extend([*one, *other]);
            }
            is_new
        };
        pairs.into_iter().filter(is_new).take(limit).map(|(_, one, other)| (one, other)).collect()
    }
}

/// Entries that are compared with each other at most: two million cosines.
const MAX_COMPARED: usize = 2_000;
