//! One score per entry, from everything the matcher knows of a question. Pure: `decide.rs` decides by it.

use std::collections::BTreeSet;

use crate::knowledge::matching::{
    calibration::{Features, N_FEATURES},
    head::Sample,
    matcher::Matcher,
    vectors::{Probe, Vectors},
};

/// A question, ready to be scored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Query<'a> {
    /// Its sentence vector and n-grams.
    pub sample: &'a Sample,
    /// Its folded words.
    pub words: &'a [String],
    /// The share of its words that the sentence model's vocabulary lacks, 0 to 1.
    pub foreign: f32,
}

/// What a question is compared with: the whole FAQ, or what a trial leaves of it.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    /// The trained matcher.
    pub matcher: &'a Matcher,
    /// The mean vector of each entry's wordings that are not held out.
    pub centroids: &'a Vectors,
    /// Whether a wording, by its place, is left out of the comparison.
    pub is_held_out: &'a dyn Fn(usize) -> bool,
    /// In how many wordings a word must be to count as known.
    pub min_known: u32,
}

/// The scores that the parts of the matcher give one question, each a number per entry.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scores {
    /// The head's probability.
    pub shares: Vec<f32>,
    /// The cosine of the nearest wording; empty without vectors.
    pub nearest: Vec<f32>,
    /// The cosine of the entry's mean vector; empty without vectors.
    pub central: Vec<f32>,
    /// The cosine of the nearest wording's character n-grams; empty in a large FAQ.
    pub characters: Vec<f32>,
    /// The cosine of the nearest wording's word n-grams; empty in a large FAQ.
    pub word_grams: Vec<f32>,
    /// BM25 of the entry, 0 to 1; empty where it was not looked up.
    pub lexical: Vec<f32>,
    /// The share of the question's words that the sentence model's vocabulary lacks, 0 to 1.
    pub foreign: f32,
    /// The share of the question's words that no answer has, 0 to 1.
    pub unknown: f32,
}

/// The share of foreign words that an English question may have: names, typing errors, numbers.
const USUAL_FOREIGN: f32 = 0.25;
/// What the cosine of character n-grams counts, per unit of the share of foreign words above [`USUAL_FOREIGN`].
const CHARACTERS_WEIGHT: f32 = 24.0;
/// How fast the sentence model's cosines lose their weight over the same.
const COSINE_FADE: f32 = 1.2;
/// How much of the FAQ's mean vector is taken off before the cosine that confidence is judged by: in an FAQ about one
/// subject everything is near everything.
const MEAN_SHARE: f32 = 0.7;

impl View<'_> {
    /// All scores of a question; `shares` are the head's.
    pub(crate) fn scores(&self, query: &Query<'_>, shares: Vec<f32>, lexical: Vec<f32>) -> Scores {
        let probe = Probe::new(&query.sample.dense);
        let central = central(self.centroids, &probe);
        let (characters, word_grams) = self.gram_cosines(query.sample);
        Scores {
            nearest: self.nearest(&probe, &shares, &central),
            central,
            characters,
            word_grams,
            lexical,
            foreign: query.foreign,
            unknown: unknown_share(self.matcher, query.words, self.min_known),
            shares,
        }
    }

    /// The features of the best entry; `is_answer` tells answers from refusals and routes.
    pub(crate) fn features(
        &self,
        query: &Query<'_>,
        ranking: &Ranking,
        scores: &Scores,
        is_answer: &dyn Fn(usize) -> bool,
    ) -> Features {
        let best = ranking.best();
        let share = ranking.order.first().map_or(0.0, |(_, share)| *share).clamp(1e-4, 1.0 - 1e-4);
        let of = |numbers: &[f32]| numbers.get(best).copied().unwrap_or(0.0);
        let is_nearest = argmax(&scores.nearest) == Some(best);
        // Shared among answers, a doubt is about the better answer; shared with refusals, about answering at all.
        let of_kind = ranking.order.iter().filter(|(at, _)| is_answer(*at) == is_answer(best));
        let features: [f32; N_FEATURES] = [
            (share / (1.0 - share)).ln() / 6.0,
            self.centred(&query.sample.dense, best),
            scores.foreign,
            scores.foreign * of(&scores.characters),
            of(&scores.characters),
            of(&scores.word_grams),
            (1.0 + query.words.len() as f32).ln() / 2.0,
            of(&scores.lexical),
            ranking.margin(),
            of(&scores.nearest),
            of(&scores.central),
            -scores.unknown,
            f32::from(u8::from(is_nearest)),
            of_kind.map(|(_, share)| share).sum(),
            // The head's own probability, over a range of eight.
            of(&scores.shares).max(1e-6).ln().max(-8.0) / 8.0,
        ];
        features
    }

    fn wordings(&self, class: usize) -> impl Iterator<Item = usize> + '_ {
        let start = |class: usize| self.matcher.starts.get(class).map_or(0, |start| *start as usize);
        (start(class)..start(class + 1)).filter(|at| !(self.is_held_out)(*at))
    }

    /// The cosine of each entry's nearest wording. Entries that neither their share nor their mean suggests are not
    /// looked into: their mean's cosine is used instead.
    fn nearest(&self, probe: &Probe, shares: &[f32], central: &[f32]) -> Vec<f32> {
        if probe.is_empty() || self.matcher.vectors.is_empty() {
            return Vec::new();
        }
        let mut nearest = central.to_vec();
        let likely: BTreeSet<usize> = highest(shares).chain(highest(central)).collect();
        for class in likely {
            nearest[class] =
                self.wordings(class).map(|at| self.matcher.vectors.cosine(at, probe)).fold(0.0, f32::max);
        }
        nearest
    }

    /// The cosines of each entry's nearest wording by character and by word n-grams.
    fn gram_cosines(&self, sample: &Sample) -> (Vec<f32>, Vec<f32>) {
        let rows = &self.matcher.wording_grams;
        if rows.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let mut weights = vec![0.0_f32; self.matcher.vocabulary.len()];
        for &(gram, x) in &sample.sparse {
            weights[gram as usize] = x;
        }
        let of_class = |class: usize| {
            self.wordings(class).fold((0.0_f32, 0.0_f32), |(characters, words), at| {
                let (mut by_characters, mut by_words) = (0.0, 0.0);
                for &(gram, x) in rows.get(at) {
                    let product = weights[gram as usize] * x;
                    if self.matcher.vocabulary.is_of_characters(gram) {
                        by_characters += product;
                    } else {
                        by_words += product;
                    }
                }
                (characters.max(by_characters), words.max(by_words))
            })
        };
        (0..self.matcher.starts.len().saturating_sub(1)).map(of_class).unzip()
    }

    /// The cosine of the entry's nearest wording after [`MEAN_SHARE`] of the FAQ's mean vector is taken off both.
    fn centred(&self, query: &[f32], class: usize) -> f32 {
        let mean = &self.matcher.mean;
        if query.is_empty() || mean.is_empty() {
            return 0.0;
        }
        let (norm, vectors) = (|square: f32| square.max(f32::MIN_POSITIVE).sqrt(), &self.matcher.vectors);
        let rest: Vec<f32> = query.iter().zip(mean).map(|(x, m)| x - MEAN_SHARE * m).collect();
        let (rest_norm, mean_rest) = (norm(product(&rest, &rest)), MEAN_SHARE * product(&rest, mean));
        let mean_square = MEAN_SHARE * MEAN_SHARE * product(mean, mean);
        let (rest, mean) = (Probe::new(&rest), Probe::new(mean));
        // Of a wording w, less the share s of the mean m: its product with `rest`, and its own square.
        let cosine = |at: usize| -> f32 {
            let square = vectors.square(at) - 2.0 * MEAN_SHARE * vectors.cosine(at, &mean) + mean_square;
            (vectors.cosine(at, &rest) - mean_rest) / (norm(square) * rest_norm)
        };
        self.wordings(class).map(cosine).fold(-1.0, f32::max)
    }
}

fn product(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(x, y)| x * y).sum()
}

/// The entries in order.
#[derive(Debug, Clone)]
pub(crate) struct Ranking {
    /// Entry and its share of all scores, best first; shares sum to 1.
    pub order: Vec<(usize, f32)>,
}

impl Ranking {
    /// Ranks by the head's probability and the cosines. The more of the question's words are foreign to the sentence
    /// model, the more its cosines give way to that of the character n-grams.
    pub(crate) fn of(scores: &Scores, cosine_weight: f32) -> Ranking {
        let foreign = match scores.characters.is_empty() {
            true => 0.0,
            false => (scores.foreign - USUAL_FOREIGN).max(0.0),
        };
        let cosine_weight = cosine_weight * (1.0 - (COSINE_FADE * foreign).min(1.0));
        let characters_weight = CHARACTERS_WEIGHT * foreign;
        let of = |numbers: &[f32], at: usize| numbers.get(at).copied().unwrap_or(0.0);
        let fused: Vec<f32> = scores
            .shares
            .iter()
            .enumerate()
            .map(|(at, share)| {
                share.max(1e-7).ln()
                    + cosine_weight * (of(&scores.nearest, at) + of(&scores.central, at))
                    + characters_weight * of(&scores.characters, at)
            })
            .collect();
        let top = fused.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = fused.iter().map(|x| (x - top).exp()).sum();
        let mut order: Vec<(usize, f32)> =
            fused.iter().enumerate().map(|(at, x)| (at, (x - top).exp() / total)).collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Ranking { order }
    }

    /// The same without one entry, the shares of the others summing to 1 again; and the share that it had.
    pub(crate) fn without(self, left_out: Option<usize>) -> (Ranking, f32) {
        let Some(left_out) = left_out else { return (self, 0.0) };
        let share = self.order.iter().find(|(at, _)| *at == left_out).map_or(0.0, |(_, share)| *share);
        let rest = (1.0 - share).max(f32::MIN_POSITIVE);
        let others = self.order.into_iter().filter(|(at, _)| *at != left_out);
        (Ranking { order: others.map(|(at, share)| (at, share / rest)).collect() }, share)
    }

    /// The best entry.
    pub(crate) fn best(&self) -> usize {
        self.order.first().map_or(0, |(at, _)| *at)
    }

    /// The share of the best less that of the second.
    pub(crate) fn margin(&self) -> f32 {
        let share = |at: usize| self.order.get(at).map_or(0.0, |(_, share)| *share);
        share(0) - share(1)
    }
}

/// The shares of a FAQ too large for a head: by words and by the mean vectors. The weights are those measured on
/// public sets for a score of this form.
pub(crate) fn shares_without_head(central: &[f32], lexical: &[f32]) -> Vec<f32> {
    const SHARPNESS: f32 = 12.0;
    let of = |numbers: &[f32], at: usize| numbers.get(at).copied().unwrap_or(0.0);
    let mut shares: Vec<f32> = (0..lexical.len())
        .map(|at| (SHARPNESS * (0.6 * of(central, at) + 0.8 * lexical[at])).exp())
        .collect();
    let total: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= total.max(f32::MIN_POSITIVE));
    shares
}

/// Entries whose every wording is compared with the question: so many of the highest shares, and of the nearest means.
const COMPARED: usize = 10;

/// The places of the highest numbers, at most [`COMPARED`].
fn highest(numbers: &[f32]) -> impl Iterator<Item = usize> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    let n = COMPARED.min(order.len());
    if n < order.len() {
        order.select_nth_unstable_by(n, |a, b| numbers[*b].total_cmp(&numbers[*a]));
    }
    order.into_iter().take(n)
}

/// The cosine of each entry's mean vector.
pub(crate) fn central(centroids: &Vectors, probe: &Probe) -> Vec<f32> {
    match probe.is_empty() {
        true => Vec::new(),
        false => (0..centroids.len()).map(|at| centroids.cosine(at, probe)).collect(),
    }
}

/// The share of `words` for which `is_known` is false, 0 to 1; a number is known.
pub(crate) fn foreign_share(words: &[String], is_known: impl Fn(&str) -> bool) -> f32 {
    let is_foreign = |word: &&String| !is_known(word.as_str()) && !word.chars().all(|c| c.is_ascii_digit());
    words.iter().filter(is_foreign).count() as f32 / words.len().max(1) as f32
}

/// The share of `words` that fewer than `least` wordings of answers, and not the announcement, have.
fn unknown_share(matcher: &Matcher, words: &[String], least: u32) -> f32 {
    if words.is_empty() {
        return 1.0;
    }
    let is_unknown = |word: &&String| matcher.answer_words.get(*word).copied().unwrap_or(0) < least;
    words.iter().filter(is_unknown).count() as f32 / words.len() as f32
}

fn argmax(numbers: &[f32]) -> Option<usize> {
    numbers.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(at, _)| at)
}
