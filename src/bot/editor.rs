//! The editor: moderators add, change and remove entries from inside Discord.
//!
//! `editor/ask.rs` lists what can be asked, `editor/form.rs` fills the form in and reads it back, `editor/preview.rs`
//! shows what members will see. The drafts are kept in `entry_draft.rs`, because other use cases begin one too.

pub(in crate::bot) mod ask;
mod form;
mod preview;

use crate::{
    bot::{
        Bot, Request, echo,
        entry_draft::EntryDraft,
        reply::{Card, Reply},
    },
    ids::DraftId,
    lang::Lang,
    text::text,
};

use self::ask::{EditorAsk, EntryFields};

/// Answers `ask`. The caller has checked that a moderator asks.
pub(super) async fn handle(bot: &Bot, request: &Request, ask: &EditorAsk) -> Reply {
    match ask {
        EditorAsk::Add => add(bot, request),
        EditorAsk::Form { draft } => open(bot, request, *draft),
        EditorAsk::Submit { draft, fields } => submit(bot, request, *draft, fields).await,
    }
}

/// Opens an empty form. An entry begins with its English version.
fn add(bot: &Bot, request: &Request) -> Reply {
    let draft = EntryDraft::new(Lang::En, String::new(), Vec::new());
    let id = bot.entry_drafts.keep(request.actor.id, draft.clone());
    Reply::form(form::form(id, &draft, request.locale))
}

/// Opens the form. Nothing that can take long: a form must open at once.
fn open(bot: &Bot, request: &Request, id: DraftId) -> Reply {
    match bot.entry_drafts.get(id, request.actor.id) {
        Some(draft) => Reply::form(form::form(id, &draft, request.locale)),
        None => Reply::private(text(request.locale).editor_draft_gone()),
    }
}

async fn submit(bot: &Bot, request: &Request, id: DraftId, fields: &EntryFields) -> Reply {
    let Some(draft) = bot.entry_drafts.get(id, request.actor.id) else {
        return give_back(request, fields);
    };
    let draft = form::filled(draft, fields);
    if !bot.entry_drafts.replace(id, request.actor.id, draft.clone()) {
        return give_back(request, fields);
    }
    preview::preview(bot, request, id, &draft)
}

/// The draft is gone, as after a restart: what was typed is shown, so that it is not lost.
fn give_back(request: &Request, fields: &EntryFields) -> Reply {
    let text = text(request.locale);
    let mut reply = Reply::private(text.editor_draft_gone());
    let typed = fields.typed();
    if !typed.is_empty() {
        let body = format!("{}\n{}", text.editor_typed(), echo::code_block(&typed));
        reply.cards.push(Card { body, ..Card::default() });
    }
    reply
}
