//! How sure: a logistic regression from the signs of a good match to the probability that it is right.
//!
//! Fitted for each FAQ on phrasings that the matcher had not seen (k-fold), so that of the answers given at confidence
//! c about a share c is right. The threshold is the lowest confidence at which the held-out phrasings were answered as
//! rightly as `search.caution` demands.

use serde::{Deserialize, Serialize};

use crate::config::Caution;

/// How many signs there are.
pub const N_SIGNS: usize = 7;

/// The signs of a good match, each about -1 to 1.
pub type Signs = [f32; N_SIGNS];

/// One held-out phrasing: its signs, and whether the best entry was the right one.
#[derive(Debug, Clone, Copy)]
pub struct Trial {
    /// What the matcher saw.
    pub signs: Signs,
    /// Whether the entry it would have answered with was right.
    pub is_right: bool,
    /// Whether it would have been an answer rather than a refusal or a route.
    pub is_answer: bool,
}

/// Weights and thresholds of one FAQ.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Gate {
    bias: f32,
    weights: Signs,
    /// For low, normal and high caution.
    thresholds: [f32; 3],
}

/// The share of given answers that must be right on held-out phrasings, for low, normal and high caution.
const PRECISION: [f32; 3] = [0.90, 0.94, 0.97];
/// Trials below this number fit nothing: the fixed gate is used.
const MIN_TRIALS: usize = 40;
const STEPS: usize = 400;
const RATE: f32 = 0.5;
const DECAY: f32 = 1e-3;

impl Gate {
    /// For a FAQ with too few phrasings to hold any out; fitted on none, so the confidence is a guess.
    pub fn fixed() -> Gate {
        Gate { bias: -4.0, weights: [2.0, 1.0, 4.0, 2.0, 1.0, 0.0, 0.0], thresholds: [0.4, 0.5, 0.6] }
    }

    /// Fits weights and thresholds to `trials`.
    pub fn fit(trials: &[Trial]) -> Gate {
        let n_wrong = trials.iter().filter(|trial| !trial.is_right).count();
        if trials.len() < MIN_TRIALS || n_wrong < 5 {
            return Gate::fixed();
        }
        let mut gate = Gate { bias: 0.0, weights: [0.0; N_SIGNS], thresholds: [0.5; 3] };
        let n = trials.len() as f32;
        let (mut speed, mut bias_speed) = ([0.0; N_SIGNS], 0.0);
        for _ in 0..STEPS {
            let (mut slope, mut bias_slope) = ([0.0; N_SIGNS], 0.0);
            for trial in trials {
                let error = gate.confidence(&trial.signs) - f32::from(u8::from(trial.is_right));
                bias_slope += error;
                for (s, x) in slope.iter_mut().zip(trial.signs) {
                    *s += error * x;
                }
            }
            bias_speed = 0.9 * bias_speed - RATE * bias_slope / n;
            gate.bias += bias_speed;
            for ((w, v), s) in gate.weights.iter_mut().zip(&mut speed).zip(slope) {
                *v = 0.9 * *v - RATE * (s / n + DECAY * *w);
                *w += *v;
            }
        }
        gate.thresholds = PRECISION.map(|precision| gate.lowest_threshold(trials, precision));
        gate
    }

    /// The probability that the best entry is the right one.
    pub fn confidence(&self, signs: &Signs) -> f32 {
        let sum: f32 = self.bias + self.weights.iter().zip(signs).map(|(w, x)| w * x).sum::<f32>();
        1.0 / (1.0 + (-sum).exp())
    }

    /// The confidence an answer needs.
    pub fn threshold(&self, caution: Caution) -> f32 {
        match caution {
            Caution::Low => self.thresholds[0],
            Caution::Normal => self.thresholds[1],
            Caution::High => self.thresholds[2],
        }
    }

    /// The lowest confidence above which the answers are as right as `precision`.
    fn lowest_threshold(&self, trials: &[Trial], precision: f32) -> f32 {
        let mut answers: Vec<(f32, bool)> =
            trials.iter().filter(|t| t.is_answer).map(|t| (self.confidence(&t.signs), t.is_right)).collect();
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
