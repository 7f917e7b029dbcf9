//! Text that a person typed, shown to that person again: cleaned first and fenced last, so that nothing in it links,
//! embeds, pings or ends the fence.

use crate::{
    bot::{
        reply::{Card, Tone},
        request::EnquiryFields,
    },
    text::Text,
};

/// A person's own text in a code block.
pub(crate) fn code_block(typed: &str) -> String {
    format!("```\n{}\n```", without_backticks(&clean(typed)))
}

/// A person's own text inside a line, between the backticks or quotation marks of a sentence: one line without any
/// character that Markdown knows.
pub(crate) fn inline(typed: &str) -> String {
    let is_markdown = |c: char| matches!(c, '*' | '~' | '|' | '[' | ']' | '<' | '>' | '\\' | '#');
    let plain: String = without_backticks(&clean(typed)).chars().filter(|c| !is_markdown(*c)).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The long fields of an enquiry, a card each, so that nothing a person wrote is lost.
pub(crate) fn enquiry(fields: &EnquiryFields, text: Text) -> Vec<Card> {
    let written = [(text.media_echo_question(), &fields.question), (text.media_echo_extra(), &fields.extra)];
    let cards = written.into_iter().filter(|(_, typed)| !typed.trim().is_empty());
    cards
        .map(|(title, typed)| Card {
            title: Some(title),
            body: code_block(typed),
            tone: Tone::Info,
            ..Card::default()
        })
        .collect()
}

/// The text without what nobody sees: control characters, marks that turn the reading order, zero-width characters.
/// Those that join letters or the parts of an emoji stay.
pub(crate) fn clean(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    unified.chars().filter(|&c| !is_invisible(c)).collect()
}

fn is_invisible(c: char) -> bool {
    let is_direction =
        matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let has_no_width =
        matches!(c, '\u{00AD}' | '\u{180E}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}');
    is_direction || has_no_width || (c.is_control() && c != '\n' && c != '\t')
}

/// A backtick could end the fence that is put around the text, so each becomes an apostrophe.
fn without_backticks(text: &str) -> String {
    text.replace('`', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_does_not_join_backticks_to_a_fence() {
        let typed = "a`\u{202E}`\u{200B}`b\u{0}```\u{FEFF}c\r\nd";
        assert_eq!(code_block(typed), "```\na'''b'''c\nd\n```");
        assert_eq!(clean("👩‍👩‍👧"), "👩‍👩‍👧");
    }

    #[test]
    fn inside_a_line_no_markdown_and_no_line_end_is_left() {
        assert_eq!(inline("a`\n# [b](<c>) **d**"), "a' b(c) d");
    }
}
