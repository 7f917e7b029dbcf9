//! Parts a message into the questions it asks.
//!
//! A sentence that asks is a question; statements before it are its context and stay with it, for they often name what
//! "it" is. A message of one sentence, or without a question mark, stays whole but for "and also how many …?" joints.

use unicode_segmentation::UnicodeSegmentation;

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
    let is_question = sentence.trim_end_matches(['"', '\'', ')', '!', ' ', '»']).ends_with(['?', '？', '؟']);
    is_question && sentence.unicode_words().count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

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
