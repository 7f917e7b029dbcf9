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
    if let Some(mut items) = numbered_items(message).filter(|_| !is_long(message)) {
        items.truncate(MAX_QUESTIONS);
        return items;
    }
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

/// Words that make a question of their own with hardly another: "when?".
const SHORT_QUESTIONS: [&str; 14] = [
    "how", "when", "who", "where", "why", "which", "what", "combien", "quand", "qui", "où", "pourquoi",
    "comment", "quoi",
];

/// Whether a sentence ends with a question mark and is long enough to be a question of its own ("really?" is not).
fn is_question(sentence: &str) -> bool {
    let has_mark = sentence.trim_end_matches(['"', '\'', ')', '!', ' ', '»']).ends_with(QUESTION_MARKS);
    let first = sentence.unicode_words().next().unwrap_or_default().to_lowercase();
    has_mark && (sentence.unicode_words().count() >= 3 || SHORT_QUESTIONS.contains(&first.as_str()))
}

/// The last asking sentence of a question that has other sentences too; `None` if it is a single sentence.
pub(crate) fn asking_sentence(question: &str) -> Option<String> {
    let sentences: Vec<&str> =
        question.unicode_sentences().map(str::trim).filter(|s| !s.is_empty()).collect();
    let asking = sentences.iter().rfind(|sentence| is_question(sentence))?;
    (sentences.len() > 1).then(|| (*asking).to_owned())
}

/// Words that begin the second of two questions.
const QUESTION_OPENERS: [&str; 44] = [
    "how", "when", "who", "whom", "what", "where", "why", "which", "whose", "did", "does", "do", "is", "are",
    "was", "were", "will", "would", "can", "has", "have", "combien", "quand", "qui", "que", "quoi", "ou",
    "où", "pourquoi", "quel", "quelle", "quels", "quelles", "est-ce", "depuis", "ryari", "nde", "bangahe",
    "kuki", "lini", "nani", "wapi", "wangapi", "je",
];

/// A place where a sentence may be two questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Coordination {
    /// What is before the conjunction or comma.
    pub first: String,
    /// What is behind it.
    pub second: String,
    /// Whether a question word begins the second, so that it is a question and not a mere thing.
    pub is_question: bool,
}

/// Words between two things of which each may be asked about.
const LINKS: [&str; 12] =
    ["and", "or", "&", "+", "also", "plus", "et", "ou", "na", "kandi", "cyangwa", "then"];
/// Words between two questions or two things, in the longest form that stands for one.
const MAX_THING: usize = 6;

impl Coordination {
    /// The first question with the second thing in the place of its last one or two words: "did you train police or
    /// judges" asks "did you train judges" too.
    pub(crate) fn replaced(&self) -> Vec<String> {
        let words: Vec<&str> = self.first.split_whitespace().collect();
        if self.second.split_whitespace().count() > MAX_THING / 2 {
            return Vec::new();
        }
        let frames = (1..=2).filter(|n| words.len() >= n + 2);
        frames.map(|n| format!("{} {}", words[..words.len() - n].join(" "), self.second)).collect()
    }
}

/// Where a sentence may be two questions, such as "when did it start and how many were convicted"; places before a
/// question word first.
pub(crate) fn coordinations(question: &str) -> Vec<Coordination> {
    let words: Vec<&str> = question.split_whitespace().collect();
    let plain =
        |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&' && c != '+').to_lowercase();
    let is_link = |word: &str| LINKS.contains(&plain(word).as_str());
    let mut places = Vec::new();
    for at in 2..words.len() {
        let is_opener = QUESTION_OPENERS.contains(&plain(words[at]).as_str());
        // A mere comma separates questions, but a thing behind it may be anything; ", was it" asks nothing new.
        let is_tag = is_opener && words.len() - at < 3;
        let is_after_comma = words[at - 1].ends_with([',', ';']) && is_opener && !is_tag;
        let begins_apart = is_link(words[at - 1]) || is_after_comma;
        let is_end = words.len() - at;
        if !begins_apart
            || is_link(words[at])
            || (is_opener && is_end < 2)
            || (!is_opener && is_end > MAX_THING)
        {
            continue;
        }
        let mut end = at;
        while end > 0 && is_link(words[end - 1]) {
            end -= 1;
        }
        if end < 2 {
            continue;
        }
        let first = words[..end].join(" ").trim_end_matches([',', ';']).to_owned();
        places.push(Coordination { first, second: words[at..].join(" "), is_question: is_opener });
    }
    places.sort_by_key(|place| !place.is_question);
    places
}

/// The items of a numbered list, "1) … 2) …", as typed, the text before it with the first; `None` if there is none.
fn numbered_items(message: &str) -> Option<Vec<String>> {
    let mut items: Vec<Vec<&str>> = vec![Vec::new()];
    let mut next = 1;
    for word in message.split_whitespace() {
        match list_number(word, next) {
            Some(rest) => {
                next += 1;
                if next > 2 {
                    items.push(Vec::new());
                }
                items
                    .last_mut()
                    .into_iter()
                    .for_each(|item| item.extend(Some(rest).filter(|rest| !rest.is_empty())));
            }
            None => items.last_mut().into_iter().for_each(|item| item.push(word)),
        }
    }
    let items: Vec<String> =
        items.iter().filter(|item| !item.is_empty()).map(|item| item.join(" ")).collect();
    (next > 2 && items.len() > 1).then_some(items)
}

/// What follows the mark of the list's item `number` at the beginning of `word`: "2)", "(2)", "2." or "b)".
fn list_number(word: &str, number: usize) -> Option<&str> {
    let word = word.strip_prefix('(').unwrap_or(word);
    let letter = char::from_digit(u32::try_from(number).ok()? + 9, 36)?.to_string();
    let rest =
        word.strip_prefix(number.to_string().as_str()).or_else(|| word.strip_prefix(letter.as_str()))?;
    let rest = rest.strip_prefix([')', '.', ':'])?;
    // "1.5" is a number.
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_questions_in_one_sentence_are_split_at_their_conjunction() {
        let split = |text: &str| {
            coordinations(text).into_iter().next().map(|it| [it.first, it.second]).unwrap_or_default()
        };
        assert_eq!(
            split("when did IJM start and how many were convicted?"),
            ["when did IJM start", "how many were convicted?"]
        );
        assert_eq!(
            split("pourquoi partez-vous d'ici, et combien de victimes ?"),
            ["pourquoi partez-vous d'ici", "combien de victimes ?"]
        );
        assert_eq!(split("who leads it and also who helps them"), ["who leads it", "who helps them"]);
        assert_eq!(split("did you train judges and police"), ["did you train judges", "police"]);
        assert_eq!(split("and how"), ["", ""]);
    }

    #[test]
    fn a_thing_takes_the_place_of_the_one_before() {
        let places = coordinations("did you train police officers or judges");
        assert!(!places[0].is_question);
        assert_eq!(places[0].replaced(), ["did you train police judges", "did you train judges"]);
    }

    #[test]
    fn a_numbered_list_is_split_at_its_numbers() {
        assert_eq!(questions("1) how long were u there 2) y stop"), ["how long were u there", "y stop"]);
        assert_eq!(
            questions("two things: a. who runs it b. since when"),
            ["two things: who runs it", "since when"]
        );
        for message in ["it has 2) in it", "version 1.5 of 2.0", "1) only one", "2) then 1)"] {
            assert_eq!(questions(message), [message], "{message}");
        }
    }

    #[test]
    fn a_short_question_is_one_of_its_own() {
        assert_eq!(questions("How many were convicted? When?"), ["How many were convicted?", "When?"]);
        assert_eq!(questions("Really? Why are you leaving?"), ["Really? Why are you leaving?"]);
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
