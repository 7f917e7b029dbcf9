//! Renders cards as embeds: title, answer, the supporting quotes with paragraph and link, footer.

use serenity::all::{CreateEmbed, CreateEmbedFooter};

use crate::{
    bot::reply::{Card, Tone},
    discord::outbound::limits,
    knowledge::content::entry::Citation,
    text::Text,
};

/// Discord's limit of embeds in a message.
const MAX_EMBEDS: usize = 10;
/// Discord's limit over all texts of all embeds of a message.
const MAX_TOTAL: usize = 6000;
/// Discord allows 25 fields in an embed, but more than a few quotes hide the answer.
const MAX_QUOTES: usize = 4;
/// Characters reserved for the quotes, so that a long answer never displaces them.
const QUOTES_RESERVE: usize = 1200;

/// The cards as embeds that together respect Discord's limits.
pub(super) fn embeds(cards: &[Card], text: Text) -> Vec<CreateEmbed> {
    let mut room = Room(MAX_TOTAL);
    let cards = cards.get(..MAX_EMBEDS).unwrap_or(cards);
    let last = cards.last().and_then(|card| card.footer.as_deref());
    let embeds = cards.iter().enumerate().filter_map(|(at, card)| {
        // The same footer under every card of a reply is noise: once, at the end, is enough.
        let is_repeated = at + 1 < cards.len() && card.footer.as_deref() == last;
        let footer = card.footer.as_deref().filter(|_| !is_repeated);
        embed(card, footer.unwrap_or_default(), text, &mut room)
    });
    embeds.collect()
}

fn embed(card: &Card, footer: &str, text: Text, room: &mut Room) -> Option<CreateEmbed> {
    // Whatever must not be lost takes its characters first.
    let title = card.title.as_deref().map(|title| room.line(title, 256)).unwrap_or_default();
    let footer = room.line(footer, 2048);
    let kept = if card.sources.is_empty() { 0 } else { QUOTES_RESERVE };
    let body = room.cut(&card.body, 4096, kept);
    let link = card.url.as_deref().filter(|url| is_web_address(url));
    let quotes: Vec<(String, String)> = card
        .sources
        .iter()
        .take(MAX_QUOTES)
        .enumerate()
        .filter_map(|(at, citation)| {
            let is_last = at + 1 == card.sources.len().min(MAX_QUOTES);
            quote(citation, link.filter(|_| is_last), text, room)
        })
        .collect();
    if title.is_empty() && body.is_empty() && quotes.is_empty() {
        return None;
    }
    let mut embed = CreateEmbed::new().colour(colour(card.tone));
    if !title.is_empty() {
        embed = embed.title(title);
        if let Some(link) = link {
            embed = embed.url(link);
        }
    }
    if !body.is_empty() {
        embed = embed.description(body);
    }
    if !footer.is_empty() {
        embed = embed.footer(CreateEmbedFooter::new(footer));
    }
    Some(embed.fields(quotes.into_iter().map(|(name, value)| (name, value, false))))
}

/// Heading and text of a quote; `None` if there is not enough space left for a readable one.
fn quote(citation: &Citation, link: Option<&str>, text: Text, room: &mut Room) -> Option<(String, String)> {
    const READABLE: usize = 60;
    let link = link.map(|link| format!("\n[{}]({link})", text.read_announcement())).unwrap_or_default();
    if room.0 < READABLE + 256 + limits::len(&link) {
        return None;
    }
    let name = room.line(&text.source(citation), 256);
    // Every line of a quote would need its own `>`, so it is rendered as one line.
    let max = 1024usize.min(room.0).saturating_sub(limits::len(&link) + 2);
    let quoted = limits::line(&citation.quote, max);
    let value = format!("> {quoted}{link}");
    room.0 -= limits::len(&value).min(room.0);
    (!name.is_empty() && !quoted.is_empty()).then_some((name, value))
}

/// Whether a link can be shown: Discord refuses the whole message because of an invalid one.
pub(super) fn is_web_address(url: &str) -> bool {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web
        && url.len() <= 512
        && reqwest::Url::parse(url).is_ok()
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || c == ')' || c == '<' || c == '>')
}

fn colour(tone: Tone) -> u32 {
    match tone {
        Tone::Answer => 0x2F_80_ED,
        Tone::Unknown => 0x82_8A_94,
        Tone::Info => 0x4A_6F_A5,
        Tone::Care => 0x7B_5E_A7,
        Tone::Error => 0xC0_39_2B,
    }
}

/// The characters left of the limit over all embeds.
struct Room(usize);

impl Room {
    fn line(&mut self, text: &str, max: usize) -> String {
        let line = limits::line(text, max.min(self.0));
        self.0 -= limits::len(&line);
        line
    }

    fn cut(&mut self, text: &str, max: usize, kept: usize) -> String {
        let text = limits::cut(text, max.min(self.0.saturating_sub(kept)));
        self.0 -= limits::len(&text);
        text
    }
}
