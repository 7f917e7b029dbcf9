//! Converts a byte range of a file into file, line, column and excerpt.

use std::{ops::Range, sync::Arc};

/// The text of one file with the starts of its lines.
#[derive(Debug, Clone)]
pub(crate) struct SourceText {
    path: Arc<str>,
    text: String,
    line_starts: Vec<usize>,
}

impl SourceText {
    /// The text of `path`, which is relative to the content folder.
    pub(crate) fn new(path: &str, text: impl Into<String>) -> SourceText {
        let text = text.into();
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        SourceText { path: path.into(), text, line_starts }
    }

    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The place of `span`. A span that is outside the text or cuts a character is moved to the nearest valid one.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        let start = self.text.floor_char_boundary(span.start);
        let at = self.line_starts.partition_point(|line| *line <= start).saturating_sub(1);
        let line_start = self.line_starts.get(at).copied().unwrap_or_default();
        let line_end = self.line_starts.get(at + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text.get(line_start..line_end).unwrap_or_default();
        let from = start.min(line_end) - line_start;
        let end = self.text.ceil_char_boundary(span.end.max(start)).min(line_end).max(line_start + from);
        Place {
            file: self.path.clone(),
            line: at + 1,
            column: line.get(..from).unwrap_or_default().chars().count() + 1,
            excerpt: Some(Box::new(Excerpt::around(line, from..end - line_start))),
        }
    }
}

/// A file, or a span in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Relative to the content folder, with `/`; empty for the folder itself.
    pub file: Arc<str>,
    /// Counted from 1; 0 for the whole file.
    pub line: usize,
    /// In characters, counted from 1; 0 for the whole file.
    pub column: usize,
    pub(super) excerpt: Option<Box<Excerpt>>,
}

impl Place {
    /// A whole file or folder.
    pub fn file(path: &str) -> Place {
        Place { file: path.into(), line: 0, column: 0, excerpt: None }
    }
}

/// A line, or a part of a long line, with the span to mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    pub(super) mark: Range<usize>,
}

/// How many bytes are shown on either side of the marked span; twice as many of the span itself.
const CONTEXT: usize = 60;

impl Excerpt {
    /// The part of `line` around `mark`: a line can be a megabyte long.
    fn around(line: &str, mark: Range<usize>) -> Excerpt {
        let mark = mark.start..line.ceil_char_boundary(mark.end.min(mark.start + 2 * CONTEXT));
        let from = match mark.start <= CONTEXT {
            true => 0,
            false => line.ceil_char_boundary(mark.start - CONTEXT),
        };
        let to = line.floor_char_boundary(mark.end + CONTEXT);
        let before = if from > 0 { "…" } else { "" };
        let after = if to < line.len() { "…" } else { "" };
        let shift = before.len();
        let text = format!("{before}{}{after}", line.get(from..to).unwrap_or_default());
        Excerpt { text, mark: mark.start - from + shift..mark.end - from + shift }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_becomes_a_line_a_column_in_characters_and_an_excerpt() {
        let source = SourceText::new("a.md", "é\nun été ici\n");
        let at = source.text().find("ici").unwrap();
        let place = source.place(at..at + 3);
        assert_eq!((place.line, place.column), (2, 8));
        let excerpt = place.excerpt.unwrap();
        assert_eq!(excerpt.text.get(excerpt.mark.clone()).unwrap(), "ici");
    }

    #[test]
    fn a_long_line_is_shown_in_part() {
        let source = SourceText::new("a.md", format!("{}here{}", "é".repeat(5000), "z".repeat(5000)));
        let excerpt = source.place(10_000..10_004).excerpt.unwrap();
        assert!(excerpt.text.len() < 200);
        assert_eq!(excerpt.text.get(excerpt.mark.clone()).unwrap(), "here");
    }

    proptest::proptest! {
        #[test]
        fn any_span_of_any_text_has_a_place(text in ".{0,300}", start in 0usize..1200, len in 0usize..1200) {
            let place = SourceText::new("a.md", text).place(start..start + len);
            let excerpt = place.excerpt.unwrap();
            proptest::prop_assert!(excerpt.text.get(excerpt.mark.clone()).is_some());
        }
    }
}
