//! Parts a message into the questions it asks.
//!
//! A sentence that asks is a question; statements before it are its context and stay with it, for they often name what
//! "it" is. A message of one sentence, or without a question mark, stays whole but for "and also how many …?" joints.

use unicode_segmentation::UnicodeSegmentation;

/// What ends a question: the plain mark, the full-width and the Arabic one.
pub const QUESTION_MARKS: [char; 3] = ['?', '？', '؟'];

/// The most questions of one message that are answered.
pub const MAX_QUESTIONS: usize = 5;

/// The questions of `message`, in order, as typed; at least one.
pub fn questions(message: &str) -> Vec<String> {
    let sentences: Vec<&str> = message
        .lines()
        .flat_map(|line| line.unicode_sentences())
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .collect();
    let asking = sentences.iter().filter(|sentence| asks(sentence)).count();
    if asking < 2 {
        return vec![message.trim().to_owned()];
    }
    let mut questions: Vec<String> = Vec::new();
    let mut context = String::new();
    for sentence in sentences {
        if !context.is_empty() {
            context.push(' ');
        }
        context.push_str(sentence);
        if asks(sentence) {
            questions.push(std::mem::take(&mut context));
        }
    }
    if let (false, Some(last)) = (context.is_empty(), questions.last_mut()) {
        last.push(' ');
        last.push_str(&context);
    }
    questions.truncate(MAX_QUESTIONS);
    questions
}

/// Whether a sentence ends as a question and says enough to be one by itself ("really?" does not).
fn asks(sentence: &str) -> bool {
    let is_question = sentence.trim_end_matches(['"', '\'', ')', '!', ' ', '»']).ends_with(QUESTION_MARKS);
    is_question && sentence.unicode_words().count() >= 3
}

/// The asking sentence of a question that is more than one sentence; `None` where there is no other.
pub fn core(question: &str) -> Option<String> {
    let sentences: Vec<&str> =
        question.unicode_sentences().map(str::trim).filter(|s| !s.is_empty()).collect();
    let asking = sentences.iter().rfind(|sentence| asks(sentence))?;
    (sentences.len() > 1).then(|| (*asking).to_owned())
}

/// Words that may stand between two questions of one sentence, and words that begin the second.
const JOINTS: [&str; 8] = ["and", "&", "also", "plus", "et", "na", "kandi", "then"];
const OPENERS: [&str; 44] = [
    "how", "when", "who", "whom", "what", "where", "why", "which", "whose", "did", "does", "do", "is", "are",
    "was", "were", "will", "would", "can", "has", "have", "combien", "quand", "qui", "que", "quoi", "ou",
    "où", "pourquoi", "quel", "quelle", "quels", "quelles", "est-ce", "depuis", "ryari", "nde", "bangahe",
    "kuki", "lini", "nani", "wapi", "wangapi", "je",
];

/// The two questions of a sentence such as "when did it start and how many were convicted"; `None` where it is one.
pub fn halves(question: &str) -> Option<(String, String)> {
    let words: Vec<&str> = question.split_whitespace().collect();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&').to_lowercase();
    let at = (3..words.len().saturating_sub(2)).find(|&at| {
        let is_opener = OPENERS.contains(&plain(words[at]).as_str());
        let before = plain(words[at - 1]);
        is_opener && (JOINTS.contains(&before.as_str()) || words[at - 1].ends_with(','))
    })?;
    let first = words[..at].join(" ");
    let joint = words[at - 1];
    let first = if JOINTS.contains(&plain(joint).as_str()) { words[..at - 1].join(" ") } else { first };
    (first.split_whitespace().count() >= 3)
        .then(|| (first.trim_end_matches(',').to_owned(), words[at..].join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_questions_in_one_sentence_are_parted_at_their_joint() {
        let parted = |text: &str| halves(text).map(|(a, b)| [a, b]);
        assert_eq!(
            parted("when did IJM start and how many were convicted?"),
            Some(["when did IJM start".to_owned(), "how many were convicted?".to_owned()])
        );
        assert_eq!(
            parted("pourquoi partez-vous d'ici, et combien de victimes ?"),
            Some(["pourquoi partez-vous d'ici".to_owned(), "combien de victimes ?".to_owned()])
        );
        assert_eq!(parted("did you train judges and police"), None);
        assert_eq!(parted("and how"), None);
    }

    #[test]
    fn the_asking_sentence_is_found_among_others() {
        assert_eq!(
            core("I gave money for years. What happens to it?").as_deref(),
            Some("What happens to it?")
        );
        assert_eq!(core("What happens to it?"), None);
        assert_eq!(core("I gave money. It is gone."), None);
    }

    #[test]
    fn each_question_of_a_message_stands_alone() {
        assert_eq!(
            questions("Why are you leaving? And how many people were convicted?"),
            ["Why are you leaving?", "And how many people were convicted?"]
        );
    }

    #[test]
    fn what_is_said_before_a_question_stays_with_it() {
        let message = "I gave money for years. What happens to it now?";
        assert_eq!(questions(message), [message]);
        assert_eq!(
            questions("I read the news. Is it true? It is sad. When did you start there?"),
            ["I read the news. Is it true?", "It is sad. When did you start there?"]
        );
    }

    #[test]
    fn a_message_without_a_question_mark_stays_whole() {
        assert_eq!(questions("tell me why. please"), ["tell me why. please"]);
        assert_eq!(questions(""), [""]);
    }
}
