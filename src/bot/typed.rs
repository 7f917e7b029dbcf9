//! What a person typed, before it is used: cut to a length, and distinguished from a completion that was chosen.

use crate::knowledge::content::entry::{Content, EntryId};

/// The longest message that is read, in characters: what Discord lets a subscriber send.
const MAX_CHARS: usize = 4_000;

/// Marks a chosen completion, so that it is not taken for a question.
const ENTRY_PREFIX: &str = "entry:";

/// The last [`MAX_CHARS`] characters of what was typed: a question is mostly at the end.
pub(super) fn cut(typed: &str) -> String {
    let skipped = typed.chars().count().saturating_sub(MAX_CHARS);
    typed.chars().skip(skipped).collect()
}

/// What is sent when the completion for that entry is chosen.
pub(super) fn completion(entry: &EntryId) -> String {
    format!("{ENTRY_PREFIX}{entry}")
}

/// The entry of `content` that a chosen completion names; `None` for a question.
pub(super) fn chosen(typed: &str, content: &Content) -> Option<EntryId> {
    let id = EntryId::new(typed.trim().strip_prefix(ENTRY_PREFIX)?)?;
    content.entry(&id).map(|entry| entry.id.clone())
}
