//! Turns the files of a content folder into a checked FAQ, or into findings that say what is wrong with it.
//!
//! `source.rs` reads a consistent snapshot of the folder, `parse.rs` turns its files into a
//! `ParsedContent`, `check.rs` checks it, and `load.rs` runs the three. `import.rs` writes such a folder from
//! someone else's FAQ. `edit.rs` changes entries in its files. Only
//! `source.rs`, `source/walk.rs`, `edit/disk.rs`, `import/rows.rs`, `import/rows/tags.rs` and `import/write.rs` do I/O;
//! `source.rs` may also sleep while the folder is being changed.

mod check;
pub(crate) mod edit;
pub(crate) mod entry;
pub(crate) mod finding;
pub(crate) mod import;
pub(crate) mod load;
mod parse;
mod parsed;
mod quote;
pub(crate) mod source;
mod words;
