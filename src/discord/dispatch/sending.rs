//! How many replies may wait to be sent: a flood must neither fill the memory nor keep a channel busy for an hour.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::ids::ChannelId;

/// Replies that wait at once, everywhere: each takes a few thousand bytes.
const MAX: usize = 1024;
/// Replies that wait for one channel: Discord accepts about one a second, so the last one is sent two minutes later.
const MAX_PER_CHANNEL: usize = 128;

/// The replies that are being sent. Each holds a [`Place`].
#[derive(Default)]
pub(super) struct Sending(Mutex<HashMap<Option<ChannelId>, usize>>);

/// The place of one reply, given back when it is dropped.
pub(super) struct Place<'a> {
    sending: &'a Sending,
    channel: Option<ChannelId>,
}

impl Sending {
    /// A place for a message in that channel, or for a late reply to an interaction, which no channel limits; `None` if
    /// too many wait already.
    pub(super) fn admit(&self, channel: Option<ChannelId>) -> Option<Place<'_>> {
        let mut channels = self.lock();
        let total: usize = channels.values().sum();
        let count = channels.get(&channel).copied().unwrap_or(0);
        if total >= MAX || (channel.is_some() && count >= MAX_PER_CHANNEL) {
            return None;
        }
        channels.insert(channel, count + 1);
        Some(Place { sending: self, channel })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Option<ChannelId>, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut channels = self.sending.lock();
        if let Some(count) = channels.get_mut(&self.channel) {
            *count -= 1;
            if *count == 0 {
                channels.remove(&self.channel);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_fills_neither_a_channel_nor_the_memory_and_places_are_given_back() {
        let sending = Sending::default();
        let admit = |channel| sending.admit(Some(ChannelId::new(channel)));
        let one: Vec<_> = (0..1000).map_while(|_| admit(1)).collect();
        assert_eq!(one.len(), MAX_PER_CHANNEL);
        let others: Vec<_> = (2..500).map_while(admit).collect();
        let late: Vec<_> = (0..100_000).map_while(|_| sending.admit(None)).collect();
        assert_eq!(one.len() + others.len() + late.len(), MAX);
        drop((one, others, late));
        assert!(sending.lock().is_empty() && admit(1).is_some());
    }
}
