//! The Tantivy index of one generation: entries, their wordings and the paragraphs of the announcement.
//!
//! The only file that uses Tantivy. Queries are built from folded words; what a person typed never reaches a query
//! parser. The index is read into memory, so a file that is truncated or damaged later cannot stop a running bot.
//! `generation/disk.rs` decides where it is stored and when it is rebuilt.

use std::path::Path;

use tantivy::{
    DocAddress, Index as Tantivy, IndexReader, IndexSettings, ReloadPolicy, TantivyDocument, Term,
    collector::TopDocs,
    directory::{Directory, MmapDirectory, RamDirectory},
    query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery},
    schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value},
    tokenizer::{Language, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer},
};

use crate::knowledge::{
    content::entry::{Content, Kind},
    matching::normalise,
};

/// Incremented when the fields or their analysis change, so that an older index is not used.
pub(crate) const SCHEMA_VERSION: u32 = 2;

/// The most words of a query that are looked up.
const MAX_TERMS: usize = 64;

/// The memory of the single writer thread in bytes, enough for a hundred thousand wordings.
const WRITER_BYTES: usize = 32 << 20;

/// The highest BM25 score of one matched word, in units of its inverse document frequency: (k1 + 1) with Tantivy's k1 of 1.2.
const BM25_CEILING: f32 = 2.2;

/// The index could not be built, written or read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct IndexError(#[from] tantivy::TantivyError);

/// The version of Tantivy and its file format, for the key of a generation.
pub(crate) fn engine_version() -> String {
    tantivy::version_string().to_owned()
}

/// The index of one generation, in memory.
pub(crate) struct Index {
    memory: RamDirectory,
    reader: IndexReader,
    fields: Fields,
    english: TextAnalyzer,
    french: TextAnalyzer,
}

#[derive(Clone, Copy)]
struct Fields {
    /// Entry documents: all wordings, stemmed as English.
    english: Field,
    /// Entry documents: all wordings, stemmed as French.
    french: Field,
    /// Entry documents: all wordings, unstemmed, for completion.
    plain: Field,
    /// Wording documents.
    wording: Field,
    /// Passage documents, stemmed as English.
    passage: Field,
    /// The position of the entry in the content, or the number of the paragraph.
    ordinal: Field,
}

impl Index {
    /// Indexes `content` in memory.
    pub(crate) fn build(content: &Content) -> Result<Index, IndexError> {
        let (schema, fields) = schema();
        let memory = RamDirectory::create();
        let tantivy = Tantivy::create(memory.clone(), schema, IndexSettings::default())?;
        register(&tantivy);
        let mut writer = tantivy.writer_with_num_threads::<TantivyDocument>(1, WRITER_BYTES)?;
        for (ordinal, entry) in (0_u64..).zip(&content.entries) {
            let mut document = TantivyDocument::default();
            document.add_u64(fields.ordinal, ordinal);
            let is_completed = matches!(entry.kind, Kind::Answer | Kind::NotCovered);
            for (wording, _) in entry.all_wordings() {
                let folded = normalise::fold(wording);
                document.add_text(fields.english, &folded);
                document.add_text(fields.french, &folded);
                if is_completed {
                    document.add_text(fields.plain, &folded);
                }
                let mut wording = TantivyDocument::default();
                wording.add_u64(fields.ordinal, ordinal);
                wording.add_text(fields.wording, &folded);
                writer.add_document(wording)?;
            }
            writer.add_document(document)?;
        }
        for passage in content.announcement.iter().flat_map(|announcement| &announcement.passages) {
            let mut document = TantivyDocument::default();
            document.add_u64(fields.ordinal, passage.paragraph as u64);
            document.add_text(fields.passage, normalise::fold(&passage.text));
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        Index::from_tantivy(&tantivy, memory)
    }

    /// Writes the index into the empty folder `dir`.
    pub(crate) fn save(&self, dir: &Path) -> Result<(), IndexError> {
        let target = MmapDirectory::open(dir).map_err(tantivy::TantivyError::from)?;
        self.memory.persist(&target)?;
        target.sync_directory().map_err(tantivy::TantivyError::from)?;
        Ok(())
    }

    /// Reads the index in `dir` into memory and verifies the checksums of its files.
    pub(crate) fn open(dir: &Path) -> Result<Index, IndexError> {
        let memory = RamDirectory::create();
        for file in std::fs::read_dir(dir).map_err(tantivy::TantivyError::from)? {
            let file = file.map_err(tantivy::TantivyError::from)?;
            let bytes = std::fs::read(file.path()).map_err(tantivy::TantivyError::from)?;
            memory.atomic_write(Path::new(&file.file_name()), &bytes).map_err(tantivy::TantivyError::from)?;
        }
        let tantivy = Tantivy::open(memory.clone())?;
        register(&tantivy);
        let damaged = tantivy.validate_checksum()?;
        if let Some(file) = damaged.iter().next() {
            let damage = tantivy::TantivyError::SystemError(format!("{} is damaged", file.display()));
            return Err(damage.into());
        }
        Index::from_tantivy(&tantivy, memory)
    }

    fn from_tantivy(tantivy: &Tantivy, memory: RamDirectory) -> Result<Index, IndexError> {
        let schema = tantivy.schema();
        let field = |name| schema.get_field(name);
        let fields = Fields {
            english: field("english")?,
            french: field("french")?,
            plain: field("plain")?,
            wording: field("wording")?,
            passage: field("passage")?,
            ordinal: field("ordinal")?,
        };
        let reader = tantivy.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Index {
            memory,
            reader,
            fields,
            english: analyzer(Language::English),
            french: analyzer(Language::French),
        })
    }

    /// Entries that share words with the question, best first: position in the content and score, 0 to 1.
    ///
    /// The score is BM25 over the stemmed words, divided by the most that the question's words could bring; a word the
    /// index lacks counts at the highest inverse document frequency, so that a question full of unknown words scores low.
    pub(crate) fn entries(&self, words: &[String], limit: usize) -> Vec<(usize, f32)> {
        let searcher = self.reader.searcher();
        let mut clauses = Vec::new();
        let mut total = 0.0;
        for (field, terms) in [
            (self.fields.english, stems(&self.english, words)),
            (self.fields.french, stems(&self.french, words)),
        ] {
            for text in terms {
                let term = Term::from_field_text(field, &text);
                total += self.idf(&term);
                clauses.push((Occur::Should, exact(term)));
            }
        }
        self.search(&searcher, clauses, limit, total * BM25_CEILING)
    }

    /// Paragraphs of the announcement that share words with the question, best first: number and score, 0 to 1.
    pub(crate) fn passages(&self, words: &[String], limit: usize) -> Vec<(usize, f32)> {
        let searcher = self.reader.searcher();
        let terms: Vec<Term> = stems(&self.english, words)
            .iter()
            .map(|text| Term::from_field_text(self.fields.passage, text))
            .collect();
        let total: f32 = terms.iter().map(|term| self.idf(term)).sum();
        let clauses = terms.into_iter().map(|term| (Occur::Should, exact(term))).collect();
        self.search(&searcher, clauses, limit, total * BM25_CEILING)
    }

    /// Entries that complete what was typed so far, best first. Typing errors are allowed, and the last word may be a prefix.
    pub(crate) fn complete(&self, words: &[String], limit: usize) -> Vec<usize> {
        let searcher = self.reader.searcher();
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let last = words.len().saturating_sub(1);
        for (at, word) in words.iter().enumerate().take(MAX_TERMS) {
            let term = Term::from_field_text(self.fields.plain, word);
            clauses.push((Occur::Should, Box::new(BoostQuery::new(exact(term.clone()), 4.0))));
            let distance = u8::from(word.chars().count() >= 4);
            if at == last {
                clauses.push((Occur::Should, Box::new(FuzzyTermQuery::new_prefix(term, distance, true))));
            } else if distance > 0 {
                clauses.push((Occur::Should, Box::new(FuzzyTermQuery::new(term, distance, true))));
            }
        }
        self.search(&searcher, clauses, limit, 1.0).into_iter().map(|(ordinal, _)| ordinal).collect()
    }

    fn search(
        &self,
        searcher: &tantivy::Searcher,
        clauses: Vec<(Occur, Box<dyn Query>)>,
        limit: usize,
        ceiling: f32,
    ) -> Vec<(usize, f32)> {
        if clauses.is_empty() || limit == 0 {
            return Vec::new();
        }
        let query = BooleanQuery::new(clauses);
        let found = searcher.search(&query, &TopDocs::with_limit(limit).order_by_score()).unwrap_or_default();
        found
            .into_iter()
            .filter_map(|(score, address)| {
                Some((self.ordinal(searcher, address)?, (score / ceiling).min(1.0)))
            })
            .collect()
    }

    fn ordinal(&self, searcher: &tantivy::Searcher, address: DocAddress) -> Option<usize> {
        let document: TantivyDocument = searcher.doc(address).ok()?;
        usize::try_from(document.get_first(self.fields.ordinal)?.as_u64()?).ok()
    }

    fn idf(&self, term: &Term) -> f32 {
        let searcher = self.reader.searcher();
        let n_documents = searcher.num_docs() as f32;
        let n_with = searcher.doc_freq(term).unwrap_or(0) as f32;
        (1.0 + (n_documents - n_with + 0.5) / (n_with + 0.5)).ln()
    }
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let mut text = |name: &str, tokenizer: &str| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqs);
        builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
    };
    let english = text("english", "english");
    let french = text("french", "french");
    let plain = text("plain", "plain");
    let wording = text("wording", "plain");
    let passage = text("passage", "english");
    let ordinal = builder.add_u64_field("ordinal", FAST | STORED);
    (builder.build(), Fields { english, french, plain, wording, passage, ordinal })
}

fn register(index: &Tantivy) {
    index.tokenizers().register("english", analyzer(Language::English));
    index.tokenizers().register("french", analyzer(Language::French));
    index.tokenizers().register("plain", TextAnalyzer::from(SimpleTokenizer::default()));
}

/// Removes stop words and stems; the text is folded already.
fn analyzer(language: Language) -> TextAnalyzer {
    let stop_words = StopWordFilter::new(language).expect("Tantivy has stop words for English and French");
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(stop_words)
        .filter(Stemmer::new(language))
        .build()
}

fn stems(analyzer: &TextAnalyzer, words: &[String]) -> Vec<String> {
    let mut analyzer = analyzer.clone();
    let mut stems = Vec::new();
    let text = words.iter().take(MAX_TERMS).map(String::as_str).collect::<Vec<_>>().join(" ");
    let mut stream = analyzer.token_stream(&text);
    while stream.advance() {
        stems.push(stream.token().text.clone());
    }
    stems.sort_unstable();
    stems.dedup();
    stems
}

fn exact(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}
