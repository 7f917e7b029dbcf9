//! A reply as text, for a terminal and for `ask --json`: everything a person would read on Discord, in the same order.

use crate::{
    bot::{
        echo,
        reply::{Action, Button, Card, Reply, Visibility},
    },
    cli::color::{bold, dim},
};

/// The whole reply.
pub(crate) fn render(reply: &Reply, is_coloured: bool) -> String {
    let last = reply.cards.last().and_then(|card| card.footer.as_deref());
    let n_cards = reply.cards.len();
    let cards = reply.cards.iter().enumerate().map(|(at, card)| {
        // The same small print under every card of a reply is noise: once, at the end, is enough.
        let footer = card.footer.as_deref().filter(|footer| at + 1 == n_cards || Some(*footer) != last);
        self::card(card, footer, reply, is_coloured)
    });
    let mut parts: Vec<String> = cards.collect();
    if !reply.buttons.is_empty() {
        let buttons =
            reply.buttons.iter().enumerate().map(|(at, button)| self::button(at + 1, button, is_coloured));
        parts.push(buttons.collect::<Vec<_>>().join("\n"));
    }
    parts.join("\n\n")
}

/// Whether the person alone sees it.
pub(crate) fn is_private(reply: &Reply) -> bool {
    reply.visibility == Visibility::Private
}

fn card(card: &Card, footer: Option<&str>, reply: &Reply, is_coloured: bool) -> String {
    let mut parts = Vec::new();
    if let Some(title) = &card.title {
        parts.push(bold(&echo::clean(title), is_coloured));
    }
    if !card.body.is_empty() {
        // A terminal obeys control characters, so none is passed on.
        parts.push(echo::clean(&card.body));
    }
    if !card.sources.is_empty() {
        let sources: Vec<String> = card
            .sources
            .iter()
            .map(|citation| format!("{}\n> {}", reply.source_label(citation), echo::clean(&citation.quote)))
            .collect();
        parts.push(sources.join("\n"));
    }
    let small_print: Vec<&str> = card.url.as_deref().into_iter().chain(footer).collect();
    if !small_print.is_empty() {
        parts.push(dim(&echo::clean(&small_print.join("\n")), is_coloured));
    }
    parts.join("\n\n")
}

fn button(number: usize, button: &Button, is_coloured: bool) -> String {
    let number = bold(&format!("[{number}]"), is_coloured);
    let label = echo::clean(&button.label);
    match &button.action {
        Action::Link(url) => format!("{number} {label}: {}", echo::clean(url)),
        _ => format!("{number} {label}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::knowledge::content::entry::Citation;

    proptest! {
        #[test]
        fn no_text_controls_the_terminal(text in any::<String>(), tricks in "[\u{0}\u{7}\u{8}\u{1b}\u{9b}\u{202e}a\\[0-9;m]{0,40}") {
            for text in [text, tricks] {
                let card = Card {
                    title: Some(text.clone()),
                    body: text.clone(),
                    sources: vec![Citation { paragraph: None, quote: text.clone() }],
                    footer: Some(text.clone()),
                    url: Some(text.clone()),
                    ..Card::default()
                };
                let mut reply = Reply::private(String::new()).with_button(text.clone(), Action::Link(text));
                reply.cards = vec![card];
                let shown = render(&reply, false);
                let is_control = |c: char| c.is_control() && c != '\n' && c != '\t' || c == '\u{202e}';
                prop_assert!(!shown.contains(is_control), "{shown:?}");
            }
        }
    }
}
