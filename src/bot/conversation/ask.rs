//! What people ask beyond a question that stands alone, and what the buttons under an answer do for that.

use crate::{bot::preceding::Preceding, ids::UserId, knowledge::content::entry::EntryId};

/// Something a person asks in a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConversationAsk {
    /// A question of which the platform knows what comes before it: a reply to an answer of the bot, or one in a thread.
    Question {
        /// As typed.
        text: String,
        /// As in `Ask::Question`.
        private: Option<bool>,
        /// What comes before it.
        preceding: Preceding,
    },
    /// The first message of a forum's post: its title and text. It is answered, with the way to a person.
    OpeningPost {
        /// As typed.
        text: String,
    },
    /// A message that addresses the bot and has no text that the bot can read.
    Unreadable(Unreadable),
    /// "Show every passage"
    Passages(Passages),
    /// "Remove"
    Remove {
        /// Who asked the question that the answer belongs to.
        asker: UserId,
    },
}

impl ConversationAsk {
    /// The name of the variant, for logs and metrics.
    pub(in crate::bot) fn name(&self) -> &'static str {
        match self {
            ConversationAsk::Question { .. } => "follow_up",
            ConversationAsk::OpeningPost { .. } => "opening_post",
            ConversationAsk::Unreadable(_) => "unreadable",
            ConversationAsk::Passages(_) => "passages",
            ConversationAsk::Remove { .. } => "remove",
        }
    }
}

/// Why a message cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It has something else than text: a picture, a sticker, a voice message, a poll.
    NoText,
    /// The platform did not pass on the text of a reply, since the reply does not mention the bot.
    Withheld,
}

/// What a button under an answer does for the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConversationAction {
    /// Shows all that proves an answer, privately.
    Passages(Passages),
    /// Takes the answer away, for the asker and for moderators.
    Remove {
        /// Who asked the question that the answer belongs to.
        asker: UserId,
    },
}

impl ConversationAction {
    /// What a press asks.
    pub(in crate::bot) fn ask(self) -> ConversationAsk {
        match self {
            ConversationAction::Passages(passages) => ConversationAsk::Passages(passages),
            ConversationAction::Remove { asker } => ConversationAsk::Remove { asker },
        }
    }
}

/// Passages of the announcement that a reply leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passages {
    /// All quotes that prove an entry.
    Entry(EntryId),
    /// Whole paragraphs, by their numbers, at most three.
    Paragraphs(Vec<u16>),
}
