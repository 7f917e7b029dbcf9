//! What to expect of a FAQ, from its own held-out wordings.

use serde::{Deserialize, Serialize};

use crate::knowledge::matching::{
    Caution,
    calibration::{Calibrator, Trial},
};

/// Fewer trials say too little.
const MIN_TRIALS: usize = 30;

/// What becomes of questions that an entry answers, each a share of them, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Expected {
    /// Answered right, at low, normal and high caution.
    answered: [f32; 3],
    /// The right entry is answered or among the near misses.
    offered: f32,
}

impl Expected {
    /// Counts over `trials`; `None` if there are too few.
    pub(in crate::knowledge::matching) fn count(
        trials: &[Trial],
        calibrator: &Calibrator,
    ) -> Option<Expected> {
        let offered: Vec<(&Trial, bool)> =
            trials.iter().filter_map(|trial| Some((trial, trial.is_offered?))).collect();
        if offered.len() < MIN_TRIALS {
            return None;
        }
        let share = |n: usize| n as f32 / offered.len() as f32;
        let answered = |caution: Caution| {
            let threshold = calibrator.threshold(caution);
            let is_answered = |trial: &Trial| {
                trial.is_answer && trial.is_right && calibrator.confidence(&trial.features) >= threshold
            };
            share(offered.iter().filter(|(trial, _)| is_answered(trial)).count())
        };
        Some(Expected {
            answered: [Caution::Low, Caution::Normal, Caution::High].map(answered),
            offered: share(offered.iter().filter(|(_, is_offered)| *is_offered).count()),
        })
    }

    /// The share that is answered right at this caution.
    pub fn answered(&self, caution: Caution) -> f32 {
        match caution {
            Caution::Low => self.answered[0],
            Caution::Normal => self.answered[1],
            Caution::High => self.answered[2],
        }
    }

    /// The share for which the right entry is answered or among the near misses.
    pub fn offered(&self) -> f32 {
        self.offered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::matching::calibration::N_FEATURES;

    fn trial(share: f32, is_right: bool, is_offered: Option<bool>) -> Trial {
        let mut features = [0.0; N_FEATURES];
        features[0] = share;
        features[1] = share;
        Trial { features, is_right, is_answer: true, is_offered }
    }

    #[test]
    fn wordings_of_unseen_entries_do_not_count_and_caution_lowers_the_answers() {
        let calibrator = Calibrator::prior(10.0);
        let mut trials: Vec<Trial> =
            (0_u8..40).map(|n| trial(f32::from(n) / 40.0, n > 9, Some(n > 3))).collect();
        trials.extend((0..40).map(|_| trial(1.0, false, None)));
        let expected = Expected::count(&trials, &calibrator).unwrap();
        assert_eq!(expected.offered(), 0.9);
        assert!(expected.answered(Caution::Low) >= expected.answered(Caution::Normal));
        assert!(expected.answered(Caution::Normal) > expected.answered(Caution::High));
        assert_eq!(Expected::count(&trials[..20], &calibrator), None);
    }
}
