//! The difference between two versions of the content.

use crate::knowledge::content::entry::{Content, Entry, EntryId};

/// The entries that were added, changed and removed, each sorted by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// New entries.
    pub added: Vec<EntryId>,
    /// Entries whose text, quotes or tests changed.
    pub changed: Vec<EntryId>,
    /// Entries that no longer exist.
    pub removed: Vec<EntryId>,
    /// Whether the announcement changed.
    pub announcement: bool,
}

impl Change {
    /// Compares `old` with `new`.
    pub fn between(old: &Content, new: &Content) -> Change {
        let mut change = Change { announcement: old.announcement != new.announcement, ..Change::default() };
        for entry in &new.entries {
            match old.entry(&entry.id) {
                None => change.added.push(entry.id.clone()),
                Some(before) if !is_same(before, entry) => change.changed.push(entry.id.clone()),
                Some(_) => {}
            }
        }
        let gone = old.entries.iter().filter(|entry| new.entry(&entry.id).is_none());
        change.removed = gone.map(|entry| entry.id.clone()).collect();
        change
    }
}

fn is_same(one: &Entry, other: &Entry) -> bool {
    // Destructured, so that a new field cannot be forgotten here.
    let Entry { id, kind, versions, wordings, citations, asks, not, dates } = one;
    (id, kind, versions, wordings) == (&other.id, &other.kind, &other.versions, &other.wordings)
        && (citations, asks, not, dates) == (&other.citations, &other.asks, &other.not, &other.dates)
}

#[cfg(test)]
mod tests {
    use crate::{
        knowledge::content::entry::{ContentHash, EntryDates, Kind, Version},
        lang::Lang,
    };

    use super::*;

    fn entry(id: &str, answer: &str) -> Entry {
        let version = Version { question: format!("{id}?"), answer: answer.into() };
        Entry {
            id: EntryId::new(id).unwrap(),
            kind: Kind::Answer,
            versions: [(Lang::En, version)].into(),
            wordings: Vec::new(),
            citations: Vec::new(),
            asks: Vec::new(),
            not: Vec::new(),
            dates: EntryDates::default(),
        }
    }

    fn content(entries: Vec<Entry>) -> Content {
        Content { announcement: None, entries, hash: ContentHash(String::new()) }
    }

    #[test]
    fn added_changed_and_removed_entries_are_distinguished() {
        let old = content(vec![entry("gone", "1"), entry("kept", "1"), entry("reworded", "1")]);
        let new = content(vec![entry("kept", "1"), entry("new", "1"), entry("reworded", "2")]);
        let change = Change::between(&old, &new);
        assert_eq!(change.added, [EntryId::new("new").unwrap()]);
        assert_eq!(change.changed, [EntryId::new("reworded").unwrap()]);
        assert_eq!(change.removed, [EntryId::new("gone").unwrap()]);
        assert!(!change.announcement);
    }
}
