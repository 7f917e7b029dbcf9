//! Groups questions that ask alike: by the cosine of their sentence vectors, by shared words where there are none.

use std::collections::HashSet;

/// From this cosine on two questions ask the same.
const SAME_BY_MEANING: f32 = 0.72;
/// The same for the share of words that two questions have in common.
const SAME_BY_WORDS: f32 = 0.6;
/// Words that say nothing of what is asked.
const EMPTY_WORDS: &[&str] = &[
    "a", "an", "and", "are", "at", "can", "ce", "ces", "cette", "comment", "de", "des", "did", "do", "does",
    "du", "en", "est", "et", "for", "how", "i", "in", "is", "it", "la", "le", "les", "of", "on", "or", "ou",
    "please", "que", "quel", "quelle", "qui", "s", "sont", "the", "there", "they", "this", "to", "un", "une",
    "was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "you", "your",
];

/// One question, ready to be compared.
pub(crate) struct Asked {
    /// Its sentence vector, of unit length; `None` where matching by meaning is off.
    pub(crate) vector: Option<Vec<f32>>,
    /// Its folded words.
    pub(crate) words: Vec<String>,
}

impl Asked {
    fn is_like(&self, other: &Asked) -> bool {
        if let (Some(one), Some(other)) = (&self.vector, &other.vector) {
            let cosine: f32 = one.iter().zip(other).map(|(a, b)| a * b).sum();
            if cosine >= SAME_BY_MEANING {
                return true;
            }
        }
        let (one, other) = (telling(&self.words), telling(&other.words));
        let (shared, all) = (one.intersection(&other).count(), one.union(&other).count());
        all > 0 && shared as f32 / all as f32 >= SAME_BY_WORDS
    }
}

/// The words that say what is asked; all of them if no other is left.
fn telling(words: &[String]) -> HashSet<&str> {
    let telling: HashSet<&str> =
        words.iter().map(String::as_str).filter(|word| !EMPTY_WORDS.contains(word)).collect();
    if telling.is_empty() { words.iter().map(String::as_str).collect() } else { telling }
}

/// The questions in groups, by their positions. Each group begins with the question that all others in it are like.
pub(crate) fn groups(asked: &[Asked]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, question) in asked.iter().enumerate() {
        match groups.iter_mut().find(|group| asked[group[0]].is_like(question)) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_words(text: &str) -> Asked {
        Asked { vector: None, words: text.split(' ').map(str::to_owned).collect() }
    }

    #[test]
    fn questions_that_share_most_of_their_words_are_one_group() {
        let asked = [
            "where can i park my car",
            "where to park a car",
            "who pays for it",
            "can i park my car there",
            "who pays",
            "why",
        ];
        let asked: Vec<Asked> = asked.into_iter().map(by_words).collect();
        assert_eq!(groups(&asked), [vec![0, 1, 3], vec![2, 4], vec![5]]);
    }

    #[test]
    fn near_vectors_are_one_group_whatever_their_words() {
        let asked = |x: f32, word: &str| Asked {
            vector: Some(vec![x, (1.0 - x * x).sqrt()]),
            words: vec![word.into()],
        };
        assert_eq!(
            groups(&[asked(1.0, "parking"), asked(0.9, "garage"), asked(0.1, "tax")]),
            [vec![0, 1], vec![2]]
        );
    }
}
