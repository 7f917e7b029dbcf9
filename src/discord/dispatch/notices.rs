//! How often people are asked to wait: overload must not turn into a flood of notices, which Discord counts as abuse.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use tokio::time::Instant;

use crate::ids::{ChannelId, UserId};

/// One notice per person and channel in this time.
const WINDOW: Duration = Duration::from_secs(60);
/// Notices per channel in that time, whoever they are for.
const PER_CHANNEL: u32 = 10;
/// People and channels remembered.
const MAX_REMEMBERED: usize = 4096;

/// The notices of the last minute.
#[derive(Default)]
pub(super) struct Notices {
    people: HashMap<(UserId, ChannelId), Instant>,
    channels: HashMap<ChannelId, (Instant, u32)>,
    without_reactions: HashSet<ChannelId>,
}

impl Notices {
    /// Whether that person may get another notice in that channel; if so, it is counted.
    pub(super) fn allow(&mut self, user: UserId, channel: ChannelId, now: Instant) -> bool {
        let is_recent = |at: Instant| now.duration_since(at) < WINDOW;
        if self.people.len() >= MAX_REMEMBERED {
            self.people.retain(|_, at| is_recent(*at));
        }
        if self.channels.len() >= MAX_REMEMBERED {
            self.channels.retain(|_, (at, _)| is_recent(*at));
        }
        let is_full = self.people.len() >= MAX_REMEMBERED || self.channels.len() >= MAX_REMEMBERED;
        if is_full || self.people.get(&(user, channel)).is_some_and(|at| is_recent(*at)) {
            return false;
        }
        let (since, count) = self.channels.entry(channel).or_insert((now, 0));
        if !is_recent(*since) {
            (*since, *count) = (now, 0);
        }
        if *count >= PER_CHANNEL {
            return false;
        }
        *count += 1;
        self.people.insert((user, channel), now);
        true
    }

    /// Whether reactions were not refused in that channel so far.
    pub(super) fn may_react(&self, channel: ChannelId) -> bool {
        !self.without_reactions.contains(&channel)
    }

    /// Remembers that reactions are refused in that channel.
    pub(super) fn without_reactions(&mut self, channel: ChannelId) {
        if self.without_reactions.len() >= MAX_REMEMBERED {
            self.without_reactions.clear();
        }
        self.without_reactions.insert(channel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: ChannelId = ChannelId::new(1);
    const THERE: ChannelId = ChannelId::new(2);

    #[test]
    fn a_person_gets_one_notice_per_channel_and_minute() {
        let (mut notices, now, ann) = (Notices::default(), Instant::now(), UserId::new(7));
        assert!(notices.allow(ann, HERE, now));
        assert!(!notices.allow(ann, HERE, now + Duration::from_secs(59)));
        assert!(notices.allow(ann, THERE, now));
        assert!(notices.allow(ann, HERE, now + WINDOW));
    }

    #[test]
    fn a_crowd_in_a_channel_gets_a_few_notices_and_memory_stays_bounded() {
        let (mut notices, now) = (Notices::default(), Instant::now());
        let given = (0..10_000).filter(|user| notices.allow(UserId::new(*user), HERE, now)).count();
        assert_eq!(given, usize::try_from(PER_CHANNEL).unwrap());
        for channel in 0..20_000 {
            notices.allow(UserId::new(1), ChannelId::new(channel), now);
        }
        assert!(notices.people.len() <= MAX_REMEMBERED && notices.channels.len() <= MAX_REMEMBERED);
    }
}
