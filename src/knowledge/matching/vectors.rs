//! The sentence vectors of a FAQ's wordings, kept small, and the file that saves them from being computed twice.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

use crate::knowledge::matching::{
    cache_file,
    embed::{DIMENSIONS, EmbedError, Embedder, MODEL_NAME},
    parallel,
};

/// Vectors of unit length, 8 bits a number: a cosine is off by less than 0.01.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Vectors {
    scales: Vec<f32>,
    #[serde(with = "serde_bytes_i8")]
    numbers: Vec<i8>,
}

impl Vectors {
    /// Adds a vector.
    pub(crate) fn push(&mut self, vector: &[f32]) {
        let top = vector.iter().fold(f32::MIN_POSITIVE, |top, x| top.max(x.abs()));
        let scale = top / 127.0;
        self.scales.push(scale);
        self.numbers.extend(vector.iter().map(|x| (x / scale).round() as i8));
    }

    /// Those at `range`.
    pub(crate) fn slice(&self, range: Range<usize>) -> Vectors {
        Vectors {
            scales: self.scales[range.clone()].to_vec(),
            numbers: self.numbers[range.start * DIMENSIONS..range.end * DIMENSIONS].to_vec(),
        }
    }

    /// Their mean; all zeros where there is none.
    pub(crate) fn mean(&self) -> Vec<f32> {
        let mut mean = vec![0.0_f32; DIMENSIONS];
        for at in 0..self.len() {
            mean.iter_mut().zip(self.get(at)).for_each(|(sum, x)| *sum += x / self.len() as f32);
        }
        mean
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// The product of the vector at `at` with `probe`: the cosine, if both are of unit length.
    pub(crate) fn cosine(&self, at: usize, probe: &Probe) -> f32 {
        let numbers = &self.numbers[at * DIMENSIONS..][..DIMENSIONS];
        let sum: i32 = numbers
            .chunks_exact(16)
            .zip(probe.numbers.chunks_exact(16))
            .map(|(a, b)| a.iter().zip(b).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum::<i32>())
            .sum();
        sum as f32 * (self.scales[at] * probe.scale)
    }

    /// The square of the length of the vector at `at`: 1, but for what rounding took.
    pub(crate) fn square(&self, at: usize) -> f32 {
        let numbers = &self.numbers[at * DIMENSIONS..][..DIMENSIONS];
        let sum: i32 = numbers.iter().map(|x| i32::from(*x) * i32::from(*x)).sum();
        sum as f32 * self.scales[at] * self.scales[at]
    }

    /// The vector at `at`, as numbers.
    pub(crate) fn get(&self, at: usize) -> Vec<f32> {
        let numbers = &self.numbers[at * DIMENSIONS..][..DIMENSIONS];
        numbers.iter().map(|x| f32::from(*x) * self.scales[at]).collect()
    }
}

/// A vector to compare with many others. It has 16 bits a number, so that a cosine is a sum of products
/// of integers: ten times faster than with floats, and off by less than 0.0001.
#[derive(Debug, Clone)]
pub(crate) struct Probe {
    scale: f32,
    numbers: Vec<i16>,
}

/// The largest number of a probe: 384 products with bytes fit into 32 bits.
const PROBE_TOP: f32 = 8191.0;

impl Probe {
    /// The probe of `vector`; it is empty if the vector is.
    pub(crate) fn new(vector: &[f32]) -> Probe {
        let top = vector.iter().fold(f32::MIN_POSITIVE, |top, x| top.max(x.abs()));
        let scale = top / PROBE_TOP;
        Probe { scale, numbers: vector.iter().map(|x| (x / scale).round() as i16).collect() }
    }

    /// Whether there is nothing to compare, because matching by meaning is off.
    pub(crate) fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

/// Texts embedded between two writes of the cache: an interrupted build loses no more than a few seconds of work.
const BLOCK: usize = 512;

/// The vectors of `texts`, in order: those that an earlier build left in `dir` are reused, the others are computed on
/// every core, and all are left there for the next build. A cache that cannot be read or written is ignored.
pub(crate) fn of_texts(
    texts: &[String],
    dir: &Path,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vectors, EmbedError> {
    let file = dir.join(format!("{MODEL_NAME}.vectors"));
    let mut known = read_cache(&file);
    let keys: Vec<u64> = texts.iter().map(|text| key(text)).collect();
    let mut seen = HashSet::new();
    let missing: Vec<(u64, &String)> = keys
        .iter()
        .copied()
        .zip(texts)
        .filter(|(key, _)| !known.contains_key(key) && seen.insert(*key))
        .collect();
    let mut kept = collect(&keys, &known);
    for (block, missing_of_block) in missing.chunks(BLOCK).enumerate() {
        let texts_of_block: Vec<&String> = missing_of_block.iter().map(|(_, text)| *text).collect();
        let fresh = embed_all(&texts_of_block, &|done| progress(block * BLOCK + done, missing.len()))?;
        for ((key, _), vector) in missing_of_block.iter().zip(fresh) {
            let mut one = Vectors::default();
            one.push(&vector);
            known.insert(*key, one);
        }
        // A build that is interrupted goes on from here.
        kept = collect(&keys, &known);
        cache_file::write(&file, &kept);
    }
    Ok(kept.vectors)
}

/// The known vectors of the texts with these keys, in order.
fn collect(keys: &[u64], known: &HashMap<u64, Vectors>) -> Cache {
    let mut cache = Cache::default();
    for key in keys {
        let Some(one) = known.get(key) else { continue };
        cache.keys.push(*key);
        cache.vectors.scales.extend_from_slice(&one.scales);
        cache.vectors.numbers.extend_from_slice(&one.numbers);
    }
    cache
}

#[derive(Default, Serialize, Deserialize)]
struct Cache {
    keys: Vec<u64>,
    vectors: Vectors,
}

fn key(text: &str) -> u64 {
    let hash = blake3::hash(text.as_bytes());
    let (first, _) = hash.as_bytes().split_first_chunk::<8>().expect("a hash has 32 bytes");
    u64::from_le_bytes(*first)
}

fn read_cache(file: &Path) -> HashMap<u64, Vectors> {
    let Some(cache) = cache_file::read::<Cache>(file) else { return HashMap::new() };
    let is_whole = cache.keys.len() == cache.vectors.len()
        && cache.vectors.numbers.len() == cache.keys.len() * DIMENSIONS;
    if !is_whole {
        return HashMap::new();
    }
    let one = |at: usize| Vectors {
        scales: vec![cache.vectors.scales[at]],
        numbers: cache.vectors.numbers[at * DIMENSIONS..][..DIMENSIONS].to_vec(),
    };
    cache.keys.iter().enumerate().map(|(at, key)| (*key, one(at))).collect()
}

/// Computes on every core; `progress` is called as texts are done.
fn embed_all(texts: &[&String], progress: &(dyn Fn(usize) + Sync)) -> Result<Vec<Vec<f32>>, EmbedError> {
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let embedder = Embedder::shared()?;
    let n_done = std::sync::atomic::AtomicUsize::new(0);
    let embed = |text: &&String| {
        let vector = embedder.embed(text);
        progress(n_done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1);
        vector
    };
    parallel::map(texts, embed).into_iter().collect()
}

/// Vectors of texts that are asked again at every build, kept in a file of their own: the entries' tests.
pub(crate) struct TextCache {
    file: PathBuf,
    known: HashMap<u64, Vectors>,
    used: Mutex<BTreeMap<u64, Vectors>>,
}

impl TextCache {
    /// The cache called `name` in `dir`; an empty one where it cannot be read.
    pub(crate) fn open(dir: &Path, name: &str) -> TextCache {
        let file = dir.join(format!("{MODEL_NAME}.{name}.vectors"));
        TextCache { known: read_cache(&file), file, used: Mutex::default() }
    }

    /// The vector of `text`, rounded as vectors are kept; `embed` computes one that is not known.
    pub(crate) fn vector(
        &self,
        text: &str,
        embed: impl FnOnce(&str) -> Result<Vec<f32>, EmbedError>,
    ) -> Result<Vec<f32>, EmbedError> {
        let key = key(text);
        let kept = match self.known.get(&key) {
            Some(kept) => kept.clone(),
            None => {
                let mut kept = Vectors::default();
                kept.push(&embed(text)?);
                kept
            }
        };
        let vector = kept.get(0);
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(key, kept);
        Ok(vector)
    }

    /// Leaves the vectors that were used for the next time.
    pub(crate) fn save(self) {
        let used = self.used.into_inner().unwrap_or_else(PoisonError::into_inner);
        if used.keys().all(|key| self.known.contains_key(key)) && used.len() == self.known.len() {
            return;
        }
        let mut cache = Cache::default();
        for (key, kept) in used {
            cache.keys.push(key);
            cache.vectors.scales.extend_from_slice(&kept.scales);
            cache.vectors.numbers.extend_from_slice(&kept.numbers);
        }
        cache_file::write(&self.file, &cache);
    }
}

/// Signed bytes as one block instead of a list of numbers.
mod serde_bytes_i8 {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(numbers: &[i8], serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = numbers.iter().map(|x| x.cast_unsigned()).collect();
        serializer.serialize_bytes(&bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<i8>, D::Error> {
        let bytes = <&'de [u8]>::deserialize(deserializer)?;
        Ok(bytes.iter().map(|x| x.cast_signed()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_cosine_of_integers_is_that_of_the_numbers(
            one in proptest::collection::vec(-1.0_f32..1.0, DIMENSIONS),
            other in proptest::collection::vec(-1.0_f32..1.0, DIMENSIONS),
        ) {
            let unit = |vector: &[f32]| -> Vec<f32> {
                let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-6);
                vector.iter().map(|x| x / norm).collect()
            };
            let (one, other) = (unit(&one), unit(&other));
            let mut vectors = Vectors::default();
            vectors.push(&one);
            let exact: f32 = vectors.get(0).iter().zip(&other).map(|(x, y)| x * y).sum();
            proptest::prop_assert!((vectors.cosine(0, &Probe::new(&other)) - exact).abs() < 1e-4);
        }
    }

    #[test]
    fn a_kept_vector_is_not_computed_again() {
        let dir = tempfile::tempdir().unwrap();
        let vector: Vec<f32> = (0..DIMENSIONS).map(|at| (at as f32).sin() / 14.0).collect();
        let cache = TextCache::open(dir.path(), "tests");
        let first = cache.vector("why", |_| Ok(vector.clone())).unwrap();
        cache.save();
        let cache = TextCache::open(dir.path(), "tests");
        let again = cache.vector("why", |_| panic!("it is kept")).unwrap();
        assert_eq!(first, again);
        assert!(first.iter().zip(&vector).all(|(kept, exact)| (kept - exact).abs() < 1e-3));
    }
}
