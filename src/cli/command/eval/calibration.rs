//! Whether confidence means what it says: of the answers given at about c, a share c should be right. Pure.

use serde::Serialize;

use crate::cli::command::eval::ranking::share;

/// How many bins the table has.
pub(super) const BINS: usize = 10;

/// The answers of one band of confidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Bin {
    /// From this confidence on.
    pub from: f64,
    /// Up to this one.
    pub to: f64,
    /// How many answers.
    pub n: usize,
    /// Their mean confidence.
    pub confidence: Option<f64>,
    /// The share of them that is right.
    pub right: Option<f64>,
}

/// The reliability table of answers, each with its confidence and whether it is right.
pub(super) fn bins(given: &[(f64, bool)]) -> Vec<Bin> {
    let bin_of = |confidence: f64| ((confidence * BINS as f64) as usize).min(BINS - 1);
    (0..BINS)
        .map(|at| {
            let inside: Vec<&(f64, bool)> = given.iter().filter(|(c, _)| bin_of(*c) == at).collect();
            let sum: f64 = inside.iter().map(|(confidence, _)| confidence).sum();
            Bin {
                from: at as f64 / BINS as f64,
                to: (at + 1) as f64 / BINS as f64,
                n: inside.len(),
                confidence: (!inside.is_empty()).then(|| sum / inside.len() as f64),
                right: share(inside.iter().filter(|(_, is_right)| *is_right).count(), inside.len()),
            }
        })
        .collect()
}

/// The expected calibration error: the mean gap between confidence and truth, each bin weighing as its answers.
pub(super) fn expected_error(bins: &[Bin]) -> Option<f64> {
    let n: usize = bins.iter().map(|bin| bin.n).sum();
    let gap = |bin: &Bin| Some(bin.n as f64 * (bin.confidence? - bin.right?).abs());
    (n > 0).then(|| bins.iter().filter_map(gap).sum::<f64>() / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_honest_confidence_has_no_error() {
        let given = [(0.5, true), (0.5, false), (1.0, true)];
        assert_eq!(expected_error(&bins(&given)), Some(0.0));
    }

    #[test]
    fn the_error_is_the_weighted_mean_of_the_gaps() {
        // Bin 0.9: mean 0.95, half right, gap 0.45, weight 2 of 3. Bin 0.2: 0.2, right, gap 0.8, weight 1 of 3.
        let given = [(0.95, true), (0.95, false), (0.2, true)];
        let error = expected_error(&bins(&given)).unwrap();
        assert!((error - (2.0 * 0.45 + 0.8) / 3.0).abs() < 1e-12, "{error}");
        assert_eq!(expected_error(&bins(&[])), None);
    }

    #[test]
    fn a_confidence_of_one_belongs_to_the_last_bin() {
        let table = bins(&[(1.0, true), (0.0, false)]);
        assert_eq!((table[0].n, table[BINS - 1].n, table.len()), (1, 1, BINS));
    }
}
