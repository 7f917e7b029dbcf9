//! One version of the content, ready to be asked. `generation/current.rs` is the cell that holds the current one.
//!
//! `generation/disk.rs` stores generations on disk.

mod asking;
mod current;
mod disk;
mod folded;
pub(crate) mod last_good;

use std::{
    num::NonZero,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::civil::Date;
use lru::LruCache;

pub use current::Current;

use self::{
    asking::{Asking, Matched},
    folded::FoldedWordings,
};
use crate::knowledge::{
    content::entry::{Content, ContentHash, Entry, EntryId},
    matching::{
        Caution, Progress, alike, calibration::Expected, embed::Embedder, index::Index, matcher::Matcher,
        normalise, parallel, train, vectors::TextCache, verdict::Verdict,
    },
};

/// How a generation is built.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// The folder that holds `<generation>/`.
    pub index_dir: PathBuf,
    /// Match by meaning too.
    pub vectors: bool,
    /// How sure an answer must be.
    pub caution: Caution,
}

/// Why a generation could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The folder of the index cannot be written.
    #[error("cannot write {path}: {source}")]
    Io {
        /// What was written.
        path: PathBuf,
        /// The operating system's error.
        source: std::io::Error,
    },
    /// The index could not be built.
    #[error("cannot build the index: {0}")]
    Index(String),
    /// The sentence model could not be run.
    #[error("cannot run the sentence model: {0}")]
    Model(String),
}

/// One version of the content, ready to be asked. It never changes.
pub struct Generation {
    number: u64,
    content: Content,
    index: Index,
    matcher: Matcher,
    /// The sentence model; `None` where matching by meaning is off.
    embedder: Option<&'static Embedder>,
    threshold: f32,
    folded: FoldedWordings,
    /// Where the vectors of the entries' tests are kept.
    index_dir: PathBuf,
    /// Folded question to what the matcher made of it: people ask the same things.
    recent: Mutex<LruCache<String, Arc<Matched>>>,
    /// Message to its verdicts, and the day they hold for.
    verdicts: Mutex<LruCache<String, (Date, Vec<Verdict>)>>,
}

/// Bytes of the longest message whose verdicts are remembered: a longer one is a story, and nobody tells it twice.
const MAX_REMEMBERED: usize = 300;
/// Questions remembered.
const RECENT: NonZero<usize> = NonZero::new(512).expect("it is not zero");

impl Generation {
    /// Builds or reopens the generation of `content`.
    pub fn build(
        content: Content,
        number: u64,
        options: &BuildOptions,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Generation, BuildError> {
        // The stored generation is read before the model is loaded: what reading takes is given back by then.
        let (index, matcher) = disk::open_or_build(&content, options, progress)?;
        let embedder = match options.vectors {
            true => Some(Embedder::shared().map_err(|error| BuildError::Model(error.to_string()))?),
            false => None,
        };
        let threshold = matcher.calibrator.threshold(options.caution);
        let (recent, verdicts) = (Mutex::new(LruCache::new(RECENT)), Mutex::new(LruCache::new(RECENT)));
        let index_dir = options.index_dir.clone();
        let folded = FoldedWordings::new(content.entries.len());
        Ok(Generation {
            number,
            content,
            index,
            matcher,
            embedder,
            threshold,
            folded,
            index_dir,
            recent,
            verdicts,
        })
    }

    /// The folder in which the generation of `content` is kept.
    pub(crate) fn folder(content: &Content, options: &BuildOptions) -> PathBuf {
        disk::folder(content, options)
    }

    /// Whether the generation of `content` is on disk, so that [`Generation::build`] takes no time.
    pub fn is_on_disk(content: &Content, options: &BuildOptions) -> bool {
        Generation::folder(content, options).exists()
    }

    /// A generation without content, for the time before one can be loaded. It is not ready to be asked.
    pub fn empty() -> Result<Generation, BuildError> {
        let content = Content { announcement: None, entries: Vec::new(), hash: ContentHash(String::new()) };
        let index = Index::build(&content).map_err(|error| BuildError::Index(error.to_string()))?;
        let matcher = train::train(&content, false, Path::new(""), &|_| ())
            .map_err(|error| BuildError::Model(error.to_string()))?;
        let (recent, verdicts) = (Mutex::new(LruCache::new(RECENT)), Mutex::new(LruCache::new(RECENT)));
        Ok(Generation {
            number: 0,
            content,
            index,
            matcher,
            embedder: None,
            threshold: 1.0,
            folded: FoldedWordings::default(),
            index_dir: PathBuf::new(),
            recent,
            verdicts,
        })
    }

    /// Whether it has content. Only the generation before the first load has none.
    pub fn is_ready(&self) -> bool {
        !self.content.entries.is_empty() || self.content.announcement.is_some()
    }

    /// Counts up from 1 with every reload; 0 for the empty one.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What it was built from.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// A verdict for each question of `message`, in order; expired entries are never answered.
    pub fn ask(&self, message: &str, today: Date) -> Vec<Verdict> {
        self.ask_after(message, None, today)
    }

    /// The same for a person who was shown the entry `after` before: a question that does not stand by itself is asked in
    /// its light.
    pub fn ask_after(&self, message: &str, after: Option<&EntryId>, today: Date) -> Vec<Verdict> {
        if let Some(verdicts) = self.remembered(message, after, today) {
            return verdicts;
        }
        let embed = |text: &str| self.embedder.and_then(|embedder| embedder.embed(text).ok());
        let verdicts = self.asking(today, &embed).ask(message, after);
        if message.len() <= MAX_REMEMBERED {
            self.verdicts().put(key(message, after), (today, verdicts.clone()));
        }
        verdicts
    }

    /// The verdicts on `message` if it was asked not long ago, letter by letter: without any work.
    pub fn remembered(&self, message: &str, after: Option<&EntryId>, today: Date) -> Option<Vec<Verdict>> {
        let mut verdicts = self.verdicts();
        verdicts
            .get(&key(message, after))
            .filter(|(day, _)| *day == today)
            .map(|(_, verdicts)| verdicts.clone())
    }

    fn verdicts(&self) -> MutexGuard<'_, LruCache<String, (Date, Vec<Verdict>)>> {
        // A poisoned cache is still a cache.
        self.verdicts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The verdicts on many messages, in order, computed on every core. Their vectors are kept in the index folder under
    /// `cache`, so that asking the same again, of this generation or the next, is fast.
    pub fn ask_all(&self, messages: &[&str], today: Date, cache: &str) -> Vec<Vec<Verdict>> {
        let cache = TextCache::open(&self.index_dir, cache);
        let verdicts = self.ask_with(messages, today, &cache);
        if self.embedder.is_some() {
            cache.save();
        }
        verdicts
    }

    /// The same, but what is kept under `cache` is only read: it belongs to another, larger list of messages.
    pub(crate) fn ask_beside(&self, messages: &[&str], today: Date, cache: &str) -> Vec<Vec<Verdict>> {
        self.ask_with(messages, today, &TextCache::open(&self.index_dir, cache))
    }

    fn ask_with(&self, messages: &[&str], today: Date, cache: &TextCache) -> Vec<Vec<Verdict>> {
        let embed = |text: &str| {
            let embedder = self.embedder?;
            cache.vector(text, |text| embedder.embed(text)).ok()
        };
        parallel::map(messages, |message| self.asking(today, &embed).ask(message, None))
    }

    /// What its own held-out wordings say about questions that an entry answers; `None` with too few wordings.
    pub fn expected(&self) -> Option<Expected> {
        self.matcher.expected
    }

    /// Pairs of entries that are hardest to tell apart, by meaning alone; routes are not among them.
    pub fn most_alike(&self, limit: usize) -> Vec<(&EntryId, &EntryId)> {
        let entries = &self.content.entries;
        let pairs = self.matcher.most_alike(limit, |at| !entries[at].kind.is_route());
        pairs.into_iter().map(|(one, other)| (&entries[one].id, &entries[other].id)).collect()
    }

    /// Questions in groups that ask alike, by their positions: by meaning where there are vectors, otherwise by words.
    /// Nothing of it is kept on disk.
    pub fn alike(&self, questions: &[&str]) -> Vec<Vec<usize>> {
        let asked = parallel::map(questions, |question| alike::Asked {
            vector: self.embedder.and_then(|embedder| embedder.embed(question).ok()),
            words: normalise::words(question),
        });
        alike::groups(&asked)
    }

    fn asking<'a>(&'a self, today: Date, embed: &'a dyn Fn(&str) -> Option<Vec<f32>>) -> Asking<'a> {
        Asking { generation: self, today, embed }
    }

    /// Entries whose content matches what was typed so far, best first; routes are never among them.
    pub fn complete(&self, prefix: &str, limit: usize) -> Vec<EntryId> {
        let words = normalise::words(prefix);
        let found = self.index.complete(&words, limit);
        let is_offered = |entry: &&Entry| !entry.kind.is_route();
        if words.is_empty() {
            return self
                .content
                .entries
                .iter()
                .filter(is_offered)
                .take(limit)
                .map(|e| e.id.clone())
                .collect();
        }
        found
            .into_iter()
            .filter_map(|at| self.content.entries.get(at))
            .filter(is_offered)
            .map(|e| e.id.clone())
            .collect()
    }
}

/// What a message is remembered by: with the entry before it, a message may mean something else.
fn key(message: &str, after: Option<&EntryId>) -> String {
    match after {
        Some(after) => format!("{after}\n{message}"),
        None => message.to_owned(),
    }
}

impl std::fmt::Debug for Generation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Generation")
            .field("number", &self.number)
            .field("hash", &self.content.hash)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::knowledge::content::load;

    #[test]
    fn asking_another_generation_beside_keeps_the_vectors_of_all_messages() {
        let folder = tempfile::tempdir().unwrap();
        let entry =
            "+++\nquestion = \"What about the books?\"\nkind = \"not_covered\"\n+++\nIt does not say.\n";
        std::fs::create_dir(folder.path().join("faq")).unwrap();
        std::fs::write(folder.path().join("faq/books.md"), entry).unwrap();
        let today = date(2026, 8, 1);
        let content = load::load(&folder.path().join("faq"), today).unwrap().content;
        let index_dir = folder.path().join("index");
        let options = BuildOptions { index_dir: index_dir.clone(), vectors: true, caution: Caution::Normal };
        let generation = Generation::build(content, 1, &options, &|_| {}).unwrap();
        let caches = || -> Vec<Vec<u8>> {
            let files = std::fs::read_dir(&index_dir).unwrap().map(|file| file.unwrap().path());
            let of_tests = files.filter(|path| path.to_string_lossy().ends_with(".tests.vectors"));
            of_tests.map(|path| std::fs::read(path).unwrap()).collect()
        };
        generation.ask_all(&["who keeps books", "where are they kept"], today, "tests");
        let kept = caches();
        assert_eq!(kept.len(), 1);
        generation.ask_beside(&["where are they kept"], today, "tests");
        generation.ask_beside(&[], today, "tests");
        assert_eq!(caches(), kept);
        generation.ask_all(&["where are they kept"], today, "tests");
        assert_ne!(caches(), kept, "only a full list replaces what is kept");
    }

    #[test]
    fn a_message_is_remembered_for_the_day_and_a_long_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let entry = "+++\nquestion = \"What about the books?\"\nkind = \"not_covered\"\n\
                     valid_until = 2026-08-01\n+++\nIt does not say.\n";
        std::fs::create_dir(folder.path().join("faq")).unwrap();
        std::fs::write(folder.path().join("faq/books.md"), entry).unwrap();
        let today = date(2026, 8, 1);
        let loaded = load::load(&folder.path().join("faq"), today).unwrap();
        let options =
            BuildOptions { index_dir: folder.path().join("index"), vectors: false, caution: Caution::Normal };
        let generation = Generation::build(loaded.content, 1, &options, &|_| {}).unwrap();
        let question = "What about the books?";
        assert!(generation.remembered(question, None, today).is_none());
        let asked = generation.ask(question, today);
        let remembered = generation.remembered(question, None, today).unwrap();
        assert_eq!(format!("{asked:?}"), format!("{remembered:?}"));
        // The entry has expired by then.
        let tomorrow = date(2026, 8, 2);
        assert!(generation.remembered(question, None, tomorrow).is_none());
        assert_ne!(format!("{:?}", generation.ask(question, tomorrow)), format!("{asked:?}"));
        let long = "books ".repeat(100);
        generation.ask(&long, today);
        assert!(generation.remembered(&long, None, today).is_none());
    }
}
