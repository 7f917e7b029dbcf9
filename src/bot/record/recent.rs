//! The questions of the last hour, in memory: what a press under a reply is about. Bounded, and lost with a restart.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    bot::record::observe::{Observed, Part},
    ids::{TicketId, UserId},
    knowledge::content::entry::EntryId,
};

/// How long a question is remembered.
const REMEMBERED: Duration = Duration::from_secs(3600);
/// Questions remembered at most.
const MOST: usize = 1_000;

/// The questions of the last hour.
#[derive(Default)]
pub(super) struct Recent(Mutex<VecDeque<Remembered>>);

struct Remembered {
    ticket: TicketId,
    at: Instant,
    observed: Observed,
}

/// A part of a question that somebody asked.
pub(super) struct Recalled {
    pub(super) part: Part,
    pub(super) is_public: bool,
}

impl Recent {
    /// Remembers a question. The ticket cannot be guessed.
    pub(super) fn remember(&self, observed: Observed) -> TicketId {
        let (ticket, at) = (TicketId::new(fastrand::u64(..)), Instant::now());
        let mut questions = self.lock();
        if questions.len() >= MOST {
            questions.pop_front();
        }
        questions.push_back(Remembered { ticket, at, observed });
        ticket
    }

    /// The part that the ticket's question ended unanswered.
    pub(super) fn unanswered(&self, ticket: TicketId) -> Option<Part> {
        let questions = self.lock();
        let found = questions.iter().find(|question| question.ticket == ticket)?;
        found.observed.parts.iter().find(|part| part.shown.is_none() && !part.is_off_topic).cloned()
    }

    /// The newest part of a question of `asker` for which `entry` was shown.
    pub(super) fn shown(&self, asker: UserId, entry: &EntryId) -> Option<Recalled> {
        self.newest(asker, |part| part.shown.as_ref().is_some_and(|(shown, _)| shown == entry))
    }

    /// The newest part of a question of `asker` for which `entry` was offered as a near miss.
    pub(super) fn offered(&self, asker: UserId, entry: &EntryId) -> Option<Recalled> {
        self.newest(asker, |part| part.near.contains(entry))
    }

    /// Forgets what a person asked; returns how many questions that were.
    pub(super) fn forget(&self, asker: UserId) -> usize {
        let mut questions = self.lock();
        let before = questions.len();
        questions.retain(|question| question.observed.asker != asker);
        before - questions.len()
    }

    /// How many questions of a person are remembered.
    pub(super) fn count(&self, asker: UserId) -> usize {
        self.lock().iter().filter(|question| question.observed.asker == asker).count()
    }

    fn newest(&self, asker: UserId, is_meant: impl Fn(&Part) -> bool) -> Option<Recalled> {
        let questions = self.lock();
        let mut own = questions.iter().rev().filter(|question| question.observed.asker == asker);
        own.find_map(|question| {
            let part = question.observed.parts.iter().find(|part| is_meant(part))?.clone();
            Some(Recalled { part, is_public: question.observed.is_public })
        })
    }

    /// The questions without those that are too old.
    fn lock(&self) -> MutexGuard<'_, VecDeque<Remembered>> {
        let mut questions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        while questions.front().is_some_and(|oldest| now.duration_since(oldest.at) >= REMEMBERED) {
            questions.pop_front();
        }
        questions
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{bot::reply::Outcome, lang::Lang};

    fn asked(asker: u64, near: &[&str]) -> Observed {
        let near = near.iter().map(|id| EntryId::new(id).unwrap()).collect();
        let part = Part { lang: Lang::En, words: Some("why".into()), shown: None, near, is_off_topic: false };
        let asker = UserId::new(asker);
        Observed { asker, is_public: true, outcome: Outcome::Suggest, parts: vec![part] }
    }

    #[tokio::test(start_paused = true)]
    async fn a_question_is_its_askers_is_forgotten_after_an_hour_and_memory_is_bounded() {
        let (recent, why) = (Recent::default(), EntryId::new("why").unwrap());
        let ticket = recent.remember(asked(1, &["why"]));
        assert!(recent.offered(UserId::new(1), &why).is_some());
        assert!(recent.offered(UserId::new(2), &why).is_none());
        assert!(recent.unanswered(ticket).is_some());
        tokio::time::advance(REMEMBERED).await;
        assert!(recent.offered(UserId::new(1), &why).is_none() && recent.unanswered(ticket).is_none());
        for asker in 0..2_000 {
            recent.remember(asked(asker, &["why"]));
        }
        assert_eq!(recent.lock().len(), MOST);
        assert_eq!(recent.forget(UserId::new(1_999)), 1);
        assert_eq!(recent.count(UserId::new(1_999)), 0);
    }
}
