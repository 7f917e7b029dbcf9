//! The routes of requests: each has a rate limit of its own.

use crate::ids::ChannelId;

/// The route of a request, as far as limits are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Route {
    /// The initial response to an interaction.
    Callback,
    /// A message after that response, its edit or its removal.
    Edit,
    /// Messages in a channel.
    Messages(ChannelId),
    /// Threads under messages of a channel.
    Threads(ChannelId),
    /// Reactions to messages of a channel.
    Reactions(ChannelId),
    /// Messages in a private channel.
    DirectMessages(ChannelId),
    /// Edits of the bot's own messages in a channel.
    EditMessages(ChannelId),
    /// "Is typing…" in a channel.
    Typing(ChannelId),
    /// Opening private channels.
    OpenDirect,
    /// The few others.
    Other,
}

impl Route {
    /// Whether it has no bucket: the path of an interaction is used once or twice.
    pub(super) fn is_interaction(self) -> bool {
        matches!(self, Route::Callback | Route::Edit)
    }

    /// The channel that is muted if Discord refuses the request.
    pub(super) fn channel(self) -> Option<ChannelId> {
        match self {
            Route::Messages(channel) | Route::Typing(channel) => Some(channel),
            _ => None,
        }
    }
}
