//! Finds names in a question. A question about "Tearfund" or "police in Ghana" has no answer in the FAQ, however similar
//! the rest of it is to one that has.
//!
//! A name is a capitalised word inside a sentence, or a word that is neither in the content nor in the English
//! vocabulary of the sentence model. Whether the FAQ knows the name is for the caller to decide.

use unicode_segmentation::UnicodeSegmentation;

use crate::knowledge::matching::normalise;

/// Shorter words cannot be distinguished from typing errors.
const MIN_LETTERS: usize = 4;

/// The capitalised words of the last sentence of `question`, folded, without the first word.
pub(crate) fn capitalised_names(question: &str) -> Vec<String> {
    let (upper, lower) = (count(question, char::is_uppercase), count(question, char::is_lowercase));
    if upper > lower {
        // Everything is in capitals, which therefore mean nothing.
        return Vec::new();
    }
    let Some(sentence) =
        question.unicode_sentences().filter(|sentence| sentence.unicode_words().count() > 2).last()
    else {
        return Vec::new();
    };
    sentence
        .unicode_words()
        .skip(1)
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .flat_map(normalise::words)
        .filter(|word| word.chars().count() > 1)
        .collect()
}

/// The folded words that `is_known` does not accept, without short ones and numbers.
pub(crate) fn unknown_words<'a>(
    words: &'a [String],
    is_known: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = &'a String> {
    let is_long =
        |word: &&String| word.chars().count() >= MIN_LETTERS && word.chars().all(char::is_alphabetic);
    words.iter().filter(is_long).filter(move |word| !is_known(word))
}

fn count(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.chars().filter(|c| is(*c)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_inside_a_sentence_is_a_name() {
        assert_eq!(capitalised_names("Who trains the police in Ghana?"), ["ghana"]);
        assert_eq!(capitalised_names("I live in Toronto. Why did IJM leave Rwanda?"), ["ijm", "rwanda"]);
        assert_eq!(capitalised_names("WHY DID IJM LEAVE GHANA"), [""; 0]);
        assert_eq!(capitalised_names("Why?"), [""; 0]);
    }

    #[test]
    fn a_word_outside_the_vocabulary_is_unknown() {
        let words = ["how", "long", "has", "tearfund", "2008", "ijm"].map(str::to_owned);
        let known = ["how", "long", "has"];
        let unknown: Vec<&String> = unknown_words(&words, |word| known.contains(&word)).collect();
        assert_eq!(unknown, ["tearfund"]);
    }
}
