//! Sends notices outside a conversation: to a sender by direct message, to the moderators in their channel. Discord
//! implements it.

use crate::ids::UserId;
use futures_util::future::BoxFuture;

/// The result of sending a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotifyOutcome {
    /// It was delivered.
    Delivered,
    /// It never will be: the person does not accept direct messages, or no channel is set. Not an error.
    Unreachable,
    /// It failed now and may succeed later.
    Retry,
}

/// Sends notices. `key` identifies a notice, at most 25 characters long: the same one sent twice is shown once.
pub trait NoticeSender: Send + Sync + 'static {
    /// Sends a direct message to a person who asked for it.
    fn send_dm(&self, user: UserId, key: String, text: String) -> BoxFuture<'_, NotifyOutcome>;

    /// Sends an alert to the moderators. It names an enquiry by its reference and holds nothing else of it.
    fn alert_moderators(&self, key: String, text: String) -> BoxFuture<'_, NotifyOutcome>;
}

/// Sends nothing, for a bot without Discord: the delivery loop logs the same events.
#[derive(Debug, Clone, Copy)]
pub struct LogOnly;

impl NoticeSender for LogOnly {
    fn send_dm(&self, _user: UserId, _key: String, _text: String) -> BoxFuture<'_, NotifyOutcome> {
        Box::pin(std::future::ready(NotifyOutcome::Unreachable))
    }

    fn alert_moderators(&self, _key: String, _text: String) -> BoxFuture<'_, NotifyOutcome> {
        Box::pin(std::future::ready(NotifyOutcome::Unreachable))
    }
}
