//! What a mail server's refusal is about: our login and settings, or this recipient and this message.
//!
//! The server's text is read for this decision and is neither kept nor logged.

use std::error::Error as _;

use lettre::transport::smtp::Error;

use crate::mail::{DeliveryError, Phase, Problem};

/// A refusal before a message was begun. A permanent one concerns us, and so does a server without a way to log in.
pub(super) fn before_message(phase: Phase, error: &Error) -> DeliveryError {
    let problem = problem(phase, error);
    let is_without_auth = phase == Phase::Auth && error.is_client();
    if error.is_permanent() || is_without_auth {
        DeliveryError::Pause(problem)
    } else {
        DeliveryError::Retry(problem)
    }
}

/// A refusal during a message. Only a 5xx is final; anything else, a connection lost after the final dot included, is
/// tried again.
pub(super) fn during_message(phase: Phase, error: &Error) -> DeliveryError {
    let problem = problem(phase, error);
    match problem.code {
        Some(code) if error.is_permanent() => {
            let text = error.source().map(ToString::to_string).unwrap_or_default();
            if concerns_us(phase, code, &text) {
                DeliveryError::Pause(problem)
            } else {
                DeliveryError::Permanent(problem)
            }
        }
        _ => DeliveryError::Retry(problem),
    }
}

fn problem(phase: Phase, error: &Error) -> Problem {
    Problem { phase, code: error.status().map(u16::from), is_timeout: error.is_timeout() }
}

/// Whether a 5xx is about our login, sender or settings, so that every other enquiry would be refused as well.
fn concerns_us(phase: Phase, code: u16, text: &str) -> bool {
    if phase == Phase::Mail || matches!(code, 530 | 534 | 535 | 538) {
        return true;
    }
    let text = text.to_lowercase();
    let is_message = phase == Phase::Message;
    let concerns_us = match enhanced(&text) {
        // RFC 3463: 5.1.7 and 5.1.8 are about the sender's address, the others of 5.1 about the recipient's; 5.2 is the
        // recipient's mailbox, 5.4 the way to it, 5.6 the content, 5.3.4 the size.
        Some((1, detail)) => matches!(detail, 7 | 8),
        Some((2 | 4 | 6, _) | (3, 4)) => false,
        // RFC 7372 and registered codes: logging in, SPF, DKIM, DMARC and the right to send as this sender.
        Some((7, 8 | 9 | 11 | 13 | 14 | 20..=27 | 57 | 60 | 64)) => true,
        Some((3 | 5 | 7, _)) => !is_message,
        _ if is_message => false,
        _ => !matches!((phase, code), (_, 550..=553) | (Phase::Data, 554)),
    };
    concerns_us || NAMES_OUR_SETTINGS.iter().any(|words| text.contains(words))
}

/// Words of servers that give no enhanced code, or a wrong one.
const NAMES_OUR_SETTINGS: [&str; 8] = [
    "relay",
    "sender address",
    "not owned",
    "send as",
    "authentication required",
    "must authenticate",
    "must be authenticated",
    "not authenticated",
];

/// Subject and detail of an enhanced status code (RFC 3463) of class 5 at the beginning of a reply: `5.7.1`.
fn enhanced(text: &str) -> Option<(u16, u16)> {
    let mut numbers = text.split_whitespace().next()?.split('.');
    let (class, subject, detail) = (numbers.next()?, numbers.next()?, numbers.next()?);
    (class == "5" && numbers.next().is_none()).then(|| Some((subject.parse().ok()?, detail.parse().ok()?)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_verdicts_on_the_recipient_or_the_message_concern_one_mail() {
        let ours = [
            (Phase::Mail, 550, "no such sender"),
            (Phase::Mail, 552, "5.3.4 message size exceeds limit"),
            (
                Phase::Rcpt,
                553,
                "5.7.1 <faqbot@library.example>: Sender address rejected: not owned by user bot",
            ),
            (Phase::Rcpt, 553, "sorry, sender not owned by you"),
            (Phase::Rcpt, 554, "5.7.1 <press@library.example>: Relay access denied"),
            (Phase::Rcpt, 554, "relay denied"),
            (Phase::Rcpt, 554, "no"),
            (Phase::Rcpt, 550, "relaying denied"),
            (Phase::Rcpt, 550, "5.1.8 sender's domain does not exist"),
            (Phase::Rcpt, 530, "5.7.0 authentication required"),
            (Phase::Rcpt, 503, "5.5.1 bad sequence of commands"),
            (Phase::Data, 503, "bad sequence of commands"),
            (Phase::Message, 550, "5.7.60 client does not have permissions to send as this sender"),
            (Phase::Message, 550, "5.7.26 this mail is unauthenticated"),
        ];
        for (phase, code, text) in ours {
            assert!(concerns_us(phase, code, text), "{phase:?} {code} {text}");
        }
        let of_one_mail = [
            (Phase::Rcpt, 550, "5.1.1 <press@library.example>: Recipient address rejected: user unknown"),
            (Phase::Rcpt, 550, "no such user"),
            (Phase::Rcpt, 551, "user not local"),
            (Phase::Rcpt, 552, "5.2.2 mailbox full"),
            (Phase::Rcpt, 553, "mailbox name not allowed"),
            (Phase::Rcpt, 554, "5.1.1 unknown"),
            (Phase::Data, 554, "no valid recipients"),
            (Phase::Message, 554, "5.7.1 message rejected as spam"),
            (Phase::Message, 552, "5.2.3 message line is too long"),
            (Phase::Message, 552, "5.3.4 message too big"),
            (Phase::Message, 500, "5.5.2 line too long"),
            (Phase::Message, 554, "5.6.1 body not 7 bit"),
            (Phase::Message, 550, "rejected"),
        ];
        for (phase, code, text) in of_one_mail {
            assert!(!concerns_us(phase, code, text), "{phase:?} {code} {text}");
        }
    }
}
