//! The contact card for members of the media: the address, what to write, and the buttons under it. Pure.

use crate::{
    bot::{
        compose::card,
        reply::{Action, Button, Card, Tone},
    },
    config::Config,
    knowledge::content::entry::{Content, Kind},
    lang::Lang,
    text::{Text, text},
};

/// The card: the FAQ's own words for the media, the address, what to write.
pub(in crate::bot) fn card(content: &Content, config: &Config, lang: Lang, confidence: f32) -> Card {
    let text = text(lang);
    let mut paragraphs = Vec::new();
    if let Some(entry) = content.entries.iter().find(|entry| entry.kind == Kind::Media) {
        let is_in_lang = entry.versions.contains_key(&lang);
        paragraphs.push(card::with_language_line(&entry.version(lang).answer, lang, is_in_lang));
    }
    match address(content, config) {
        Some(address) => {
            paragraphs.push(text.media_write_to(address));
            paragraphs.push(text.media_what_to_write());
        }
        None => paragraphs.push(text.media_no_contact()),
    }
    Card {
        title: Some(text.media_title()),
        body: paragraphs.join("\n\n"),
        confidence,
        tone: Tone::Info,
        ..Card::default()
    }
}

/// What can be pressed under the card; without an address an enquiry goes nowhere.
pub(in crate::bot) fn buttons(content: &Content, config: &Config, frame: Text) -> Vec<Button> {
    if address(content, config).is_none() {
        return Vec::new();
    }
    vec![
        Button { label: frame.media_button_form(), action: Action::MediaForm(None) },
        Button { label: frame.media_button_explained(), action: Action::MediaExplained },
    ]
}

/// The address that the announcement gives the media; without one, the address enquiries are sent to.
pub(in crate::bot) fn address<'a>(content: &'a Content, config: &'a Config) -> Option<&'a str> {
    let published = content.announcement.as_ref().map(|announcement| announcement.media_contact.trim());
    let set = config.media.to.trim();
    published.filter(|address| !address.is_empty()).or(Some(set).filter(|address| !address.is_empty()))
}
