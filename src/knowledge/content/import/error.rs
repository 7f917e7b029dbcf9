//! Why nothing was imported, worded so that the file can be corrected.

use std::path::PathBuf;

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The operating system's error.
        source: std::io::Error,
    },
    /// The folder cannot be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// What was written.
        path: PathBuf,
        /// The operating system's error.
        source: std::io::Error,
    },
    /// The format is not supported.
    #[error(
        "{0} has none of the endings that can be read: .csv, .tsv, .jsonl, .json, .yml, .toml, .md, .txt and .html. \
         Save a spreadsheet as CSV, with a question and an answer per row"
    )]
    Format(PathBuf),
    /// The file is not of the format that its ending names.
    #[error("the file is not valid {format}: {reason}")]
    Syntax {
        /// The name of the format.
        format: &'static str,
        /// What the parser found, with its line.
        reason: String,
    },
    /// Nothing in the file looks like questions and answers.
    #[error("{0}")]
    Shape(String),
    /// A column is missing.
    #[error(
        "the file needs a column with the questions and one with the answers; its columns are {found}. Name them: \
         --columns question=…,answer=… (also alternates=… and id=…), or put the headings `question` and `answer` into \
         its first line"
    )]
    Columns {
        /// The columns that are there.
        found: String,
    },
    /// A column that was named is not there.
    #[error("the file has no column `{wanted}`; its columns are {found}")]
    NoColumn {
        /// As named.
        wanted: String,
        /// The columns that are there.
        found: String,
    },
    /// A quote is never closed.
    #[error(
        "line {0}: a cell begins with a double quote that is never closed; close it, or double it within the cell"
    )]
    UnclosedQuote(u64),
    /// The folder is not empty.
    #[error("{0} is not empty; import into a new folder")]
    NotEmpty(PathBuf),
    /// A folder cannot contain that many files.
    #[error("the file has {n} entries, but a folder can have at most {most} files")]
    TooMany {
        /// How many there are.
        n: usize,
        /// How many there may be.
        most: usize,
    },
    /// No row can be used.
    #[error("no row of the file can be used as an entry{0}")]
    Nothing(String),
}

impl ImportError {
    /// The error for a structured file in which no questions are found.
    pub(super) fn no_questions(found: &str) -> ImportError {
        ImportError::Shape(format!(
            "no questions and answers were found: {found}. The file may hold a list of objects with a question and an \
             answer, a table of tags, or Rasa's `nlu` and `responses`"
        ))
    }
}
