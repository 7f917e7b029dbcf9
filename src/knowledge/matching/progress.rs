//! How far a build has come.

/// A step of a build, for a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Wordings embedded so far, of how many.
    Embedding(usize, usize),
    /// Writing the Tantivy index.
    Indexing,
    /// Training the head and calibrating.
    Training,
    /// Asking the entries' own tests.
    Testing,
}
