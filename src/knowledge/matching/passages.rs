//! Finds the paragraphs of the announcement that are nearest to a question: by meaning and by words.
//!
//! Nearness alone does not say that a paragraph answers the question, so paragraphs are offered and never asserted.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::knowledge::{
    content::entry::Announcement,
    matching::{
        normalise,
        vectors::{Probe, Vectors},
    },
};

/// The most paragraphs that are offered.
const MAX_OFFERED: usize = 3;
/// The lowest score that is offered.
const MIN_SCORE: f32 = 0.3;
/// What BM25, 0 to 1, counts beside the cosine.
const WORDS_WEIGHT: f32 = 0.5;

/// The sentence vectors of the announcement.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Passages {
    /// One vector per paragraph and one per sentence; empty where matching by meaning is off.
    vectors: Vectors,
    /// The number of the paragraph of each vector.
    paragraphs: Vec<u32>,
}

/// A text of the announcement that has a vector of its own.
pub(crate) struct Unit {
    /// The number of its paragraph.
    paragraph: u32,
    /// Its folded text.
    pub(crate) text: String,
}

/// Each paragraph, and each of its sentences if it has several: a question is often about one of them.
pub(crate) fn units(announcement: Option<&Announcement>) -> Vec<Unit> {
    let passages = announcement.into_iter().flat_map(|announcement| &announcement.passages);
    passages
        .flat_map(|passage| {
            let sentences: Vec<&str> = passage.text.unicode_sentences().collect();
            let single = if sentences.len() > 1 { sentences } else { Vec::new() };
            let paragraph = u32::try_from(passage.paragraph).unwrap_or(u32::MAX);
            std::iter::once(passage.text.as_str())
                .chain(single)
                .map(normalise::fold)
                .filter(|text| !text.is_empty())
                .map(move |text| Unit { paragraph, text })
                .collect::<Vec<Unit>>()
        })
        .collect()
}

impl Passages {
    /// The vectors of `units`, in the same order.
    pub(super) fn new(units: &[Unit], vectors: Vectors) -> Passages {
        Passages { vectors, paragraphs: units.iter().map(|unit| unit.paragraph).collect() }
    }

    /// The numbers of the paragraphs to offer for a question, best first. `query` is its sentence vector, which may be
    /// empty; `by_words` are the paragraphs that share words with it, with their BM25 scores, 0 to 1.
    pub(crate) fn nearest(&self, query: &[f32], by_words: &[(usize, f32)]) -> Vec<usize> {
        let mut scores: Vec<(usize, f32)> = Vec::new();
        if !query.is_empty() {
            let probe = Probe::new(query);
            for (at, paragraph) in self.paragraphs.iter().take(self.vectors.len()).enumerate() {
                raise(&mut scores, *paragraph as usize, self.vectors.cosine(at, &probe));
            }
        }
        for (paragraph, score) in by_words {
            let by_meaning = scores.iter().find(|(number, _)| number == paragraph).map_or(0.0, |(_, s)| *s);
            raise(&mut scores, *paragraph, by_meaning + WORDS_WEIGHT * score);
        }
        scores.retain(|(_, score)| *score >= MIN_SCORE);
        scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scores.into_iter().take(MAX_OFFERED).map(|(paragraph, _)| paragraph).collect()
    }
}

/// Sets the score of a paragraph if it is higher than the one it has.
fn raise(scores: &mut Vec<(usize, f32)>, paragraph: usize, score: f32) {
    match scores.iter_mut().find(|(number, _)| *number == paragraph) {
        Some((_, best)) => *best = best.max(score),
        None => scores.push((paragraph, score)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{content::entry::Passage, matching::embed::DIMENSIONS};

    fn announcement(paragraphs: &[&str]) -> Announcement {
        let passage = |(at, text): (usize, &&str)| Passage { paragraph: at + 1, text: (*text).to_owned() };
        Announcement {
            title: "Closing".into(),
            url: String::new(),
            media_contact: String::new(),
            publisher: String::new(),
            passages: paragraphs.iter().enumerate().map(passage).collect(),
        }
    }

    /// A unit vector along one axis.
    fn axis(at: usize) -> Vec<f32> {
        let mut vector = vec![0.0; DIMENSIONS];
        vector[at] = 1.0;
        vector
    }

    #[test]
    fn a_paragraph_is_as_near_as_its_nearest_sentence() {
        let units = units(Some(&announcement(&["It closes. Books stay.", "Thanks."])));
        let texts: Vec<&str> = units.iter().map(|unit| unit.text.as_str()).collect();
        assert_eq!(texts, ["it closes books stay", "it closes", "books stay", "thanks"]);
        let mut vectors = Vectors::default();
        (0..4).for_each(|at| vectors.push(&axis(at)));
        let passages = Passages::new(&units, vectors);
        assert_eq!(passages.nearest(&axis(2), &[]), [1]);
        assert_eq!(passages.nearest(&axis(3), &[]), [2]);
        assert_eq!(passages.nearest(&axis(7), &[]), [0_usize; 0]);
    }

    #[test]
    fn shared_words_count_beside_the_meaning_and_alone_without_vectors() {
        let units = units(Some(&announcement(&["It closes.", "Thanks."])));
        let passages = Passages::new(&units, Vectors::default());
        assert_eq!(passages.nearest(&[], &[(2, 0.9), (1, 0.7)]), [2, 1]);
        assert_eq!(passages.nearest(&[], &[(2, 0.1)]), [0_usize; 0]);
    }
}
