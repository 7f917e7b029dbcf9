//! Finds the stored wording that a question equals, so that nothing needs to be inferred.
//!
//! Texts are equal if `wording_key` says so. A question that leaves out accents equals a wording with accents if all
//! such wordings belong to one entry.

use std::collections::HashMap;

use crate::knowledge::{
    content::entry::Content,
    matching::ngrams::hash_of,
    wording_key::{without_accents, wording_key},
};

/// Maps the hash of the key of each wording to the position of its entry and its position among the wordings.
pub(crate) type ExactWordings = HashMap<u64, (u32, u32)>;

/// The wordings of all entries.
pub(crate) fn exact_wordings(content: &Content) -> ExactWordings {
    let mut exact = ExactWordings::new();
    let mut accented = Vec::new();
    for (class, entry) in (0_u32..).zip(&content.entries) {
        for (at, (text, _)) in (0_u32..).zip(entry.all_wordings()) {
            let key = wording_key(text);
            if key.is_empty() {
                continue;
            }
            accented.extend(without_accents(&key).map(|plain| (hash_of(&plain), (class, at))));
            exact.entry(hash_of(&key)).or_insert((class, at));
        }
    }
    let mut plain: HashMap<u64, Option<(u32, u32)>> = HashMap::new();
    for (hash, found) in accented {
        let first = plain.entry(hash).or_insert(Some(found));
        if first.is_some_and(|(class, _)| class != found.0) {
            *first = None;
        }
    }
    for (hash, found) in plain {
        if let Some(found) = found {
            exact.entry(hash).or_insert(found);
        }
    }
    exact
}

/// The entry and the wording that `question` equals.
pub(crate) fn find(exact: &ExactWordings, question: &str) -> Option<(usize, usize)> {
    let (class, wording) = exact.get(&hash_of(&wording_key(question)))?;
    Some((*class as usize, *wording as usize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::content::{
        finding::Findings,
        load,
        source::{Bundle, SourceFile},
    };
    use proptest::prelude::*;

    /// A FAQ with these questions, one per entry; `None` if two of them are the same question.
    fn content(questions: &[&str]) -> Option<Content> {
        let file = |(at, question): (usize, &&str)| {
            let front = toml::Table::from_iter([("question".to_owned(), toml::Value::from(*question))]);
            let text = format!("+++\n{front}+++\nAnswer.\n");
            SourceFile { path: format!("entry-{at}.md"), bytes: text.into_bytes() }
        };
        let bundle = Bundle::new(questions.iter().enumerate().map(file).collect(), Findings::new());
        Some(load::validate(&bundle, jiff::civil::date(2026, 8, 1)).ok()?.content)
    }

    fn found(content: &Content, question: &str) -> Option<String> {
        let (class, _) = find(&exact_wordings(content), question)?;
        Some(content.entries[class].question().to_owned())
    }

    #[test]
    fn a_question_equals_only_the_wording_that_means_the_same() {
        let stored = ["What is C?", "What is C++?", "Do you sell AA?", "दिन क्या है?", "Où est la pêche ?"];
        let content = content(&stored).unwrap();
        for (asked, expected) in [
            ("what is c++", Some(stored[1])),
            ("WHAT IS C", Some(stored[0])),
            ("what is C#", None),
            ("do you sell AAA", None),
            ("दान क्या है", None),
            ("ou est la peche", Some(stored[4])),
            ("où est la péché", None),
        ] {
            assert_eq!(found(&content, asked).as_deref(), expected, "{asked}");
        }
    }

    #[test]
    fn without_accents_a_question_that_could_be_either_of_two_equals_none() {
        let content = content(&["la pêche", "le péché", "la péche"]).unwrap();
        assert_eq!(found(&content, "la peche"), None);
        assert_eq!(found(&content, "le peche").as_deref(), Some("le péché"));
    }

    proptest! {
        #[test]
        fn every_stored_question_finds_its_own_entry(
            questions in prop::collection::vec("[a-cC+#=é̂ิदाि?!0-2 -]{1,8}|\\PC{1,20}", 1..8),
        ) {
            let questions: Vec<&str> = questions.iter().map(|q| q.trim()).collect();
            let Some(content) = content(&questions) else { return Ok(()) };
            for entry in &content.entries {
                let question = entry.question();
                let hit = found(&content, question);
                prop_assert_eq!(hit.as_deref(), Some(question));
            }
        }
    }
}
