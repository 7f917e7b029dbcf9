//! What the page of the preview says itself, in place of Discord's own client.

use std::collections::BTreeMap;

use crate::text::Text;

/// What a key of the page is called in the files.
const PREFIX: &str = "preview-";

/// The messages of the page, which puts its own words in for `%s`.
const KEYS: [&str; 55] = [
    "preview-a-message",
    "preview-app",
    "preview-cancel",
    "preview-channels",
    "preview-choose",
    "preview-close",
    "preview-commands",
    "preview-direct-messages",
    "preview-discord-refuses",
    "preview-dismiss",
    "preview-ended",
    "preview-false",
    "preview-form-failed",
    "preview-form-of",
    "preview-in-reply-to",
    "preview-language",
    "preview-member",
    "preview-members",
    "preview-message-of",
    "preview-messages",
    "preview-moderator",
    "preview-more",
    "preview-navigation",
    "preview-no-response",
    "preview-not-drawn",
    "preview-nothing-leaves",
    "preview-only-you",
    "preview-opens-elsewhere",
    "preview-option-missing",
    "preview-press-failed",
    "preview-refused",
    "preview-reply",
    "preview-replying-to",
    "preview-send",
    "preview-show-source",
    "preview-skip",
    "preview-source-hint",
    "preview-source-title",
    "preview-submit",
    "preview-theme",
    "preview-thinking",
    "preview-page-title",
    "preview-topic-ask",
    "preview-topic-direct",
    "preview-topic-general",
    "preview-topic-moderators",
    "preview-true",
    "preview-try-this",
    "preview-typing",
    "preview-unread",
    "preview-used",
    "preview-welcome",
    "preview-write-in",
    "preview-write-to",
    "preview-you-are",
];

impl Text {
    /// Every message of the page by its key there.
    pub(crate) fn preview(self) -> BTreeMap<&'static str, String> {
        KEYS.iter().map(|key| (key.strip_prefix(PREFIX).unwrap_or(key), self.say(key))).collect()
    }
}
