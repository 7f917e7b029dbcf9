//! From a FAQ's wordings to a [`Matcher`]: vectors, n-grams, head, and the calibrator that knows how sure to be.
//!
//! The calibrator is fitted on wordings the head had not seen: the wordings are dealt into folds, a head is trained
//! without each fold in turn, and what it makes of the fold is compared with the truth. The entries' `not` questions
//! teach the head and try the calibrator too.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use crate::{
    knowledge::{
        content::entry::{Content, Entry, Kind},
        matching::{
            Progress,
            calibration::{Calibrator, Trial},
            embed::{DIMENSIONS, EmbedError, Embedder},
            exact::exact_wordings,
            features::Vocabulary,
            head::{Label, Sample, Shape, Trainer},
            language::Languages,
            matcher::{IN_THE_TEXTS, Matcher},
            normalise,
            rank::{self, Scores},
            spelling::Lexicon,
            vectors::{self, Vectors},
        },
    },
    lang::Lang,
};

/// How far the FAQ's own words are trusted beside the sentence model, which knows the language at large: the more
/// wordings an entry has, the more.
#[derive(Clone, Copy)]
struct Balance {
    sparse_weight: f32,
    cosine_weight: f32,
    epochs: usize,
}

impl Balance {
    /// Measured at ten wordings an entry (public sets) and at a hundred (this project's own FAQ); between, and
    /// outside, by the logarithm.
    fn of(wordings: usize, classes: usize) -> Balance {
        let each = wordings as f32 / classes.max(1) as f32;
        let trust = ((each / 10.0).ln() / 10.0_f32.ln()).clamp(0.0, 1.0);
        Balance {
            sparse_weight: 0.3 + 0.7 * trust,
            cosine_weight: 6.0 - 4.0 * trust,
            epochs: (240_000.0 / wordings.max(1) as f32).clamp(16.0, 60.0) as usize,
        }
    }
}

/// Without refusals, every so many entries are hidden from a fold's head: their wordings are the questions that no
/// entry answers.
const HIDING: usize = 5;
/// Refusals and routes to other subjects from which on a FAQ teaches what is not answered.
const MIN_REFUSALS: usize = 5;
/// Folds of the trial.
const FOLDS: usize = 3;
/// Wordings of a fold that are tried, at most: enough to fit a handful of weights.
const TRIALS_PER_FOLD: usize = 1_200;
/// Above this many entries no head is trained: words and vectors alone must do.
const MAX_CLASSES: usize = 2_000;
/// Above this many weights neither: half a gigabyte while training.
const MAX_WEIGHTS: usize = 120_000_000;

/// One wording with its entry.
struct Wording {
    class: usize,
    lang: Lang,
    words: Vec<String>,
}

/// Learns from every wording of `content`. `cache` is the folder where vectors are kept between builds.
pub fn train(
    content: &Content,
    with_vectors: bool,
    cache: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Matcher, EmbedError> {
    let wordings = all_wordings(content);
    let lexicon = Lexicon::fit(wordings.iter().map(|p| p.words.as_slice()));
    let vocabulary = Vocabulary::fit(wordings.iter().map(|p| p.words.as_slice()));
    let refused = refused(content, &lexicon, with_vectors)?;

    let texts: Vec<String> = wordings
        .iter()
        .map(|p| &p.words)
        .chain(refused.iter().map(|p| &p.words))
        .map(|w| w.join(" "))
        .collect();
    let all = match with_vectors {
        true => vectors::of_texts(&texts, cache, &|done, of| progress(Progress::Embedding(done, of)))?,
        false => Vectors::default(),
    };
    let sample = |at: usize, words: &[String]| Sample {
        dense: if with_vectors { all.get(at) } else { Vec::new() },
        sparse: vocabulary.vector(words),
    };
    let samples: Vec<Sample> = wordings.iter().enumerate().map(|(at, p)| sample(at, &p.words)).collect();
    let refused_samples: Vec<Sample> =
        refused.iter().enumerate().map(|(at, p)| sample(wordings.len() + at, &p.words)).collect();

    progress(Progress::Training);
    let balance = Balance::of(wordings.len(), content.entries.len());
    let classes = content.entries.len();
    let shape = Shape {
        dense: if with_vectors { DIMENSIONS } else { 0 },
        sparse: vocabulary.len(),
        classes,
        sparse_weight: balance.sparse_weight,
    };
    let is_trained =
        (2..=MAX_CLASSES).contains(&classes) && (shape.dense + shape.sparse) * classes <= MAX_WEIGHTS;

    let mut matcher = Matcher {
        exact: exact_wordings(content),
        lexicon,
        languages: Languages::fit(wordings.iter().map(|p| (p.words.as_slice(), p.lang))),
        answer_words: answer_words(content, &wordings),
        other_words: word_counts(content, &wordings, false),
        vocabulary,
        head: None,
        vectors: Vectors::default(),
        centroids: Vectors::default(),
        starts: starts(&wordings, classes),
        cosine_weight: balance.cosine_weight,
        calibrator: Calibrator::fixed(),
    };
    if with_vectors {
        matcher.vectors = all.first(wordings.len());
        matcher.centroids = centroids(&wordings, &matcher.vectors, classes, &|_| true);
    }
    if is_trained {
        let lessons = Lessons {
            content,
            wordings: &wordings,
            samples: &samples,
            refused: &refused,
            refused_samples: &refused_samples,
        };
        let (trials, head) = std::thread::scope(|scope| {
            let matcher = &matcher;
            let lessons = &lessons;
            let tried = scope.spawn(move || trials(lessons, shape, matcher, balance));
            let head = Trainer::train(shape, &lessons.without(|_| false), &lessons.asides(), balance.epochs)
                .finish();
            (tried.join().expect("the trial does not panic"), head)
        });
        matcher.head = Some(head);
        matcher.calibrator =
            if has_refusals(content) { Calibrator::fit(&trials) } else { Calibrator::fit_unrefused(&trials) };
    }
    Ok(matcher)
}

/// Everything a head is taught.
struct Lessons<'a> {
    content: &'a Content,
    wordings: &'a [Wording],
    samples: &'a [Sample],
    refused: &'a [Wording],
    refused_samples: &'a [Sample],
}

impl Lessons<'_> {
    /// The lessons but for the wordings that are held out.
    fn without(&self, is_held_out: impl Fn(usize) -> bool) -> Vec<(&Sample, Label)> {
        let shown = self.wordings.iter().zip(self.samples).enumerate().filter(|(at, _)| !is_held_out(*at));
        let is = shown.map(|(_, (wording, sample))| (sample, Label::Is(wording.class)));
        let is_not = self.refused.iter().zip(self.refused_samples).map(|(p, s)| (s, Label::IsNot(p.class)));
        is.chain(is_not).collect()
    }

    /// Remarks that ask nothing.
    fn asides(&self) -> Vec<&Sample> {
        let is_aside = |wording: &Wording| self.content.entries[wording.class].kind == Kind::Chatter;
        self.wordings
            .iter()
            .zip(self.samples)
            .filter(|(p, _)| is_aside(p))
            .map(|(_, sample)| sample)
            .collect()
    }
}

/// What heads that had not seen a wording make of it.
fn trials(lessons: &Lessons<'_>, shape: Shape, matcher: &Matcher, balance: Balance) -> Vec<Trial> {
    let folds = folds(lessons.wordings);
    let hides_entries = !has_refusals(lessons.content);
    let mut trials = Vec::new();
    for fold in 0..FOLDS {
        let is_hidden = |class: usize| hides_entries && class % HIDING == fold;
        let is_held_out = |at: usize| folds[at] == Some(fold) || is_hidden(lessons.wordings[at].class);
        let held_out: Vec<usize> = (0..lessons.wordings.len()).filter(|at| is_held_out(*at)).collect();
        if held_out.is_empty() {
            continue;
        }
        let head =
            Trainer::train(shape, &lessons.without(is_held_out), &lessons.asides(), balance.epochs * 2 / 3);
        let centroids = match shape.dense {
            0 => Vectors::default(),
            _ => centroids(lessons.wordings, &matcher.vectors, shape.classes, &|at| !is_held_out(at)),
        };
        let step = held_out.len().div_ceil(TRIALS_PER_FOLD);
        for at in held_out.into_iter().step_by(step) {
            let (wording, sample) = (&lessons.wordings[at], &lessons.samples[at]);
            let shares = head.probabilities(sample);
            let central = rank::central(&centroids, &sample.dense);
            let scores = Scores {
                nearest: rank::nearest(matcher, &sample.dense, &shares, &central, &is_held_out),
                shares,
                central,
                lexical: Vec::new(),
                // A word of this wording counts as known only if another wording has it.
                unknown: rank::unknown_share(matcher, &wording.words, 2),
            };
            let ranking = rank::Ranking::of(&scores, balance.cosine_weight);
            let best = &lessons.content.entries[ranking.best()];
            trials.push(Trial {
                signs: ranking.signs(&scores, &|at| lessons.content.entries[at].kind == Kind::Answer),
                is_right: ranking.best() == wording.class
                    || serves(best, &lessons.content.entries[wording.class]),
                is_answer: best.kind == Kind::Answer,
            });
        }
    }
    trials
}

/// Whether the FAQ shows enough of what it does not answer.
fn has_refusals(content: &Content) -> bool {
    content.entries.iter().filter(|entry| entry.kind != Kind::Answer).count() >= MIN_REFUSALS
}

/// Whether an answer proves everything that another one does: who asked for the other is served by it too.
fn serves(answer: &Entry, other: &Entry) -> bool {
    let proves = |quote: &str| answer.citations.iter().any(|citation| citation.quote.contains(quote));
    answer.kind == Kind::Answer
        && other.kind == Kind::Answer
        && !other.citations.is_empty()
        && other.citations.iter().all(|citation| proves(&citation.quote))
}

/// The fold of each wording; none for wordings of entries too small to lose one, and for the canonical question.
fn folds(wordings: &[Wording]) -> Vec<Option<usize>> {
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    for wording in wordings {
        *sizes.entry(wording.class).or_default() += 1;
    }
    let mut next: HashMap<usize, usize> = HashMap::new();
    wordings
        .iter()
        .map(|wording| {
            if sizes[&wording.class] < FOLDS {
                return None;
            }
            let turn = next.entry(wording.class).or_default();
            *turn += 1;
            // Dealt by a fixed pattern: neighbours in a file were often written in one go and are alike.
            Some((*turn * 7 + *turn / 3) % FOLDS)
        })
        .collect()
}

/// Every wording once, entry by entry.
fn all_wordings(content: &Content) -> Vec<Wording> {
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

/// The entries' `not` questions, mended as a question is.
fn refused(content: &Content, lexicon: &Lexicon, with_vectors: bool) -> Result<Vec<Wording>, EmbedError> {
    let embedder = if with_vectors { Some(Embedder::shared()?) } else { None };
    let is_known = |word: &str| embedder.is_some_and(|embedder| embedder.knows_word(word));
    let of_entry = |(class, entry): (usize, &Entry)| -> Vec<Wording> {
        let mend = |text: &String| Wording {
            class,
            lang: Lang::En,
            words: lexicon.mend(&normalise::words(text), is_known),
        };
        entry.not.iter().map(mend).filter(|wording| !wording.words.is_empty()).collect()
    };
    Ok(content.entries.iter().enumerate().flat_map(of_entry).collect())
}

/// In how many wordings of answers, or of everything else, a word stands.
fn word_counts(content: &Content, wordings: &[Wording], of_answers: bool) -> HashMap<String, u32> {
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

/// The words of answers' wordings; those of the announcement and of the answers themselves stand out.
fn answer_words(content: &Content, wordings: &[Wording]) -> HashMap<String, u32> {
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

fn starts(wordings: &[Wording], classes: usize) -> Vec<u32> {
    let mut starts = vec![0_u32; classes + 1];
    for wording in wordings {
        starts[wording.class + 1] += 1;
    }
    for class in 0..classes {
        starts[class + 1] += starts[class];
    }
    starts
}

/// The mean of each entry's vectors, of unit length, over the wordings that are kept.
fn centroids(
    wordings: &[Wording],
    vectors: &Vectors,
    classes: usize,
    is_kept: &dyn Fn(usize) -> bool,
) -> Vectors {
    let mut sums = vec![vec![0.0_f32; DIMENSIONS]; classes];
    for (at, wording) in wordings.iter().enumerate().filter(|(at, _)| is_kept(*at)) {
        for (sum, x) in sums[wording.class].iter_mut().zip(vectors.get(at)) {
            *sum += x;
        }
    }
    let mut centroids = Vectors::default();
    for sum in sums {
        let norm = sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        centroids.push(&sum.iter().map(|x| x / norm).collect::<Vec<f32>>());
    }
    centroids
}
