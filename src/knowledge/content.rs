//! From the files of a content folder to a FAQ that has been checked, or to findings that say what is wrong with it.
//!
//! `source.rs` reads a folder at one moment, `parse.rs` turns its files into a [`draft::Draft`], `check.rs` judges the
//! draft and `load.rs` runs the three in a row. `import.rs` writes such a folder from someone else's FAQ. Only
//! `source.rs` and `import.rs` touch the disk.

pub mod check;
pub mod draft;
pub mod entry;
pub mod finding;
pub mod import;
pub mod load;
pub mod parse;
pub mod quote;
pub mod source;
mod words;
