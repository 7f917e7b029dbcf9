//! Single cards: an entry, a paragraph of the announcement, a refusal, the careful text. Pure; `compose.rs` puts them
//! together into a reply, `media.rs` has the contact card.

use unicode_segmentation::UnicodeSegmentation;

use crate::{
    bot::{
        compose::passage,
        reply::{Card, ShownVersion, Tone},
    },
    config::Config,
    knowledge::content::entry::{Content, Entry, Kind, Passage},
    lang::Lang,
    text::{Text, text},
};

/// The card of an entry: its question and answer in the language asked in, else in English with a line that says so,
/// and the one passage that proves best what was asked.
pub(in crate::bot) fn entry(
    content: &Content,
    entry: &Entry,
    lang: Lang,
    confidence: f32,
    question: &str,
) -> Card {
    let version = entry.version(lang);
    let tone = if entry.kind == Kind::NotCovered { Tone::Unknown } else { Tone::Answer };
    Card {
        title: Some(version.question.clone()),
        body: with_language_line(&version.answer, lang, entry.versions.contains_key(&lang)),
        sources: passage::best(entry, question).into_iter().collect(),
        url: url(content),
        entry: Some(entry.id.clone()),
        version: Some(ShownVersion { lang, revision: entry.revision(lang) }),
        confidence,
        tone,
        footer: None,
    }
}

/// The paragraph of the announcement that is nearest to a question without an answer, word for word; of a long one the
/// sentences that are nearest.
pub(in crate::bot) fn passages(
    content: &Content,
    nearest: &Passage,
    question: &str,
    lang: Lang,
    confidence: f32,
) -> Card {
    let text = text(lang);
    let intro = with_language_line(&text.passages_body(nearest.paragraph), lang, has_wording(lang));
    let excerpt = passage::excerpt(&nearest.text, question, MAX_EXCERPT);
    let quoted: Vec<String> = excerpt.lines().map(|line| format!("> {line}")).collect();
    Card {
        title: Some(text.passages_title()),
        body: format!("{intro}\n{}", quoted.join("\n")),
        url: url(content),
        confidence,
        tone: Tone::Unknown,
        ..Card::default()
    }
}

/// The most characters of a paragraph that a reply shows.
const MAX_EXCERPT: usize = 420;

/// Near misses to choose from; they are the buttons under it.
pub(in crate::bot) fn suggest(lang: Lang, confidence: f32) -> Card {
    let text = text(lang);
    Card {
        title: Some(text.suggest_title()),
        body: with_language_line(&text.suggest_body(), lang, has_wording(lang)),
        confidence,
        tone: Tone::Unknown,
        ..Card::default()
    }
}

/// The texts do not say; with `has_near` it introduces the near misses under it.
pub(in crate::bot) fn unknown(content: &Content, lang: Lang, has_near: bool, confidence: f32) -> Card {
    let text = text(lang);
    let next = if has_near { text.near_misses() } else { text.reword() };
    let body = format!("{} {next}", text.unknown(content.texts()));
    Card {
        title: Some(text.unknown_title()),
        body: with_language_line(&body, lang, has_wording(lang)),
        url: url(content),
        confidence,
        tone: Tone::Unknown,
        ..Card::default()
    }
}

/// The texts do not say it, as one part of a message whose other parts were answered.
pub(in crate::bot) fn unknown_part(content: &Content, lang: Lang, confidence: f32) -> Card {
    let body = text(lang).unknown_one_of_several(content.texts());
    Card {
        body: with_language_line(&body, lang, has_wording(lang)),
        confidence,
        tone: Tone::Unknown,
        ..Card::default()
    }
}

/// The text of a route as it is: small talk, another subject, chatter.
pub(in crate::bot) fn route(entry: &Entry, lang: Lang, tone: Tone, confidence: f32) -> Card {
    let version = entry.version(lang);
    let body = with_language_line(&version.answer, lang, entry.versions.contains_key(&lang));
    Card { body, confidence, tone, ..Card::default() }
}

/// The careful text for a person in need: the route's own text and how to speak to a person. No numbers, no quotes,
/// nothing of what was said.
pub(in crate::bot) fn need(content: &Content, config: &Config, lang: Lang, confidence: f32) -> Card {
    let text = text(lang);
    let mut body = match content.entries.iter().find(|entry| entry.kind == Kind::Need) {
        Some(entry) => {
            with_language_line(&entry.version(lang).answer, lang, entry.versions.contains_key(&lang))
        }
        None => with_language_line(&text.need_without_route(), lang, has_wording(lang)),
    };
    let contact = config.safety.contact.trim();
    if !contact.is_empty() {
        body = format!("{body}\n\n{}", text.need_contact(contact));
    }
    Card { title: Some(text.need_title()), body, confidence, tone: Tone::Care, ..Card::default() }
}

/// Near misses, a line with the question and one with the first sentence of the answer each: so one sees without
/// pressing what they would say. Plain text: a terminal shows it as it is.
pub(in crate::bot) fn near_misses(entries: &[&Entry], lang: Lang) -> String {
    let line = |entry: &&Entry| {
        let version = entry.version(lang);
        format!("- {}\n  {}", version.question, shortened(&opening(&version.answer)))
    };
    entries.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Near misses, a line with the question each.
pub(in crate::bot) fn questions(entries: &[&Entry], lang: Lang) -> String {
    let lines = entries.iter().map(|entry| format!("- {}", entry.version(lang).question));
    lines.collect::<Vec<_>>().join("\n")
}

/// The most characters of a near miss's first sentence.
const MAX_OPENING: usize = 80;

/// `text` with at most [`MAX_OPENING`] characters as a reader counts them.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.graphemes(true).count() <= MAX_OPENING {
        return line;
    }
    let kept: String = line.graphemes(true).take(MAX_OPENING - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The text, under the one line in `lang` that says it is in English if it is not in `lang` itself.
pub(in crate::bot) fn with_language_line(body: &str, lang: Lang, is_in_lang: bool) -> String {
    match Text::only_in_english(lang) {
        Some(line) if !is_in_lang => format!("_{line}_\n\n{body}"),
        _ => body.to_owned(),
    }
}

/// Whether our own wording exists in `lang`.
pub(in crate::bot) fn has_wording(lang: Lang) -> bool {
    text(lang).lang() == lang
}

/// The small print of a reply from `content`.
pub(in crate::bot) fn footer(content: &Content, frame: Text) -> String {
    frame.footer(content.texts())
}

/// The first sentence.
fn opening(text: &str) -> String {
    text.unicode_sentences().next().unwrap_or(text).trim().to_owned()
}

/// Where the announcement can be read.
pub(in crate::bot) fn url(content: &Content) -> Option<String> {
    content.announcement.as_ref().map(|announcement| announcement.url.clone()).filter(|url| !url.is_empty())
}
