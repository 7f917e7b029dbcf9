//! One score an entry, out of everything that speaks for it. Pure: what is decided from it stands in `decide.rs`.

use std::collections::BTreeSet;

use crate::knowledge::matching::{
    calibration::{N_SIGNS, Signs},
    matcher::Matcher,
    vectors::Vectors,
};

/// What the parts of the matcher say of one question, each a number an entry.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// The head's probability.
    pub shares: Vec<f32>,
    /// The cosine of the nearest wording; empty without vectors.
    pub nearest: Vec<f32>,
    /// The cosine of the entry's mean vector; empty without vectors.
    pub central: Vec<f32>,
    /// BM25 of the entry, 0 to 1; empty where it was not looked up.
    pub lexical: Vec<f32>,
    /// The share of the question's words that no answer knows, 0 to 1.
    pub unknown: f32,
}

/// The entries in order.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// Entry and its share of all scores, best first; shares sum to 1.
    pub order: Vec<(usize, f32)>,
}

impl Ranking {
    /// Ranks by the head's probability, tempered by the cosines.
    pub fn of(scores: &Scores, cosine_weight: f32) -> Ranking {
        let fused: Vec<f32> = scores
            .shares
            .iter()
            .enumerate()
            .map(|(at, share)| {
                let cosines = scores.nearest.get(at).unwrap_or(&0.0) + scores.central.get(at).unwrap_or(&0.0);
                share.max(1e-7).ln() + cosine_weight * cosines
            })
            .collect();
        let top = fused.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = fused.iter().map(|x| (x - top).exp()).sum();
        let mut order: Vec<(usize, f32)> =
            fused.iter().enumerate().map(|(at, x)| (at, (x - top).exp() / total)).collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Ranking { order }
    }

    /// The best entry.
    pub fn best(&self) -> usize {
        self.order.first().map_or(0, |(at, _)| *at)
    }

    /// The share of the best less that of the second.
    pub fn margin(&self) -> f32 {
        let share = |at: usize| self.order.get(at).map_or(0.0, |(_, share)| *share);
        share(0) - share(1)
    }

    /// What speaks for the best being right; `is_answer` tells answers from refusals and routes.
    pub fn signs(&self, scores: &Scores, is_answer: &dyn Fn(usize) -> bool) -> Signs {
        let best = self.best();
        let share = self.order.first().map_or(0.0, |(_, share)| *share).clamp(1e-4, 1.0 - 1e-4);
        let of = |numbers: &[f32]| numbers.get(best).copied().unwrap_or(0.0);
        let by_cosine = argmax(&scores.nearest);
        let mut signs = [0.0; N_SIGNS];
        signs[0] = (share / (1.0 - share)).ln() / 6.0;
        signs[1] = self.margin();
        signs[2] = of(&scores.nearest);
        signs[3] = of(&scores.central);
        signs[4] = -scores.unknown;
        signs[5] = f32::from(u8::from(by_cosine == Some(best)));
        // Shared among answers, a doubt is about the better answer; shared with refusals, about answering at all.
        signs[6] =
            self.order.iter().filter(|(at, _)| is_answer(*at) == is_answer(best)).map(|(_, s)| s).sum();
        // The head's own word, over a range of eight as measured.
        signs[7] = scores.shares.get(best).copied().unwrap_or(0.0).max(1e-6).ln().max(-8.0) / 8.0;
        signs
    }
}

/// Shares for a FAQ with too many entries for a head: the measured mix of cosine and BM25, sharpened to probabilities.
pub fn shares_without_head(central: &[f32], lexical: &[f32]) -> Vec<f32> {
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

/// The cosine of each entry's nearest wording, those left out that are held out. Entries that neither their share nor
/// their mean speaks for are not looked into: their mean's cosine stands for them.
pub fn nearest(
    matcher: &Matcher,
    query: &[f32],
    shares: &[f32],
    central: &[f32],
    is_held_out: &dyn Fn(usize) -> bool,
) -> Vec<f32> {
    if query.is_empty() || matcher.vectors.is_empty() {
        return Vec::new();
    }
    let mut nearest = central.to_vec();
    let likely: BTreeSet<usize> = highest(shares).chain(highest(central)).collect();
    for class in likely {
        nearest[class] = (matcher.starts[class] as usize..matcher.starts[class + 1] as usize)
            .filter(|at| !is_held_out(*at))
            .map(|at| matcher.vectors.cosine(at, query))
            .fold(0.0, f32::max);
    }
    nearest
}

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
pub fn central(centroids: &Vectors, query: &[f32]) -> Vec<f32> {
    match query.is_empty() {
        true => Vec::new(),
        false => (0..centroids.len()).map(|at| centroids.cosine(at, query)).collect(),
    }
}

/// The share of `words` that stand in fewer than `least` wordings of answers, and not in the announcement.
pub fn unknown_share(matcher: &Matcher, words: &[String], least: u32) -> f32 {
    if words.is_empty() {
        return 1.0;
    }
    let is_unknown = |word: &&String| matcher.answer_words.get(*word).copied().unwrap_or(0) < least;
    words.iter().filter(is_unknown).count() as f32 / words.len() as f32
}

fn argmax(numbers: &[f32]) -> Option<usize> {
    numbers.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(at, _)| at)
}
