//! An enquiry as it is handed to the store: who sent it, and the final bytes of its mail.

use crate::{
    ids::{GuildId, InteractionId, UserId},
    lang::Lang,
};

/// An enquiry whose fields were checked.
#[derive(Clone)]
pub struct NewEnquiry {
    /// The platform's id of the submission; the same one delivered twice is one enquiry.
    pub interaction: InteractionId,
    /// Who sent it.
    pub user: UserId,
    /// The server it came from.
    pub guild: Option<GuildId>,
    /// The language of the sender's client, in which notices are written.
    pub lang: Lang,
    /// Two enquiries with the same key count as the same text: the question, folded by the caller.
    pub dedup_key: String,
}

/// A message that is ready to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Its Message-ID, angle brackets included.
    pub message_id: String,
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipient.
    pub to: String,
    /// The RFC 5322 bytes.
    pub bytes: Vec<u8>,
}
