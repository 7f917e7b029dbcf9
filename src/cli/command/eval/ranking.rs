//! How well a score separates questions that have an answer from those that have none. Pure.

/// The area under the ROC curve: the chance that an answerable question scores higher than one that is not, a tie
/// counting half. `None` where one side is empty.
pub(super) fn auroc(answerable: &[f64], other: &[f64]) -> Option<f64> {
    if answerable.is_empty() || other.is_empty() {
        return None;
    }
    let mut all: Vec<(f64, bool)> =
        answerable.iter().map(|s| (*s, true)).chain(other.iter().map(|s| (*s, false))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Mann and Whitney: the sum of the ranks of one side, ties sharing their mean rank.
    let mut rank_sum = 0.0;
    for tied in all.chunk_by(|a, b| a.0 == b.0).scan(0, |before, tied| {
        let first = *before;
        *before += tied.len();
        Some((first, tied))
    }) {
        let (first, tied) = tied;
        let mean_rank = first as f64 + (tied.len() as f64 + 1.0) / 2.0;
        rank_sum += mean_rank * tied.iter().filter(|(_, is_answerable)| *is_answerable).count() as f64;
    }
    let n = answerable.len() as f64;
    Some((rank_sum - n * (n + 1.0) / 2.0) / (n * other.len() as f64))
}

/// Which share of the others a threshold refuses that lets `pass` of the answerable ones through.
pub(super) fn refusal_at(answerable: &[f64], other: &[f64], pass: f64) -> Option<f64> {
    if answerable.is_empty() || other.is_empty() {
        return None;
    }
    let mut sorted = answerable.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let n_pass = ((pass * sorted.len() as f64).ceil() as usize).clamp(1, sorted.len());
    let threshold = sorted[n_pass - 1];
    share(other.iter().filter(|score| **score < threshold).count(), other.len())
}

/// The best share of right decisions that one threshold on the score could reach: answerable questions that pass with
/// the right entry, and others that do not pass. Each question is its score and, if it is answerable, whether its best
/// entry is right.
pub(super) fn best_threshold(questions: &[(f64, Option<bool>)]) -> Option<(f64, f64)> {
    let mut sorted = questions.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    // Above every score nothing passes: right are those that have no answer.
    let mut n_right = sorted.iter().filter(|(_, answerable)| answerable.is_none()).count();
    let mut best = (n_right, 1.0);
    for tied in sorted.chunk_by(|a, b| a.0 == b.0) {
        for (_, answerable) in tied {
            match answerable {
                Some(true) => n_right += 1,
                Some(false) => {}
                None => n_right -= 1,
            }
        }
        if n_right > best.0 {
            best = (n_right, tied[0].0);
        }
    }
    Some((best.1, share(best.0, sorted.len())?))
}

/// `part` of `whole`; `None` of nothing.
pub(super) fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn perfect_reversed_and_useless_scores_have_the_areas_they_must_have() {
        assert_eq!(auroc(&[0.8, 0.9], &[0.1, 0.2]), Some(1.0));
        assert_eq!(auroc(&[0.1, 0.2], &[0.8, 0.9]), Some(0.0));
        assert_eq!(auroc(&[0.5, 0.5], &[0.5, 0.5]), Some(0.5));
        assert_eq!(auroc(&[], &[0.5]), None);
    }

    #[test]
    fn the_area_is_the_share_of_pairs_in_order() {
        // Pairs: 0.9 beats both, 0.4 beats 0.3 and ties with 0.4: 3.5 of 4.
        assert_eq!(auroc(&[0.9, 0.4], &[0.3, 0.4]), Some(0.875));
        // Six pairs, of which 0.2 against 0.5 and 0.2 against 0.3 are out of order.
        let area = auroc(&[0.9, 0.6, 0.2], &[0.5, 0.3]).unwrap();
        assert!((area - 4.0 / 6.0).abs() < 1e-12, "{area}");
    }

    #[test]
    fn refusals_are_counted_at_the_score_that_lets_the_share_through() {
        let answerable = [0.9, 0.8, 0.7, 0.1];
        assert_eq!(refusal_at(&answerable, &[0.75, 0.5, 0.2, 0.05], 0.75), Some(0.75));
        assert_eq!(refusal_at(&answerable, &[0.75, 0.5, 0.2, 0.05], 0.95), Some(0.25));
    }

    #[test]
    fn the_best_threshold_weighs_answers_against_false_ones() {
        let questions = [(0.9, Some(true)), (0.8, None), (0.7, Some(true)), (0.6, Some(true)), (0.1, None)];
        assert_eq!(best_threshold(&questions), Some((0.6, 0.8)));
        assert_eq!(best_threshold(&[(0.4, None)]), Some((1.0, 1.0)));
    }
}
