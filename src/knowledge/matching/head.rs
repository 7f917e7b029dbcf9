//! The head: a softmax regression over sentence vectors and n-grams, trained on a FAQ's own wordings.
//!
//! Multinomial logistic regression by stochastic gradient descent with one AdaGrad step size a feature (Duchi et al.
//! 2011). Deterministic: the same wordings give the same weights on machines of one architecture.

use serde::{Deserialize, Serialize};

use crate::knowledge::matching::features::Sparse;

/// One wording, ready to be learned or scored.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The sentence vector; empty where matching by meaning is off.
    pub dense: Vec<f32>,
    /// The n-grams.
    pub sparse: Sparse,
}

/// What a wording teaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// It belongs to this class.
    Is(usize),
    /// It does not belong to this class.
    IsNot(usize),
}

/// The size of a head.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Numbers in a sentence vector; 0 where matching by meaning is off.
    pub dense: usize,
    /// N-grams.
    pub sparse: usize,
    /// Classes: entries and routes.
    pub classes: usize,
    /// What an n-gram counts beside the sentence vector.
    pub sparse_weight: f32,
}

/// The AdaGrad step size.
const RATE: f32 = 0.5;
/// A wording whose gradient is smaller has been learned.
const LEARNED: f32 = 1e-4;
/// A class whose gradient is smaller is left alone.
const UNMOVED: f32 = 1e-4;

/// N-grams hidden at each look, in percent.
const HIDDEN_PERCENT: u64 = 15;
/// Looks at which an aside comes before the wording, in percent.
const ASIDE_PERCENT: u64 = 15;
/// What an aside weighs beside the wording.
const ASIDE_SHARE: f32 = 0.35;

/// Weights in training.
pub struct Trainer {
    shape: Shape,
    bias: Vec<f32>,
    /// One row of `classes` weights a feature, dense features first.
    weights: Vec<f32>,
}

impl Trainer {
    /// Trains on `samples` in `epochs` passes.
    ///
    /// Against learning by heart, a share of the n-grams is hidden at each look, and now and then one of `asides`
    /// (remarks that ask nothing) is put before the wording: people say who they are before they ask.
    pub fn train(shape: Shape, samples: &[(&Sample, Label)], asides: &[&Sample], epochs: usize) -> Trainer {
        let rows = shape.dense + shape.sparse;
        let mut head =
            Trainer { shape, bias: vec![0.0; shape.classes], weights: vec![0.0; rows * shape.classes] };
        let mut squares = vec![1e-3_f32; rows];
        let mut bias_squares = 1e-3_f32;
        let mut order: Vec<usize> = (0..samples.len()).collect();
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..epochs {
            shuffle(&mut order, &mut random);
            for &at in &order {
                let (sample, lesson) = samples[at];
                let sample = &disturbed(sample, asides, &mut random);
                let mut gradient = head.probabilities(sample);
                teach(&mut gradient, lesson);
                let energy: f32 = gradient.iter().map(|g| g * g).sum::<f32>();
                if energy < LEARNED {
                    continue;
                }
                // Few classes are in doubt; the others' weights would hardly move.
                let moved: Vec<(usize, f32)> =
                    gradient.iter().copied().enumerate().filter(|(_, g)| g.abs() > UNMOVED).collect();
                for (row, x) in features(sample, shape.dense, shape.sparse_weight) {
                    squares[row] += energy * x * x;
                    let step = RATE * x / squares[row].sqrt();
                    let weights = &mut head.weights[row * shape.classes..][..shape.classes];
                    for &(class, g) in &moved {
                        weights[class] -= step * g;
                    }
                }
                bias_squares += energy;
                let step = RATE / bias_squares.sqrt();
                for (b, g) in head.bias.iter_mut().zip(&gradient) {
                    *b -= step * g;
                }
            }
        }
        head
    }

    /// The probability of each class.
    pub fn probabilities(&self, sample: &Sample) -> Vec<f32> {
        let mut p = self.bias.clone();
        for (row, x) in features(sample, self.shape.dense, self.shape.sparse_weight) {
            let weights = &self.weights[row * self.shape.classes..][..self.shape.classes];
            for (logit, w) in p.iter_mut().zip(weights) {
                *logit += x * w;
            }
        }
        softmax(&mut p);
        p
    }

    /// The head at a quarter of the size: 8 bits a weight.
    pub fn finish(&self) -> Head {
        let mut head = Head {
            dense: self.shape.dense,
            sparse_weight: self.shape.sparse_weight,
            bias: self.bias.clone(),
            scales: Vec::with_capacity(self.shape.dense + self.shape.sparse),
            weights: Vec::with_capacity(self.weights.len()),
        };
        for row in self.weights.chunks_exact(self.shape.classes.max(1)) {
            let top = row.iter().fold(f32::MIN_POSITIVE, |top, w| top.max(w.abs()));
            let scale = top / 127.0;
            head.scales.push(scale);
            head.weights.extend(row.iter().map(|w| ((w / scale).round() as i8).cast_unsigned()));
        }
        head
    }
}

/// The trained weights.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Head {
    dense: usize,
    sparse_weight: f32,
    bias: Vec<f32>,
    /// One scale a feature.
    scales: Vec<f32>,
    /// One row of weights a feature: signed bytes, kept as unsigned ones so that they are stored as one block.
    weights: Vec<u8>,
}

impl Head {
    /// The probability of each class.
    pub fn probabilities(&self, sample: &Sample) -> Vec<f32> {
        let classes = self.bias.len();
        let mut p = self.bias.clone();
        for (row, x) in features(sample, self.dense, self.sparse_weight) {
            let factor = x * self.scales[row];
            let weights = &self.weights[row * classes..][..classes];
            for (logit, w) in p.iter_mut().zip(weights) {
                *logit += factor * f32::from(w.cast_signed());
            }
        }
        softmax(&mut p);
        p
    }
}

/// A wording as it might have been said: with fewer words, or after an aside.
fn disturbed(sample: &Sample, asides: &[&Sample], random: &mut u64) -> Sample {
    let keep = |random: &mut u64| next(random) % 100 >= HIDDEN_PERCENT;
    let mut sparse: Sparse = sample.sparse.iter().copied().filter(|_| keep(random)).collect();
    let mut dense = sample.dense.clone();
    if !asides.is_empty() && next(random) % 100 < ASIDE_PERCENT {
        let aside = asides[usize::try_from(next(random) % asides.len() as u64).expect("an index fits")];
        // The mean of the tokens is what the model pools, so the mean of two texts stands for both in a row.
        for (x, y) in dense.iter_mut().zip(&aside.dense) {
            *x = (*x * (1.0 - ASIDE_SHARE) + y * ASIDE_SHARE) * 1.1;
        }
        for (_, x) in &mut sparse {
            *x *= 0.8;
        }
        sparse.extend(aside.sparse.iter().map(|(number, x)| (*number, x * 0.6)));
    }
    Sample { dense, sparse }
}

/// The next number of a xorshift generator.
fn next(random: &mut u64) -> u64 {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    *random >> 11
}

/// Turns probabilities into the gradient of the log-loss of a lesson.
fn teach(p: &mut [f32], lesson: Label) {
    match lesson {
        Label::Is(class) => p[class] -= 1.0,
        Label::IsNot(class) => {
            // The loss is -ln(1 - p): what the class loses goes to the others in proportion.
            let wrong = p[class].min(0.999);
            let factor = -wrong / (1.0 - wrong);
            for (k, g) in p.iter_mut().enumerate() {
                *g = if k == class { wrong } else { *g * factor };
            }
        }
    }
}

/// Row and value of every feature of a sample.
fn features(sample: &Sample, dense: usize, sparse_weight: f32) -> impl Iterator<Item = (usize, f32)> {
    let vector = sample.dense.iter().copied().enumerate();
    let grams = sample.sparse.iter().map(move |&(number, x)| (dense + number as usize, x * sparse_weight));
    vector.chain(grams)
}

/// Turns log-odds into probabilities.
fn softmax(logits: &mut [f32]) {
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

/// Fisher and Yates.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for at in (1..order.len()).rev() {
        let other = usize::try_from(next(random) % (at as u64 + 1)).expect("an index fits");
        order.swap(at, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(numbers: &[u32]) -> Sample {
        Sample { dense: Vec::new(), sparse: numbers.iter().map(|n| (*n, 1.0)).collect() }
    }

    #[test]
    fn it_learns_what_it_is_shown_and_what_it_is_not() {
        let shape = Shape { dense: 0, sparse: 7, classes: 3, sparse_weight: 1.0 };
        let (a, b, c) = (sample(&[0, 1, 6]), sample(&[2, 3, 6]), sample(&[4, 5, 6]));
        let near = sample(&[0, 4, 5, 6]);
        let lessons = [(&a, Label::Is(0)), (&b, Label::Is(1)), (&c, Label::Is(2)), (&near, Label::IsNot(0))];
        let trainee = Trainer::train(shape, &lessons, &[], 100);
        let head = trainee.finish();
        assert!(head.probabilities(&a)[0] > 0.9);
        assert!(head.probabilities(&b)[1] > 0.9);
        assert!(head.probabilities(&near)[0] < 0.2);
        for (exact, small) in trainee.probabilities(&near).iter().zip(head.probabilities(&near)) {
            assert!((exact - small).abs() < 0.02);
        }
    }
}
