//! The most probable weights of a logistic regression given trials and a normal prior, by Newton's method.

use crate::knowledge::matching::calibration::{Features, N_FEATURES, Trial};

/// Weights and the bias, which is the last.
const N: usize = N_FEATURES + 1;
const MAX_STEPS: usize = 30;
/// A smaller step ends the search.
const CONVERGED: f64 = 1e-6;

/// Bias and weights that maximise the likelihood of `trials` times a normal prior around `prior` whose precision per
/// weight is `precision`. The problem is convex, so there is one such maximum.
pub(super) fn most_probable(trials: &[Trial], prior: (f32, &Features), precision: f32) -> (f32, Features) {
    let mut centre = [f64::from(prior.0); N];
    for (c, w) in centre.iter_mut().zip(prior.1) {
        *c = f64::from(*w);
    }
    let rows: Vec<([f64; N], f64)> = trials.iter().map(row).collect();
    let precision = f64::from(precision);
    let mut weights = centre;
    for _ in 0..MAX_STEPS {
        let mut slope = [0.0; N];
        let mut curvature = [[0.0; N]; N];
        for at in 0..N {
            slope[at] = precision * (weights[at] - centre[at]);
            curvature[at][at] = precision;
        }
        for (x, y) in &rows {
            let z: f64 = weights.iter().zip(x).map(|(w, x)| w * x).sum();
            let p = 1.0 / (1.0 + (-z).exp());
            for i in 0..N {
                slope[i] += (p - y) * x[i];
                for j in 0..N {
                    curvature[i][j] += p * (1.0 - p) * x[i] * x[j];
                }
            }
        }
        let step = solved(curvature, slope);
        // Far from the maximum a full step may overshoot.
        let longest = step.iter().fold(0.0_f64, |longest, s| longest.max(s.abs()));
        let factor = (2.0 / longest.max(2.0)).min(1.0);
        weights.iter_mut().zip(step).for_each(|(w, s)| *w -= factor * s);
        if longest < CONVERGED {
            break;
        }
    }
    let mut features = [0.0_f32; N_FEATURES];
    features.iter_mut().zip(weights).for_each(|(f, w)| *f = w as f32);
    (weights[N - 1] as f32, features)
}

fn row(trial: &Trial) -> ([f64; N], f64) {
    let mut x = [1.0; N];
    for (to, from) in x.iter_mut().zip(trial.features) {
        *to = f64::from(from);
    }
    (x, f64::from(u8::from(trial.is_right)))
}

/// The solution of `matrix · x = right` by Gaussian elimination; the matrix is symmetric and positive definite.
fn solved(mut matrix: [[f64; N]; N], mut right: [f64; N]) -> [f64; N] {
    for pivot in 0..N {
        for below in pivot + 1..N {
            let factor = matrix[below][pivot] / matrix[pivot][pivot];
            let (upper, lower) = matrix.split_at_mut(below);
            for (x, y) in lower[0].iter_mut().zip(&upper[pivot]).skip(pivot) {
                *x -= factor * y;
            }
            right[below] -= factor * right[pivot];
        }
    }
    for pivot in (0..N).rev() {
        let known: f64 = (pivot + 1..N).map(|at| matrix[pivot][at] * right[at]).sum();
        right[pivot] = (right[pivot] - known) / matrix[pivot][pivot];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trials(n: usize) -> Vec<Trial> {
        let trial = |at: usize| {
            let mut features = [0.0; N_FEATURES];
            features[0] = (at % 10) as f32 / 10.0;
            // A share of features[0] is right: the weights that say so are about 4.4 and -2.2.
            Trial { features, is_right: (at / 10) % 10 < at % 10, is_answer: true, is_offered: None }
        };
        (0..n).map(trial).collect()
    }

    #[test]
    fn without_trials_the_prior_is_the_answer() {
        let mut prior = [0.5; N_FEATURES];
        prior[3] = -2.0;
        let (bias, weights) = most_probable(&[], (0.25, &prior), 10.0);
        assert!((bias - 0.25).abs() < 1e-6);
        assert!(weights.iter().zip(prior).all(|(w, p)| (w - p).abs() < 1e-6));
    }

    #[test]
    fn the_more_trials_the_less_the_prior_counts() {
        let prior = [0.0; N_FEATURES];
        let weight = |n: usize| most_probable(&trials(n), (0.0, &prior), 10.0).1[0];
        assert!(weight(100) < weight(1_000) && weight(1_000) < weight(10_000));
        assert!((weight(10_000) - 4.9).abs() < 0.7, "{}", weight(10_000));
    }
}
