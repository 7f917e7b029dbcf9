//! What would change, before it is applied: the entry exactly as members will see it, the difference to the FAQ in force,
//! and the buttons to go on.

use crate::{
    bot::{
        Request,
        compose::card,
        editor::{ask::EditorAction, report},
        reload::Candidate,
        reply::{Action, Button, Card, Outcome, Reply, Tone, Visibility},
    },
    ids::DraftId,
    knowledge::content::entry::EntryId,
    lang::Lang,
    text::{Text, text},
};

/// What a change is about.
pub(super) enum Subject {
    /// The files as they are in the folder.
    Files,
    /// The removal of an entry.
    Removal,
    /// One more wording.
    Wording,
    /// A draft.
    Draft {
        /// The draft.
        draft: DraftId,
        /// The entry it becomes.
        entry: Option<EntryId>,
        /// Its language.
        lang: Lang,
    },
}

impl Subject {
    /// A draft and the entry it becomes.
    pub(super) fn draft(draft: DraftId, entry: Option<EntryId>, lang: Lang) -> Subject {
        Subject::Draft { draft, entry, lang }
    }
}

/// The preview of `candidate`, which waits to be applied under `id`.
pub(super) fn preview(request: &Request, id: DraftId, candidate: &Candidate, subject: &Subject) -> Reply {
    let text = text(request.locale);
    let mut cards = Vec::new();
    if let Subject::Draft { entry: Some(entry), lang, .. } = subject {
        cards.extend(as_members_see_it(candidate, entry, *lang, text));
    }
    let is_blocked = candidate.comparison.is_blocked();
    let mut lines = report::difference(text, candidate.change.as_ref(), &candidate.comparison);
    lines.extend(report::warnings(text, &candidate.warnings, &own_files(candidate, subject)));
    lines.push(if is_blocked { text.preview_blocked() } else { text.preview_nothing_yet() });
    let (title, tone) = match is_blocked {
        true => (text.preview_blocked_title(), Tone::Error),
        false => (text.preview_title(), Tone::Info),
    };
    cards.push(Card { title: Some(title), body: lines.join("\n"), tone, ..Card::default() });
    let mut reply = Reply::card(Visibility::Private, Outcome::Service, Card::default());
    reply.cards = cards;
    reply.lang = request.locale;
    if !is_blocked {
        reply = reply.with_button(text.button_apply(), Action::Editor(EditorAction::Apply { change: id }));
    }
    with_change_button(reply, subject, text)
        .with_button(text.button_cancel(), Action::Editor(EditorAction::Cancel { change: id }))
}

/// The reply with the button that opens the form again, if there is one.
pub(super) fn with_change_button(mut reply: Reply, subject: &Subject, text: Text) -> Reply {
    if let Subject::Draft { draft, .. } = subject {
        let action = Action::Editor(EditorAction::Form { draft: *draft });
        reply.buttons.push(Button { label: text.button_editor_change(), action });
    }
    reply
}

/// The entry in the language of the draft, then its list of wordings with the numbers by which they can be removed.
fn as_members_see_it(candidate: &Candidate, id: &EntryId, lang: Lang, frame: Text) -> Vec<Card> {
    let content = candidate.generation.content();
    let Some(entry) = content.entry(id) else { return Vec::new() };
    let mut shown = card::entry(content, entry, lang, 1.0, &entry.version(lang).question);
    shown.footer = Some(card::footer(content, text(lang)));
    let mut cards = vec![shown];
    let mut lines: Vec<String> = frame.preview_dates(&entry.dates);
    let wordings = entry.wordings.iter().filter(|wording| wording.lang == lang);
    lines.extend(wordings.enumerate().map(|(at, wording)| format!("{}. {}", at + 1, wording.text)));
    if !lines.is_empty() {
        let title = Some(frame.preview_wordings_title(id));
        cards.push(Card { title, body: lines.join("\n"), tone: Tone::Info, ..Card::default() });
    }
    cards
}

/// The names of the files whose findings are shown: all for a reload, the entry's own for an edit.
fn own_files(candidate: &Candidate, subject: &Subject) -> Vec<String> {
    match (subject, &candidate.change) {
        (Subject::Files, _) | (_, None) => Vec::new(),
        (_, Some(change)) => {
            change.added.iter().chain(&change.changed).map(|id| format!("{id}.md")).collect()
        }
    }
}
