//! From a folder to content that may be used, or to everything that is wrong with it.
//!
//! The three steps are `source.rs`, `parse.rs` and `check.rs`; this file only puts them in a row.

use std::path::Path;

use crate::knowledge::content::{
    check::{check, no_entry},
    entry::Content,
    finding::{Code, Finding, Findings, Place},
    parse::parse,
    source::{Bundle, read},
};

/// Content without an error.
#[derive(Debug)]
pub struct Loaded {
    /// The content; expired entries are in it.
    pub content: Content,
    /// What is worth a look.
    pub warnings: Findings,
}

/// Reads, parses and checks `dir` as of `today`. One error refuses the folder; all findings come with it.
///
/// It blocks, and may wait up to two seconds while the folder is being changed.
pub fn load(dir: &Path, today: jiff::civil::Date) -> Result<Loaded, Findings> {
    validate(&read(dir)?, today)
}

/// Parses and checks what was read.
pub fn validate(bundle: &Bundle, today: jiff::civil::Date) -> Result<Loaded, Findings> {
    let mut findings = bundle.findings.clone();
    let (draft, of_form) = parse(bundle);
    findings.merge(of_form);
    findings.merge(check(&draft, today));
    if draft.entries.is_empty() && findings.n_errors() == 0 {
        findings.push(no_entry());
    }
    findings.sort();
    match findings.n_errors() {
        0 => Ok(Loaded { content: draft.into_content(bundle.hash.clone()), warnings: findings }),
        _ => Err(findings),
    }
}

/// The finding that keeps a reload from taking most of the content away by accident.
///
/// A moderator may confirm it; a first load has no content before it and cannot shrink.
pub fn shrunk(before: &Content, after: &Content) -> Option<Finding> {
    let (had, has) = (before.entries.len(), after.entries.len());
    (has * 2 < had).then(|| {
        Finding::new(Code::Shrunk, Place::file(""), format!("the folder had {had} entries and has {has} now"))
            .hint("if that is meant, confirm it; the content in force answers on until then")
    })
}
