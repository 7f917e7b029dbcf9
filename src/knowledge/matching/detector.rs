//! Recognises messages of one kind among all others, whatever else they ask.
//!
//! A journalist who asks for a fact competes with the entry that states it, and an entry about the press competes with
//! journalists. So besides the ranking, a classifier of two classes compares the messages of one kind with everything
//! else. It is the same softmax regression as `head.rs`.

use serde::{Deserialize, Serialize};

use crate::knowledge::matching::head::{Example, Head, Label, Sample, Schedule, Shape, Trainer};

/// Fewer examples of the kind say too little about it.
const MIN_EXAMPLES: usize = 50;
/// How often each message that is explicitly not of the kind is repeated: there are few, and they are the hard ones.
const REPEATS: usize = 4;
/// Passes over the examples.
const EPOCHS: usize = 3;

/// A classifier of two classes: of the kind, or not.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Detector(Head);

impl Detector {
    /// Whether so many examples of the kind say enough about it.
    pub(super) fn is_possible(n_examples: usize) -> bool {
        n_examples >= MIN_EXAMPLES
    }

    /// Trains on `examples`, of which `is_kind` says whether a class is of the kind.
    pub(super) fn train(
        shape: Shape,
        examples: &[(Example<'_>, Label)],
        is_kind: impl Fn(usize) -> bool,
        schedule: Schedule,
    ) -> Detector {
        let mut binary = Vec::with_capacity(examples.len());
        for (example, label) in examples {
            match *label {
                Label::Is(class) => binary.push((*example, Label::Is(usize::from(is_kind(class))))),
                Label::IsNot(class) if is_kind(class) => {
                    binary.extend(std::iter::repeat_n((*example, Label::Is(0)), REPEATS));
                }
                Label::IsNot(_) => {}
            }
        }
        let shape = Shape { classes: 2, ..shape };
        let schedule = Schedule { epochs: EPOCHS, ..schedule };
        Detector(Trainer::train(shape, &binary, &[], schedule).finish())
    }

    /// The probability that a message is of the kind, 0 to 1.
    pub(crate) fn probability(&self, sample: &Sample) -> f32 {
        self.0.probabilities(sample).get(1).copied().unwrap_or(0.0)
    }
}
