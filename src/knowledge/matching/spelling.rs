//! Corrects typing errors towards the words of the content, before matching.
//!
//! A word is left alone if the content has it or if it is a whole word of the sentence model's English vocabulary: a
//! real word is never turned into another one ("Kenya" stays "Kenya"). What is left is replaced by the one closest
//! word of the content (optimal string alignment, one error, two in words of eight letters and more), or split if it
//! is two or three words of the content written as one.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// The words of the content and how often each occurs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Lexicon {
    counts: HashMap<String, u32>,
    /// The words by length in letters, sorted, to compare only with what can be near.
    by_length: Vec<Vec<String>>,
}

/// Shorter words are never corrected: too many words are close to them.
const MIN_LETTERS: usize = 4;
/// From this length on two errors are corrected.
const TWO_SLIPS: usize = 8;
/// Longer words are not typing errors.
const MAX_LETTERS: usize = 24;
/// A rarer word of the content is no target of a correction: it may be a typing error itself.
const MIN_COUNT: u32 = 3;

impl Lexicon {
    /// Counts the folded words of `texts`.
    pub(crate) fn fit<'a>(texts: impl IntoIterator<Item = &'a [String]>) -> Lexicon {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for word in texts.into_iter().flatten() {
            *counts.entry(word.clone()).or_default() += 1;
        }
        let mut by_length = vec![Vec::new(); MAX_LETTERS + 1];
        for (word, count) in &counts {
            let letters = word.chars().count();
            if *count >= MIN_COUNT && (MIN_LETTERS - 1..=MAX_LETTERS).contains(&letters) {
                by_length[letters].push(word.clone());
            }
        }
        by_length.iter_mut().for_each(|words| words.sort_unstable());
        Lexicon { counts, by_length }
    }

    /// Whether the content has the word.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.counts.contains_key(word)
    }

    /// `words` with typing errors corrected; `is_known` says whether a word is an ordinary word of the language.
    pub(crate) fn correct(&self, words: &[String], is_known: impl Fn(&str) -> bool) -> Vec<String> {
        let mut corrected = Vec::with_capacity(words.len());
        for word in words {
            let letters = word.chars().count();
            let is_sound = !(MIN_LETTERS..=2 * MAX_LETTERS).contains(&letters)
                || word.chars().any(|c| c.is_ascii_digit())
                || self.count(word) >= MIN_COUNT
                || (is_known(word) && !word.is_empty());
            if is_sound {
                corrected.push(word.clone());
            } else if let Some(near) = self.nearest(word, letters) {
                corrected.push(near.to_owned());
            } else if let Some(parts) = self.parted(word, &is_known) {
                corrected.extend(parts);
            } else {
                corrected.push(word.clone());
            }
        }
        corrected
    }

    fn count(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or(0)
    }

    /// The closest word within the number of errors allowed; among equals, the most frequent one.
    fn nearest(&self, word: &str, letters: usize) -> Option<&str> {
        let slips = if letters >= TWO_SLIPS { 2 } else { 1 };
        let typed: Vec<char> = word.chars().collect();
        let lengths = letters.saturating_sub(slips)..=(letters + slips).min(MAX_LETTERS);
        lengths
            .flat_map(|length| self.by_length.get(length).into_iter().flatten())
            .filter(|candidate| {
                candidate.chars().next() == typed.first().copied() || slips == 2 || letters >= 5
            })
            .filter_map(|candidate| Some((alignment(&typed, candidate, slips)?, candidate)))
            .min_by_key(|(distance, candidate)| (*distance, std::cmp::Reverse(self.count(candidate))))
            .map(|(_, candidate)| candidate.as_str())
    }

    /// The word as two or three words of the content written as one.
    fn parted(&self, word: &str, is_known: &impl Fn(&str) -> bool) -> Option<Vec<String>> {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < 6 {
            return None;
        }
        // best[n]: the cheapest split of the first n letters, as (cost, start of the last word).
        let mut best: Vec<Option<(f32, usize)>> = vec![None; letters.len() + 1];
        best[0] = Some((0.0, 0));
        for end in 1..=letters.len() {
            for start in end.saturating_sub(MAX_LETTERS)..end {
                let Some((cost, _)) = best[start] else { continue };
                let piece: String = letters[start..end].iter().collect();
                let count = self.count(&piece);
                if count < MIN_COUNT || (end - start == 1 && !["a", "i"].contains(&piece.as_str())) {
                    continue;
                }
                if end - start == 2 && !is_known(&piece) {
                    continue;
                }
                let price = cost + 8.0 - (count as f32).ln().min(6.0);
                if best[end].is_none_or(|(other, _)| price < other) {
                    best[end] = Some((price, start));
                }
            }
        }
        let mut parts = Vec::new();
        let mut end = letters.len();
        while end > 0 {
            let (_, start) = best[end]?;
            parts.push(letters[start..end].iter().collect());
            end = start;
        }
        parts.reverse();
        (2..=6).contains(&parts.len()).then_some(parts)
    }
}

/// The optimal string alignment distance (edits, with a swap of neighbours as one) if it is at most `limit`.
fn alignment(typed: &[char], candidate: &str, limit: usize) -> Option<usize> {
    let other: Vec<char> = candidate.chars().collect();
    let width = other.len() + 1;
    let (mut before, mut above, mut row) =
        (vec![0; width], (0..width).collect::<Vec<usize>>(), vec![0; width]);
    for (i, a) in typed.iter().enumerate() {
        row[0] = i + 1;
        let mut least = row[0];
        for (j, b) in other.iter().enumerate() {
            let mut cost = (above[j] + usize::from(a != b)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && typed[i - 1] == *b {
                cost = cost.min(before[j - 1] + 1);
            }
            row[j + 1] = cost;
            least = least.min(cost);
        }
        if least > limit {
            return None;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    (above[width - 1] <= limit).then_some(above[width - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        let text = "why are they leaving rwanda how many convictions were there training police officers ";
        let words: Vec<String> = text.repeat(3).split_whitespace().map(str::to_owned).collect();
        Lexicon::fit([words.as_slice()])
    }

    fn corrected(typed: &str) -> String {
        let words: Vec<String> = typed.split(' ').map(str::to_owned).collect();
        let known = ["kenya", "bank", "they", "are", "were"];
        lexicon().correct(&words, |word| known.contains(&word)).join(" ")
    }

    #[test]
    fn a_slip_is_mended_to_a_word_of_the_content() {
        assert_eq!(corrected("why are thye leavng rwnada"), "why are they leaving rwanda");
        assert_eq!(corrected("convcitoins"), "convictions");
    }

    #[test]
    fn a_real_word_is_never_turned_into_another() {
        assert_eq!(corrected("kenya bank 2009"), "kenya bank 2009");
    }

    #[test]
    fn words_written_as_one_are_parted() {
        assert_eq!(corrected("howmany policeofficers"), "how many police officers");
    }
}
