//! The language of a question, from the languages the content is written in.
//!
//! Naive Bayes over the words and character n-grams of the FAQ's own wordings. No library on the registry knows
//! Kinyarwanda, and none is sure of three words; the FAQ's wordings are short questions on its very subject.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{knowledge::matching::ngrams::hash_of, lang::Lang};

/// What each language's questions are made of.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Languages {
    /// Hash of an n-gram to its logarithmic probability in each language, as `Lang::ALL` orders them.
    grams: HashMap<u64, [f32; Lang::ALL.len()]>,
    /// The same for an n-gram never seen.
    unseen: [f32; Lang::ALL.len()],
    /// Languages with too few wordings are never told.
    is_spoken: [bool; Lang::ALL.len()],
}

/// A language with fewer wordings is not told apart.
const MIN_WORDINGS: usize = 20;

impl Languages {
    /// Learns from folded wordings and their languages.
    pub fn fit<'a>(wordings: impl Iterator<Item = (&'a [String], Lang)>) -> Languages {
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
        let mut is_spoken = [false; Lang::ALL.len()];
        for at in 0..Lang::ALL.len() {
            unseen[at] = log(0.0, at);
            is_spoken[at] = n_wordings[at] >= MIN_WORDINGS;
        }
        // An n-gram that stood there once in all tells little and fills the memory.
        counts.retain(|_, by_language| by_language.iter().sum::<f32>() >= 3.0);
        for by_language in counts.values_mut() {
            for (at, count) in by_language.iter_mut().enumerate() {
                *count = log(*count, at);
            }
        }
        Languages { grams: counts, unseen, is_spoken }
    }

    /// The language of folded words; English where nothing speaks for another.
    pub fn tell(&self, words: &[String]) -> Lang {
        let mut sums = [0.0_f32; Lang::ALL.len()];
        for gram in grams(words) {
            if let Some(by_language) = self.grams.get(&gram) {
                for (at, sum) in sums.iter_mut().enumerate() {
                    // One n-gram alone must not decide.
                    *sum += (by_language[at] - self.unseen[at]).min(8.0);
                }
            }
        }
        let spoken = (0..sums.len()).filter(|at| self.is_spoken[*at]);
        let best = spoken.max_by(|a, b| sums[*a].total_cmp(&sums[*b])).unwrap_or(0);
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
    fn short_questions_are_told_apart() {
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
        assert_eq!(languages.tell(&normalise::words("combien de partenaires")), Lang::Fr);
        assert_eq!(languages.tell(&normalise::words("how many partners")), Lang::En);
        assert_eq!(languages.tell(&normalise::words("😀")), Lang::En);
    }
}
