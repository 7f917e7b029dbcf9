//! A reply as Discord would show it, for a terminal of a certain width: a bar in the colour of each card, titles in bold,
//! Markdown rendered, lines wrapped at words, the buttons in rows by their numbers.

mod markdown;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use self::markdown::{Block, Span, Style};
use crate::{
    bot::{
        echo,
        reply::{Action, Card, Reply, Tone},
    },
    cli::terminal,
};

/// Narrower than this nothing is readable; wider lines are hard to follow.
const WIDTHS: std::ops::RangeInclusive<usize> = 24..=100;

/// The whole reply in lines of at most `width` columns.
pub(super) fn render(reply: &Reply, width: usize, is_coloured: bool) -> String {
    let screen = Screen { width: width.clamp(*WIDTHS.start(), *WIDTHS.end()), is_coloured };
    let mut parts: Vec<String> = reply.cards.iter().map(|card| screen.card(card, reply)).collect();
    if let Some(url) = terminal::url(reply) {
        parts.push(screen.paint(&echo::clean(url), Style { is_dim: true, ..Style::default() }));
    }
    let buttons = screen.buttons(reply);
    if !buttons.is_empty() {
        parts.push(buttons);
    }
    parts.join("\n\n")
}

struct Screen {
    width: usize,
    is_coloured: bool,
}

impl Screen {
    fn card(&self, card: &Card, reply: &Reply) -> String {
        let mut lines = Vec::new();
        if let Some(title) = &card.title {
            let bold = Style { is_bold: true, ..Style::default() };
            lines.extend(self.wrapped(&[Span { text: echo::clean(title), style: bold }], "", ""));
        }
        if !card.body.is_empty() {
            push_gap(&mut lines);
            lines.extend(self.markdown(&echo::clean(&card.body)));
        }
        for citation in &card.sources {
            push_gap(&mut lines);
            let bold = Style { is_bold: true, ..Style::default() };
            lines.extend(self.wrapped(&[Span { text: reply.source_label(citation), style: bold }], "", ""));
            let quote = Span { text: echo::clean(&citation.quote), style: Style::default() };
            lines.extend(self.wrapped(&[quote], "│ ", "│ "));
        }
        if let Some(footer) = &card.footer {
            push_gap(&mut lines);
            let dim = Style { is_dim: true, ..Style::default() };
            lines.extend(self.wrapped(&[Span { text: echo::clean(footer), style: dim }], "", ""));
        }
        let bar = self.bar(card.tone);
        let lines: Vec<String> =
            lines.iter().map(|line| format!("{bar} {line}").trim_end().to_owned()).collect();
        lines.join("\n")
    }

    /// The bar at the left of a card.
    fn bar(&self, tone: Tone) -> String {
        let colour = match tone {
            Tone::Answer => 34,
            Tone::Unknown => 90,
            Tone::Info => 36,
            Tone::Care => 35,
            Tone::Error => 31,
        };
        if self.is_coloured { format!("\u{1b}[{colour}m▌\u{1b}[0m") } else { "▌".to_owned() }
    }

    fn markdown(&self, text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for block in markdown::blocks(text) {
            match block {
                Block::Empty => push_gap(&mut lines),
                Block::Line { first, next, spans } => lines.extend(self.wrapped(&spans, first, next)),
            }
        }
        lines
    }

    /// The buttons in rows, as many as fit, each by its number.
    fn buttons(&self, reply: &Reply) -> String {
        let (mut rows, mut used): (Vec<String>, usize) = (Vec::new(), 0);
        for (at, button) in reply.buttons.iter().enumerate() {
            let label = match &button.action {
                Action::Link(url) => format!("{}: {}", echo::clean(&button.label), echo::clean(url)),
                _ => echo::clean(&button.label),
            };
            let number = format!("[{}]", at + 1);
            let width = number.width() + 1 + label.width();
            let bold = Style { is_bold: true, ..Style::default() };
            let shown = format!("{} {label}", self.paint(&number, bold));
            match rows.last_mut() {
                Some(row) if used + 3 + width <= self.width => {
                    row.push_str("   ");
                    row.push_str(&shown);
                    used += 3 + width;
                }
                _ if width > self.width => {
                    let number = Span { text: number, style: bold };
                    let label = Span { text: format!(" {label}"), style: Style::default() };
                    rows.push(self.wrapped(&[number, label], "", "    ").join("\n"));
                    used = self.width;
                }
                _ => {
                    rows.push(shown);
                    used = width;
                }
            }
        }
        rows.join("\n")
    }

    /// The spans in lines beside the bar, the first beginning with `first`, the others with `next`.
    fn wrapped(&self, spans: &[Span], first: &str, next: &str) -> Vec<String> {
        let width = self.width - 2;
        let (mut lines, mut line, mut used, mut is_empty) =
            (Vec::new(), first.to_owned(), first.width(), true);
        for span in spans {
            let mut begins_apart = span.text.starts_with(char::is_whitespace);
            for word in span.text.split_whitespace() {
                for piece in pieces(word, width - next.width().min(width / 2)) {
                    let gap = usize::from(!is_empty && begins_apart);
                    if !is_empty && used + gap + piece.width() > width {
                        lines.push(std::mem::replace(&mut line, next.to_owned()));
                        used = next.width();
                    } else if gap == 1 {
                        line.push(' ');
                        used += 1;
                    }
                    line.push_str(&self.paint(&piece, span.style));
                    used += piece.width();
                    (is_empty, begins_apart) = (false, false);
                }
                begins_apart = true;
            }
            // What follows a span that ends with a space is a word of its own.
            if span.text.ends_with(char::is_whitespace) && !is_empty && used < width {
                line.push(' ');
                used += 1;
            }
        }
        lines.push(line);
        lines
    }

    fn paint(&self, text: &str, style: Style) -> String {
        let codes: Vec<&str> = style.codes();
        match self.is_coloured && !codes.is_empty() {
            true => format!("\u{1b}[{}m{text}\u{1b}[0m", codes.join(";")),
            false => text.to_owned(),
        }
    }
}

/// An empty line between what is there and what follows.
fn push_gap(lines: &mut Vec<String>) {
    if lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(String::new());
    }
}

/// A word in pieces of at most `width` columns: an address may be longer than a line.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for grapheme in word.graphemes(true) {
        used += grapheme.width();
        if used > width.max(1) && pieces.last().is_some_and(|piece| !piece.is_empty()) {
            pieces.push(String::new());
            used = grapheme.width();
        }
        pieces.last_mut().into_iter().for_each(|piece| piece.push_str(grapheme));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        bot::conversation::ask::{ConversationAction, Passages},
        knowledge::content::entry::{Citation, EntryId},
    };

    fn reply() -> Reply {
        let entry = EntryId::new("why").unwrap();
        let card = Card {
            title: Some("Why does it close?".into()),
            body: "The **old** roof *leaks*, see [the news](https://library.example/a).\n\n- one thing that is long enough \
                   to be wrapped\n- `two`"
                .into(),
            sources: vec![Citation { paragraph: Some(2), quote: "rain comes through its old roof and the repair".into() }],
            url: Some("https://library.example/closing".into()),
            footer: Some("Automatic reply".into()),
            ..Card::default()
        };
        let mut reply = Reply::private(String::new())
            .with_button("Why this answer?".into(), Action::NotHelpful(None))
            .with_button(
                "Show every passage".into(),
                Action::Conversation(ConversationAction::Passages(Passages::Entry(entry))),
            );
        reply.cards = vec![card];
        reply
    }

    #[test]
    fn a_reply_looks_as_on_discord() {
        insta::assert_snapshot!(render(&reply(), 40, false));
    }

    #[test]
    fn colours_are_those_of_the_tone_and_of_markdown() {
        let shown = render(&reply(), 40, true);
        for part in [
            "\u{1b}[34m▌\u{1b}[0m",
            "\u{1b}[1mold\u{1b}[0m",
            "\u{1b}[3mleaks\u{1b}[0m",
            "\u{1b}[1m[2]\u{1b}[0m",
        ] {
            assert!(shown.contains(part), "{part:?}: {shown:?}");
        }
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal_and_nothing_controls_it(text in "(?s)[\u{0}-\u{ff}*_`\\[\\]()> \n日本-]{0,300}", width in 24usize..90) {
            let mut reply = reply();
            reply.cards[0].body = text;
            let shown = render(&reply, width, false);
            // An address stays whole, so that it can be clicked on.
            for line in shown.lines().filter(|line| !line.starts_with("https://")) {
                prop_assert!(line.width() <= width, "{} > {width}: {line:?}", line.width());
            }
            prop_assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
        }
    }
}
