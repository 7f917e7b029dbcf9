//! An edit as the moderators' channel sees it before it is approved: what changes, and each entry as it is and as it would
//! be.

use crate::{
    bot::{
        editor::{ask::EditorAction, report},
        reload::Candidate,
        reply::{Action, Card, Outcome, Reply, Tone, Visibility},
    },
    ids::{DraftId, UserId},
    knowledge::content::entry::{Content, Entry, EntryId, Version},
    lang::Lang,
    text::{Text, text},
};

/// Entries shown whole.
const MAX_ENTRIES: usize = 3;
/// Lines shown of what is added to and removed from the wordings and quotes of an entry.
const MAX_LINES: usize = 20;

/// The message, with the buttons that decide about it.
pub(super) fn message(id: DraftId, author: UserId, candidate: &Candidate, in_force: &Content) -> Reply {
    let text = text(Lang::En);
    let mut lines = vec![text.review_asked(author)];
    lines.extend(report::difference(text, candidate.change.as_ref(), &candidate.comparison));
    let card = Card {
        title: Some(text.review_title()),
        body: lines.join("\n"),
        tone: Tone::Info,
        ..Card::default()
    };
    let mut reply = notice(String::new());
    reply.cards = vec![card];
    let change = candidate.change.iter();
    let ids = change.flat_map(|change| change.added.iter().chain(&change.changed).chain(&change.removed));
    for id in ids.take(MAX_ENTRIES) {
        let after = candidate.generation.content().entry(id);
        reply.cards.extend(difference(text, id, in_force.entry(id), after));
    }
    let approve = Action::Editor(EditorAction::Approve { change: id });
    let reject = Action::Editor(EditorAction::Reject { change: id });
    reply.with_button(text.button_approve(), approve).with_button(text.button_reject(), reject)
}

/// What was decided, for the channel.
pub(super) fn notice(body: String) -> Reply {
    let card = Card { body, tone: Tone::Info, ..Card::default() };
    Reply::card(Visibility::Public, Outcome::Service, card)
}

/// An entry as it is and as it would be, in each language in which it changes; then what is added to its wordings and
/// quotes and what is removed.
fn difference(text: Text, id: &EntryId, before: Option<&Entry>, after: Option<&Entry>) -> Vec<Card> {
    let mut cards = Vec::new();
    let version = |entry: Option<&Entry>, lang| entry.and_then(|entry| entry.versions.get(&lang)).cloned();
    for lang in Lang::ALL {
        let (old, new) = (version(before, lang), version(after, lang));
        if old != new {
            cards.extend(old.map(|old| shown(text.review_before(id, lang), &old)));
            cards.extend(new.map(|new| shown(text.review_after(id, lang), &new)));
        }
    }
    let (old, new) = (parts(before), parts(after));
    let added = new.iter().filter(|part| !old.contains(part)).map(|part| format!("+ {part}"));
    let removed = old.iter().filter(|part| !new.contains(part)).map(|part| format!("− {part}"));
    let mut lines: Vec<String> = added.chain(removed).collect();
    if lines.len() > MAX_LINES {
        let left_out = lines.len() - MAX_LINES;
        lines.truncate(MAX_LINES);
        lines.push(text.and_more(left_out));
    }
    if !lines.is_empty() {
        let title = Some(text.review_parts(id));
        cards.push(Card { title, body: lines.join("\n"), tone: Tone::Info, ..Card::default() });
    }
    cards
}

fn shown(title: String, version: &Version) -> Card {
    let body = format!("**{}**\n{}", version.question, version.answer);
    Card { title: Some(title), body, tone: Tone::Info, ..Card::default() }
}

/// The wordings and the quotes of an entry.
fn parts(entry: Option<&Entry>) -> Vec<String> {
    let Some(entry) = entry else { return Vec::new() };
    let wordings = entry.wordings.iter().map(|wording| format!("({}) {}", wording.lang.code(), wording.text));
    wordings.chain(entry.citations.iter().map(|citation| format!("“{}”", citation.quote))).collect()
}
