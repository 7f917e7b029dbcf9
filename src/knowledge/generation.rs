//! One version of the content, ready to be asked. `generation/current.rs` is the cell that holds the current one.
//!
//! Where generations lie on disk and how they get there is told in `generation/disk.rs`.

mod current;
mod disk;
pub(crate) mod last_good;

use std::{
    num::NonZero,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::civil::Date;
use lru::LruCache;

pub use current::Current;

use crate::{
    knowledge::{
        content::entry::{Content, ContentHash, Entry, EntryId, Kind},
        matching::{
            Caution, Progress,
            decide::{self, Case},
            doubt,
            embed::Embedder,
            exact,
            head::Sample,
            index::Index,
            matcher::Matcher,
            names, normalise,
            rank::{self, Ranking, Scores},
            split, train,
            verdict::{Decision, Evidence, Hit, Verdict},
        },
    },
    lang::Lang,
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
    /// Folded question to what the matcher made of it: people ask the same things.
    recent: Mutex<LruCache<String, Arc<Matched>>>,
}

/// What the matcher makes of one question, whatever the day.
#[derive(Debug, Clone)]
struct Matched {
    ranking: Ranking,
    scores: Scores,
    confidence: f32,
    /// The nearest wording of the best entry, counted as `Entry::all_wordings` does, and the words it shares.
    wording: usize,
    matched: u32,
}

/// Questions remembered.
const RECENT: NonZero<usize> = NonZero::new(512).expect("it is not zero");
/// How sure a question is that equals a stored wording.
const EXACT: f32 = 0.99;
/// Entries told of in the evidence.
const HITS: usize = 5;

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
        let recent = Mutex::new(LruCache::new(RECENT));
        Ok(Generation { number, content, index, matcher, embedder, threshold, recent })
    }

    /// A generation without content, for the time before one can be loaded. It is not ready to be asked.
    pub fn empty() -> Result<Generation, BuildError> {
        let content = Content { announcement: None, entries: Vec::new(), hash: ContentHash(String::new()) };
        let index = Index::build(&content).map_err(|error| BuildError::Index(error.to_string()))?;
        let matcher = train::train(&content, false, Path::new(""), &|_| ())
            .map_err(|error| BuildError::Model(error.to_string()))?;
        let recent = Mutex::new(LruCache::new(RECENT));
        Ok(Generation { number: 0, content, index, matcher, embedder: None, threshold: 1.0, recent })
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
        if self.equals_wording(message) {
            return vec![self.ask_one(message.trim().to_owned(), today)];
        }
        // A long story is cut down to its question, but a person in need is recognised by all of it.
        if split::is_long(message) {
            let whole = self.ask_one(message.trim().to_owned(), today);
            if matches!(whole.decision, Decision::Route(Kind::Need, _)) {
                return vec![whole];
            }
        }
        split::questions(message).into_iter().flat_map(|question| self.ask_parted(question, today)).collect()
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

    /// One verdict, or two where a sentence asks two things of which each has its own answer.
    fn ask_parted(&self, question: String, today: Date) -> Vec<Verdict> {
        if !self.equals_wording(&question)
            && let Some((first, second)) = split::conjoined_questions(&question)
        {
            let parts = [self.ask_one(first, today), self.ask_one(second, today)];
            if let (Decision::Answer(one), Decision::Answer(other)) = (&parts[0].decision, &parts[1].decision)
                && one != other
            {
                return parts.into();
            }
        }
        vec![self.ask_in_context(question, today)]
    }

    /// The verdict on the whole; where that is no answer, on the asking sentence alone: what people tell before they
    /// ask is often beside the point.
    fn ask_in_context(&self, question: String, today: Date) -> Verdict {
        let whole = self.ask_one(question.clone(), today);
        let is_hesitant = match whole.decision {
            Decision::Suggest(_) | Decision::Unknown(_) => true,
            Decision::Route(kind, _) => matches!(kind, Kind::OffTopic | Kind::Chatter | Kind::SmallTalk),
            _ => false,
        };
        let core = if is_hesitant { split::asking_sentence(&question) } else { None };
        match core.map(|core| self.ask_one(core, today)) {
            Some(part) if matches!(part.decision, Decision::Answer(_) | Decision::NotCovered(..)) => {
                Verdict { question, ..part }
            }
            _ => whole,
        }
    }

    fn ask_one(&self, question: String, today: Date) -> Verdict {
        let words = normalise::words(&question);
        let lang = self.matcher.languages.detect(&words);
        let exact = exact::find(&self.matcher.exact, &question);
        if words.is_empty() && exact.is_none() {
            return Verdict {
                question,
                lang,
                decision: Decision::Unknown(Vec::new()),
                confidence: 0.0,
                evidence: Evidence::default(),
            };
        }
        let matched = match exact {
            Some((class, wording)) => Arc::new(self.exact(&words, class, wording)),
            None => self.matched(&words),
        };
        let case = Case {
            order: &matched.ranking.order,
            confidence: matched.confidence,
            threshold: self.threshold,
            mentions_unknown_name: &|| exact.is_none() && self.mentions_unknown_name(&question, &words, lang),
            is_doubtful: &|| exact.is_none() && self.is_doubtful(&question, &matched),
            may_be_media: exact.is_some() || self.may_be_media(&words),
        };
        let decision = decide::decide(&self.content, &case, &|entry| !entry.is_expired(today));
        let evidence = Evidence {
            hits: matched
                .ranking
                .order
                .iter()
                .take(HITS)
                .map(|(at, share)| self.hit(&matched.scores, *at, *share))
                .collect(),
            margin: matched.ranking.margin(),
            threshold: self.threshold,
            wording: matched.wording,
            matched: matched.matched,
        };
        Verdict { question, lang, decision, confidence: matched.confidence, evidence }
    }

    /// Whether the question names somebody or something that the texts do not know. Only for a FAQ that has an
    /// announcement: an imported one may be about anything.
    fn mentions_unknown_name(&self, question: &str, words: &[String], lang: Lang) -> bool {
        if self.content.announcement.is_none() {
            return false;
        }
        let is_english_word = |word: &str| self.embedder.is_none_or(|embedder| embedder.knows_word(word));
        let mended = self.mended(words);
        let is_known = |word: &str| self.matcher.lexicon.has(word) || is_english_word(word);
        let has_strange_word = lang == Lang::En && names::unknown_words(&mended, is_known).next().is_some();
        has_strange_word || names::capitalised_names(question).iter().any(|name| !self.matcher.is_ours(name))
    }

    /// Whether the message, word for word, is a stored wording.
    fn equals_wording(&self, message: &str) -> bool {
        exact::find(&self.matcher.exact, message).is_some()
    }

    /// Whether the best entry may be about something that only looks like the question.
    fn is_doubtful(&self, question: &str, matched: &Matched) -> bool {
        let Some(entry) = self.content.entries.get(matched.ranking.best()) else { return false };
        let nearest = entry.all_wordings().nth(matched.wording).map_or("", |(text, _)| text);
        doubt::is_doubtful(question, nearest, entry.all_wordings().map(|(text, _)| text))
    }

    /// Whether the message is long enough to come from a journalist. A single word must be one that journalists use more
    /// than others: "comment" is French for "how".
    fn may_be_media(&self, words: &[String]) -> bool {
        let [word] = words else { return true };
        let media = self.content.entries.iter().filter(|entry| entry.kind == Kind::Media);
        let wordings = media.flat_map(Entry::all_wordings);
        let n_media = wordings.filter(|(text, _)| normalise::words(text).contains(word)).count();
        n_media as u64 > u64::from(self.matcher.answer_words.get(word).copied().unwrap_or(0))
    }

    fn mended(&self, words: &[String]) -> Vec<String> {
        let is_known = |word: &str| self.embedder.is_some_and(|embedder| embedder.knows_word(word));
        self.matcher.lexicon.mend(words, is_known)
    }

    fn hit(&self, scores: &Scores, at: usize, share: f32) -> Hit {
        let of = |numbers: &[f32]| numbers.get(at).copied().unwrap_or(0.0);
        let entry = &self.content.entries[at];
        let parts = vec![
            ("head", of(&scores.shares)),
            ("nearest", of(&scores.nearest)),
            ("central", of(&scores.central)),
            ("words", of(&scores.lexical)),
        ];
        Hit { entry: entry.id.clone(), kind: entry.kind, score: share, parts }
    }

    fn matched(&self, words: &[String]) -> Arc<Matched> {
        let folded = words.join(" ");
        // A poisoned cache is still a cache.
        if let Some(matched) = self.recent.lock().unwrap_or_else(PoisonError::into_inner).get(&folded) {
            return Arc::clone(matched);
        }
        let matched = Arc::new(self.inferred(words));
        self.recent.lock().unwrap_or_else(PoisonError::into_inner).put(folded, Arc::clone(&matched));
        matched
    }

    /// A question that equals a stored wording needs no inference.
    fn exact(&self, words: &[String], class: usize, wording: usize) -> Matched {
        let rest = (1.0 - EXACT) / (self.content.entries.len().max(2) - 1) as f32;
        let mut order: Vec<(usize, f32)> = (0..self.content.entries.len()).map(|at| (at, rest)).collect();
        order.swap(0, class);
        order[0].1 = EXACT;
        let matched = self.shared_words(class, wording, words);
        Matched { ranking: Ranking { order }, scores: Scores::default(), confidence: EXACT, wording, matched }
    }

    fn inferred(&self, words: &[String]) -> Matched {
        let words = self.mended(words);
        let dense =
            self.embedder.and_then(|embedder| embedder.embed(&words.join(" ")).ok()).unwrap_or_default();
        let sample = Sample { sparse: self.matcher.vocabulary.vector(&words), dense };
        let central = rank::central(&self.matcher.centroids, &sample.dense);
        let mut lexical = vec![0.0; self.content.entries.len()];
        for (at, score) in self.index.entries(&words, 50) {
            lexical[at] = score;
        }
        let shares = match &self.matcher.head {
            Some(head) => head.probabilities(&sample),
            None => rank::shares_without_head(&central, &lexical),
        };
        let nearest = rank::nearest(&self.matcher, &sample.dense, &shares, &central, &|_| false);
        let unknown = rank::unknown_share(&self.matcher, &words, 1);
        let scores = Scores { shares, nearest, central, lexical, unknown };
        let ranking = Ranking::of(&scores, self.matcher.cosine_weight);
        let confidence = self
            .matcher
            .calibrator
            .confidence(&ranking.signs(&scores, &|at| self.content.entries[at].kind == Kind::Answer));
        let best = ranking.best();
        let wording = self.nearest_wording(best, &words);
        let matched = self.shared_words(best, wording, &words);
        Matched { ranking, scores, confidence, wording, matched }
    }

    /// The wording of an entry that shares most words with the question.
    fn nearest_wording(&self, class: usize, words: &[String]) -> usize {
        let Some(entry) = self.content.entries.get(class) else { return 0 };
        let likeness = |text: &str| {
            let other = normalise::words(text);
            let shared = other.iter().filter(|word| words.contains(word)).count() as f32;
            shared / (other.len() + words.len()).max(1) as f32
        };
        let scored = entry.all_wordings().map(|(text, _)| likeness(text)).enumerate();
        scored.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map_or(0, |(at, _)| at)
    }

    fn shared_words(&self, class: usize, wording: usize, words: &[String]) -> u32 {
        let text = self.content.entries.get(class).and_then(|entry| entry.all_wordings().nth(wording));
        let Some((text, _)) = text else { return 0 };
        let shared = normalise::words(text).into_iter().take(32).enumerate();
        shared.filter(|(_, word)| words.contains(word)).fold(0, |bits, (at, _)| bits | 1 << at)
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
