//! Confidence: a logistic regression from the features of a match to the probability that it is right.
//!
//! Its weights begin as a prior fitted on public question sets (`model/fit_prior.py`) over features that carry over
//! from FAQ to FAQ. A FAQ with enough wordings to hold some out adds its own trials, and the weights become the most
//! probable ones given both: with few trials the prior dominates, with thousands it no longer
//! matters.

mod expected;
mod fit;

pub(crate) use expected::Expected;

use serde::{Deserialize, Serialize};

use crate::knowledge::matching::Caution;

/// How many features there are.
pub(crate) const N_FEATURES: usize = 15;

/// The features of a match, each about -1 to 1, in the order of `rank::View::features`.
pub(crate) type Features = [f32; N_FEATURES];

/// Their names, in order.
pub(crate) const FEATURE_NAMES: [&str; N_FEATURES] = [
    "share_log_odds",
    "centred_cosine",
    "foreign",
    "foreign_characters",
    "characters",
    "word_grams",
    "length",
    "bm25",
    "margin",
    "nearest",
    "central",
    "known",
    "is_nearest",
    "share_of_kind",
    "head",
];

/// One held-out wording: its features, and whether the best entry was the right one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Trial {
    /// What the matcher saw.
    pub features: Features,
    /// Whether the entry it would have answered with was right.
    pub is_right: bool,
    /// Whether it would have been an answer rather than a refusal or a route.
    pub is_answer: bool,
    /// Whether the right entry was the best or among the near misses; `None` for a wording of an entry that the head
    /// has not seen at all, or that is no answer.
    pub is_offered: Option<bool>,
}

/// Weights and thresholds of one FAQ.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Calibrator {
    bias: f32,
    weights: Features,
    /// For low, normal and high caution.
    thresholds: [f32; 3],
}

/// The prior's bias, as printed by `model/fit_prior.py`.
const PRIOR_BIAS: f32 = -1.779;
/// The prior's weights, as printed by `model/fit_prior.py`; the weights of features that do not carry over are zero.
const PRIOR: Features = [3.164, 2.321, -0.317, -3.609, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
/// How many trials' worth of evidence the prior is, per weight.
const PRIOR_PRECISION: f32 = 20.0;
/// Trials of either outcome that a fit needs.
const MIN_OF_EITHER: usize = 10;
/// Taken off the log-odds of a fit whose FAQ shows nothing that it does not answer, at 3 and at 10 wordings per entry: its
/// trials are answered rightly more often than people's questions, of which many have no answer. With few wordings the
/// trials, which lack some of them, are harder than questions. Set on three families of public sets.
const UNSEEN_REFUSALS: [f32; 2] = [0.85, 1.6];
/// The confidence an answer needs at low, normal and high caution where the FAQ shows nothing that it does not answer.
const CONFIDENCE: [f32; 3] = [0.75, 0.85, 0.92];
/// The same with fewer than [`FEW_WORDINGS`] wordings per entry: nothing can be held out, and people stray further
/// from a single wording than the public sets do.
const CONFIDENCE_UNTRIED: [f32; 3] = [0.8, 0.9, 0.95];
/// Wordings per entry from which on some can be held out.
const FEW_WORDINGS: f32 = 3.0;
/// The share of given answers that must be right on held-out wordings, for low, normal and high caution, where the FAQ
/// shows what it does not answer.
const PRECISION: [f32; 3] = [0.85, 0.90, 0.95];

impl Calibrator {
    /// For a FAQ with so many wordings per entry on average, before any trial.
    pub(crate) fn prior(wordings_per_entry: f32) -> Calibrator {
        let thresholds = if wordings_per_entry < FEW_WORDINGS { CONFIDENCE_UNTRIED } else { CONFIDENCE };
        Calibrator { bias: PRIOR_BIAS, weights: PRIOR, thresholds }
    }

    /// The prior, refined by `trials` if at least ten are right and ten wrong. `has_refusals`: whether the FAQ shows
    /// what it does not answer, so that the trials are like people's questions and can set the thresholds.
    pub(crate) fn fit(trials: &[Trial], wordings_per_entry: f32, has_refusals: bool) -> Calibrator {
        let mut calibrator = Calibrator::prior(wordings_per_entry);
        let n_right = trials.iter().filter(|trial| trial.is_right).count();
        if n_right.min(trials.len() - n_right) < MIN_OF_EITHER {
            return calibrator;
        }
        let prior = (PRIOR_BIAS, &PRIOR);
        (calibrator.bias, calibrator.weights) = fit::most_probable(trials, prior, PRIOR_PRECISION);
        if has_refusals {
            calibrator.thresholds = PRECISION.map(|precision| calibrator.lowest_threshold(trials, precision));
        } else {
            let [few, many] = UNSEEN_REFUSALS;
            let way = (wordings_per_entry / 3.0).ln() / (10.0_f32 / 3.0).ln();
            calibrator.bias -= few + (many - few) * way.clamp(0.0, 1.0);
        }
        calibrator
    }

    /// The probability that the best entry is the right one.
    pub(crate) fn confidence(&self, features: &Features) -> f32 {
        sigmoid(self.bias + self.weights.iter().zip(features).map(|(w, x)| w * x).sum::<f32>())
    }

    /// The confidence an answer needs.
    pub(crate) fn threshold(&self, caution: Caution) -> f32 {
        match caution {
            Caution::Low => self.thresholds[0],
            Caution::Normal => self.thresholds[1],
            Caution::High => self.thresholds[2],
        }
    }

    /// The lowest confidence above which the answers are as right as `precision`.
    fn lowest_threshold(&self, trials: &[Trial], precision: f32) -> f32 {
        let mut answers: Vec<(f32, bool)> = trials
            .iter()
            .filter(|t| t.is_answer)
            .map(|t| (self.confidence(&t.features), t.is_right))
            .collect();
        answers.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (mut n_given, mut n_right, mut lowest) = (0.0_f32, 0.0_f32, 0.95_f32);
        for (confidence, is_right) in answers {
            n_given += 1.0;
            n_right += f32::from(u8::from(is_right));
            if n_right / n_given >= precision {
                lowest = confidence;
            }
        }
        lowest.clamp(0.2, 0.95)
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(feature: f32, is_right: bool) -> Trial {
        let mut features = [0.0; N_FEATURES];
        features[0] = feature;
        features[1] = feature;
        Trial { features, is_right, is_answer: true, is_offered: Some(is_right) }
    }

    #[test]
    fn a_better_match_is_surer_and_caution_asks_for_more() {
        let trials: Vec<Trial> =
            (0_u8..200).map(|n| trial(f32::from(n) / 200.0, n > 60 && n % 17 != 0)).collect();
        for calibrator in [
            Calibrator::fit(&trials, 10.0, true),
            Calibrator::fit(&trials, 10.0, false),
            Calibrator::prior(1.0),
        ] {
            let (high, low) = (&trials[190].features, &trials[10].features);
            assert!(calibrator.confidence(high) > calibrator.confidence(low) + 0.2);
            let [low, normal, high] =
                [Caution::Low, Caution::Normal, Caution::High].map(|c| calibrator.threshold(c));
            assert!(low <= normal && normal <= high, "{low} {normal} {high}");
        }
    }

    #[test]
    fn a_fit_needs_ten_right_and_ten_wrong_trials() {
        let trials: Vec<Trial> = (0_u8..100).map(|n| trial(f32::from(n) / 100.0, n >= 9)).collect();
        assert_eq!(Calibrator::fit(&trials, 5.0, true), Calibrator::prior(5.0));
        assert_eq!(Calibrator::fit(&[], 1.0, false), Calibrator::prior(1.0));
        let trials: Vec<Trial> = (0_u8..100).map(|n| trial(f32::from(n) / 100.0, n >= 10)).collect();
        assert_ne!(Calibrator::fit(&trials, 5.0, false), Calibrator::prior(5.0));
    }

    #[test]
    fn nothing_held_out_asks_for_more_confidence() {
        let thresholds = [1.0, 2.0, 3.0].map(|each| Calibrator::prior(each).threshold(Caution::Normal));
        assert_eq!(thresholds, [0.9, 0.9, 0.85]);
    }
}
