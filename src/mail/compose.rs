//! Composes the final bytes of a mail. This happens once, when the enquiry is stored; every attempt sends the same bytes.

use std::time::SystemTime;

use lettre::{
    Message as Lettre,
    message::{
        Body,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};

use super::clean;
use crate::{
    email::{self, EmailTo},
    ids::Reference,
    store::Message,
};

/// The parts of a mail.
pub struct Letter<'a> {
    /// `media.from`, perhaps with a display name.
    pub from: &'a str,
    /// The recipient's address.
    pub to: &'a str,
    /// The address for the answer.
    pub reply_to: Option<&'a EmailTo>,
    /// The reference of the enquiry.
    pub reference: &'a Reference,
    /// When the enquiry was received.
    pub at: jiff::Timestamp,
    /// The subject.
    pub subject: String,
    /// The text, its lines separated by `\n`.
    pub body: String,
}

/// Why a mail cannot be composed.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// `media.from` is not an address.
    #[error("media.from is not an address")]
    From,
    /// The recipient is not an address.
    #[error("the address for enquiries is not an address")]
    To,
    /// The mail library rejects the message.
    #[error("the mail library rejects the message")]
    Refused,
}

/// The longest subject in characters.
const SUBJECT_CAP: usize = 150;

/// Composes the bytes and a new Message-ID.
pub fn compose(letter: &Letter<'_>) -> Result<Message, ComposeError> {
    let from = email::sender(letter.from).ok_or(ComposeError::From)?;
    let to = email::recipient(letter.to).ok_or(ComposeError::To)?;
    let message_id =
        format!("<{}.{:016x}@{}>", letter.reference, fastrand::u64(..), ascii_domain(from.email.domain()));
    let (mail_from, mail_to) = (from.email.to_string(), to.email.to_string());

    let mut builder = Lettre::builder()
        .from(from)
        .to(to)
        .date(SystemTime::try_from(letter.at).unwrap_or(SystemTime::UNIX_EPOCH))
        .message_id(Some(message_id.clone()))
        // What looks like an encoded word (RFC 2047) must not be decoded by the reader.
        .subject(clean::line(&letter.subject, SUBJECT_CAP).replace("=?", "= ?"))
        // RFC 3834: asks automatic responders not to answer.
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .header(ContentType::TEXT_PLAIN);
    if let Some(mailbox) = letter.reply_to.and_then(EmailTo::for_header) {
        builder = builder.reply_to(mailbox);
    }
    // Quoted-printable needs nothing but ASCII and short lines, so it works with every server.
    let body = Body::new_with_encoding(letter.body.clone(), ContentTransferEncoding::QuotedPrintable)
        .or_else(|_| Body::new_with_encoding(letter.body.clone(), ContentTransferEncoding::Base64))
        .map_err(|_| ComposeError::Refused)?;
    let message = builder.body(body).map_err(|_| ComposeError::Refused)?;
    let mut bytes = message.formatted();
    if !bytes.ends_with(b"\r\n") {
        bytes.extend_from_slice(b"\r\n");
    }
    Ok(Message { message_id, from: mail_from, to: mail_to, bytes })
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn ascii_domain(domain: &str) -> String {
    idna::domain_to_ascii(domain).unwrap_or_else(|_| "localhost".to_owned())
}
