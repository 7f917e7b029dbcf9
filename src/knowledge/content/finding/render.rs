//! Prints findings with excerpts and carets: plain for Discord and files, coloured for a terminal.

use std::path::Path;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{Finding, Findings, Place, Severity};

/// Whether to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Off,
    /// ANSI colours.
    On,
}

impl Findings {
    /// Every finding with its excerpt, separated by blank lines, and a last line with their number.
    ///
    /// Paths begin with `root`, so that an operator can open them. With `None` they are relative to the folder, so that
    /// Discord shows no path of the machine.
    pub fn render(&self, colour: Colour, root: Option<&Path>) -> String {
        let renderer = match colour {
            Colour::Off => Renderer::plain(),
            Colour::On => Renderer::styled(),
        };
        let mut parts: Vec<String> =
            self.list.iter().map(|finding| finding.render(&renderer, root)).collect();
        if self.n_left_out() > 0 {
            parts.push(format!("… and {} more that are not shown", self.n_left_out()));
        }
        parts.push(self.summary());
        parts.join("\n\n")
    }

    /// `2 errors, 1 warning`, or `no findings`.
    pub(crate) fn summary(&self) -> String {
        let count = |n: usize, one: &str| match n {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {one}s")),
        };
        let counts: Vec<String> = [count(self.n_errors, "error"), count(self.n_warnings, "warning")]
            .into_iter()
            .flatten()
            .collect();
        if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") }
    }
}

impl Finding {
    /// The finding on one line: `why-leaving.md:12:3: error F025: …`.
    pub fn line(&self) -> String {
        let place = &self.place;
        let at = match (&*place.file, place.line) {
            ("", _) => String::new(),
            (file, 0) => format!("{file}: "),
            (file, line) => format!("{file}:{line}:{}: ", place.column),
        };
        format!("{at}{} {}: {}", self.code.severity(), self.code, self.message)
    }

    /// The finding with excerpt, related place and hint, without colours.
    pub fn plain(&self) -> String {
        self.render(&Renderer::plain(), None)
    }

    fn render(&self, renderer: &Renderer, root: Option<&Path>) -> String {
        let level = match self.code.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = level.primary_title(self.message.as_str()).id(self.code.number()).element(element(
            &self.place,
            AnnotationKind::Primary,
            None,
            root,
        ));
        if let Some((place, label)) = self.other.as_deref() {
            group = group.element(element(place, AnnotationKind::Context, Some(label), root));
        }
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.message(hint.as_str()));
        }
        let report: &[Group<'_>] = &[group];
        renderer.render(report)
    }
}

fn element<'a>(
    place: &'a Place,
    kind: AnnotationKind,
    label: Option<&'static str>,
    root: Option<&Path>,
) -> Element<'a> {
    let path = match root {
        Some(root) => root.join(&*place.file).display().to_string(),
        None if place.file.is_empty() => ".".to_owned(),
        None => place.file.to_string(),
    };
    match &place.excerpt {
        None => Origin::path(path).into(),
        Some(excerpt) => Snippet::source(excerpt.text.as_str())
            .line_start(place.line)
            .path(path)
            .annotation(kind.span(excerpt.mark.clone()).label(label))
            .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::content::finding::{Code, SourceText};

    fn finding() -> Finding {
        let source = SourceText::new("why.md", "+++\nquestion = 3\n+++\nText\n");
        Finding::new(Code::WrongType, source.place(15..16), "`question` is an integer, expected a string")
            .hint("put it in quotes: question = \"3\"")
    }

    #[test]
    fn a_finding_shows_file_line_excerpt_and_hint() {
        insta::assert_snapshot!(finding().plain(), @r#"
        error[F018]: `question` is an integer, expected a string
         --> why.md:2:12
          |
        2 | question = 3
          |            ^
          |
          = help: put it in quotes: question = "3"
        "#);
    }

    #[test]
    fn a_finding_fits_on_one_line() {
        assert_eq!(finding().line(), "why.md:2:12: error F018: `question` is an integer, expected a string");
    }

    #[test]
    fn colours_are_used_only_on_request() {
        let findings = Findings::from(finding());
        assert!(findings.render(Colour::On, None).contains('\u{1b}'));
        assert!(!findings.render(Colour::Off, None).contains('\u{1b}'));
    }

    #[test]
    fn the_summary_counts_in_words() {
        assert_eq!(Findings::new().summary(), "no findings");
        assert_eq!(Findings::from(finding()).summary(), "1 error");
    }
}
