//! Findings about a content folder, each with a code, a place and a hint.
//!
//! The codes are in `finding/code.rs`, the printed form is in `finding/render.rs`. `source.rs` reports what cannot be
//! read, `parse.rs` what violates the format, and `check.rs` what is wrong with the content.

mod code;
mod place;
mod render;

pub use code::{Code, Severity};
pub use place::Place;
pub(crate) use place::SourceText;
pub use render::Colour;

/// An error or a warning about the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind of problem.
    pub code: Code,
    /// Lower-case, without a full stop: fits after the code.
    pub message: String,
    /// Where the problem is.
    pub place: Place,
    /// A related place with its label.
    pub other: Option<Box<(Place, &'static str)>>,
    /// How to fix it.
    pub hint: Option<String>,
}

impl Finding {
    /// A finding without a second place or a hint.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Finding {
        Finding { code, message: message.into(), place, other: None, hint: None }
    }

    /// Adds a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Finding {
        self.hint = Some(hint.into());
        self
    }

    /// Adds a related place.
    pub fn beside(mut self, place: Place, label: &'static str) -> Finding {
        self.other = Some(Box::new((place, label)));
        self
    }

    /// Whether it is an error, which prevents the content from being used.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}

/// The findings of one folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
#[error("{n_errors} error(s) and {n_warnings} warning(s) in the content")]
pub struct Findings {
    list: Vec<Finding>,
    n_errors: usize,
    n_warnings: usize,
}

impl Findings {
    /// How many errors, and how many warnings, are kept: a folder can have millions.
    pub const KEPT: usize = 1_000;

    /// No findings yet.
    pub fn new() -> Findings {
        Findings::default()
    }

    /// Whether every error may go away by itself: the folder is missing, for example not mounted yet, or still changing.
    pub fn is_temporary(&self) -> bool {
        let mut errors = self.iter().filter(|finding| finding.is_error());
        errors.all(|finding| matches!(finding.code, Code::FolderMissing | Code::StillChanging))
    }

    /// Adds one. Beyond [`Findings::KEPT`] of a severity it is only counted.
    pub fn push(&mut self, finding: Finding) {
        let count = match finding.code.severity() {
            Severity::Error => &mut self.n_errors,
            Severity::Warning => &mut self.n_warnings,
        };
        *count += 1;
        if *count <= Findings::KEPT {
            self.list.push(finding);
        }
    }

    /// Adds several.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }

    /// Adds those of another list, including those that were only counted.
    pub fn merge(&mut self, other: Findings) {
        let (errors, warnings) = other.list.iter().fold((0, 0), |(errors, warnings), finding| {
            if finding.is_error() { (errors + 1, warnings) } else { (errors, warnings + 1) }
        });
        self.n_errors += other.n_errors - errors;
        self.n_warnings += other.n_warnings - warnings;
        self.extend(other.list);
    }

    /// Sorts them by file, line, column and code.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            let key = |f: &Finding| (f.place.line, f.place.column, f.code);
            a.place.file.cmp(&b.place.file).then_with(|| key(a).cmp(&key(b)))
        });
    }

    /// The findings that were kept.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.list.iter()
    }

    /// How many errors there are.
    pub fn n_errors(&self) -> usize {
        self.n_errors
    }

    /// How many warnings there are.
    pub fn n_warnings(&self) -> usize {
        self.n_warnings
    }

    /// Whether there is none at all.
    pub fn is_empty(&self) -> bool {
        self.n_errors + self.n_warnings == 0
    }

    /// How many were counted but not kept.
    pub fn n_left_out(&self) -> usize {
        self.n_errors + self.n_warnings - self.list.len()
    }
}

impl From<Finding> for Findings {
    fn from(finding: Finding) -> Findings {
        let mut findings = Findings::new();
        findings.push(finding);
        findings
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_a_thousand_errors_are_only_counted_and_warnings_are_still_kept() {
        let mut findings = Findings::new();
        for _ in 0..Findings::KEPT + 5 {
            findings.push(Finding::new(Code::BadToml, Place::file("a.md"), "broken"));
        }
        findings.push(Finding::new(Code::Expired, Place::file("a.md"), "over"));
        assert_eq!(findings.iter().count(), Findings::KEPT + 1);
        assert_eq!((findings.n_errors(), findings.n_warnings()), (Findings::KEPT + 5, 1));
        assert_eq!(findings.n_left_out(), 5);
    }

    #[test]
    fn findings_are_sorted_by_file_and_line() {
        let source = SourceText::new("a.md", "one\ntwo\n");
        let mut findings = Findings::new();
        findings.push(Finding::new(Code::Expired, Place::file("b.md"), "3"));
        findings.push(Finding::new(Code::Expired, source.place(4..7), "2"));
        findings.push(Finding::new(Code::BadToml, source.place(0..3), "1"));
        findings.sort();
        let order: Vec<&str> = findings.iter().map(|f| f.message.as_str()).collect();
        assert_eq!(order, ["1", "2", "3"]);
    }
}
