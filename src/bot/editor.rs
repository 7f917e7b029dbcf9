//! The editor: moderators reload the FAQ and add, change and remove entries from inside Discord. Every change is checked
//! and built beside the FAQ in force, compared with it and shown, before it is applied.
//!
//! `editor/ask.rs` lists what can be asked. `editor/entry.rs` opens forms and turns them into changes of files,
//! `editor/form.rs` fills a form in and reads it back, `editor/teach.rs` adds one wording,
//! `editor/history.rs` goes back to an earlier revision,
//! `editor/quote.rs` finds passages to quote and `editor/coverage.rs` what is missing. `editor/preview.rs` shows what
//! would change, and `editor/report.rs` what a reload did. With `faq.review`, `editor/review.rs` keeps an edit until another
//! moderator has approved what `editor/proposal.rs` shows. The drafts are in `entry_draft.rs`, because other use cases
//! begin one too; `reload/pending.rs` keeps what was shown until it is applied.

pub(in crate::bot) mod ask;
mod coverage;
mod entry;
mod form;
mod history;
mod preview;
mod proposal;
mod quote;
mod report;
pub(in crate::bot) mod review;
mod teach;

pub(super) use report::report;

use crate::{
    bot::{
        Bot, Request,
        reload::{Applied, Busy, Change, Job, Prepared},
        reply::{Card, Outcome, Reply, Tone, Visibility},
    },
    config::Confirm,
    ids::DraftId,
    text::text,
};

use self::{ask::EditorAsk, preview::Subject};

/// Entries named in one line of the audit.
const MAX_AUDITED: usize = 10;

/// Answers `ask`. The caller has checked that a moderator asks.
pub(super) async fn handle(bot: &Bot, request: &Request, ask: &EditorAsk) -> Reply {
    match ask {
        EditorAsk::Add { text } => entry::add(bot, request, text),
        EditorAsk::Edit { entry } => entry::edit(bot, request, entry).await,
        EditorAsk::Translate { entry } => entry::translate(bot, request, entry).await,
        EditorAsk::Remove { entry } => entry::remove(bot, request, entry).await,
        EditorAsk::Teach { text } => teach::choose(bot, request, text).await,
        EditorAsk::TeachTo { draft, entry } => teach::teach(bot, request, *draft, entry).await,
        EditorAsk::Form { draft } => entry::open(bot, request, *draft),
        EditorAsk::Submit { draft, fields } => entry::submit(bot, request, *draft, fields).await,
        EditorAsk::Quote { search } => quote::quote(bot, request, search),
        EditorAsk::Coverage => coverage::coverage(bot, request).await,
        EditorAsk::History => history::history(bot, request).await,
        EditorAsk::Rollback { revision } => history::rollback(bot, request, revision).await,
        EditorAsk::Apply { change } => apply(bot, request, *change).await,
        EditorAsk::Approve { change } => review::approve(bot, request, *change).await,
        EditorAsk::Reject { change } => review::reject(bot, request, *change),
        EditorAsk::Cancel { change } => cancel(bot, request, *change),
    }
}

/// Reads the files again. What is to be confirmed is shown first.
pub(super) async fn reload(bot: &Bot, request: &Request, allow_shrink: bool) -> Reply {
    if bot.config.reload.confirm == Confirm::Never {
        let attempt = bot.reloader.reload(allow_shrink).await;
        return report(text(request.locale), &attempt, bot.current.load().number());
    }
    prepare(bot, request, Job::Files { allow_shrink }, &Subject::Files).await
}

/// Builds a change beside the FAQ in force and shows it.
async fn prepare(bot: &Bot, request: &Request, job: Job, subject: &Subject) -> Reply {
    let prepared = bot.reloader.prepare(request.actor.id, job).await;
    show(bot, request, prepared, subject)
}

fn show(bot: &Bot, request: &Request, prepared: Prepared, subject: &Subject) -> Reply {
    let text = text(request.locale);
    let in_force = bot.current.load().number();
    match prepared {
        Prepared::Ready { id, candidate } => preview::preview(request, id, &candidate, subject),
        Prepared::Done(done) => report(text, &Ok(done), in_force),
        Prepared::Refused(error) => {
            preview::with_change_button(report(text, &Err(error), in_force), subject, text)
        }
        Prepared::Busy(Busy { by, minutes }) => {
            let body = match by == request.actor.id {
                true => text.editor_busy_yourself(),
                false => text.editor_busy(by, minutes),
            };
            preview::with_change_button(service(text.editor_busy_title(), body, Tone::Info), subject, text)
        }
    }
}

/// Puts in force what was shown.
async fn apply(bot: &Bot, request: &Request, change: DraftId) -> Reply {
    if let Some(waits) = review::ask_for(bot, request, change) {
        return waits;
    }
    let text = text(request.locale);
    let in_force = |bot: &Bot| bot.current.load().number();
    match bot.reloader.apply(request.actor.id, change).await {
        Applied::Done(done) => {
            bot.record_action(request.actor.id, "applied", changed_ids(done.change.as_ref()));
            report(text, &Ok(done), in_force(bot))
        }
        Applied::Gone => Reply::private(text.editor_change_gone()),
        Applied::Refused(error) => report(text, &Err(error), in_force(bot)),
        Applied::Again(prepared) => {
            let mut reply = show(bot, request, prepared, &Subject::Files);
            let card = Card { body: text.editor_changed_meanwhile(), tone: Tone::Info, ..Card::default() };
            reply.cards.insert(0, card);
            reply
        }
    }
}

/// The entries of a change, for the audit.
fn changed_ids(change: Option<&Change>) -> String {
    let change = change.cloned().unwrap_or_default();
    let ids = change.added.iter().chain(&change.changed).chain(&change.removed).take(MAX_AUDITED);
    ids.map(|id| id.as_str()).collect::<Vec<_>>().join(", ")
}

fn cancel(bot: &Bot, request: &Request, change: DraftId) -> Reply {
    let text = text(request.locale);
    Reply::private(match bot.reloader.cancel(request.actor.id, change) {
        true => text.editor_cancelled(),
        false => text.editor_change_gone(),
    })
}

/// A private card that belongs to no question.
fn service(title: String, body: String, tone: Tone) -> Reply {
    let card = Card { title: Some(title), body, tone, ..Card::default() };
    Reply::card(Visibility::Private, Outcome::Service, card)
}
