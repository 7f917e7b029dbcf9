//! Entries that moderators are writing. A draft is kept in memory only, for an hour, and only for the moderator who
//! writes it.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    ids::{DraftId, UserId},
    knowledge::content::entry::{ContentHash, EntryId},
    lang::Lang,
};

/// The most drafts that are kept.
const MAX_DRAFTS: usize = 512;
/// The most drafts of one person: a list of gaps keeps one for each of its buttons.
const MAX_OF_ONE: usize = 64;
/// How long one is kept.
const KEPT: Duration = Duration::from_secs(60 * 60);

/// One language of one entry as a moderator writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bot) struct EntryDraft {
    /// The entry; `None` for a new one.
    pub entry: Option<EntryId>,
    /// The language.
    pub lang: Lang,
    /// The canonical question.
    pub question: String,
    /// The answer, in Markdown.
    pub answer: String,
    /// The other wordings.
    pub wordings: Vec<String>,
    /// The quotes of the announcement that prove the answer.
    pub quotes: Vec<String>,
    /// The English text, shown beside a translation.
    pub beside: Option<String>,
    /// A hash of the files it was read from; `None` if there was no file.
    pub read: Option<ContentHash>,
}

impl EntryDraft {
    /// The draft as its form shows it: a new entry begins with its English version.
    pub(in crate::bot) fn for_form(mut self) -> EntryDraft {
        if self.entry.is_none() {
            self.lang = Lang::En;
        }
        self
    }

    /// The draft of a new entry that members ask for in these words.
    pub(in crate::bot) fn new(lang: Lang, question: String, wordings: Vec<String>) -> EntryDraft {
        EntryDraft {
            entry: None,
            lang,
            question,
            answer: String::new(),
            wordings,
            quotes: Vec::new(),
            beside: None,
            read: None,
        }
    }
}

struct Kept {
    id: DraftId,
    user: UserId,
    since: Instant,
    draft: EntryDraft,
}

/// The drafts.
#[derive(Default)]
pub(in crate::bot) struct EntryDrafts {
    kept: Mutex<VecDeque<Kept>>,
}

impl EntryDrafts {
    /// Keeps a draft; returns its id.
    pub(in crate::bot) fn keep(&self, user: UserId, draft: EntryDraft) -> DraftId {
        self.keep_at(user, draft, Instant::now())
    }

    /// The draft, if it is still here and the person's own.
    pub(in crate::bot) fn get(&self, id: DraftId, user: UserId) -> Option<EntryDraft> {
        self.get_at(id, user, Instant::now())
    }

    /// Puts `draft` in the place of the one with that id, if it is still here and the person's own.
    pub(in crate::bot) fn replace(&self, id: DraftId, user: UserId, draft: EntryDraft) -> bool {
        let mut kept = self.kept();
        let found = kept.iter_mut().find(|kept| kept.id == id && kept.user == user);
        found.map(|found| found.draft = draft).is_some()
    }

    /// Forgets every draft of a person.
    pub(in crate::bot) fn forget(&self, user: UserId) {
        self.kept().retain(|kept| kept.user != user);
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep_at(&self, user: UserId, draft: EntryDraft, now: Instant) -> DraftId {
        let mut kept = self.kept();
        kept.retain(|kept| now.duration_since(kept.since) < KEPT);
        let mut n_of_user = kept.iter().filter(|kept| kept.user == user).count();
        kept.retain(|kept| {
            let is_surplus = kept.user == user && n_of_user >= MAX_OF_ONE;
            n_of_user -= usize::from(is_surplus);
            !is_surplus
        });
        while kept.len() >= MAX_DRAFTS {
            kept.pop_front();
        }
        let id = DraftId::new(fastrand::u64(..));
        kept.push_back(Kept { id, user, since: now, draft });
        id
    }

    fn get_at(&self, id: DraftId, user: UserId, now: Instant) -> Option<EntryDraft> {
        let kept = self.kept();
        let found = kept.iter().find(|kept| kept.id == id && kept.user == user)?;
        (now.duration_since(found.since) < KEPT).then(|| found.draft.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> EntryDraft {
        EntryDraft::new(Lang::En, "Why?".into(), Vec::new())
    }

    #[test]
    fn a_draft_is_the_persons_own_and_expires() {
        let (drafts, now) = (EntryDrafts::default(), Instant::now());
        let id = drafts.keep_at(UserId::new(1), draft(), now);
        assert_eq!(drafts.get_at(id, UserId::new(1), now), Some(draft()));
        assert_eq!(drafts.get_at(id, UserId::new(2), now), None);
        assert_eq!(drafts.get_at(id, UserId::new(1), now + KEPT), None);
        assert!(!drafts.replace(id, UserId::new(2), draft()));
        drafts.forget(UserId::new(1));
        assert_eq!(drafts.get_at(id, UserId::new(1), now), None);
    }

    #[test]
    fn memory_is_bounded_for_one_person_and_in_all() {
        let (drafts, now) = (EntryDrafts::default(), Instant::now());
        let ids: Vec<DraftId> = (0..100).map(|_| drafts.keep_at(UserId::new(1), draft(), now)).collect();
        assert_eq!(drafts.kept().len(), MAX_OF_ONE);
        assert!(drafts.get_at(ids[99], UserId::new(1), now).is_some());
        assert!(drafts.get_at(ids[0], UserId::new(1), now).is_none());
        for user in 0..1000 {
            drafts.keep_at(UserId::new(user), draft(), now);
        }
        assert_eq!(drafts.kept().len(), MAX_DRAFTS);
    }
}
