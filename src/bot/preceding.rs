//! What a platform knows of what comes before a question: plain data, for requests and for whoever answers them.

use crate::knowledge::content::entry::EntryId;

/// What a platform knows of what comes before a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preceding {
    /// The entry that the message shows which is replied to.
    pub shown: Option<EntryId>,
    /// Whether it is written in a thread, where a conversation is not soon over.
    pub is_thread: bool,
}
