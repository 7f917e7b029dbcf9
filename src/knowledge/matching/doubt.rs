//! Reasons to doubt that a wording that looks like the question means the same. Pure.
//!
//! The matcher compares topics: a negation, one more letter in a size, or a sign of a formula hardly changes its
//! scores. Where one of them differs, the entry is offered and not asserted.

use std::collections::HashSet;

use crate::knowledge::{
    matching::split,
    wording_key::{without_accents, without_links, wording_key},
};

/// Whether `question` should not be answered with the entry of these wordings, of which `nearest` is the most similar.
pub(crate) fn is_doubtful<'a>(
    question: &str,
    nearest: &str,
    wordings: impl Iterator<Item = &'a str>,
) -> bool {
    has_query_syntax(question) || differs_in_a_name(question, nearest) || negates(question, wordings)
}

/// Whether the message is written for a search engine or a calculator: `title:why`, `y+(y+25)`.
fn has_query_syntax(question: &str) -> bool {
    without_links(question).split_whitespace().any(|token| {
        let chars: Vec<char> = token.chars().collect();
        chars.windows(3).any(|part| match part {
            [before, ':', after] => {
                before.is_alphabetic() && (after.is_alphanumeric() || "'\"(".contains(*after))
            }
            [before, '+' | '=' | '^' | '*' | '~', after] => {
                before.is_alphanumeric() && (after.is_alphanumeric() || *after == '(')
            }
            _ => false,
        })
    })
}

/// Whether a word of the question and one of the wording differ only in repeated letters, signs or marks, as AA and
/// AAA, C and C++, -5 and 5, माला and मेला do.
fn differs_in_a_name(question: &str, wording: &str) -> bool {
    let (asked, known) = (wording_key(question), wording_key(wording));
    let (asked, known): (HashSet<&str>, HashSet<&str>) =
        (asked.split(' ').collect(), known.split(' ').collect());
    // An accent of a Latin letter may be left out: "condamnées" and "condamnés" are no codes.
    let plain = |word: &&str| without_accents(word).unwrap_or_else(|| (*word).to_owned());
    asked.difference(&known).map(plain).any(|one| {
        known.difference(&asked).map(plain).any(|other| {
            one != other && skeleton(&one) == skeleton(&other) && (is_code(&one) || is_code(&other))
        })
    })
}

/// The letters and digits of a word without repetitions and marks.
fn skeleton(word: &str) -> String {
    let plain: String = unicode_normalization::UnicodeNormalization::nfd(word)
        .filter(|c| c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(*c))
        .collect();
    let mut skeleton: Vec<char> = plain.chars().collect();
    skeleton.dedup();
    skeleton.into_iter().collect()
}

/// Whether every letter of the word counts: it has signs or marks, or is a size, a numeral or one repeated letter.
fn is_code(word: &str) -> bool {
    word.chars().any(|c| !c.is_ascii_alphabetic()) || has_meaningful_runs(word)
}

/// Whether repeated letters of a lower-case word are no emphasis: one letter alone, a size (XXL), a numeral (III).
pub(crate) fn has_meaningful_runs(word: &str) -> bool {
    let consists_of = |letters: &str| word.chars().all(|c| letters.contains(c));
    let is_one_letter = word.chars().all(|c| word.starts_with(c));
    is_one_letter || consists_of("xsml") || consists_of("ivxlcdm")
}

/// Words that ask for a part of something: who, which, how many. Negated, they ask for the other part.
const ASKS_FOR_PART: [&str; 23] = [
    "what", "which", "who", "whom", "whose", "where", "when", "how", "quel", "quelle", "quels", "quelles",
    "combien", "quand", "qui", "quoi", "nani", "nini", "lini", "wapi", "ngapi", "nde", "iki",
];
const NEGATIONS: [&str; 18] = [
    "not", "never", "none", "nobody", "nothing", "neither", "without", "no", "pas", "jamais", "aucun",
    "aucune", "rien", "ntabwo", "nta", "hakuna", "hapana", "kamwe",
];
/// Words that begin another clause, whose negation is another matter.
const CLAUSES: [&str; 16] = [
    "if", "because", "since", "although", "while", "but", "when", "that", "and", "or", "si", "parce", "mais",
    "et", "kuko", "lakini",
];

/// Whether the question asks for the opposite of what every similar wording asks: "which partners were not thanked".
fn negates<'a>(question: &str, wordings: impl Iterator<Item = &'a str>) -> bool {
    let asked = split::asking_sentence(question).unwrap_or_else(|| question.to_owned());
    if !asks_for_the_rest(&asked) {
        return false;
    }
    let words: HashSet<String> = key_words(&asked).collect();
    // The entry may be about what is not: then one of its wordings with a negation is as similar as the others.
    let (mut negated, mut affirmed) = (0.0_f32, 0.0_f32);
    for wording in wordings {
        let other: Vec<String> = key_words(wording).collect();
        let shared = other.iter().filter(|word| words.contains(*word)).count() as f32;
        let likeness = shared / (other.len() + words.len()).max(1) as f32;
        let best = if other.iter().any(|word| is_negation(word)) { &mut negated } else { &mut affirmed };
        *best = best.max(likeness);
    }
    negated <= 0.8 * affirmed
}

/// Whether a clause asks who, which, what or how many are *not*.
fn asks_for_the_rest(sentence: &str) -> bool {
    sentence.split([',', ';', ':', '(', ')', '—', '–']).any(|clause| {
        let words: Vec<String> = key_words(clause).collect();
        let Some(at) = words.iter().position(|word| ASKS_FOR_PART.contains(&word.as_str())) else {
            return false;
        };
        let is_how_come = words[at] == "how" && words.get(at + 1).is_some_and(|next| next == "come");
        let rest: Vec<&str> = words
            .iter()
            .skip(at + 1)
            .map(String::as_str)
            .take_while(|word| !CLAUSES.contains(word))
            .collect();
        let negation = rest.iter().position(|word| is_negation(word));
        let is_only =
            negation.and_then(|at| rest.get(at + 1)).is_some_and(|next| matches!(*next, "only" | "just"));
        negation.is_some() && !is_how_come && !is_only
    })
}

/// The words of a text, contractions with "not" written out.
fn key_words(text: &str) -> impl Iterator<Item = String> {
    let key = wording_key(text);
    let words: Vec<String> = key
        .split(' ')
        .flat_map(|word| match word.strip_suffix("nt") {
            Some(verb) if CONTRACTED.contains(&verb) => vec![verb.to_owned(), "not".to_owned()],
            _ => vec![word.to_owned()],
        })
        .collect();
    words.into_iter()
}

/// Verbs that "n't" is attached to.
const CONTRACTED: [&str; 17] = [
    "do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "wo", "would", "could", "should",
    "ca", "must", "ai",
];

fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(&word)
        || word.starts_with("ntib")
        || word.starts_with("ntab")
        || word.starts_with("hawaku")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn query_syntax_is_recognised_and_ordinary_punctuation_is_not() {
        for typed in ["title:why", "y+(y+25)", "content:'y+(y+25)'", "leaving^5 why", "why~2", "a=b"] {
            assert!(has_query_syntax(typed), "{typed}");
        }
        for typed in [
            "why are they leaving?",
            "C++ or C#?",
            "at 10:30 or 11?",
            "is/are they here",
            "lol :) why",
            "https://example.org/a=b:c why",
            "note: why leave",
        ] {
            assert!(!has_query_syntax(typed), "{typed}");
        }
    }

    #[test]
    fn sizes_signs_and_vowel_signs_are_not_emphasis() {
        for (asked, known) in [
            ("do you sell AAA batteries", "do you sell AA batteries"),
            ("have you XXXL shirts", "have you XXL shirts"),
            ("when is part III", "when is part II"),
            ("what is C++", "what is C"),
            ("is it -5 there", "is it 5 there"),
            ("माला क्या है", "मेला क्या है"),
        ] {
            assert!(differs_in_a_name(asked, known), "{asked} / {known}");
        }
        for (asked, known) in [
            ("sooooo why leave", "so why leave"),
            ("ou est le siege", "où est le siège"),
            ("combien ont été condamnées", "combien ont été condamnés"),
            ("what is C#", "who knows Java"),
        ] {
            assert!(!differs_in_a_name(asked, known), "{asked} / {known}");
        }
    }

    #[test]
    fn a_negated_question_is_doubted_unless_the_entry_is_about_what_is_not() {
        let affirmative = ["which teachers do they thank", "who is thanked"];
        let both = ["which teachers do they thank", "which teachers did they not thank"];
        for asked in
            ["which teachers do they not thank", "who isn't thanked?", "what did the school never teach"]
        {
            assert!(negates(asked, affirmative.into_iter()), "{asked}");
        }
        for asked in [
            "which teachers do they thank",
            "why do they not thank the teachers",
            "did they not thank the teachers?",
            "I do not know, which teachers do they thank?",
            "who is thanked if I do not pay",
            "who is not only thanked",
        ] {
            assert!(!negates(asked, affirmative.into_iter()), "{asked}");
        }
        assert!(!negates("which teachers do they not thank", both.into_iter()));
    }
}
