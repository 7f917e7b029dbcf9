//! "Teach this wording": a message, or what members asked in vain, becomes one more wording of the entry that a
//! moderator chooses among the nearest.

use std::sync::Arc;

use crate::{
    bot::{
        Bot, Request, echo,
        editor::{ask::EditorAction, entry, prepare, preview::Subject, service},
        entry_draft::EntryDraft,
        reload::Job,
        reply::{Action, Button, Reply, Tone},
        typed,
    },
    ids::DraftId,
    knowledge::content::{edit, entry::EntryId},
    text::text,
};

/// How many entries are offered.
const MAX_OFFERED: usize = 5;

/// Offers the nearest entries.
pub(super) async fn choose(bot: &Bot, request: &Request, message: &str) -> Reply {
    let text = text(request.locale);
    let wording = typed::cut(message).split_whitespace().collect::<Vec<_>>().join(" ");
    let generation = bot.current.load();
    let (asked, today, question) = (Arc::clone(&generation), bot.clock.today(), wording.clone());
    let verdicts = bot.pool.run(move || asked.ask(&question, today)).await.unwrap_or_default();
    let content = generation.content();
    let mut offered: Vec<&EntryId> = Vec::new();
    for hit in verdicts.iter().flat_map(|verdict| &verdict.evidence.hits) {
        if !hit.kind.is_route() && !offered.contains(&&hit.entry) {
            offered.push(&hit.entry);
        }
    }
    let lang = verdicts.first().map_or(request.locale, |verdict| verdict.lang);
    let draft = EntryDraft::new(lang, wording.clone(), Vec::new());
    let id = bot.entry_drafts.keep(request.actor.id, draft);
    let body = match offered.is_empty() {
        true => text.teach_nothing_near(&echo::inline(&wording)),
        false => text.teach_choose(&echo::inline(&wording)),
    };
    let mut reply = service(text.teach_title(), body, Tone::Info);
    let entries = offered.into_iter().filter_map(|id| content.entry(id)).take(MAX_OFFERED);
    reply.buttons = entries
        .map(|entry| Button {
            label: entry.version(request.locale).question.clone(),
            action: Action::Editor(EditorAction::TeachTo { draft: id, entry: entry.id.clone() }),
        })
        .collect();
    reply.with_button(text.button_teach_new(), Action::Editor(EditorAction::Form { draft: id }))
}

/// Shows what would change if the entry had the wording too.
pub(super) async fn teach(bot: &Bot, request: &Request, draft: DraftId, id: &EntryId) -> Reply {
    let text = text(request.locale);
    let Some(draft) = bot.entry_drafts.get(draft, request.actor.id) else {
        return Reply::private(text.editor_draft_gone());
    };
    let Some(id) = entry::named(bot, id.as_str()) else { return Reply::private(text.gone()) };
    let files = match entry::read(bot, &id).await {
        Ok(files) => files,
        Err(_) => return Reply::private(text.editor_unreadable(&id)),
    };
    match edit::teach(&files, &id, draft.lang, &draft.question) {
        Ok(changes) if changes.is_empty() => Reply::private(text.editor_nothing_changed()),
        Ok(changes) => prepare(bot, request, Job::Edit(changes), &Subject::Wording).await,
        Err(error) => Reply::private(entry::refused(&error, &id, request.locale)),
    }
}
