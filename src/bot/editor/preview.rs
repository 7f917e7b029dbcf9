//! What members will see of an edited entry.

use crate::{
    bot::{
        Bot, Request,
        editor::ask::EditorAction,
        entry_draft::EntryDraft,
        reply::{Action, Card, Outcome, Reply, Tone, Visibility},
    },
    ids::DraftId,
    text::text,
};

/// The entry as members will see it, and the buttons to go on.
pub(super) fn preview(bot: &Bot, request: &Request, id: DraftId, draft: &EntryDraft) -> Reply {
    let text = text(request.locale);
    let card = Card {
        title: Some(draft.question.clone()),
        body: draft.answer.clone(),
        tone: Tone::Answer,
        ..Card::default()
    };
    let mut reply = Reply::card(Visibility::Private, Outcome::Service, card);
    reply.lang = request.locale;
    reply.generation = bot.current.load().number();
    reply.with_button(text.button_editor_change(), Action::Editor(EditorAction::Form { draft: id }))
}
