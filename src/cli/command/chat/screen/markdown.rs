//! The part of Markdown that answers use and Discord renders: bold, italic, code, links, lists, quotes, headings.

/// A line to be wrapped, or an empty one.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// An empty line.
    Empty,
    /// Text with what its first and its further lines begin with.
    Line {
        /// In front of the first line.
        first: &'static str,
        /// In front of the others.
        next: &'static str,
        /// The text.
        spans: Vec<Span>,
    },
}

/// A piece of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) style: Style,
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) is_bold: bool,
    pub(super) is_italic: bool,
    pub(super) is_code: bool,
    pub(super) is_link: bool,
    pub(super) is_dim: bool,
}

impl Style {
    /// The terminal's codes for it.
    pub(super) fn codes(self) -> Vec<&'static str> {
        let codes = [
            (self.is_bold, "1"),
            (self.is_dim, "2"),
            (self.is_italic, "3"),
            (self.is_link, "4"),
            (self.is_code, "33"),
        ];
        codes.into_iter().filter(|(is_set, _)| *is_set).map(|(_, code)| code).collect()
    }
}

/// The lines of `text`.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut is_code = false;
    let mut blocks = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
            continue;
        }
        blocks.push(if is_code { code(line) } else { block(line) });
    }
    blocks
}

fn code(line: &str) -> Block {
    let style = Style { is_code: true, ..Style::default() };
    Block::Line { first: "  ", next: "  ", spans: vec![Span { text: line.to_owned(), style }] }
}

fn block(line: &str) -> Block {
    let trimmed = line.trim();
    if trimmed.is_empty() {
        return Block::Empty;
    }
    if let Some(heading) = trimmed.strip_prefix("# ").or_else(|| trimmed.strip_prefix("## ")) {
        let spans = spans(heading, Style { is_bold: true, ..Style::default() });
        return Block::Line { first: "", next: "", spans };
    }
    let plain = Style::default();
    if let Some(quoted) = trimmed.strip_prefix('>') {
        return Block::Line { first: "│ ", next: "│ ", spans: spans(quoted.trim_start(), plain) };
    }
    if let Some(item) = trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("* ")) {
        return Block::Line { first: "• ", next: "  ", spans: spans(item, plain) };
    }
    let indent = if line.starts_with("  ") { "  " } else { "" };
    Block::Line { first: indent, next: indent, spans: spans(trimmed, plain) }
}

/// The pieces of a line. A mark without its counterpart is text.
fn spans(text: &str, style: Style) -> Vec<Span> {
    let mut spans = Vec::new();
    let (mut rest, mut plain) = (text, String::new());
    while let Some(c) = rest.chars().next() {
        if let Some((inner, styled, after)) = marked(rest, style) {
            push(&mut spans, &mut plain, style);
            spans.extend(inner_spans(inner, styled));
            rest = after;
        } else if let Some((label, url, after)) = link(rest) {
            push(&mut spans, &mut plain, style);
            spans.extend(self::spans(label, Style { is_link: true, ..style }));
            spans.push(Span { text: format!(" ({url})"), style: Style { is_dim: true, ..style } });
            rest = after;
        } else {
            plain.push(c);
            rest = rest.strip_prefix(c).unwrap_or_default();
            // Inside a word an underscore is a letter: `enquiries_per_day`.
            if c.is_alphanumeric() && rest.starts_with('_') {
                plain.push('_');
                rest = rest.strip_prefix('_').unwrap_or_default();
            }
        }
    }
    push(&mut spans, &mut plain, style);
    spans
}

/// What is inside code is no Markdown.
fn inner_spans(inner: &str, style: Style) -> Vec<Span> {
    match style.is_code {
        true => vec![Span { text: inner.to_owned(), style }],
        false => spans(inner, style),
    }
}

fn push(spans: &mut Vec<Span>, plain: &mut String, style: Style) {
    if !plain.is_empty() {
        spans.push(Span { text: std::mem::take(plain), style });
    }
}

/// A piece between two marks at the beginning of `text`: what is inside, its style, what follows.
fn marked(text: &str, style: Style) -> Option<(&str, Style, &str)> {
    let marks = [
        ("**", Style { is_bold: true, ..style }),
        ("__", Style { is_bold: true, ..style }),
        ("*", Style { is_italic: true, ..style }),
        ("_", Style { is_italic: true, ..style }),
        ("`", Style { is_code: true, ..style }),
    ];
    marks.into_iter().find_map(|(mark, styled)| {
        let (inner, after) = text.strip_prefix(mark)?.split_once(mark)?;
        let is_tight = !inner.is_empty() && inner.trim() == inner;
        is_tight.then_some((inner, styled, after))
    })
}

/// A link at the beginning of `text`: its label, its address, what follows.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let (label, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (url, after) = rest.split_once(')')?;
    let is_link = !label.is_empty() && !label.contains('[') && !url.contains(char::is_whitespace);
    is_link.then_some((label, url, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        spans(text, Style::default())
            .iter()
            .map(|span| format!("{{{}{}}}", span.style.codes().concat(), span.text))
            .collect()
    }

    #[test]
    fn marks_become_styles_and_stray_marks_stay() {
        assert_eq!(shown("a **b** c"), "{a }{1b}{ c}");
        assert_eq!(shown("**a *b* c**"), "{1a }{13b}{1 c}");
        assert_eq!(shown("`a **b**`"), "{33a **b**}");
        assert_eq!(shown("[a](https://b)."), "{4a}{2 (https://b)}{.}");
        for text in ["2 * 3 * 4", "enquiries_per_day_total", "a ** b", "[a] (b)", "*"] {
            assert_eq!(shown(text), format!("{{{text}}}"));
        }
    }
}
