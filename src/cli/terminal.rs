//! A reply as text, for a terminal and for `ask --json`: everything a person would read on Discord, in the same order.

use crate::{
    bot::reply::{Action, Button, Card, Reply, Visibility},
    cli::color::{bold, dim},
    text::{Text, text},
};

/// The whole reply.
pub(crate) fn render(reply: &Reply, is_coloured: bool) -> String {
    let frame = text(reply.lang);
    let last = reply.cards.last().and_then(|card| card.footer.as_deref());
    let n_cards = reply.cards.len();
    let cards = reply.cards.iter().enumerate().map(|(at, card)| {
        // The same small print under every card of a reply is noise: once, at the end, is enough.
        let footer = card.footer.as_deref().filter(|footer| at + 1 == n_cards || Some(*footer) != last);
        self::card(card, footer, frame, is_coloured)
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

fn card(card: &Card, footer: Option<&str>, frame: Text, is_coloured: bool) -> String {
    let mut parts = Vec::new();
    if let Some(title) = &card.title {
        parts.push(bold(title, is_coloured));
    }
    if !card.body.is_empty() {
        parts.push(card.body.clone());
    }
    if !card.sources.is_empty() {
        let sources: Vec<String> = card
            .sources
            .iter()
            .map(|citation| format!("{}\n> {}", frame.source(citation), citation.quote))
            .collect();
        parts.push(sources.join("\n"));
    }
    let small_print: Vec<&str> = card.url.as_deref().into_iter().chain(footer).collect();
    if !small_print.is_empty() {
        parts.push(dim(&small_print.join("\n"), is_coloured));
    }
    parts.join("\n\n")
}

fn button(number: usize, button: &Button, is_coloured: bool) -> String {
    let number = bold(&format!("[{number}]"), is_coloured);
    match &button.action {
        Action::Link(url) => format!("{number} {}: {url}", button.label),
        _ => format!("{number} {}", button.label),
    }
}
