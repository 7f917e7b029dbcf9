//! `faq.review`: an edit that a moderator applies waits in the moderators' channel until another moderator approves it.
//!
//! It is kept in memory for a week; a restart forgets it. What is approved is exactly what the channel was shown: if the
//! FAQ has changed since, the edit is checked and shown again. `editor/proposal.rs` shows it; the messages for the
//! channel are sent by `discord/outreach.rs`.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    bot::{
        Bot, Request,
        editor::{self, proposal, service},
        reload::{Applied, Busy, Candidate, Job, Prepared, ReloadError},
        reply::{Reply, Tone},
    },
    ids::{DraftId, UserId},
    knowledge::content::{edit::disk::WriteError, entry::ContentHash},
    lang::Lang,
    text::text,
};

/// The most edits that may wait.
const MAX_WAITING: usize = 32;
/// How long one waits.
const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// The most messages for the moderators' channel that wait to be sent.
const MAX_MESSAGES: usize = 256;

/// An edit that waits for another moderator.
struct Waiting {
    id: DraftId,
    /// Who made it.
    by: UserId,
    since: Instant,
    job: Job,
    /// The content that the channel was shown.
    shown: ContentHash,
    /// The entries it changes, for the audit.
    entries: String,
}

/// A message for the moderators' channel.
pub(crate) struct ReviewMessage {
    /// By which Discord recognises a repetition.
    pub(crate) nonce: String,
    /// What it says.
    pub(crate) reply: Reply,
}

/// The edits that wait, and the messages about them.
#[derive(Default)]
pub(in crate::bot) struct Reviews {
    waiting: Mutex<VecDeque<Waiting>>,
    messages: Mutex<VecDeque<Arc<ReviewMessage>>>,
}

/// Why an edit cannot be approved by somebody.
#[derive(Debug, PartialEq, Eq)]
enum NotYours {
    /// It no longer waits.
    Gone,
    /// It is that person's own.
    Own,
}

impl Reviews {
    /// Forgets every edit of a person.
    pub(in crate::bot) fn forget(&self, person: UserId) {
        self.waiting(Instant::now()).retain(|edit| edit.by != person);
    }

    fn waiting(&self, now: Instant) -> MutexGuard<'_, VecDeque<Waiting>> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|edit| now.duration_since(edit.since) < KEPT);
        waiting
    }

    fn messages(&self) -> MutexGuard<'_, VecDeque<Arc<ReviewMessage>>> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_full(&self) -> bool {
        self.waiting(Instant::now()).len() >= MAX_WAITING
    }

    fn keep(&self, edit: Waiting) {
        self.waiting(Instant::now()).push_back(edit);
    }

    /// Takes an edit out, so that nobody else approves it meanwhile.
    fn take(&self, id: DraftId, now: Instant) -> Option<Waiting> {
        let mut waiting = self.waiting(now);
        let at = waiting.iter().position(|edit| edit.id == id)?;
        waiting.remove(at)
    }

    /// The same for somebody who wants to approve it.
    fn take_of_another(&self, id: DraftId, approver: UserId, now: Instant) -> Result<Waiting, NotYours> {
        let mut waiting = self.waiting(now);
        let at = waiting.iter().position(|edit| edit.id == id).ok_or(NotYours::Gone)?;
        match waiting.get(at) {
            Some(edit) if edit.by == approver => Err(NotYours::Own),
            _ => waiting.remove(at).ok_or(NotYours::Gone),
        }
    }
}

/// Sends an edit that was shown to its author to the moderators' channel. `None` if it needs no approval, or is no longer
/// kept.
pub(super) fn ask_for(bot: &Bot, request: &Request, change: DraftId) -> Option<Reply> {
    if !bot.config.faq.review {
        return None;
    }
    let (author, text) = (request.actor.id, text(request.locale));
    if bot.config.discord.moderator_channel.is_none() {
        return Some(Reply::private(text.review_no_channel()));
    }
    if bot.reviews.is_full() {
        return Some(Reply::private(text.review_full()));
    }
    let (job, candidate) = bot.reloader.withdraw_edit(author, change)?;
    let entries = editor::changed_ids(candidate.change.as_ref());
    bot.record_action(author, "sent_for_approval", entries.clone());
    show(
        bot,
        Waiting {
            id: change,
            by: author,
            since: Instant::now(),
            job,
            shown: candidate.generation.content().hash.clone(),
            entries,
        },
        &candidate,
    );
    Some(service(text.review_sent_title(), text.review_sent(), Tone::Info))
}

/// Shows an edit in the channel and lets it wait.
fn show(bot: &Bot, edit: Waiting, candidate: &Candidate) {
    let in_force = bot.current.load();
    post(bot, proposal::message(edit.id, edit.by, candidate, in_force.content()));
    bot.reviews.keep(edit);
}

/// Puts an edit of another moderator in force.
pub(super) async fn approve(bot: &Bot, request: &Request, change: DraftId) -> Reply {
    let (actor, text) = (request.actor.id, text(request.locale));
    let edit = match bot.reviews.take_of_another(change, actor, Instant::now()) {
        Ok(edit) => edit,
        Err(NotYours::Gone) => return Reply::private(text.review_gone()),
        Err(NotYours::Own) => return Reply::private(text.review_own()),
    };
    let in_force = || bot.current.load().number();
    let applied = match bot.reloader.prepare(actor, edit.job.clone()).await {
        Prepared::Ready { id, candidate } if candidate.generation.content().hash == edit.shown => {
            bot.reloader.apply_for(actor, id, edit.by).await
        }
        other => Applied::Again(other),
    };
    match applied {
        Applied::Done(done) => {
            bot.record_action(actor, "approved", edit.entries.clone());
            let english = crate::text::text(Lang::En);
            post(bot, proposal::notice(english.review_approved(edit.by, actor, &edit.entries)));
            editor::report(text, &Ok(done), in_force())
        }
        Applied::Again(Prepared::Ready { id, candidate }) => {
            bot.reloader.cancel(actor, id);
            // The buttons of the older message must not stand for what it did not show.
            let id = DraftId::new(fastrand::u64(..));
            show(bot, Waiting { id, shown: candidate.generation.content().hash.clone(), ..edit }, &candidate);
            Reply::private(text.review_again())
        }
        Applied::Again(Prepared::Done(done)) => editor::report(text, &Ok(done), in_force()),
        Applied::Again(Prepared::Busy(Busy { by, minutes })) => {
            bot.reviews.keep(edit);
            let body = if by == actor { text.editor_busy_yourself() } else { text.editor_busy(by, minutes) };
            service(text.editor_busy_title(), body, Tone::Info)
        }
        Applied::Again(Prepared::Refused(error)) | Applied::Refused(error) => {
            match &error {
                // Its file is another one now: it can never be applied.
                ReloadError::Write(WriteError::Conflict { path }) => {
                    let english = crate::text::text(Lang::En);
                    post(bot, proposal::notice(english.review_conflict(edit.by, path)));
                }
                _ => bot.reviews.keep(edit),
            }
            editor::report(text, &Err(error), in_force())
        }
        Applied::Gone => {
            bot.reviews.keep(edit);
            Reply::private(text.review_again_later())
        }
    }
}

/// Drops an edit, also one's own.
pub(super) fn reject(bot: &Bot, request: &Request, change: DraftId) -> Reply {
    let (actor, text) = (request.actor.id, text(request.locale));
    let Some(edit) = bot.reviews.take(change, Instant::now()) else {
        return Reply::private(text.review_gone());
    };
    bot.record_action(actor, "rejected", edit.entries.clone());
    let english = crate::text::text(Lang::En);
    post(bot, proposal::notice(english.review_rejected(edit.by, actor, &edit.entries)));
    Reply::private(text.review_rejected_by_you())
}

/// Sends a message to the moderators' channel.
fn post(bot: &Bot, reply: Reply) {
    let message = ReviewMessage { nonce: format!("review-{:016x}", fastrand::u64(..)), reply };
    let mut messages = bot.reviews.messages();
    if messages.len() >= MAX_MESSAGES {
        tracing::warn!("the moderators' channel cannot be reached: a message about an edit is dropped");
        messages.pop_front();
    }
    messages.push_back(Arc::new(message));
    drop(messages);
    bot.outreach.notify_one();
}

impl Bot {
    /// The next message about an edit for the moderators' channel.
    pub(crate) fn next_review_message(&self) -> Option<Arc<ReviewMessage>> {
        self.reviews.messages().front().cloned()
    }

    /// Records that the message was sent.
    pub(crate) fn end_review_message(&self, sent: &Arc<ReviewMessage>) {
        self.reviews.messages().retain(|message| !Arc::ptr_eq(message, sent));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(id: u64, by: u64, since: Instant) -> Waiting {
        Waiting {
            id: DraftId::new(id),
            by: UserId::new(by),
            since,
            job: Job::Edit(Vec::new()),
            shown: ContentHash(String::new()),
            entries: String::new(),
        }
    }

    #[test]
    fn an_edit_is_taken_once_by_another_moderator_and_expires() {
        let (reviews, now) = (Reviews::default(), Instant::now());
        let taken = |id, by, at| reviews.take_of_another(DraftId::new(id), UserId::new(by), at).map(|e| e.id);
        reviews.keep(edit(1, 7, now));
        assert_eq!(taken(1, 7, now), Err(NotYours::Own));
        assert_eq!(taken(2, 8, now), Err(NotYours::Gone));
        assert_eq!(taken(1, 8, now), Ok(DraftId::new(1)));
        assert_eq!(taken(1, 8, now), Err(NotYours::Gone));
        reviews.keep(edit(3, 7, now));
        assert_eq!(taken(3, 8, now + KEPT), Err(NotYours::Gone));
        reviews.keep(edit(4, 7, now));
        reviews.forget(UserId::new(7));
        assert_eq!(taken(4, 8, now), Err(NotYours::Gone));
    }
}
