//! What a person typed into a form that could not be accepted, so that it can be reopened filled in. It is kept in memory
//! only, for half an hour, and only for the person who typed it.

use std::{
    collections::VecDeque,
    sync::Mutex,
    time::{Duration, Instant},
};

use crate::{
    bot::request::EnquiryFields,
    ids::{DraftId, UserId},
};

/// The most drafts that are kept.
const MOST: usize = 256;
/// How long one is kept.
const KEPT: Duration = Duration::from_secs(30 * 60);

struct Kept {
    id: DraftId,
    user: UserId,
    since: Instant,
    draft: EnquiryFields,
}

/// The drafts.
#[derive(Default)]
pub(super) struct Drafts {
    kept: Mutex<VecDeque<Kept>>,
}

impl Drafts {
    /// Keeps a draft in place of the person's last one; returns its id.
    pub(super) fn keep(&self, user: UserId, draft: EnquiryFields) -> DraftId {
        self.keep_at(user, draft, Instant::now())
    }

    /// The draft, if it is still here and the person's own.
    pub(super) fn get(&self, id: DraftId, user: UserId) -> Option<EnquiryFields> {
        self.get_at(id, user, Instant::now())
    }

    /// The address in the person's last draft.
    pub(super) fn last_email(&self, user: UserId) -> Option<String> {
        let kept = self.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.iter().find(|kept| kept.user == user).map(|kept| kept.draft.email.trim().to_owned())
    }

    /// Forgets the person's draft.
    pub(super) fn forget(&self, user: UserId) {
        let mut kept = self.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.retain(|kept| kept.user != user);
    }

    /// Whether a draft of that person is kept.
    pub(super) fn has(&self, user: UserId) -> bool {
        let now = Instant::now();
        let kept = self.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.iter().any(|kept| kept.user == user && now.duration_since(kept.since) < KEPT)
    }

    fn keep_at(&self, user: UserId, draft: EnquiryFields, now: Instant) -> DraftId {
        let mut kept = self.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.retain(|kept| kept.user != user && now.duration_since(kept.since) < KEPT);
        while kept.len() >= MOST {
            kept.pop_front();
        }
        let id = DraftId::new(fastrand::u64(..));
        kept.push_back(Kept { id, user, since: now, draft });
        id
    }

    fn get_at(&self, id: DraftId, user: UserId, now: Instant) -> Option<EnquiryFields> {
        let kept = self.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let found = kept.iter().find(|kept| kept.id == id && kept.user == user)?;
        (now.duration_since(found.since) < KEPT).then(|| found.draft.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_the_persons_own_and_expires() {
        let (drafts, now) = (Drafts::default(), Instant::now());
        let draft = EnquiryFields { name: "Ann".into(), ..EnquiryFields::default() };
        let id = drafts.keep_at(UserId::new(1), draft.clone(), now);
        assert!(drafts.get_at(id, UserId::new(1), now).is_some_and(|kept| kept == draft));
        assert!(drafts.get_at(id, UserId::new(2), now).is_none());
        assert!(drafts.get_at(id, UserId::new(1), now + KEPT).is_none());
        drafts.forget(UserId::new(1));
        assert!(drafts.get_at(id, UserId::new(1), now).is_none());
    }

    #[test]
    fn memory_is_bounded() {
        let (drafts, now) = (Drafts::default(), Instant::now());
        let ids: Vec<DraftId> =
            (0..1000).map(|user| drafts.keep_at(UserId::new(user), EnquiryFields::default(), now)).collect();
        assert_eq!(drafts.kept.lock().unwrap().len(), MOST);
        assert!(drafts.get_at(ids[999], UserId::new(999), now).is_some());
        assert!(drafts.get_at(ids[0], UserId::new(0), now).is_none());
    }
}
