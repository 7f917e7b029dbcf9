//! One version of the content, ready to be asked, and the cell that holds the current one.

use std::{path::PathBuf, sync::Arc};

use arc_swap::ArcSwap;

use crate::{
    config::Caution,
    knowledge::{
        entry::{Content, EntryId, Lang},
        verdict::{Decision, Evidence, Verdict},
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

/// A step of a build, for a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Phrasings embedded so far, of how many.
    Embedding(usize, usize),
    /// Writing the Tantivy index.
    Indexing,
    /// Training the head and calibrating.
    Training,
}

/// Why a generation could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The folder of the index cannot be written.
    #[error("cannot write {path}: {source}")]
    Io {
        /// What was written.
        path: PathBuf,
        /// The system's word.
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
#[derive(Debug)]
pub struct Generation {
    number: u64,
    content: Content,
}

impl Generation {
    /// Builds or reopens the generation of `content`.
    pub fn build(
        content: Content,
        number: u64,
        _options: &BuildOptions,
        _progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Generation, BuildError> {
        Ok(Generation { number, content })
    }

    /// Counts up from 1 with every reload.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What it was built from.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// A verdict for each question of `message`, in order; expired entries are never answered.
    pub fn ask(&self, message: &str, today: jiff::civil::Date) -> Vec<Verdict> {
        let _ = today;
        vec![Verdict {
            question: message.to_owned(),
            lang: Lang::En,
            decision: Decision::Unknown(Vec::new()),
            confidence: 0.0,
            evidence: Evidence::default(),
        }]
    }

    /// Entries whose content matches what was typed so far, best first.
    pub fn complete(&self, prefix: &str, limit: usize) -> Vec<EntryId> {
        let _ = prefix;
        self.content.entries.iter().take(limit).map(|entry| entry.id.clone()).collect()
    }
}

/// The cell that holds the generation in force. A question loads it once and keeps it to the end.
pub struct Current(ArcSwap<Generation>);

impl Current {
    /// The cell, with its first generation.
    pub fn new(generation: Generation) -> Current {
        Current(ArcSwap::from_pointee(generation))
    }

    /// The generation in force.
    pub fn load(&self) -> Arc<Generation> {
        self.0.load_full()
    }

    /// Puts a new generation in force.
    pub fn swap(&self, generation: Generation) {
        self.0.store(Arc::new(generation));
    }
}
