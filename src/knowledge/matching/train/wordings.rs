//! The folded wordings of a FAQ, and what is counted over them.

use std::collections::{HashMap, HashSet};

use crate::{
    knowledge::{
        content::entry::{Content, Entry, Kind},
        matching::{
            embed::{EmbedError, Embedder},
            matcher::IN_THE_TEXTS,
            normalise,
            spelling::Lexicon,
        },
    },
    lang::Lang,
};

/// One wording with its entry.
pub(super) struct Wording {
    pub(super) class: usize,
    pub(super) lang: Lang,
    pub(super) words: Vec<String>,
}

/// Every wording once, entry by entry.
pub(super) fn all(content: &Content) -> Vec<Wording> {
    let mut seen = HashSet::new();
    let mut wordings = Vec::new();
    for (class, entry) in content.entries.iter().enumerate() {
        for (text, lang) in entry.all_wordings() {
            let words = normalise::words(text);
            if !words.is_empty() && seen.insert((class, words.join(" "))) {
                wordings.push(Wording { class, lang, words });
            }
        }
    }
    wordings
}

/// The entries' `not` questions, with their spelling corrected as a question's is.
pub(super) fn refused(
    content: &Content,
    lexicon: &Lexicon,
    with_vectors: bool,
) -> Result<Vec<Wording>, EmbedError> {
    let embedder = if with_vectors { Some(Embedder::shared()?) } else { None };
    let is_known = |word: &str| embedder.is_some_and(|embedder| embedder.knows_word(word));
    let of_entry = |(class, entry): (usize, &Entry)| -> Vec<Wording> {
        let correct = |text: &String| Wording {
            class,
            lang: Lang::En,
            words: lexicon.correct(&normalise::words(text), is_known),
        };
        entry.not.iter().map(correct).filter(|wording| !wording.words.is_empty()).collect()
    };
    Ok(content.entries.iter().enumerate().flat_map(of_entry).collect())
}

/// How many wordings of answers, or of everything else, have a word.
pub(super) fn word_counts(content: &Content, wordings: &[Wording], of_answers: bool) -> HashMap<String, u32> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    let is_wanted = |wording: &&Wording| (content.entries[wording.class].kind == Kind::Answer) == of_answers;
    for wording in wordings.iter().filter(is_wanted) {
        let distinct: HashSet<&String> = wording.words.iter().collect();
        for word in distinct {
            *counts.entry(word.clone()).or_default() += 1;
        }
    }
    counts
}

/// The words of answers' wordings; those of the announcement and of the answers themselves count as
/// [`IN_THE_TEXTS`].
pub(super) fn answer_words(content: &Content, wordings: &[Wording]) -> HashMap<String, u32> {
    let mut counts = word_counts(content, wordings, true);
    let passages = content.announcement.iter().flat_map(|a| a.passages.iter().map(|p| p.text.as_str()));
    let answers = content
        .entries
        .iter()
        .filter(|entry| entry.kind == Kind::Answer)
        .flat_map(|entry| entry.versions.values().map(|version| version.answer.as_str()));
    for word in passages.chain(answers).flat_map(normalise::words) {
        counts.insert(word, IN_THE_TEXTS);
    }
    counts
}

/// Where each entry's wordings begin; one more than there are entries.
pub(super) fn starts(wordings: &[Wording], classes: usize) -> Vec<u32> {
    let mut starts = vec![0_u32; classes + 1];
    for wording in wordings {
        starts[wording.class + 1] += 1;
    }
    for class in 0..classes {
        starts[class + 1] += starts[class];
    }
    starts
}
