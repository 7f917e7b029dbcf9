//! What the bot knows and how it matches.
//!
//! - `content` turns the files of a folder into a checked FAQ. It reads (and, for an import, writes) content files.
//! - `matching` turns a question into a decision. Its Tantivy index and its vector cache read and write files in the
//!   index folder; the rest is pure.
//! - `wording_key` says which texts are the same question, for both of them.
//! - `generation` builds on both: one version of the content, indexed and trained, which never changes once it is
//!   built. It is stored in the index folder, and [`Current`] holds the one in use.
//! - `entry_tests` asks a generation the questions that its entries must and must not answer.

pub(crate) mod content;
pub(crate) mod entry_tests;
pub(crate) mod generation;
pub(crate) mod matching;
pub(crate) mod wording_key;

pub use content::{
    edit::disk::WriteError,
    entry::{Content, ContentHash, Entry, EntryDates, EntryId, Kind, Version, Wording},
    finding::{Code, Colour, Finding, Findings, Place, Severity},
    import::{Columns, ImportError, Imported, Note, RowPlace, import},
    load::{Loaded, load, shrunk, validate},
    source::{Bundle, Limits, SourceFile, read_with},
};
pub(crate) use generation::last_good;
pub use generation::{BuildError, BuildOptions, Current, Generation};
pub use matching::{
    Caution,
    verdict::{Decision, Evidence, Hit, Verdict},
};
