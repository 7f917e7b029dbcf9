//! `/faq quote`: finds passages of the announcement, word for word, and begins an entry with one of them.

use unicode_segmentation::UnicodeSegmentation;

use crate::{
    bot::{
        Bot, Request,
        editor::{ask::EditorAction, service},
        entry_draft::EntryDraft,
        reply::{Action, Reply, Tone},
        typed,
    },
    knowledge::{content::entry::Announcement, matching::normalise},
    lang::Lang,
    text::text,
};

/// Passages shown.
const MAX_SHOWN: usize = 5;

/// The passages that share the most words with what was searched, and a button for each.
pub(super) fn quote(bot: &Bot, request: &Request, search: &str) -> Reply {
    let text = text(request.locale);
    let generation = bot.current.load();
    let searched = normalise::words(&typed::cut(search));
    let announcement = generation.content().announcement.as_ref();
    let found = announcement.map(|announcement| passages(announcement, &searched)).unwrap_or_default();
    if found.is_empty() {
        return Reply::private(text.quote_nothing());
    }
    let numbered = || found.iter().enumerate().map(|(at, passage)| (at + 1, passage));
    let lines: Vec<String> = numbered()
        .map(|(number, (paragraph, passage))| text.quote_line(number, *paragraph, passage))
        .collect();
    let mut reply = service(text.quote_title(), lines.join("\n"), Tone::Info);
    for (number, (_, passage)) in numbered() {
        let draft = EntryDraft {
            quotes: vec![passage.clone()],
            ..EntryDraft::new(Lang::En, String::new(), Vec::new())
        };
        let draft = bot.entry_drafts.keep(request.actor.id, draft);
        reply = reply.with_button(text.button_quote(number), Action::Editor(EditorAction::Form { draft }));
    }
    reply
}

/// Sentences with the number of their paragraph, those with the most of the words first.
fn passages(announcement: &Announcement, searched: &[String]) -> Vec<(usize, String)> {
    let sentences = announcement.passages.iter().flat_map(|passage| {
        let sentences = passage.text.unicode_sentences().map(|sentence| sentence.trim().to_owned());
        sentences.map(|sentence| (passage.paragraph, sentence))
    });
    let mut scored: Vec<(usize, usize, String)> = sentences
        .map(|(paragraph, sentence)| {
            let words = normalise::words(&sentence);
            let shared = searched.iter().filter(|word| words.contains(word)).count();
            (shared, paragraph, sentence)
        })
        .filter(|(shared, ..)| *shared > 0)
        .collect();
    // A stable sort keeps the order of the announcement.
    scored.sort_by_key(|(shared, ..)| std::cmp::Reverse(*shared));
    scored.into_iter().take(MAX_SHOWN).map(|(_, paragraph, sentence)| (paragraph, sentence)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::content::entry::Passage;

    #[test]
    fn sentences_with_more_of_the_words_come_first_and_are_word_for_word() {
        let passage = |paragraph, text: &str| Passage { paragraph, text: text.into() };
        let announcement = Announcement {
            title: String::new(),
            url: String::new(),
            media_contact: String::new(),
            publisher: String::new(),
            passages: vec![
                passage(1, "The branch closes. The books move."),
                passage(2, "All books of the branch move in May."),
            ],
        };
        let search = |words: &str| passages(&announcement, &normalise::words(words));
        assert_eq!(search("BOOKS branch")[0], (2, "All books of the branch move in May.".to_owned()));
        assert_eq!(search("closes"), [(1, "The branch closes.".to_owned())]);
        assert!(search("weather").is_empty());
    }
}
