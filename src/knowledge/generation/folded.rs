//! The folded words of each entry's wordings, computed when the entry is first compared with a question.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
    sync::OnceLock,
};

use crate::knowledge::{content::entry::Entry, matching::normalise};

/// One cell per entry.
#[derive(Default)]
pub(super) struct FoldedWordings(Vec<OnceLock<Folded>>);

/// The wordings of one entry, in the order of `Entry::all_wordings`: the hashes of all words in a row, and where each
/// wording ends.
struct Folded {
    words: Vec<u32>,
    ends: Vec<u32>,
}

impl FoldedWordings {
    /// Empty cells for so many entries.
    pub(super) fn new(entries: usize) -> FoldedWordings {
        FoldedWordings((0..entries).map(|_| OnceLock::new()).collect())
    }

    /// The position of the wording of `entry`, which is at `at`, that shares most words with the question, in
    /// proportion to their lengths; the first of equals.
    pub(super) fn nearest(&self, at: usize, entry: &Entry, question: &[String]) -> usize {
        let Some(cell) = self.0.get(at) else { return 0 };
        let Folded { words, ends } = cell.get_or_init(|| Folded::of(entry));
        let asked: HashSet<u32> = question.iter().map(|word| hash(word)).collect();
        let (mut start, mut best) = (0, (0, -1.0_f32));
        for (wording, end) in ends.iter().enumerate() {
            let of_wording = words.get(start as usize..*end as usize).unwrap_or_default();
            start = *end;
            let shared = of_wording.iter().filter(|word| asked.contains(word)).count() as f32;
            let likeness = shared / (of_wording.len() + question.len()).max(1) as f32;
            if likeness > best.1 {
                best = (wording, likeness);
            }
        }
        best.0
    }
}

impl Folded {
    fn of(entry: &Entry) -> Folded {
        let mut folded = Folded { words: Vec::new(), ends: Vec::new() };
        for (text, _) in entry.all_wordings() {
            folded.words.extend(normalise::words(text).iter().map(|word| hash(word)));
            folded.ends.push(u32::try_from(folded.words.len()).unwrap_or(u32::MAX));
        }
        folded
    }
}

/// The lower half of a hash: two words that share one make a wording look a little more alike, no more.
fn hash(word: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::content::load;

    #[test]
    fn the_nearest_wording_shares_most_words_and_the_first_of_equals_wins() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("faq")).unwrap();
        let entry = "+++\nquestion = \"What about the books?\"\nkind = \"not_covered\"\n\
                     also_asked = [\"who keeps the books\", \"keeps who the books\", \"where are they\"]\n+++\n\
                     It does not say.\n";
        std::fs::write(folder.path().join("faq/books.md"), entry).unwrap();
        let content = load::load(&folder.path().join("faq"), jiff::civil::date(2026, 8, 1)).unwrap().content;
        let entry = &content.entries[0];
        let folded = FoldedWordings::new(1);
        let nearest = |question: &str| {
            let at = folded.nearest(0, entry, &normalise::words(question));
            entry.all_wordings().nth(at).unwrap().0
        };
        assert_eq!(nearest("who keeps the BOOKS now"), "who keeps the books");
        assert_eq!(nearest("where are they?"), "where are they");
        assert_eq!(nearest("zzz"), entry.all_wordings().next().unwrap().0);
    }
}
