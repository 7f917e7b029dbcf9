//! The head: a softmax regression over sentence vectors and n-grams, trained on a FAQ's own phrasings.
//!
//! Multinomial logistic regression by stochastic gradient descent with one AdaGrad step size a feature (Duchi et al.
//! 2011). Deterministic: the same phrasings give the same weights on every machine of one architecture.

use serde::{Deserialize, Serialize};

use crate::knowledge::features::Sparse;

/// One phrasing, ready to be learned or scored.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The sentence vector; empty where matching by meaning is off.
    pub dense: Vec<f32>,
    /// The n-grams.
    pub sparse: Sparse,
}

/// The size of a head and how it is trained.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Numbers in a sentence vector; 0 where matching by meaning is off.
    pub dense: usize,
    /// N-grams.
    pub sparse: usize,
    /// Classes: entries and routes.
    pub classes: usize,
}

/// Passes over the phrasings.
pub static EPOCHS: std::sync::LazyLock<usize> = std::sync::LazyLock::new(|| std::env::var("EP").map_or(14, |v| v.parse().unwrap()));
/// The AdaGrad step size.
static RATE: std::sync::LazyLock<f32> = std::sync::LazyLock::new(|| std::env::var("RATE").map_or(0.5, |v| v.parse().unwrap()));
/// What an n-gram counts beside a number of the sentence vector.
static SPARSE_WEIGHT: std::sync::LazyLock<f32> = std::sync::LazyLock::new(|| std::env::var("SW").map_or(1.0, |v| v.parse().unwrap()));
/// Share of a label's mass that is spread over all classes, against overconfidence.
static SMOOTHING: std::sync::LazyLock<f32> = std::sync::LazyLock::new(|| std::env::var("SM").map_or(0.0, |v| v.parse().unwrap()));

/// The trained weights, feature by feature.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Head {
    classes: usize,
    dense: usize,
    bias: Vec<f32>,
    /// Row-major: one row of `classes` weights a feature, dense features first.
    weights: Vec<f32>,
}

impl Head {
    /// Trains on `samples` with their classes.
    pub fn train(shape: Shape, samples: &[(&Sample, usize)]) -> Head {
        let rows = shape.dense + shape.sparse;
        let mut head = Head {
            classes: shape.classes,
            dense: shape.dense,
            bias: vec![0.0; shape.classes],
            weights: vec![0.0; rows * shape.classes],
        };
        let mut squares = vec![1e-3_f32; rows];
        let mut bias_squares = 1e-3_f32;
        let mut order: Vec<usize> = (0..samples.len()).collect();
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..*EPOCHS {
            shuffle(&mut order, &mut random);
            for &at in &order {
                let (sample, class) = samples[at];
                let mut gradient = head.logits(sample);
                softmax(&mut gradient);
                for g in &mut gradient {
                    *g -= *SMOOTHING / shape.classes as f32;
                }
                gradient[class] -= 1.0 - *SMOOTHING;
                let energy: f32 = gradient.iter().map(|g| g * g).sum::<f32>();
                if energy < 1e-6 {
                    continue;
                }
                for (row, x) in features(sample, shape.dense) {
                    squares[row] += energy * x * x;
                    let step = *RATE * x / squares[row].sqrt();
                    let weights = &mut head.weights[row * shape.classes..][..shape.classes];
                    for (w, g) in weights.iter_mut().zip(&gradient) {
                        *w -= step * g;
                    }
                }
                bias_squares += energy;
                let step = *RATE / bias_squares.sqrt();
                for (b, g) in head.bias.iter_mut().zip(&gradient) {
                    *b -= step * g;
                }
            }
        }
        head
    }

    /// The log-odds of each class, unnormalised.
    pub fn logits(&self, sample: &Sample) -> Vec<f32> {
        let mut logits = self.bias.clone();
        for (row, x) in features(sample, self.dense) {
            let weights = &self.weights[row * self.classes..][..self.classes];
            for (logit, w) in logits.iter_mut().zip(weights) {
                *logit += x * w;
            }
        }
        logits
    }

    /// The probability of each class.
    pub fn probabilities(&self, sample: &Sample) -> Vec<f32> {
        let mut p = self.logits(sample);
        softmax(&mut p);
        p
    }
}

/// Row and value of every feature of a sample.
fn features(sample: &Sample, dense: usize) -> impl Iterator<Item = (usize, f32)> {
    let vector = sample.dense.iter().copied().enumerate();
    let grams = sample.sparse.iter().map(move |&(number, x)| (dense + number as usize, x * *SPARSE_WEIGHT));
    vector.chain(grams)
}

/// Turns log-odds into probabilities.
pub fn softmax(logits: &mut [f32]) {
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for logit in logits.iter_mut() {
        *logit = (*logit - top).exp();
        sum += *logit;
    }
    for logit in logits.iter_mut() {
        *logit /= sum;
    }
}

/// Fisher and Yates, with a xorshift generator.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for at in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        let other = usize::try_from(*random % (at as u64 + 1)).expect("an index fits");
        order.swap(at, other);
    }
}
