//! What the bot knows and how it matches.
//!
//! [`content`] goes from files to a checked FAQ and is the only part that reads and writes files of content;
//! [`matching`] goes from a question to a decision and is pure but for its cache of vectors, which is a file in the
//! index folder. [`generation`] stands on both: one version of the content, parsed, indexed and trained, which never
//! changes once it is built, and the cell ([`Current`]) it is swapped in.

pub mod content;
pub mod entry_tests;
pub mod generation;
pub mod matching;

pub(crate) use generation::last_good;
pub use generation::{BuildError, BuildOptions, Current, Generation};
