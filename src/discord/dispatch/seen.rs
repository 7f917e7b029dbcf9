//! Which events were received already: Discord delivers some twice, after a resume or with two sessions.

use std::collections::{HashSet, VecDeque};

use crate::ids::EventId;

/// Ids remembered: several minutes on a very busy server.
const REMEMBERED: usize = 8192;

/// The ids of the latest events.
#[derive(Default)]
pub(super) struct Seen {
    ids: HashSet<EventId>,
    order: VecDeque<EventId>,
}

impl Seen {
    /// Remembers an id and returns whether it is new.
    pub(super) fn insert(&mut self, id: EventId) -> bool {
        if !self.ids.insert(id) {
            return false;
        }
        self.order.push_back(id);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_new_once_and_memory_stays_bounded() {
        let mut seen = Seen::default();
        assert!(seen.insert(EventId::new(7)));
        assert!(!seen.insert(EventId::new(7)));
        for id in 100..100 + REMEMBERED as u64 {
            assert!(seen.insert(EventId::new(id)));
        }
        assert!(seen.insert(EventId::new(7)), "the oldest are forgotten");
        assert_eq!(seen.ids.len(), REMEMBERED);
    }
}
