//! The final bytes of a mail. Written once, when the enquiry is stored; every try sends the same ones.

use std::time::SystemTime;

use lettre::{
    Message as Lettre,
    message::{
        Body,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};

use super::clean;
use crate::email::{self, EmailTo};
use crate::{ids::Reference, store::Message};

/// A mail before it is bytes.
pub struct Letter<'a> {
    /// `media.from`.
    pub from: &'a str,
    /// Who gets it.
    pub to: &'a str,
    /// Who is answered.
    pub reply_to: Option<&'a EmailTo>,
    /// The enquiry.
    pub reference: &'a Reference,
    /// When it was received.
    pub at: jiff::Timestamp,
    /// The subject.
    pub subject: String,
    /// The text, its lines parted by `\n`.
    pub body: String,
}

/// Why there are no bytes.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// `media.from` is no address.
    #[error("media.from is no address")]
    From,
    /// The contact address is no address.
    #[error("the address for enquiries is no address")]
    To,
    /// The mail library refuses.
    #[error("the mail library refuses the message")]
    Refused,
}

/// The longest subject in characters.
const SUBJECT_CAP: usize = 150;

/// Writes the bytes.
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
        .subject(clean::line(&letter.subject, SUBJECT_CAP))
        // RFC 3834: no out-of-office note shall answer a machine.
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .header(ContentType::TEXT_PLAIN);
    if let Some(mailbox) = letter.reply_to.and_then(EmailTo::for_header) {
        builder = builder.reply_to(mailbox);
    }
    // Quoted-printable keeps every byte on the wire within ASCII and short lines, whatever the server can do.
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
