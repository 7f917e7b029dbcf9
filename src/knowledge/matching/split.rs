//! Splits a message into the questions it asks.
//!
//! A question keeps the statements before it as context, because they often name what "it" is. A message with fewer
//! than two questions is not split, except at a conjunction as in "when …, and how many …?".

use unicode_segmentation::UnicodeSegmentation;

/// Question marks: plain, full-width and Arabic.
pub(crate) const QUESTION_MARKS: [char; 3] = ['?', '？', '؟'];

/// The most questions of one message that are answered.
pub(crate) const MAX_QUESTIONS: usize = 5;

/// The longest question with its context, in characters: more than the sentence model reads of it says less.
const MAX_CHARS: usize = 600;

/// Whether a message is so long that it is not read as one question.
pub(crate) fn is_long(message: &str) -> bool {
    message.chars().count() > MAX_CHARS
}

/// The questions of `message` in order, as typed; at least one.
pub(crate) fn questions(message: &str) -> Vec<String> {
    let sentences: Vec<&str> = message
        .lines()
        .flat_map(|line| line.unicode_sentences())
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .collect();
    let asking = sentences.iter().filter(|sentence| is_question(sentence)).count();
    if asking < 2 && !is_long(message) {
        return vec![message.trim().to_owned()];
    }
    let mut questions: Vec<String> = Vec::new();
    let mut sentences_before: Vec<&str> = Vec::new();
    for sentence in sentences {
        sentences_before.push(sentence);
        if is_question(sentence) {
            questions.push(ending(&std::mem::take(&mut sentences_before)));
        }
    }
    match questions.last_mut() {
        None => questions.push(ending(&sentences_before)),
        Some(last) if !sentences_before.is_empty() => {
            let with_rest = format!("{last} {}", sentences_before.join(" "));
            if !is_long(&with_rest) {
                *last = with_rest;
            }
        }
        Some(_) => {}
    }
    // Of a long list, the last question is mostly the one that matters.
    if questions.len() > MAX_QUESTIONS {
        questions.drain(MAX_QUESTIONS - 1..questions.len() - 1);
    }
    questions
}

/// The last of these sentences with as many of those before it as are not too long together.
fn ending(sentences: &[&str]) -> String {
    let mut n_chars = 0;
    let fits = |sentence: &&&str| {
        n_chars += sentence.chars().count() + 1;
        n_chars <= MAX_CHARS
    };
    let n_fitting = sentences.iter().rev().take_while(fits).count();
    match sentences.last() {
        // The sentence alone is too long.
        Some(last) if n_fitting == 0 => {
            let skipped = last.chars().count().saturating_sub(MAX_CHARS);
            let tail: String = last.chars().skip(skipped).collect();
            tail.split_once(char::is_whitespace).map_or(tail.as_str(), |(_, whole)| whole).to_owned()
        }
        _ => sentences[sentences.len() - n_fitting..].join(" "),
    }
}

/// Whether a sentence ends with a question mark and is long enough to be a question of its own ("really?" is not).
fn is_question(sentence: &str) -> bool {
    let has_mark = sentence.trim_end_matches(['"', '\'', ')', '!', ' ', '»']).ends_with(QUESTION_MARKS);
    has_mark && sentence.unicode_words().count() >= 3
}

/// The last asking sentence of a question that has other sentences too; `None` if it is a single sentence.
pub(crate) fn asking_sentence(question: &str) -> Option<String> {
    let sentences: Vec<&str> =
        question.unicode_sentences().map(str::trim).filter(|s| !s.is_empty()).collect();
    let asking = sentences.iter().rfind(|sentence| is_question(sentence))?;
    (sentences.len() > 1).then(|| (*asking).to_owned())
}

/// Words between two questions of one sentence.
const CONJUNCTIONS: [&str; 8] = ["and", "&", "also", "plus", "et", "na", "kandi", "then"];
/// Words that begin the second of two questions.
const QUESTION_OPENERS: [&str; 44] = [
    "how", "when", "who", "whom", "what", "where", "why", "which", "whose", "did", "does", "do", "is", "are",
    "was", "were", "will", "would", "can", "has", "have", "combien", "quand", "qui", "que", "quoi", "ou",
    "où", "pourquoi", "quel", "quelle", "quels", "quelles", "est-ce", "depuis", "ryari", "nde", "bangahe",
    "kuki", "lini", "nani", "wapi", "wangapi", "je",
];

/// The two questions of a sentence such as "when did it start and how many were convicted"; `None` if it is only one.
pub(crate) fn conjoined_questions(question: &str) -> Option<(String, String)> {
    let words: Vec<&str> = question.split_whitespace().collect();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&').to_lowercase();
    let at = (3..words.len().saturating_sub(2)).find(|&at| {
        let is_opener = QUESTION_OPENERS.contains(&plain(words[at]).as_str());
        let before = plain(words[at - 1]);
        is_opener && (CONJUNCTIONS.contains(&before.as_str()) || words[at - 1].ends_with(','))
    })?;
    let first = words[..at].join(" ");
    let conjunction = words[at - 1];
    let first =
        if CONJUNCTIONS.contains(&plain(conjunction).as_str()) { words[..at - 1].join(" ") } else { first };
    (first.split_whitespace().count() >= 3)
        .then(|| (first.trim_end_matches(',').to_owned(), words[at..].join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_questions_in_one_sentence_are_split_at_their_conjunction() {
        let split = |text: &str| conjoined_questions(text).map(|(a, b)| [a, b]);
        assert_eq!(
            split("when did IJM start and how many were convicted?"),
            Some(["when did IJM start".to_owned(), "how many were convicted?".to_owned()])
        );
        assert_eq!(
            split("pourquoi partez-vous d'ici, et combien de victimes ?"),
            Some(["pourquoi partez-vous d'ici".to_owned(), "combien de victimes ?".to_owned()])
        );
        assert_eq!(split("did you train judges and police"), None);
        assert_eq!(split("and how"), None);
    }

    #[test]
    fn the_asking_sentence_is_found_among_others() {
        assert_eq!(
            asking_sentence("I gave money for years. What happens to it?").as_deref(),
            Some("What happens to it?")
        );
        assert_eq!(asking_sentence("What happens to it?"), None);
        assert_eq!(asking_sentence("I gave money. It is gone."), None);
    }

    #[test]
    fn each_question_of_a_message_is_separate() {
        assert_eq!(
            questions("Why are you leaving? And how many people were convicted?"),
            ["Why are you leaving?", "And how many people were convicted?"]
        );
    }

    #[test]
    fn a_statement_before_a_question_stays_with_it() {
        let message = "I gave money for years. What happens to it now?";
        assert_eq!(questions(message), [message]);
        assert_eq!(
            questions("I read the news. Is it true? It is sad. When did you start there?"),
            ["I read the news. Is it true?", "It is sad. When did you start there?"]
        );
    }

    #[test]
    fn a_message_without_a_question_mark_is_not_split() {
        assert_eq!(questions("tell me why. please"), ["tell me why. please"]);
        assert_eq!(questions(""), [""]);
    }

    #[test]
    fn the_end_of_a_long_message_is_read() {
        let story = "We sat by the river and talked about the weather for a long time. ".repeat(40);
        let asked = questions(&format!("{story}How many people were convicted?"));
        assert_eq!(asked.len(), 1);
        assert!(asked[0].ends_with("How many people were convicted?"));
        assert!(asked[0].chars().count() <= MAX_CHARS, "{}", asked[0].len());

        let told = questions(&format!("{story}please tell me how many were convicted"));
        assert!(told[0].ends_with("please tell me how many were convicted"));
        let endless = questions(&format!("{}convicted", "word ".repeat(500)));
        assert!(endless[0].ends_with("convicted") && endless[0].chars().count() <= MAX_CHARS);
    }

    #[test]
    fn of_many_questions_the_last_is_kept() {
        let many: String = (1..=9).map(|n| format!("What is number {n}? ")).collect();
        let asked = questions(&many);
        assert_eq!(asked.len(), MAX_QUESTIONS);
        assert_eq!(asked.last().map(String::as_str), Some("What is number 9?"));
    }

    proptest::proptest! {
        #[test]
        fn any_message_is_split_without_a_panic(message in "\\PC{0,900}") {
            let asked = questions(&message);
            proptest::prop_assert!(!asked.is_empty() && asked.len() <= MAX_QUESTIONS);
        }
    }
}
