//! Finds names the texts do not know: a question about "Tearfund" or "police in Ghana" has no answer here, however
//! much the rest of it sounds like one that has.
//!
//! A name is a word written with a capital inside a sentence, or a word that neither the content nor the sentence
//! model's English vocabulary has. Whether it is ours is for the caller to say.

use unicode_segmentation::UnicodeSegmentation;

use crate::knowledge::matching::normalise;

/// Words too short to be told from slips.
const MIN_LETTERS: usize = 4;

/// The folded words of the question's last sentence that are written as names, the first word aside.
pub fn capitalised(question: &str) -> Vec<String> {
    let (upper, lower) = (count(question, char::is_uppercase), count(question, char::is_lowercase));
    if upper > lower {
        // Everything is shouted: capitals tell nothing.
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

/// Folded words that are strange to the content and to English.
pub fn strange<'a>(
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
        assert_eq!(capitalised("Who trains the police in Ghana?"), ["ghana"]);
        assert_eq!(capitalised("I live in Toronto. Why did IJM leave Rwanda?"), ["ijm", "rwanda"]);
        assert_eq!(capitalised("WHY DID IJM LEAVE GHANA"), [""; 0]);
        assert_eq!(capitalised("Why?"), [""; 0]);
    }

    #[test]
    fn a_word_nobody_knows_is_strange() {
        let words = ["how", "long", "has", "tearfund", "2008", "ijm"].map(str::to_owned);
        let known = ["how", "long", "has"];
        let strange: Vec<&String> = strange(&words, |word| known.contains(&word)).collect();
        assert_eq!(strange, ["tearfund"]);
    }
}
