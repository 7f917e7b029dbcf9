//! From a FAQ's wordings to a [`Matcher`]: vectors, n-grams, head and calibrator.
//!
//! `train/wordings.rs` folds and counts. The calibrator is fitted on wordings that a head has not seen
//! (`train/trials.rs`): the wordings are dealt into folds, a head is trained without each fold in turn, and its
//! predictions for the fold are compared with the right entries. The entries' `not` questions train the head too.

mod kept_trials;
mod trials;
mod wordings;

use std::path::Path;

use self::{
    trials::{FOLDS, Folds},
    wordings::Wording,
};
use crate::knowledge::{
    content::entry::{Content, Kind},
    matching::{
        Progress,
        calibration::{Calibrator, Expected, Trial},
        detector::Detector,
        embed::{DIMENSIONS, EmbedError, Embedder},
        exact::exact_wordings,
        head::{Example, Head, Label, Schedule, Shape, Trainer},
        language::Languages,
        matcher::Matcher,
        ngrams::{SparseRows, Vocabulary},
        parallel,
        passages::{self, Passages},
        rank,
        spelling::Lexicon,
        vectors::{self, Vectors},
    },
};

/// How far the FAQ's own words are trusted beside the sentence model, which knows the language at large: the more
/// wordings an entry has, the more.
#[derive(Clone, Copy)]
struct Balance {
    sparse_weight: f32,
    cosine_weight: f32,
    schedule: Schedule,
}

impl Balance {
    /// Measured at ten wordings per entry (public sets), at a hundred and at three hundred (this project's own FAQ);
    /// interpolated and extrapolated on the logarithm.
    fn of(wordings: usize, classes: usize) -> Balance {
        let each = wordings as f32 / classes.max(1) as f32;
        let trust = ((each / 10.0).ln() / 10.0_f32.ln()).clamp(0.0, 1.0);
        let many = ((each / 100.0).ln() / 3.0_f32.ln()).clamp(0.0, 1.0);
        Balance {
            sparse_weight: 0.3 + 0.7 * trust,
            cosine_weight: 6.0 - 4.0 * trust,
            schedule: Schedule {
                epochs: if wordings < LARGE { 3 } else { 1 },
                initial_scale: 0.2 + 0.2 * many,
            },
        }
    }
}

/// Wordings from which on one pass over them is enough.
const LARGE: usize = 10_000;
/// Wordings up to which the n-grams of each are kept beside the head.
const MAX_WORDING_GRAMS: usize = 5_000;
/// Above this many entries no head is trained: matching then uses words and vectors alone.
const MAX_CLASSES: usize = 2_000;
/// Above this many weights neither: half a gigabyte while training.
const MAX_WEIGHTS: usize = 120_000_000;

/// Everything a head is trained on.
struct TrainingSet<'a> {
    content: &'a Content,
    wordings: &'a [Wording],
    refused: &'a [Wording],
    /// The vectors of the wordings, then of the refused ones and the announcement; empty where matching by meaning is off.
    vectors: &'a Vectors,
    /// The n-grams of the wordings, then of the refused ones.
    grams: &'a SparseRows,
    /// The share of foreign words of each wording.
    foreign: &'a [f32],
}

impl TrainingSet<'_> {
    fn example(&self, at: usize) -> Example<'_> {
        Example { vectors: self.vectors, at, sparse: self.grams.get(at) }
    }

    /// The examples but for the wordings that are held out.
    fn without(&self, is_held_out: impl Fn(usize) -> bool) -> Vec<(Example<'_>, Label)> {
        let shown = self.wordings.iter().enumerate().filter(|(at, _)| !is_held_out(*at));
        let is = shown.map(|(at, wording)| (self.example(at), Label::Is(wording.class)));
        let refused = (self.wordings.len()..).zip(self.refused);
        let is_not = refused.map(|(at, wording)| (self.example(at), Label::IsNot(wording.class)));
        is.chain(is_not).collect()
    }

    /// Remarks that ask nothing.
    fn noise(&self) -> Vec<Example<'_>> {
        let is_remark = |class: usize| self.content.entries[class].kind == Kind::Chatter;
        let remarks = self.wordings.iter().enumerate().filter(|(_, wording)| is_remark(wording.class));
        remarks.map(|(at, _)| self.example(at)).collect()
    }
}

/// Learns from every wording of `content`. `cache` is the folder where vectors are kept between builds.
pub(crate) fn train(
    content: &Content,
    with_vectors: bool,
    cache: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Matcher, EmbedError> {
    let wordings = wordings::all(content);
    let lexicon = Lexicon::fit(wordings.iter().map(|p| p.words.as_slice()));
    let vocabulary = Vocabulary::fit(wordings.iter().map(|p| p.words.as_slice()));
    let refused = wordings::refused(content, &lexicon, with_vectors)?;
    let units = passages::units(content.announcement.as_ref());
    let texts = wordings.iter().chain(&refused).map(|wording| wording.words.join(" "));
    let texts: Vec<String> = texts.chain(units.iter().map(|unit| unit.text.clone())).collect();
    let vectors = match with_vectors {
        true => vectors::of_texts(&texts, cache, &|done, of| progress(Progress::Embedding(done, of)))?,
        false => Vectors::default(),
    };
    let mut grams = SparseRows::default();
    wordings.iter().chain(&refused).for_each(|wording| grams.push(&vocabulary.vector(&wording.words)));

    progress(Progress::Training);
    let (n_wordings, classes) = (wordings.len(), content.entries.len());
    let balance = Balance::of(n_wordings, classes);
    let shape = Shape {
        dense: if with_vectors { DIMENSIONS } else { 0 },
        sparse: vocabulary.len(),
        classes,
        sparse_weight: balance.sparse_weight,
    };
    let each = n_wordings as f32 / classes.max(1) as f32;
    let mut matcher = Matcher {
        exact: exact_wordings(content),
        lexicon,
        languages: Languages::fit(wordings.iter().map(|p| (p.words.as_slice(), p.lang))),
        answer_words: wordings::answer_words(content, &wordings),
        other_words: wordings::word_counts(content, &wordings, false),
        vocabulary,
        head: None,
        vectors: Vectors::default(),
        centroids: Vectors::default(),
        mean: Vec::new(),
        passages: Passages::default(),
        media: None,
        wording_grams: SparseRows::default(),
        starts: wordings::starts(&wordings, classes),
        cosine_weight: balance.cosine_weight,
        calibrator: Calibrator::prior(each),
        expected: None,
    };
    if with_vectors {
        matcher.vectors = vectors.slice(0..n_wordings);
        matcher.passages = Passages::new(&units, vectors.slice(n_wordings + refused.len()..texts.len()));
        matcher.centroids = centroids(&wordings, &matcher.vectors, classes, &|_| true);
        matcher.mean = matcher.vectors.mean();
    }
    if n_wordings <= MAX_WORDING_GRAMS {
        matcher.wording_grams = grams.first(n_wordings);
    }
    let is_trained =
        (2..=MAX_CLASSES).contains(&classes) && (shape.dense + shape.sparse) * classes <= MAX_WEIGHTS;
    if is_trained {
        let set = TrainingSet {
            content,
            wordings: &wordings,
            refused: &refused,
            vectors: &vectors,
            grams: &grams,
            foreign: &foreign_shares(&wordings, with_vectors)?,
        };
        let hashes = kept_trials::hashes(&set);
        let kept = kept_trials::load(&set, &hashes, cache);
        let trained = learn(&set, shape, balance.schedule, &matcher, kept.is_none());
        if kept.is_none() {
            kept_trials::save(&set, hashes, cache, &trained.trials);
        }
        let trials = kept.unwrap_or(trained.trials);
        matcher.head = trained.head;
        matcher.media = trained.media;
        matcher.calibrator = Calibrator::fit(&trials, each, trials::has_refusals(content));
        matcher.expected = Expected::count(&trials, &matcher.calibrator);
    }
    Ok(matcher)
}

/// What is learned by gradient descent.
#[derive(Default)]
struct Trained {
    head: Option<Head>,
    media: Option<Detector>,
    /// What heads made of the folds that they had not seen.
    trials: Vec<Trial>,
}

/// What one core learns at a time.
#[derive(Clone, Copy)]
enum Part {
    /// The head over everything.
    Head,
    /// The classifier of journalists' messages.
    Media,
    /// A head without a fold, for the trials of that fold.
    Fold(usize),
}

/// Learns the head, the classifier of journalists' messages and, if `with_trials`, the trials, on every core.
fn learn(
    set: &TrainingSet<'_>,
    shape: Shape,
    schedule: Schedule,
    matcher: &Matcher,
    with_trials: bool,
) -> Trained {
    let is_media = |class: usize| set.content.entries[class].kind == Kind::Media;
    let has_detector =
        Detector::is_possible(set.wordings.iter().filter(|wording| is_media(wording.class)).count());
    let folds = Folds::deal(set.wordings, set.content);
    let noise = set.noise();
    let mut parts = vec![Part::Head];
    if has_detector {
        parts.push(Part::Media);
    }
    if with_trials && folds.is_possible() {
        parts.extend((0..FOLDS).map(Part::Fold));
    }
    let train = |is_held_out: &dyn Fn(usize) -> bool| {
        let mut examples = set.without(is_held_out);
        // What is not a journalist's message is the detector's to know: here it would count for other routes.
        if has_detector {
            examples.retain(|(_, label)| !matches!(*label, Label::IsNot(class) if is_media(class)));
        }
        Trainer::train(shape, &examples, &noise, schedule).finish()
    };
    let learned = parallel::map(&parts, |part| match *part {
        Part::Head => Trained { head: Some(train(&|_| false)), ..Trained::default() },
        Part::Media => {
            let detector = Detector::train(shape, &set.without(|_| false), is_media, schedule);
            Trained { media: Some(detector), ..Trained::default() }
        }
        Part::Fold(fold) => {
            let head = train(&|at| folds.is_held_out(fold, at, set.wordings[at].class));
            Trained { trials: trials::of_fold(set, &folds, fold, &head, matcher), ..Trained::default() }
        }
    });
    learned.into_iter().fold(Trained::default(), |mut all, one| {
        all.head = all.head.or(one.head);
        all.media = all.media.or(one.media);
        all.trials.extend(one.trials);
        all
    })
}

fn foreign_shares(wordings: &[Wording], with_vectors: bool) -> Result<Vec<f32>, EmbedError> {
    if !with_vectors {
        return Ok(vec![0.0; wordings.len()]);
    }
    let embedder = Embedder::shared()?;
    let share = |wording: &Wording| rank::foreign_share(&wording.words, |word| embedder.knows_word(word));
    Ok(wordings.iter().map(share).collect())
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
