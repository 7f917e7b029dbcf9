//! Opens the form of an entry and turns what was typed into changes of files.

use std::io;

use crate::{
    bot::{
        Bot, Request, echo,
        editor::{
            ask::EntryFields,
            form, prepare,
            preview::{self, Subject},
            service,
        },
        entry_draft::EntryDraft,
        reload::Job,
        reply::{Card, Reply, Tone},
        typed,
    },
    ids::DraftId,
    knowledge::{
        content::{
            edit::{self, EditError, EntryText, FileChange, disk},
            entry::EntryId,
            source::Bundle,
        },
        wording_key::wording_key,
    },
    lang::Lang,
    text::text,
};

/// Opens the form of a new entry. An entry begins with its English version.
pub(super) fn add(bot: &Bot, request: &Request, message: &str) -> Reply {
    let question = typed::cut(message).split_whitespace().collect::<Vec<_>>().join(" ");
    open_new(bot, request, EntryDraft::new(Lang::En, question, Vec::new()))
}

/// Opens the form of an entry in English.
pub(super) async fn edit(bot: &Bot, request: &Request, typed: &str) -> Reply {
    open_entry(bot, request, typed, Lang::En).await
}

/// Opens the form of an entry's French version, beside the English text.
pub(super) async fn translate(bot: &Bot, request: &Request, typed: &str) -> Reply {
    open_entry(bot, request, typed, Lang::Fr).await
}

async fn open_entry(bot: &Bot, request: &Request, typed: &str, lang: Lang) -> Reply {
    let text = text(request.locale);
    let Some(id) = named(bot, typed) else { return Reply::private(text.editor_no_entry()) };
    let files = match read(bot, &id).await {
        Ok(files) => files,
        Err(_) => return Reply::private(text.editor_unreadable(&id)),
    };
    let read = edit::hash(&files, &id);
    match edit::open(&files, &id, lang) {
        Ok(EntryText { question, answer, wordings, quotes }) => {
            let english = edit::open(&files, &id, Lang::En).ok().filter(|_| lang != Lang::En);
            let beside = english.map(|english| format!("{}\n\n{}", english.question, english.answer));
            let draft =
                EntryDraft { entry: Some(id), lang, question, answer, wordings, quotes, beside, read };
            open_new(bot, request, draft)
        }
        Err(error) => Reply::private(refused(&error, &id, request.locale)),
    }
}

fn open_new(bot: &Bot, request: &Request, draft: EntryDraft) -> Reply {
    let id = bot.entry_drafts.keep(request.actor.id, draft.clone());
    Reply::form(form::form(id, &draft, request.locale))
}

/// Opens the form of a draft. Nothing that can take long: a form must open at once.
pub(super) fn open(bot: &Bot, request: &Request, id: DraftId) -> Reply {
    match bot.entry_drafts.get(id, request.actor.id) {
        Some(draft) => Reply::form(form::form(id, &draft.for_form(), request.locale)),
        None => Reply::private(text(request.locale).editor_draft_gone()),
    }
}

/// Shows what would change with what was typed.
pub(super) async fn submit(bot: &Bot, request: &Request, id: DraftId, fields: &EntryFields) -> Reply {
    let Some(draft) = bot.entry_drafts.get(id, request.actor.id) else {
        return give_back(request, fields);
    };
    let draft = form::filled(draft.for_form(), fields);
    if !bot.entry_drafts.replace(id, request.actor.id, draft.clone()) {
        return give_back(request, fields);
    }
    let text = text(request.locale);
    let generation = bot.current.load();
    let entry = match &draft.entry {
        Some(entry) => entry.clone(),
        None => match new_id(&draft.question, |id| generation.content().entry(id).is_some()) {
            Some(entry) => entry,
            None => {
                let reply = Reply::private(text.editor_no_id());
                return preview::with_change_button(reply, &Subject::draft(id, None, draft.lang), text);
            }
        },
    };
    let subject = Subject::draft(id, Some(entry.clone()), draft.lang);
    let files = match read(bot, &entry).await {
        Ok(files) => files,
        Err(_) => return Reply::private(text.editor_unreadable(&entry)),
    };
    if edit::hash(&files, &entry) != draft.read {
        return conflict(request, &draft, &files, &entry);
    }
    let has_announcement = generation.content().announcement.is_some();
    match changes(&files, &entry, &draft, has_announcement) {
        Ok(changes) if changes.is_empty() => {
            preview::with_change_button(Reply::private(text.editor_nothing_changed()), &subject, text)
        }
        Ok(changes) => prepare(bot, request, Job::Edit(changes), &subject).await,
        Err(error) => Reply::private(refused(&error, &entry, request.locale)),
    }
}

/// Shows what would change without the entry.
pub(super) async fn remove(bot: &Bot, request: &Request, typed: &str) -> Reply {
    let text = text(request.locale);
    let Some(id) = named(bot, typed) else { return Reply::private(text.editor_no_entry()) };
    let files = match read(bot, &id).await {
        Ok(files) => files,
        Err(_) => return Reply::private(text.editor_unreadable(&id)),
    };
    match edit::remove(&files, &id) {
        Ok(changes) => prepare(bot, request, Job::Edit(changes), &Subject::Removal).await,
        Err(error) => Reply::private(refused(&error, &id, request.locale)),
    }
}

/// The entry that was chosen from the completions, or whose id or question was typed. Routes are not edited here.
pub(super) fn named(bot: &Bot, typed: &str) -> Option<EntryId> {
    let generation = bot.current.load();
    let content = generation.content();
    let key = wording_key(typed);
    let by_question = || {
        let mut entries = content.entries.iter();
        entries.find(|entry| entry.versions.values().any(|version| wording_key(&version.question) == key))
    };
    let id = typed::chosen(typed, content).or_else(|| EntryId::new(typed.trim()));
    let entry = id.and_then(|id| content.entry(&id)).or_else(by_question)?;
    (!entry.kind.is_route()).then(|| entry.id.clone())
}

/// The files of an entry as they are now.
pub(super) async fn read(bot: &Bot, id: &EntryId) -> io::Result<Bundle> {
    let (dir, id) = (bot.config.faq.dir.clone(), id.clone());
    let read = bot.pool.run(move || disk::read_entry(&dir, &id)).await;
    read.unwrap_or_else(|error| Err(io::Error::other(error)))
}

fn changes(
    files: &Bundle,
    id: &EntryId,
    draft: &EntryDraft,
    has_announcement: bool,
) -> Result<Vec<FileChange>, EditError> {
    let text = EntryText {
        question: draft.question.clone(),
        answer: draft.answer.clone(),
        wordings: draft.wordings.clone(),
        quotes: draft.quotes.clone(),
    };
    match draft.entry {
        Some(_) => edit::change(files, id, draft.lang, &text),
        // Without a quote of the announcement, an entry says what the announcement does not say.
        None => Ok(edit::add(id, &text, !has_announcement || !text.quotes.is_empty())),
    }
}

/// An id that is not taken, made of the question.
fn new_id(question: &str, is_taken: impl Fn(&EntryId) -> bool) -> Option<EntryId> {
    let base = EntryId::from_title(question).filter(|id| id.as_str() != "announcement")?;
    if !is_taken(&base) {
        return Some(base);
    }
    let stem: String = base.as_str().chars().take(EntryId::MAX_LEN - 3).collect();
    let numbered = (2..100).filter_map(|n| EntryId::new(&format!("{}-{n}", stem.trim_end_matches('-'))));
    numbered.into_iter().find(|id| !is_taken(id))
}

/// The file was changed since the form was opened: what is there now, and what was typed, and nothing is overwritten.
fn conflict(request: &Request, draft: &EntryDraft, files: &Bundle, id: &EntryId) -> Reply {
    let text = text(request.locale);
    let mut reply = service(text.editor_conflict_title(), text.editor_conflict(id), Tone::Error);
    let now = edit::open(files, id, draft.lang).ok();
    let versions = [
        (text.editor_conflict_now(), now.map(|now| (now.question, now.answer))),
        (text.editor_conflict_typed(), Some((draft.question.clone(), draft.answer.clone()))),
    ];
    for (title, version) in versions {
        let Some((question, answer)) = version else { continue };
        let body = echo::code_block(&format!("{question}\n\n{answer}"));
        reply.cards.push(Card { title: Some(title), body, ..Card::default() });
    }
    reply
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

pub(super) fn refused(error: &EditError, id: &EntryId, locale: Lang) -> String {
    let text = text(locale);
    match error {
        EditError::Missing => text.editor_no_file(id),
        EditError::Broken(findings) => {
            let lines: Vec<String> =
                findings.iter().take(5).map(|finding| format!("- {}", finding.line())).collect();
            format!("{}\n{}", text.editor_broken(id), lines.join("\n"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_entry_gets_an_id_that_is_free() {
        let id = |name: &str| EntryId::new(name).unwrap();
        assert_eq!(new_id("Why now?", |_| false), Some(id("why-now")));
        assert_eq!(new_id("Why now?", |taken| *taken == id("why-now")), Some(id("why-now-2")));
        let long = "a".repeat(100);
        assert!(new_id(&long, |taken| taken.as_str().len() == EntryId::MAX_LEN).is_some());
        assert_eq!(new_id("¿?", |_| false), None);
        assert_eq!(new_id("Announcement", |_| false), None);
    }
}
