//! What went wrong with a delivery, in our own words: a phase and a code, never what a server or a person wrote.

use std::fmt;

/// Where in a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Name, connection, greeting, EHLO.
    Connect,
    /// STARTTLS, certificate.
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
    /// Where.
    pub phase: Phase,
    /// The server's code, if it gave one.
    pub code: Option<u16>,
    /// Whether time ran out.
    pub is_timeout: bool,
}

/// What follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Try the same bytes again later.
    Later(Problem),
    /// Never; a human must know.
    Never(Problem),
    /// The fault is ours or the server's, not the message's: the whole queue waits.
    Pause(Problem),
}

impl Failure {
    /// The problem.
    pub fn problem(self) -> Problem {
        match self {
            Failure::Later(problem) | Failure::Never(problem) | Failure::Pause(problem) => problem,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.phase {
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
            (Some(code), _) => write!(f, "{place}: {code}"),
            (None, true) => write!(f, "{place}: time-out"),
            (None, false) if self.phase == Phase::Message => write!(f, "{place}: in doubt"),
            (None, false) => write!(f, "{place}: failed"),
        }
    }
}
