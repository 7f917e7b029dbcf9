//! The head: a softmax regression over sentence vectors and n-grams, trained on a FAQ's own wordings.
//!
//! Multinomial logistic regression, started from naive Bayes and centroids (`head/initial.rs`) and refined by
//! stochastic gradient descent with one AdaGrad step size per feature (Duchi et al. 2011). Deterministic: the same
//! wordings give the same weights on machines of one architecture.

mod initial;

use serde::{Deserialize, Serialize};

use crate::knowledge::matching::{ngrams::Sparse, vectors::Vectors};

/// One text, ready to be scored.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    /// The sentence vector; empty where matching by meaning is off.
    pub dense: Vec<f32>,
    /// The n-grams.
    pub sparse: Sparse,
}

/// One text to learn from. It borrows: a large FAQ has tens of thousands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Example<'a> {
    /// The sentence vectors; empty where matching by meaning is off.
    pub vectors: &'a Vectors,
    /// The text's place among them.
    pub at: usize,
    /// The n-grams.
    pub sparse: &'a [(u32, f32)],
}

impl Example<'_> {
    /// The sentence vector; empty where matching by meaning is off.
    pub(crate) fn dense(&self) -> Vec<f32> {
        if self.vectors.is_empty() { Vec::new() } else { self.vectors.get(self.at) }
    }

    /// The same text as a sample to score.
    pub(crate) fn sample(&self) -> Sample {
        Sample { dense: self.dense(), sparse: self.sparse.to_vec() }
    }
}

/// The label of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// It belongs to this class.
    Is(usize),
    /// It does not belong to this class.
    IsNot(usize),
}

/// The size of a head.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
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

/// N-grams dropped each time an example is visited, in percent.
const DROPPED_PERCENT: u64 = 15;
/// Visits at which a noise sample is put before the wording, in percent.
const NOISE_PERCENT: u64 = 15;
/// What a noise sample weighs beside the wording.
const NOISE_SHARE: f32 = 0.35;

/// How a head is trained.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schedule {
    /// Passes over the examples.
    pub epochs: usize,
    /// What a log-ratio of naive Bayes counts at the start.
    pub initial_scale: f32,
}

/// Weights in training.
pub(crate) struct Trainer {
    shape: Shape,
    bias: Vec<f32>,
    /// One row of `classes` weights a feature, dense features first.
    weights: Vec<f32>,
}

impl Trainer {
    /// Trains on `examples`.
    ///
    /// Against overfitting, some n-grams are dropped at each visit, and now and then one of `noise` (remarks that ask
    /// nothing) is put before the wording: people say who they are before they ask.
    pub(crate) fn train(
        shape: Shape,
        examples: &[(Example<'_>, Label)],
        noise: &[Example<'_>],
        schedule: Schedule,
    ) -> Trainer {
        let (bias, weights) = initial::start(shape, examples, schedule.initial_scale);
        let mut head = Trainer { shape, bias, weights };
        let mut squares = vec![1e-3_f32; shape.dense + shape.sparse];
        let mut bias_squares = 1e-3_f32;
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..schedule.epochs {
            shuffle(&mut order, &mut random);
            for &at in &order {
                let (example, label) = &examples[at];
                let sample = &disturbed(example, noise, &mut random);
                let mut gradient = head.probabilities(sample);
                to_gradient(&mut gradient, *label);
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
    pub(crate) fn probabilities(&self, sample: &Sample) -> Vec<f32> {
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
    pub(crate) fn finish(&self) -> Head {
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
pub(crate) struct Head {
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
    pub(crate) fn probabilities(&self, sample: &Sample) -> Vec<f32> {
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

/// A wording as it might have been typed: with fewer words, or after a remark.
fn disturbed(example: &Example<'_>, noise: &[Example<'_>], random: &mut u64) -> Sample {
    let is_kept = |random: &mut u64| next(random) % 100 >= DROPPED_PERCENT;
    let mut sparse: Sparse = example.sparse.iter().copied().filter(|_| is_kept(random)).collect();
    let mut dense = example.dense();
    if !noise.is_empty() && next(random) % 100 < NOISE_PERCENT {
        let remark = noise[usize::try_from(next(random) % noise.len() as u64).expect("an index fits")];
        // The mean of the tokens is what the model pools, so the mean of two texts stands for both in a row.
        for (x, y) in dense.iter_mut().zip(remark.dense()) {
            *x = (*x * (1.0 - NOISE_SHARE) + y * NOISE_SHARE) * 1.1;
        }
        for (_, x) in &mut sparse {
            *x *= 0.8;
        }
        sparse.extend(remark.sparse.iter().map(|(number, x)| (*number, x * 0.6)));
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

/// Turns probabilities into the gradient of the label's log-loss.
fn to_gradient(p: &mut [f32], label: Label) {
    match label {
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

    const SCHEDULE: Schedule = Schedule { epochs: 100, initial_scale: 0.2 };

    fn sample(numbers: &[u32]) -> Sample {
        Sample { dense: Vec::new(), sparse: numbers.iter().map(|n| (*n, 1.0)).collect() }
    }

    fn example<'a>(sample: &'a Sample, vectors: &'a Vectors) -> Example<'a> {
        Example { vectors, at: 0, sparse: &sample.sparse }
    }

    #[test]
    fn it_learns_what_belongs_to_a_class_and_what_does_not() {
        let shape = Shape { dense: 0, sparse: 7, classes: 3, sparse_weight: 1.0 };
        let (a, b, c) = (sample(&[0, 1, 6]), sample(&[2, 3, 6]), sample(&[4, 5, 6]));
        let near = sample(&[0, 4, 5, 6]);
        let none = Vectors::default();
        let examples = [(&a, Label::Is(0)), (&b, Label::Is(1)), (&c, Label::Is(2)), (&near, Label::IsNot(0))]
            .map(|(sample, label)| (example(sample, &none), label));
        let trainer = Trainer::train(shape, &examples, &[], SCHEDULE);
        let head = trainer.finish();
        assert!(head.probabilities(&a)[0] > 0.9);
        assert!(head.probabilities(&b)[1] > 0.9);
        assert!(head.probabilities(&near)[0] < 0.2);
        for (exact, small) in trainer.probabilities(&near).iter().zip(head.probabilities(&near)) {
            assert!((exact - small).abs() < 0.02);
        }
    }

    #[test]
    fn a_class_without_examples_is_never_the_best() {
        let shape = Shape { dense: 0, sparse: 4, classes: 3, sparse_weight: 1.0 };
        let (a, b, rare) = (sample(&[0, 1]), sample(&[1, 2]), sample(&[3]));
        let none = Vectors::default();
        let examples = [(&a, Label::Is(0)), (&b, Label::Is(1))].map(|(s, label)| (example(s, &none), label));
        let head = Trainer::train(shape, &examples, &[], Schedule { epochs: 1, ..SCHEDULE }).finish();
        assert!(head.probabilities(&rare)[2] < 0.01);
        assert!(head.probabilities(&a)[0] > head.probabilities(&a)[1]);
    }
}
