//! Detects the language of a question among the languages of the content.
//!
//! Naive Bayes over the words and character n-grams of the wordings of the FAQ. No library on the registry knows
//! Kinyarwanda, and none is reliable on three words; the wordings are short questions about the right subject.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{knowledge::matching::ngrams::hash_of, lang::Lang};

/// The n-gram statistics of each language.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Languages {
    /// Maps the hash of an n-gram to its log-probability in each language, in the order of `Lang::ALL`.
    grams: HashMap<u64, [f32; Lang::ALL.len()]>,
    /// The log-probability of an unseen n-gram.
    unseen: [f32; Lang::ALL.len()],
    /// Whether the language has enough wordings to be detected.
    is_detectable: [bool; Lang::ALL.len()],
}

/// A language with fewer wordings is never detected.
const MIN_WORDINGS: usize = 20;

impl Languages {
    /// Learns from folded wordings and their languages.
    pub(crate) fn fit<'a>(wordings: impl Iterator<Item = (&'a [String], Lang)>) -> Languages {
        let mut counts: HashMap<u64, [f32; Lang::ALL.len()]> = HashMap::new();
        let mut totals = [0.0_f32; Lang::ALL.len()];
        let mut n_wordings = [0_usize; Lang::ALL.len()];
        for (words, lang) in wordings {
            let at = Lang::ALL.iter().position(|other| *other == lang).unwrap_or(0);
            n_wordings[at] += 1;
            for gram in grams(words) {
                counts.entry(gram).or_default()[at] += 1.0;
                totals[at] += 1.0;
            }
        }
        let n_grams = counts.len() as f32;
        let log = |count: f32, at: usize| ((count + 0.1) / (totals[at] + 0.1 * n_grams)).ln();
        let mut unseen = [0.0; Lang::ALL.len()];
        let mut is_detectable = [false; Lang::ALL.len()];
        for at in 0..Lang::ALL.len() {
            unseen[at] = log(0.0, at);
            is_detectable[at] = n_wordings[at] >= MIN_WORDINGS;
        }
        // Rare n-grams say little and take a lot of memory.
        counts.retain(|_, by_language| by_language.iter().sum::<f32>() >= 3.0);
        for by_language in counts.values_mut() {
            for (at, count) in by_language.iter_mut().enumerate() {
                *count = log(*count, at);
            }
        }
        Languages { grams: counts, unseen, is_detectable }
    }

    /// The language of folded words; English if nothing points to another.
    pub(crate) fn detect(&self, words: &[String]) -> Lang {
        let mut sums = [0.0_f32; Lang::ALL.len()];
        for gram in grams(words) {
            if let Some(by_language) = self.grams.get(&gram) {
                for (at, sum) in sums.iter_mut().enumerate() {
                    // A single n-gram must not decide.
                    *sum += (by_language[at] - self.unseen[at]).min(8.0);
                }
            }
        }
        let detectable = (0..sums.len()).filter(|at| self.is_detectable[*at]);
        let best = detectable.max_by(|a, b| sums[*a].total_cmp(&sums[*b])).unwrap_or(0);
        if sums[best] > 0.0 { Lang::ALL[best] } else { Lang::En }
    }
}

/// The words, and two to four letters from them with their edges.
fn grams(words: &[String]) -> impl Iterator<Item = u64> + '_ {
    words.iter().flat_map(|word| {
        let padded: Vec<char> =
            std::iter::once('_').chain(word.chars()).chain(std::iter::once('_')).collect();
        let mut grams = vec![hash_of(&format!("{word} "))];
        for n in 2..=4 {
            grams.extend(padded.windows(n).map(|gram| hash_of(&gram.iter().collect::<String>())));
        }
        grams
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::matching::normalise;

    #[test]
    fn the_language_of_short_questions_is_detected() {
        let english = ["why are they leaving", "how many people were convicted", "who were the partners"];
        let french = [
            "pourquoi partent ils",
            "combien de personnes ont ete condamnees",
            "qui etaient les partenaires",
        ];
        let repeated = |texts: [&str; 3], lang| {
            texts.iter().cycle().take(30).map(|t| (normalise::words(t), lang)).collect::<Vec<_>>()
        };
        let mut all = repeated(english, Lang::En);
        all.extend(repeated(french, Lang::Fr));
        let languages = Languages::fit(all.iter().map(|(words, lang)| (words.as_slice(), *lang)));
        assert_eq!(languages.detect(&normalise::words("combien de partenaires")), Lang::Fr);
        assert_eq!(languages.detect(&normalise::words("how many partners")), Lang::En);
        assert_eq!(languages.detect(&normalise::words("😀")), Lang::En);
    }
}
