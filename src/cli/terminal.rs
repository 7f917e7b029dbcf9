//! A reply as text, for a terminal and for `ask --json`: everything a person would read on Discord, in the same order.

use crate::{
    bot::reply::{Action, Button, Card, Reply, Visibility},
    cli::screen::{bold, dim},
    text::Text,
};

/// The whole reply; `frame` words what stands around the texts of the FAQ.
pub(crate) fn render(reply: &Reply, frame: Text, is_coloured: bool) -> String {
    let mut parts: Vec<String> =
        reply.cards.iter().map(|card| self::card(card, frame, is_coloured)).collect();
    if !reply.buttons.is_empty() {
        let buttons: Vec<String> = reply
            .buttons
            .iter()
            .enumerate()
            .map(|(at, button)| self::button(at + 1, button, is_coloured))
            .collect();
        parts.push(buttons.join("\n"));
    }
    parts.join("\n\n")
}

/// Whether the person alone sees it.
pub(crate) fn is_private(reply: &Reply) -> bool {
    reply.visibility == Visibility::Private
}

fn card(card: &Card, frame: Text, is_coloured: bool) -> String {
    let mut parts = Vec::new();
    if let Some(title) = &card.title {
        parts.push(bold(title, is_coloured));
    }
    if !card.body.is_empty() {
        parts.push(card.body.clone());
    }
    if !card.sources.is_empty() {
        let sources: Vec<String> = card.sources.iter().map(|citation| frame.source(citation)).collect();
        parts.push(sources.join("\n"));
    }
    let small_print: Vec<&str> =
        [&card.url, &card.footer].into_iter().flatten().map(String::as_str).collect();
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
