//! Answers one question: ranks the entries and decides. `asking/parts.rs` splits a message into its questions,
//! `asking/in_context.rs` asks one in the light of the entry that was answered before.

mod in_context;
mod parts;

use std::sync::{Arc, PoisonError};

use jiff::civil::Date;

use crate::{
    knowledge::{
        content::entry::{Entry, Kind},
        generation::Generation,
        matching::{
            calibration::Features,
            decide::{self, Case},
            doubt, exact,
            head::Sample,
            names, normalise,
            rank::{self, Query, Ranking, Scores, View},
            vectors::Probe,
            verdict::{Decision, Evidence, Hit, Verdict},
        },
    },
    lang::Lang,
};

/// What the matcher makes of one question, whatever the day.
#[derive(Debug, Clone)]
pub(super) struct Matched {
    ranking: Ranking,
    scores: Scores,
    features: Features,
    confidence: f32,
    /// The nearest wording of the best entry, counted as `Entry::all_wordings` does, and the words it shares.
    wording: usize,
    matched: u32,
    /// The probability that a journalist wrote it.
    media: Option<f32>,
    /// The sentence vector of the question; empty without vectors, and where a stored wording was asked.
    dense: Vec<f32>,
}

impl Matched {
    /// Whether the question is far from every wording. Without vectors, the words that are shared must do.
    fn is_far(&self) -> bool {
        match self.nearest() {
            Some(nearest) => self.is_too_low(nearest),
            None => {
                !self.scores.lexical.is_empty()
                    && self.scores.lexical.iter().all(|score| *score < FAR_BY_WORDS)
            }
        }
    }

    /// Whether the question is far from every wording of the entry at this position. Without vectors nothing is: the index
    /// of words leaves out the routes, which need this most.
    fn is_far_from(&self, at: usize) -> bool {
        self.scores.nearest.get(at).is_some_and(|nearest| self.is_too_low(*nearest))
    }

    /// Whether a cosine is too low to mean anything. Cosines say little of words that the sentence model does not know.
    fn is_too_low(&self, cosine: f32) -> bool {
        cosine < FAR && self.scores.foreign < MOSTLY_FOREIGN
    }

    /// The cosine of the nearest wording of all.
    fn nearest(&self) -> Option<f32> {
        self.scores.nearest.iter().copied().reduce(f32::max)
    }
}

/// Below this cosine with its nearest wording a question is about something else.
const FAR: f32 = 0.25;
/// The same for BM25, 0 to 1, where there are no vectors: articles and prepositions alone score less.
const FAR_BY_WORDS: f32 = 0.15;
/// From this share of foreign words on the cosine is no measure.
const MOSTLY_FOREIGN: f32 = 0.5;
/// The confidence of a question that equals a stored wording.
const EXACT: f32 = 0.99;
/// The most paragraphs that are looked up by their words.
const PASSAGES: usize = 10;
/// The most entries listed in the evidence.
const HITS: usize = 5;

/// A generation on one day, with a way to embed a text; it embeds nothing where matching by meaning is off.
pub(super) struct Asking<'a> {
    pub(super) generation: &'a Generation,
    pub(super) today: Date,
    pub(super) embed: &'a dyn Fn(&str) -> Option<Vec<f32>>,
}

impl Asking<'_> {
    fn ask_one(&self, question: String) -> Verdict {
        let words = normalise::words(&question);
        let lang = self.generation.matcher.languages.detect(&words);
        let exact = exact::find(&self.generation.matcher.exact, &question);
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
        self.verdict(question, &words, lang, &matched, exact.is_some())
    }

    /// The verdict on a question of which the matcher makes this.
    fn verdict(
        &self,
        question: String,
        words: &[String],
        lang: Lang,
        matched: &Matched,
        is_exact: bool,
    ) -> Verdict {
        let case = Case {
            order: &matched.ranking.order,
            confidence: matched.confidence,
            threshold: self.generation.threshold,
            is_far: matched.is_far(),
            mentions_unknown_name: &|| !is_exact && self.mentions_unknown_name(&question, words, lang),
            is_doubtful: &|| !is_exact && self.is_doubtful(&question, matched),
            may_be_media: is_exact || self.may_be_media(words),
            is_far_from: &|at| matched.is_far_from(at),
            media: matched.media,
        };
        let decision =
            decide::decide(&self.generation.content, &case, &|entry| entry.is_valid_on(self.today));
        let decision = match decision {
            // Only here: the search for paragraphs would cost every question as much.
            Decision::Unknown(near) if near.is_empty() && !is_exact => {
                match self.passages(words, &matched.dense) {
                    passages if passages.is_empty() => Decision::Unknown(near),
                    passages => Decision::Passages(passages),
                }
            }
            decision => decision,
        };
        let evidence = Evidence {
            hits: matched
                .ranking
                .order
                .iter()
                .take(HITS)
                .map(|(at, share)| self.hit(&matched.scores, *at, *share))
                .collect(),
            margin: matched.ranking.margin(),
            threshold: self.generation.threshold,
            wording: matched.wording,
            matched: matched.matched,
            nearest: matched.nearest(),
            media: matched.media,
            after: None,
            features: matched.features,
        };
        Verdict { question, lang, decision, confidence: matched.confidence, evidence }
    }

    /// Whether the question names somebody or something that the texts do not know. Only for a FAQ that has an
    /// announcement: an imported one may be about anything.
    fn mentions_unknown_name(&self, question: &str, words: &[String], lang: Lang) -> bool {
        if self.generation.content.announcement.is_none() {
            return false;
        }
        let is_english_word =
            |word: &str| self.generation.embedder.is_none_or(|embedder| embedder.knows_word(word));
        let corrected = self.corrected(words);
        let is_known = |word: &str| self.generation.matcher.lexicon.has(word) || is_english_word(word);
        let has_strange_word =
            lang == Lang::En && names::unknown_words(&corrected, is_known).next().is_some();
        has_strange_word
            || names::capitalised_names(question).iter().any(|name| !self.generation.matcher.is_ours(name))
    }

    /// Whether the message, word for word, is a stored wording.
    fn equals_wording(&self, message: &str) -> bool {
        exact::find(&self.generation.matcher.exact, message).is_some()
    }

    /// Whether the best entry may be about something that only looks like the question.
    fn is_doubtful(&self, question: &str, matched: &Matched) -> bool {
        let best = matched.ranking.best();
        let Some(entry) = self.generation.content.entries.get(best) else { return false };
        let nearest = entry.all_wordings().nth(matched.wording).map_or("", |(text, _)| text);
        doubt::is_doubtful(question, nearest, entry.all_wordings().map(|(text, _)| text))
    }

    /// Whether the message is long enough to come from a journalist. A single word must be one that journalists use more
    /// than others: "comment" is French for "how".
    fn may_be_media(&self, words: &[String]) -> bool {
        let [word] = words else { return true };
        let media = self.generation.content.entries.iter().filter(|entry| entry.kind == Kind::Media);
        let wordings = media.flat_map(Entry::all_wordings);
        let n_media = wordings.filter(|(text, _)| normalise::words(text).contains(word)).count();
        n_media as u64 > u64::from(self.generation.matcher.answer_words.get(word).copied().unwrap_or(0))
    }

    fn corrected(&self, words: &[String]) -> Vec<String> {
        let is_known =
            |word: &str| self.generation.embedder.is_some_and(|embedder| embedder.knows_word(word));
        self.generation.matcher.lexicon.correct(words, is_known)
    }

    fn hit(&self, scores: &Scores, at: usize, share: f32) -> Hit {
        let of = |numbers: &[f32]| numbers.get(at).copied().unwrap_or(0.0);
        let entry = &self.generation.content.entries[at];
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
        if let Some(matched) =
            self.generation.recent.lock().unwrap_or_else(PoisonError::into_inner).get(&folded)
        {
            return Arc::clone(matched);
        }
        let matched = Arc::new(self.inferred(words));
        self.generation
            .recent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .put(folded, Arc::clone(&matched));
        matched
    }

    /// A question that equals a stored wording needs no inference.
    fn exact(&self, words: &[String], class: usize, wording: usize) -> Matched {
        let rest = (1.0 - EXACT) / (self.generation.content.entries.len().max(2) - 1) as f32;
        let mut order: Vec<(usize, f32)> =
            (0..self.generation.content.entries.len()).map(|at| (at, rest)).collect();
        order.swap(0, class);
        order[0].1 = EXACT;
        let matched = self.shared_words(class, wording, words);
        Matched {
            ranking: Ranking { order },
            scores: Scores::default(),
            features: Features::default(),
            confidence: EXACT,
            wording,
            matched,
            media: None,
            dense: Vec::new(),
        }
    }

    fn inferred(&self, words: &[String]) -> Matched {
        self.inferred_without(words, None).0
    }

    /// The same with the entry at `left_out` left out of the ranking, and the share that it had.
    fn inferred_without(&self, words: &[String], left_out: Option<usize>) -> (Matched, f32) {
        let words = self.corrected(words);
        let dense = (self.embed)(&words.join(" ")).unwrap_or_default();
        let sample = Sample { sparse: self.generation.matcher.vocabulary.vector(&words), dense };
        let mut lexical = vec![0.0; self.generation.content.entries.len()];
        for (at, score) in self.generation.index.entries(&words, 50) {
            lexical[at] = score;
        }
        let shares = match &self.generation.matcher.head {
            Some(head) => head.probabilities(&sample),
            None => rank::shares_without_head(
                &rank::central(&self.generation.matcher.centroids, &Probe::new(&sample.dense)),
                &lexical,
            ),
        };
        let is_known = |word: &str| self.generation.embedder.is_none_or(|embedder| embedder.knows_word(word));
        let query = Query { sample: &sample, words: &words, foreign: rank::foreign_share(&words, is_known) };
        let view = View {
            matcher: &self.generation.matcher,
            centroids: &self.generation.matcher.centroids,
            is_held_out: &|_| false,
            min_known: 1,
        };
        let scores = view.scores(&query, shares, lexical);
        let ranking = Ranking::of(&scores, self.generation.matcher.cosine_weight);
        let (ranking, share) = ranking.without(left_out);
        let is_answer = |at: usize| self.generation.content.entries[at].kind == Kind::Answer;
        let features = view.features(&query, &ranking, &scores, &is_answer);
        let confidence = self.generation.matcher.calibrator.confidence(&features);
        let best = ranking.best();
        let wording = self.nearest_wording(best, &words);
        let matched = self.shared_words(best, wording, &words);
        let media = self.generation.matcher.media.as_ref().map(|media| media.probability(&sample));
        let matched =
            Matched { ranking, scores, features, confidence, wording, matched, media, dense: sample.dense };
        (matched, share)
    }

    /// The numbers of the paragraphs of the announcement that are nearest to a question, best first.
    fn passages(&self, words: &[String], dense: &[f32]) -> Vec<usize> {
        let by_words = self.generation.index.passages(&self.corrected(words), PASSAGES);
        self.generation.matcher.passages.nearest(dense, &by_words)
    }

    /// The wording of an entry that shares most words with the question.
    fn nearest_wording(&self, class: usize, words: &[String]) -> usize {
        let entry = self.generation.content.entries.get(class);
        entry.map_or(0, |entry| self.generation.folded.nearest(class, entry, words))
    }

    fn shared_words(&self, class: usize, wording: usize, words: &[String]) -> u32 {
        let text =
            self.generation.content.entries.get(class).and_then(|entry| entry.all_wordings().nth(wording));
        let Some((text, _)) = text else { return 0 };
        let shared = normalise::words(text).into_iter().take(32).enumerate();
        shared.filter(|(_, word)| words.contains(word)).fold(0, |bits, (at, _)| bits | 1 << at)
    }
}
