//! Which entry each person was shown last, and where: what a question that goes on is asked in the light of. Ids alone, in
//! memory, bounded, and forgotten after a while; never a word of what was asked.

use std::{
    num::NonZero,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use lru::LruCache;
use tokio::time::Instant;

use crate::{bot::request::Place, ids::UserId, knowledge::content::entry::EntryId};

/// Conversations remembered: those that went on last. Each takes about a hundred bytes.
const REMEMBERED: NonZero<usize> = NonZero::new(4096).expect("it is not zero");
/// How long a conversation lasts where nobody else is in it, or where it is about nothing else: in private, in a thread.
const QUIET: Duration = Duration::from_secs(3600);

/// The entries shown last.
pub(in crate::bot) struct Conversations {
    shown: Mutex<LruCache<(UserId, Place), (EntryId, Instant)>>,
    lasts: Duration,
}

impl Conversations {
    /// A memory in which a conversation in a channel lasts so many minutes.
    pub(in crate::bot) fn new(minutes: u32) -> Conversations {
        let lasts = Duration::from_secs(u64::from(minutes) * 60);
        Conversations { shown: Mutex::new(LruCache::new(REMEMBERED)), lasts }
    }

    /// The entry that the person was shown last in that place, if the conversation still lasts.
    pub(in crate::bot) fn before(&self, person: UserId, place: Place, is_thread: bool) -> Option<EntryId> {
        let is_quiet = is_thread || !matches!(place, Place::Guild { .. });
        let lasts = if is_quiet && !self.lasts.is_zero() { self.lasts.max(QUIET) } else { self.lasts };
        let mut shown = self.lock();
        let (entry, at) = shown.get(&(person, place))?;
        (at.elapsed() < lasts).then(|| entry.clone())
    }

    /// Remembers what the person was shown; `None` ends the conversation.
    pub(in crate::bot) fn remember(&self, person: UserId, place: Place, entry: Option<EntryId>) {
        match entry {
            Some(entry) => self.lock().put((person, place), (entry, Instant::now())),
            None => self.lock().pop(&(person, place)),
        };
    }

    /// Forgets everything about a person.
    pub(in crate::bot) fn forget(&self, person: UserId) {
        let mut shown = self.lock();
        let theirs: Vec<_> = shown.iter().map(|(key, _)| *key).filter(|(of, _)| *of == person).collect();
        theirs.iter().for_each(|key| drop(shown.pop(key)));
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<(UserId, Place), (EntryId, Instant)>> {
        // A poisoned cache is still a cache.
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, GuildId};

    fn id(name: &str) -> EntryId {
        EntryId::new(name).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_conversation_is_one_persons_in_one_place_and_ends_after_some_minutes() {
        let conversations = Conversations::new(5);
        let (ann, ben) = (UserId::new(1), UserId::new(2));
        let channel = |channel| Place::Guild { guild: GuildId::new(1), channel: ChannelId::new(channel) };
        for place in [channel(1), Place::Direct] {
            conversations.remember(ann, place, Some(id("why")));
        }
        assert_eq!(conversations.before(ann, channel(1), false), Some(id("why")));
        assert_eq!(conversations.before(ann, channel(2), false), None);
        assert_eq!(conversations.before(ben, channel(1), false), None);
        tokio::time::advance(Duration::from_secs(301)).await;
        assert_eq!(conversations.before(ann, channel(1), false), None);
        assert_eq!(conversations.before(ann, channel(1), true), Some(id("why")));
        assert_eq!(conversations.before(ann, Place::Direct, false), Some(id("why")));
        conversations.remember(ann, channel(1), None);
        assert_eq!(conversations.before(ann, channel(1), true), None);
        conversations.forget(ann);
        assert_eq!(conversations.before(ann, Place::Direct, false), None);
        assert_eq!(Conversations::new(0).before(ann, Place::Direct, false), None);
    }

    #[test]
    fn memory_is_bounded() {
        let conversations = Conversations::new(5);
        for person in 0..10_000 {
            conversations.remember(UserId::new(person), Place::Direct, Some(id("why")));
        }
        assert_eq!(conversations.lock().len(), REMEMBERED.get());
    }
}
