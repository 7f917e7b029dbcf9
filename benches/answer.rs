//! How long a question takes, and how long a generation takes to build, at 50, 1,000 and 100,000 entries.
//!
//! `cargo bench --bench answer`, or a part of it: `cargo bench --bench answer -- 'ask/50'`. The FAQ is made here from a
//! fixed seed. Matching by meaning is measured at 50 entries; the larger ones match by words alone. Above 2,000
//! entries the matcher trains no head (`knowledge/train.rs`), so the steps are not of one kind.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]

use std::{collections::BTreeMap, hint::black_box, path::Path, time::Duration};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use faqbot::{
    Lang,
    config::Caution,
    knowledge::{
        BuildOptions, Content, ContentHash, Entry, EntryDates, EntryId, Generation, Kind, Version, Wording,
    },
};
use fastrand::Rng;

const SEED: u64 = 20_160_630;
const WORDS_KNOWN: usize = 4_000;

/// Entries, wordings of each beside its question, and whether meaning is matched too.
const SIZES: [(usize, usize, bool); 4] =
    [(50, 12, true), (50, 12, false), (1_000, 12, false), (100_000, 0, false)];

fn bench(criterion: &mut Criterion) {
    for (n_entries, n_wordings, vectors) in SIZES {
        let name =
            format!("{n_entries} entries, {}", if vectors { "words and meaning" } else { "words alone" });
        let content = content(n_entries, n_wordings);
        let folder = tempfile::tempdir().unwrap();
        build(criterion, &name, &content, vectors);
        let generation = generation(&content, folder.path(), vectors);
        ask(criterion, &name, &generation);
    }
}

/// A generation of content that no folder holds yet.
fn build(criterion: &mut Criterion, name: &str, content: &Content, vectors: bool) {
    let mut group = criterion.benchmark_group("build");
    group.sample_size(10).warm_up_time(Duration::from_millis(1)).measurement_time(Duration::from_secs(5));
    let fresh = || (content.clone(), tempfile::tempdir().unwrap());
    group.bench_function(name, |bencher| {
        bencher.iter_batched(
            fresh,
            // The folder goes back, so that deleting it is not measured.
            |(content, folder)| (generation(&content, folder.path(), vectors), folder),
            BatchSize::PerIteration,
        );
    });
}

/// One question that nobody has asked before, and one that is asked again and again.
fn ask(criterion: &mut Criterion, name: &str, generation: &Generation) {
    let mut group = criterion.benchmark_group("ask");
    group.sample_size(20);
    let today = jiff::civil::date(2026, 1, 1);
    let mut talk = Talk(Rng::with_seed(SEED + 1));
    group.bench_function(format!("{name}, new question"), |bencher| {
        bencher.iter_batched(
            || talk.sentence(),
            |question| black_box(generation.ask(&question, today)),
            BatchSize::SmallInput,
        );
    });
    let again = talk.sentence();
    group.bench_function(format!("{name}, question asked before"), |bencher| {
        bencher.iter(|| black_box(generation.ask(&again, today)));
    });
}

fn generation(content: &Content, folder: &Path, vectors: bool) -> Generation {
    let options = BuildOptions { index_dir: folder.to_owned(), vectors, caution: Caution::Normal };
    Generation::build(content.clone(), 1, &options, &|_| {}).unwrap()
}

fn content(n_entries: usize, n_wordings: usize) -> Content {
    let mut talk = Talk(Rng::with_seed(SEED));
    let entries = (0..n_entries).map(|at| talk.entry(at, n_wordings)).collect();
    let hash = ContentHash(format!("{n_entries:08}{n_wordings:08}"));
    Content { announcement: None, entries, hash }
}

/// Made-up speech from a fixed seed.
struct Talk(Rng);

impl Talk {
    fn entry(&mut self, at: usize, n_wordings: usize) -> Entry {
        let version = Version { question: self.sentence(), answer: self.sentence() };
        let wordings = (0..n_wordings).map(|_| Wording { text: self.sentence(), lang: Lang::En }).collect();
        Entry {
            id: EntryId::new(&format!("entry-{at:06}")).unwrap(),
            kind: Kind::Answer,
            versions: BTreeMap::from([(Lang::En, version)]),
            wordings,
            citations: Vec::new(),
            asks: Vec::new(),
            not: Vec::new(),
            dates: EntryDates::default(),
        }
    }

    /// Seven words of a small language in which, as in others, some words are far more common than most.
    fn sentence(&mut self) -> String {
        let words: Vec<String> = (0..7).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] =
            ["ba", "co", "du", "fe", "gi", "ka", "lo", "mu", "ne", "pi", "ra", "so", "tu", "ve", "wi", "za"];
        let rank = self.0.usize(0..WORDS_KNOWN).min(self.0.usize(0..WORDS_KNOWN));
        [rank % 16, rank / 16 % 16, rank / 256].map(|digit| SYLLABLES[digit % 16]).concat()
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
