//! What went wrong with a delivery: a phase and a code, never what a server or a person wrote.

use std::fmt;

/// The phase of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Name lookup, connection, greeting, EHLO.
    Connect,
    /// STARTTLS and the certificate.
    Tls,
    /// AUTH.
    Auth,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Rcpt,
    /// DATA.
    Data,
    /// The text and the answer to its final dot.
    Message,
    /// Writing a file.
    Folder,
}

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// The phase that failed.
    pub phase: Phase,
    /// The server's reply code, if it gave one.
    pub code: Option<u16>,
    /// Whether a time-out ended it.
    pub is_timeout: bool,
}

/// Why a delivery failed, and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeliveryError {
    /// Send the same bytes again later.
    Retry(Problem),
    /// This recipient or this message is refused for good: give the enquiry up and alert the moderators.
    Permanent(Problem),
    /// The fault lies in our settings or the server: pause the whole queue.
    Pause(Problem),
}

impl DeliveryError {
    /// The problem without its consequence.
    pub(super) fn problem(self) -> Problem {
        match self {
            DeliveryError::Retry(problem)
            | DeliveryError::Permanent(problem)
            | DeliveryError::Pause(problem) => problem,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phase = match self.phase {
            Phase::Connect => "connect",
            Phase::Tls => "TLS",
            Phase::Auth => "AUTH",
            Phase::Mail => "MAIL",
            Phase::Rcpt => "RCPT",
            Phase::Data => "DATA",
            Phase::Message => "message",
            Phase::Folder => "folder",
        };
        match (self.code, self.is_timeout) {
            (Some(code), _) => write!(f, "{phase}: {code}"),
            (None, true) => write!(f, "{phase}: time-out"),
            (None, false) if self.phase == Phase::Message => write!(f, "{phase}: in doubt"),
            (None, false) => write!(f, "{phase}: failed"),
        }
    }
}
