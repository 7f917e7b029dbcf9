//! How sure: a logistic regression from the signs of a good match to the probability that it is right.
//!
//! Fitted for each FAQ on wordings that the matcher had not seen (k-fold), so that of the answers given at confidence
//! c about a share c is right. The threshold is the lowest confidence at which the held-out wordings were answered as
//! rightly as `search.caution` demands.

use serde::{Deserialize, Serialize};

use crate::knowledge::matching::Caution;

/// How many signs there are.
pub const N_SIGNS: usize = 8;

/// The signs of a good match, each about -1 to 1.
pub type Signs = [f32; N_SIGNS];

/// One held-out wording: its signs, and whether the best entry was the right one.
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
pub struct Calibrator {
    bias: f32,
    weights: Signs,
    /// For low, normal and high caution.
    thresholds: [f32; 3],
}

/// The share of given answers that must be right on held-out wordings, for low, normal and high caution.
const PRECISION: [f32; 3] = [0.85, 0.90, 0.95];
/// Of nearest and central cosine and the logarithm of the best share, as measured on CLINC150, BANKING77 and HWU64.
const MEASURED_MIX: Signs = [0.0, 0.0, 0.2, 0.2, 0.0, 0.0, 0.0, 0.64];
/// Trials below this number fit nothing: the fixed calibrator is used.
const MIN_TRIALS: usize = 40;
const STEPS: usize = 400;
const RATE: f32 = 0.5;
const DECAY: f32 = 1e-3;

impl Calibrator {
    /// For a FAQ with too few wordings to hold any out; fitted on none, so the confidence is a guess.
    pub fn fixed() -> Calibrator {
        Calibrator {
            bias: -4.0,
            weights: [2.0, 1.0, 4.0, 2.0, 1.0, 0.0, 0.0, 0.0],
            thresholds: [0.4, 0.5, 0.6],
        }
    }

    /// For a FAQ without refusals: it shows no question that is near and has no answer, so what tells those apart cannot
    /// be learned from it. The mix of signs is the one measured on public sets; only how sure a mix is is fitted, on
    /// trials of which some are wordings of entries that were hidden. The threshold lies half-way between passing nine
    /// of ten held-out wordings and telling them best from those of hidden entries.
    pub fn fit_unrefused(trials: &[Trial]) -> Calibrator {
        let mut calibrator = Calibrator { bias: 0.0, weights: MEASURED_MIX, thresholds: [0.5; 3] };
        let mix = |trial: &Trial| trial.signs.iter().zip(MEASURED_MIX).map(|(x, w)| x * w).sum::<f32>();
        if trials.len() < MIN_TRIALS {
            return Calibrator::fixed();
        }
        let n = trials.len() as f32;
        let mean = trials.iter().map(mix).sum::<f32>() / n;
        let spread = (trials.iter().map(|t| (mix(t) - mean).powi(2)).sum::<f32>() / n).sqrt().max(1e-3);
        // Plain logistic regression on the one number, brought to mean 0 and spread 1 for even steps.
        let (mut scale, mut bias) = (1.0_f32, 0.0_f32);
        for _ in 0..STEPS {
            let (mut scale_slope, mut bias_slope) = (0.0, 0.0);
            for trial in trials {
                let z = (mix(trial) - mean) / spread;
                let error = sigmoid(scale * z + bias) - f32::from(u8::from(trial.is_right));
                scale_slope += error * z / n;
                bias_slope += error / n;
            }
            scale -= scale_slope;
            bias -= bias_slope;
        }
        calibrator.weights = MEASURED_MIX.map(|w| w * scale / spread);
        calibrator.bias = bias - scale * mean / spread;
        let normal = calibrator.halfway_threshold(trials);
        calibrator.thresholds = [normal * 0.8, normal, normal + (1.0 - normal) * 0.4];
        calibrator
    }

    /// Half-way between the lowest confidence that nine of ten right trials pass and the one that parts right from
    /// wrong best (Youden's index).
    fn halfway_threshold(&self, trials: &[Trial]) -> f32 {
        let mut all: Vec<(f32, bool)> =
            trials.iter().map(|t| (self.confidence(&t.signs), t.is_right)).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let n_right = all.iter().filter(|(_, is_right)| *is_right).count().max(1) as f32;
        let n_wrong = (all.len() as f32 - n_right).max(1.0);
        let tenth =
            all.iter().filter(|(_, is_right)| *is_right).nth((n_right * 0.1) as usize).map_or(0.5, |x| x.0);
        let (mut lost, mut refused, mut best, mut youden) = (0.0, 0.0, f32::MIN, 0.5);
        for (confidence, is_right) in &all {
            let index = refused / n_wrong - lost / n_right;
            if index > best {
                (best, youden) = (index, *confidence);
            }
            if *is_right { lost += 1.0 } else { refused += 1.0 }
        }
        f32::midpoint(tenth, youden)
    }

    /// Fits weights and thresholds to `trials`.
    pub fn fit(trials: &[Trial]) -> Calibrator {
        let n_wrong = trials.iter().filter(|trial| !trial.is_right).count();
        if trials.len() < MIN_TRIALS || n_wrong < 5 {
            return Calibrator::fixed();
        }
        let mut calibrator = Calibrator { bias: 0.0, weights: [0.0; N_SIGNS], thresholds: [0.5; 3] };
        let n = trials.len() as f32;
        let (mut speed, mut bias_speed) = ([0.0; N_SIGNS], 0.0);
        for _ in 0..STEPS {
            let (mut slope, mut bias_slope) = ([0.0; N_SIGNS], 0.0);
            for trial in trials {
                let error = calibrator.confidence(&trial.signs) - f32::from(u8::from(trial.is_right));
                bias_slope += error;
                for (s, x) in slope.iter_mut().zip(trial.signs) {
                    *s += error * x;
                }
            }
            bias_speed = 0.9 * bias_speed - RATE * bias_slope / n;
            calibrator.bias += bias_speed;
            for ((w, v), s) in calibrator.weights.iter_mut().zip(&mut speed).zip(slope) {
                *v = 0.9 * *v - RATE * (s / n + DECAY * *w);
                *w += *v;
            }
        }
        calibrator.thresholds = PRECISION.map(|precision| calibrator.lowest_threshold(trials, precision));
        calibrator
    }

    /// The probability that the best entry is the right one.
    pub fn confidence(&self, signs: &Signs) -> f32 {
        let sum: f32 = self.bias + self.weights.iter().zip(signs).map(|(w, x)| w * x).sum::<f32>();
        sigmoid(sum)
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

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(sign: f32, is_right: bool) -> Trial {
        let mut signs = [0.0; N_SIGNS];
        signs[0] = sign;
        signs[2] = sign;
        Trial { signs, is_right, is_answer: true }
    }

    #[test]
    fn a_better_match_is_surer_and_caution_asks_for_more() {
        let trials: Vec<Trial> =
            (0_u8..200).map(|n| trial(f32::from(n) / 200.0, n > 60 && n % 17 != 0)).collect();
        for calibrator in [Calibrator::fit(&trials), Calibrator::fit_unrefused(&trials)] {
            assert!(
                calibrator.confidence(&trials[190].signs) > calibrator.confidence(&trials[10].signs) + 0.3
            );
            let [low, normal, high] =
                [Caution::Low, Caution::Normal, Caution::High].map(|c| calibrator.threshold(c));
            assert!(low <= normal && normal <= high, "{low} {normal} {high}");
        }
    }

    #[test]
    fn too_few_trials_leave_the_fixed_gate() {
        assert_eq!(Calibrator::fit(&[trial(1.0, true)]), Calibrator::fixed());
        assert_eq!(Calibrator::fit_unrefused(&[trial(1.0, true)]), Calibrator::fixed());
    }
}
