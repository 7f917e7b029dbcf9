//! Who can be told something: a sender by direct message, the moderators in their channel. Discord fulfils it.

use crate::ids::UserId;
use futures_util::future::BoxFuture;

/// What came of telling somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It arrived.
    Done,
    /// It never will: the person takes no direct messages, or there is no channel. No error.
    Closed,
    /// It may later.
    Later,
}

/// Tells people things outside a conversation.
pub trait Notifier: Send + Sync + 'static {
    /// A direct message to a person who agreed to it.
    fn send_dm(&self, user: UserId, text: String) -> BoxFuture<'_, Told>;

    /// A line for the moderators, without anything of an enquiry but its reference.
    fn tell_moderators(&self, text: String) -> BoxFuture<'_, Told>;
}

/// Where there is no Discord: the log alone is told, and the loop writes to it anyway.
#[derive(Debug, Clone, Copy)]
pub struct LogOnly;

impl Notifier for LogOnly {
    fn send_dm(&self, _user: UserId, _text: String) -> BoxFuture<'_, Told> {
        Box::pin(std::future::ready(Told::Closed))
    }

    fn tell_moderators(&self, _text: String) -> BoxFuture<'_, Told> {
        Box::pin(std::future::ready(Told::Closed))
    }
}
