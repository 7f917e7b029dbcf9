//! Loads a folder: content that can be used, or a list of everything that is wrong with it.
//!
//! It runs `source.rs`, `parse.rs` and `check.rs` one after the other.

use std::path::Path;

use crate::knowledge::content::{
    check::{check, no_entry},
    entry::Content,
    finding::{Code, Finding, Findings, Place},
    parse::parse,
    source::{Bundle, read},
};

/// Content that has no error.
#[derive(Debug)]
pub struct Loaded {
    /// The content, including expired entries.
    pub content: Content,
    /// The warnings.
    pub warnings: Findings,
}

/// Reads, parses and checks `dir` as of `today`.
///
/// It blocks, and sleeps up to two seconds while the folder is being changed.
///
/// # Errors
/// All findings, if one of them is an error.
pub fn load(dir: &Path, today: jiff::civil::Date) -> Result<Loaded, Findings> {
    validate(&read(dir)?, today)
}

/// Parses and checks files that have been read.
///
/// # Errors
/// All findings, if one of them is an error.
pub fn validate(bundle: &Bundle, today: jiff::civil::Date) -> Result<Loaded, Findings> {
    let mut findings = bundle.findings.clone();
    let (parsed, syntax) = parse(bundle);
    findings.merge(syntax);
    findings.merge(check(&parsed, today));
    if parsed.entries.is_empty() && parsed.announcement.is_none() && findings.n_errors() == 0 {
        findings.push(no_entry());
    }
    findings.sort();
    match findings.n_errors() {
        0 => Ok(Loaded { content: parsed.into_content(bundle.hash.clone()), warnings: findings }),
        _ => Err(findings),
    }
}

/// The finding that stops a reload from dropping more than half of the entries by accident. A moderator can confirm it.
pub fn shrunk(before: &Content, after: &Content) -> Option<Finding> {
    let (had, has) = (before.entries.len(), after.entries.len());
    (has * 2 < had).then(|| {
        Finding::new(Code::Shrunk, Place::file(""), format!("the folder had {had} entries and now has {has}"))
            .hint("if that is intended, confirm it; until then the current content stays in force")
    })
}
