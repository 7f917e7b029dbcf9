//! Parses e-mail addresses. Settings and mail share this parser, so that both accept the same addresses.

use email_address::{EmailAddress, Options};
use lettre::{Address, message::Mailbox};

/// The longest address that SMTP carries.
pub(crate) const MAX_CHARS: usize = 254;

/// An address that can be answered.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailTo(EmailAddress);

impl EmailTo {
    /// The address, if `typed` is exactly one without a display name or angle brackets.
    pub fn parse(typed: &str) -> Option<EmailTo> {
        let typed = typed.trim();
        if typed.chars().count() > MAX_CHARS {
            return None;
        }
        let options = Options::default().without_display_text().without_domain_literal().with_required_tld();
        let parsed = EmailAddress::parse_with_options(typed, options).ok()?;
        // The mail library must accept it too, or composing the mail would fail later.
        typed.parse::<Address>().ok()?;
        Some(EmailTo(parsed))
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The part after the `@`.
    pub(crate) fn domain(&self) -> &str {
        self.0.domain()
    }

    /// The part before the `@`.
    pub(crate) fn local_part(&self) -> &str {
        self.0.local_part()
    }

    /// The address for a header, its domain in ASCII. `None` if the part before the `@` is not ASCII, which many servers
    /// cannot carry; such an address is only in the text of the mail.
    pub(crate) fn for_header(&self) -> Option<Mailbox> {
        if !self.local_part().is_ascii() {
            return None;
        }
        let domain = idna::domain_to_ascii(self.domain()).ok()?;
        let address = Address::new(self.local_part(), domain).ok()?;
        Some(Mailbox::new(None, address))
    }
}

/// The sender of the settings: an address, perhaps with a display name.
pub(crate) fn sender(setting: &str) -> Option<Mailbox> {
    let is_one_line = !setting.chars().any(char::is_control);
    is_one_line.then(|| setting.trim().parse().ok()).flatten()
}

/// Whether `text` is an address that a mail can be sent to.
pub(crate) fn is_address(text: &str) -> bool {
    recipient(text).is_some()
}

/// The recipient of the settings or the announcement.
pub(crate) fn recipient(setting: &str) -> Option<Mailbox> {
    Some(Mailbox::new(None, setting.trim().parse::<Address>().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_one_address_is_accepted() {
        for good in [
            "ann@example.org",
            "o'neil+press@news.example.co.uk",
            "\"ann b\"@example.org",
            "ann@bücher.example",
            "пресса@example.org",
        ] {
            assert!(EmailTo::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "ann",
            "ann@",
            "@example.org",
            "a@b,c@d",
            "a@example.org, c@example.org",
            "a@example.org;c@example.org",
            "a@example.org c@example.org",
            "<a@example.org>",
            "Ann <a@example.org>",
            "a@example.org\r\nBcc: b@example.org",
            "a@localhost",
            "a@[127.0.0.1]",
            "a..b@example.org",
            "a@exa mple.org",
        ] {
            assert!(EmailTo::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_header_gets_ascii_or_nothing() {
        let header = |typed: &str| EmailTo::parse(typed).and_then(|a| a.for_header()).map(|m| m.to_string());
        assert_eq!(header("ann@bücher.example").as_deref(), Some("ann@xn--bcher-kva.example"));
        assert_eq!(header("пресса@example.org"), None);
    }
}
