//! What changed from one version of the content to the next.

use crate::knowledge::content::entry::{Content, Entry, EntryId};

/// Entries added, changed and removed, each in the order of ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// New ones.
    pub added: Vec<EntryId>,
    /// Those with other words, quotes or tests than before.
    pub changed: Vec<EntryId>,
    /// Those that are gone.
    pub removed: Vec<EntryId>,
    /// Whether the announcement is another.
    pub announcement: bool,
}

impl Change {
    /// From `old` to `new`.
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
    // Taken apart, so that a new field cannot be forgotten here.
    let Entry { id, kind, versions, wordings, citations, asks, not, valid_until } = one;
    (id, kind, versions, wordings) == (&other.id, &other.kind, &other.versions, &other.wordings)
        && (citations, asks, not, valid_until)
            == (&other.citations, &other.asks, &other.not, &other.valid_until)
}

#[cfg(test)]
mod tests {
    use crate::{
        knowledge::content::entry::{ContentHash, Kind, Version},
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
            valid_until: None,
        }
    }

    fn content(entries: Vec<Entry>) -> Content {
        Content { announcement: None, entries, hash: ContentHash(String::new()) }
    }

    #[test]
    fn added_changed_and_removed_entries_are_told_apart() {
        let old = content(vec![entry("gone", "1"), entry("kept", "1"), entry("reworded", "1")]);
        let new = content(vec![entry("kept", "1"), entry("new", "1"), entry("reworded", "2")]);
        let change = Change::between(&old, &new);
        assert_eq!(change.added, [EntryId::new("new").unwrap()]);
        assert_eq!(change.changed, [EntryId::new("reworded").unwrap()]);
        assert_eq!(change.removed, [EntryId::new("gone").unwrap()]);
        assert!(!change.announcement);
    }
}
