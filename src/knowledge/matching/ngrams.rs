//! A text as a sparse vector of its word and character n-grams, weighted by tf-idf.
//!
//! Words carry the facts ("convicted", "2008"), characters carry what words miss: inflection, typing errors and the
//! languages that the sentence model was not trained on. The method is the usual one (sublinear term frequency, smoothed
//! inverse document frequency, each block of unit length).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// A sparse vector: feature numbers, ascending, with their weights.
pub(crate) type Sparse = Vec<(u32, f32)>;

/// The vectors of many texts, stored one after the other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct SparseRows {
    /// Where each row ends in `items`.
    ends: Vec<u32>,
    items: Sparse,
}

impl SparseRows {
    /// Adds a row.
    pub(crate) fn push(&mut self, row: &[(u32, f32)]) {
        self.items.extend_from_slice(row);
        self.ends.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    /// The row at `at`.
    pub(crate) fn get(&self, at: usize) -> &[(u32, f32)] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.items[start as usize..self.ends[at] as usize]
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The first `n` rows.
    pub(crate) fn first(&self, n: usize) -> SparseRows {
        let items = if n == 0 { 0 } else { self.ends[n - 1] as usize };
        SparseRows { ends: self.ends[..n].to_vec(), items: self.items[..items].to_vec() }
    }
}

/// The shortest and the longest character n-gram, the word's edges counted in.
const CHAR_GRAMS: std::ops::RangeInclusive<usize> = 2..=5;

/// The n-grams of a corpus with their weights.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Vocabulary {
    /// Hash of an n-gram to its number and inverse document frequency.
    grams: HashMap<u64, (u32, f32)>,
    /// Word n-grams have the numbers below this, character n-grams the others.
    n_words: u32,
}

/// Wordings from which on n-grams that occur in only one of them are left out.
const LARGE: u32 = 3_000;
/// Wordings from which on n-grams that occur in only two of them are left out too.
const VERY_LARGE: u32 = 30_000;

impl Vocabulary {
    /// Counts the n-grams of `texts`, each the folded words of one text.
    pub(crate) fn fit<'a>(texts: impl IntoIterator<Item = &'a [String]>) -> Vocabulary {
        let mut counts: HashMap<(Block, u64), u32> = HashMap::new();
        let mut n_texts = 0_u32;
        for words in texts {
            n_texts += 1;
            let mut seen: Vec<(Block, u64)> =
                grams(words).into_iter().map(|(gram, block)| (block, gram)).collect();
            seen.sort_unstable();
            seen.dedup();
            for gram in seen {
                *counts.entry(gram).or_default() += 1;
            }
        }
        // In a large FAQ an n-gram of one wording alone teaches nothing and would double the size; in a very large one,
        // of two.
        let rarest = 1 + u32::from(n_texts >= LARGE) + u32::from(n_texts >= VERY_LARGE);
        let mut sorted: Vec<((Block, u64), u32)> = counts.into_iter().filter(|(_, n)| *n >= rarest).collect();
        sorted.sort_unstable();
        let n_words = sorted.iter().zip(0..).find(|(((block, _), _), _)| *block == Block::Chars);
        let n_words = n_words.map_or_else(|| u32::try_from(sorted.len()).unwrap_or(u32::MAX), |(_, at)| at);
        let grams = sorted
            .into_iter()
            .zip(0..)
            .map(|(((_, gram), n), number)| {
                let idf = ((1.0 + n_texts as f32) / (1.0 + n as f32)).ln() + 1.0;
                (gram, (number, idf))
            })
            .collect();
        Vocabulary { grams, n_words }
    }

    /// Whether this is the number of a character n-gram.
    pub(crate) fn is_of_characters(&self, number: u32) -> bool {
        number >= self.n_words
    }

    /// How many n-grams it knows.
    pub(crate) fn len(&self) -> usize {
        self.grams.len()
    }

    /// The vector of a text; n-grams the corpus lacks are left out.
    pub(crate) fn vector(&self, words: &[String]) -> Sparse {
        let mut blocks: [HashMap<u32, (f32, f32)>; 2] = Default::default();
        for (gram, block) in grams(words) {
            if let Some(&(number, idf)) = self.grams.get(&gram) {
                let slot = blocks[block as usize].entry(number).or_insert((0.0, idf));
                slot.0 += 1.0;
            }
        }
        let mut vector = Sparse::new();
        for block in blocks {
            let weighted: Vec<(u32, f32)> =
                block.into_iter().map(|(number, (tf, idf))| (number, (1.0 + f32::ln(tf)) * idf)).collect();
            let norm = weighted.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            vector.extend(weighted.into_iter().map(|(number, w)| (number, w / norm)));
        }
        vector.sort_unstable_by_key(|(number, _)| *number);
        vector
    }
}

/// Which block an n-gram belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Block {
    Words = 0,
    Chars = 1,
}

/// Every n-gram of a text, as a hash, with repetitions.
fn grams(words: &[String]) -> Vec<(u64, Block)> {
    let mut out = Vec::with_capacity(words.len() * 24);
    let mut buffer = Vec::new();
    for (at, word) in words.iter().enumerate() {
        out.push((hash(b'w', word.as_bytes()), Block::Words));
        if let Some(next) = words.get(at + 1) {
            buffer.clear();
            buffer.extend_from_slice(word.as_bytes());
            buffer.push(b' ');
            buffer.extend_from_slice(next.as_bytes());
            out.push((hash(b'b', &buffer), Block::Words));
        }
        let padded: Vec<char> =
            std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' ')).collect();
        for n in CHAR_GRAMS {
            for gram in padded.windows(n) {
                let text: String = gram.iter().collect();
                out.push((hash(b'c', text.as_bytes()), Block::Chars));
            }
        }
    }
    out
}

/// The hash of a whole text.
pub(crate) fn hash_of(text: &str) -> u64 {
    hash(b't', text.as_bytes())
}

/// FNV-1a, 64 bits: stored indexes rely on it, so it must be the same in every build.
fn hash(tag: u8, bytes: &[u8]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    std::iter::once(&tag)
        .chain(bytes)
        .fold(OFFSET, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}
