//! A reply as text, for a terminal and for `ask --json`: everything a person would read on Discord, in the same order.

use crate::{
    bot::{
        echo,
        reply::{Action, Button, Card, Reply, Visibility},
    },
    cli::color::{bold, dim},
};

/// The whole reply, with the address of the announcement and the buttons under it.
pub(crate) fn render(reply: &Reply, is_coloured: bool) -> String {
    let mut parts = cards(reply, is_coloured);
    parts.extend(url(reply).map(|url| dim(&echo::clean(url), is_coloured)));
    let buttons = reply.buttons.iter().enumerate();
    let buttons: Vec<String> =
        buttons.map(|(at, button)| self::button(at + 1, button, is_coloured)).collect();
    if !buttons.is_empty() {
        parts.push(buttons.join("\n"));
    }
    parts.join("\n\n")
}

/// The text of a reply alone, as it is read where titles are links and buttons are buttons.
pub(crate) fn text(reply: &Reply) -> String {
    cards(reply, false).join("\n\n")
}

/// Where the announcement behind a reply can be read.
pub(crate) fn url(reply: &Reply) -> Option<&str> {
    reply.cards.iter().find_map(|card| card.url.as_deref())
}

fn cards(reply: &Reply, is_coloured: bool) -> Vec<String> {
    let last = reply.cards.last().and_then(|card| card.footer.as_deref());
    let n_cards = reply.cards.len();
    let cards = reply.cards.iter().enumerate().map(|(at, card)| {
        // The same small print under every card of a reply is noise: once, at the end, is enough.
        let footer = card.footer.as_deref().filter(|footer| at + 1 == n_cards || Some(*footer) != last);
        self::card(card, footer, reply, is_coloured)
    });
    cards.collect()
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
    if let Some(footer) = footer {
        parts.push(dim(&echo::clean(footer), is_coloured));
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
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        bot::{Place, Scene, compose},
        config::Config,
        ids::{ChannelId, GuildId, UserId},
        knowledge::{
            content::{
                entry::{Citation, EntryId, Kind},
                load,
            },
            matching::verdict::{Decision, Evidence, Verdict},
        },
        lang::Lang,
    };

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

    /// Every entry of the repository's own FAQ, asked by its own question: a reader sees it at one glance.
    #[test]
    fn replies_are_short() {
        let faq = Path::new(env!("CARGO_MANIFEST_DIR")).join("faq");
        let content = load::load(&faq, jiff::civil::date(2026, 1, 15)).unwrap().content;
        let config = Config::default();
        let near: Vec<EntryId> = content
            .entries
            .iter()
            .filter(|entry| !entry.kind.is_route())
            .map(|entry| entry.id.clone())
            .collect();
        let (mut lengths, mut longest) = (Vec::new(), (0, String::new()));
        for (at, entry) in content.entries.iter().enumerate().filter(|(_, entry)| !entry.kind.is_route()) {
            for lang in [Lang::En, Lang::Fr] {
                let near = || near.iter().skip(at % near.len()).take(3).cloned().collect();
                let decision = match entry.kind {
                    Kind::NotCovered => Decision::NotCovered(entry.id.clone(), near()),
                    _ => Decision::Answer(entry.id.clone()),
                };
                for decision in [decision, Decision::Suggest(near())] {
                    let is_entry = !matches!(decision, Decision::Suggest(_));
                    let question = entry.version(lang).question.clone();
                    let evidence = Evidence::default();
                    let verdict = Verdict { question, lang, decision, confidence: 0.9, evidence };
                    let place = Place::Guild { guild: GuildId::new(1), channel: ChannelId::new(2) };
                    let scene = Scene {
                        content: &content,
                        generation: 1,
                        config: &config,
                        asker: UserId::new(1),
                        place,
                        locale: lang,
                        private: None,
                        is_overheard: false,
                    };
                    let shown = text(&compose(&scene, &[verdict]));
                    let n_chars = shown.chars().count();
                    longest = longest.max((n_chars, shown));
                    lengths.extend(is_entry.then_some(n_chars));
                }
            }
        }
        lengths.sort_unstable();
        let median = lengths[lengths.len() / 2];
        assert!(
            median < 550 && longest.0 <= 1_100,
            "the median is {median}, the longest {}:\n{}",
            longest.0,
            longest.1
        );
    }
}
