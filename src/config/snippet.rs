//! Renders faults for a person: code, location, message, the line with a caret, and a hint.

use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::config::fault::{Fault, Location};

/// Renders all `faults`, separated by blank lines, with a final line break.
pub(super) fn render(file: &Path, text: &str, faults: &[Fault], is_coloured: bool) -> String {
    let renderer = if is_coloured { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for fault in faults {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&one(&renderer, file, text, fault));
        out.push('\n');
    }
    out
}

fn one(renderer: &Renderer, file: &Path, text: &str, fault: &Fault) -> String {
    let title = match &fault.location {
        Location::Span(span) => {
            let (line, column) = line_and_column(text, span.start);
            format!("{}:{line}:{column}: {}", file.display(), fault.message)
        }
        Location::File | Location::Default => format!("{}: {}", file.display(), fault.message),
        Location::Variable(name) => format!("environment variable {name}: {}", fault.message),
        Location::Secret(path) => format!("{}: {}", path.display(), fault.message),
    };
    let level = if fault.code.is_warning() { Level::WARNING } else { Level::ERROR };
    let mut group = Group::with_title(level.primary_title(title).id(fault.code.as_str()));
    if let Location::Span(span) = &fault.location {
        group = group.element(Snippet::source(text).annotation(AnnotationKind::Primary.span(span.clone())));
    }
    if let Some(hint) = &fault.hint {
        group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
    }
    renderer.render(&[group])
}

/// Both count from 1; the column counts characters.
fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
    (line, column)
}
