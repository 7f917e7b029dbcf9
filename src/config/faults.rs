//! All faults of one settings file, in the order of their locations, and their printed form.

use std::{fmt, path::PathBuf};

use super::{fault::Fault, snippet};

/// Every fault in the settings, sorted by location.
#[derive(Debug, Clone)]
pub struct Faults {
    file: PathBuf,
    text: String,
    all: Vec<Fault>,
}

impl Faults {
    /// The faults of `file`; its `text` is quoted when they are rendered.
    pub fn new(file: PathBuf, text: String, mut all: Vec<Fault>) -> Faults {
        all.sort_by(|a, b| a.location.order().cmp(&b.location.order()).then(a.code.cmp(&b.code)));
        Faults { file, text, all }
    }

    /// Every fault, sorted by location.
    pub fn all(&self) -> &[Fault] {
        &self.all
    }

    /// The faults for a person, each with its line and a caret, separated by blank lines.
    pub fn render(&self, is_coloured: bool) -> String {
        snippet::render(&self.file, &self.text, &self.all, is_coloured)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Faults {}
