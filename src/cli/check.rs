//! `faqbot check`: reads a content folder and tells everything that is wrong with it.
//!
//! The judging is `knowledge/load.rs`; this is its printed form and its outcome.

use std::path::Path;

use crate::knowledge::{Colour, load::load};

/// What `check` prints, and whether the folder may be used.
#[derive(Debug)]
pub struct Report {
    /// Every finding, and a last line that counts.
    pub text: String,
    /// Whether there is an error among them.
    pub is_refused: bool,
}

/// Checks `dir` as of `today`.
pub fn report(dir: &Path, today: jiff::civil::Date, colour: Colour) -> Report {
    match load(dir, today) {
        Err(findings) => Report { text: findings.render(colour, Some(dir)), is_refused: true },
        Ok(loaded) => {
            let content = &loaded.content;
            let n_wordings: usize = content.entries.iter().map(|entry| entry.phrasings().count()).sum();
            let found = loaded.warnings.render(colour, Some(dir));
            let counts = format!("{} entries, {n_wordings} wordings", content.entries.len());
            Report { text: format!("{found} in {counts}"), is_refused: false }
        }
    }
}
