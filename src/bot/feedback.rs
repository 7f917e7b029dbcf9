//! How often "Not helpful" was pressed since the start, by entry. It counts presses, never people.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use crate::knowledge::content::entry::EntryId;

/// The counts in memory.
#[derive(Default)]
pub(super) struct Feedback {
    not_helpful: Mutex<BTreeMap<Option<EntryId>, u64>>,
}

impl Feedback {
    /// Counts one more; `None` stands for "unknown". Only ids that are in the FAQ may be given, or it grows for ever.
    pub(super) fn not_helpful(&self, entry: Option<EntryId>) {
        let mut counts = self.not_helpful.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(entry).or_default() += 1;
    }

    /// Every count, most first.
    pub(super) fn counts(&self) -> Vec<(Option<EntryId>, u64)> {
        let counts = self.not_helpful.lock().unwrap_or_else(PoisonError::into_inner);
        let mut counts: Vec<_> = counts.iter().map(|(entry, count)| (entry.clone(), *count)).collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }
}
