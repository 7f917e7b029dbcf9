//! The form's fields as types: a field that was parsed needs no second check. Each fault says what to correct.

use jiff::Timestamp;

use super::{deadline::Deadline, fault::Fault};
use crate::{bot::request::EnquiryFields, email::EmailTo, mail::clean};

/// The longest name and outlet in characters.
pub(super) const NAME_CAP: usize = 100;
/// The longest address in characters.
pub(super) const EMAIL_CAP: usize = 200;
/// The longest question, which is also the most that Discord lets a person type into a field.
pub(super) const QUESTION_CAP: usize = 4000;
/// The longest "anything else".
pub(super) const EXTRA_CAP: usize = 1000;

/// An enquiry whose fields are all right.
#[derive(Clone)]
pub(super) struct Checked {
    /// Name and outlet, one line.
    pub(super) name: String,
    /// Where to answer.
    pub(super) email: Option<EmailTo>,
    /// Until when.
    pub(super) deadline: Deadline,
    /// The question.
    pub(super) question: String,
    /// Anything else.
    pub(super) extra: String,
}

/// Checks every field at `now` and returns every fault. `confirmed` is an address that the sender was already asked
/// about and sent again as it is.
pub(super) fn check(
    fields: &EnquiryFields,
    now: Timestamp,
    confirmed: Option<&str>,
) -> Result<Checked, Vec<Fault>> {
    let mut faults = Vec::new();
    let name = clean::line(&fields.name, NAME_CAP);
    if name.is_empty() {
        faults.push(Fault::Name);
    }
    let extra = clean::lines(&fields.extra, EXTRA_CAP);
    let email = email(&fields.email, confirmed).unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    if fields.email.trim().is_empty() && extra.is_empty() {
        faults.push(Fault::Reach);
    }
    let deadline = Deadline::parse(&fields.deadline, now).map_err(|fault| faults.push(fault)).ok();
    let question = clean::lines(&fields.question, QUESTION_CAP);
    if question.is_empty() {
        faults.push(Fault::Question);
    }
    match deadline {
        Some(deadline) if faults.is_empty() => Ok(Checked { name, email, deadline, question, extra }),
        _ => Err(faults),
    }
}

fn email(typed: &str, confirmed: Option<&str>) -> Result<Option<EmailTo>, Fault> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    if typed.chars().count() > EMAIL_CAP {
        return Err(Fault::Email);
    }
    let address = EmailTo::parse(typed).ok_or(Fault::Email)?;
    match meant(&address) {
        Some(meant) if confirmed != Some(typed) => Err(Fault::EmailTypo { meant }),
        _ => Ok(Some(address)),
    }
}

/// Domains of which many people have an address, and some that only look like a typo of one.
const DOMAINS: [&str; 34] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "yahoo.ca",
    "yahoo.fr",
    "yahoo.co.uk",
    "ymail.com",
    "hotmail.com",
    "hotmail.ca",
    "hotmail.fr",
    "hotmail.co.uk",
    "outlook.com",
    "outlook.fr",
    "live.com",
    "live.ca",
    "live.fr",
    "msn.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "mail.com",
    "email.com",
    "protonmail.com",
    "proton.me",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "orange.fr",
    "wanadoo.fr",
    "free.fr",
    "laposte.net",
    "sympatico.ca",
    "rogers.com",
];

/// The address that was probably meant, if the domain is one edit away from a common one.
fn meant(address: &EmailTo) -> Option<String> {
    let domain = address.domain().to_lowercase();
    if DOMAINS.contains(&domain.as_str()) {
        return None;
    }
    let near = DOMAINS
        .iter()
        .filter(|known| known.len() >= 7)
        .find(|known| strsim::osa_distance(known, &domain) == 1)
        .map(|known| (*known).to_owned());
    let ending = || {
        let stem = [".con", ".cmo", ".ocm", ".vom"].iter().find_map(|end| domain.strip_suffix(end))?;
        Some(format!("{stem}.com"))
    };
    near.or_else(ending).map(|domain| format!("{}@{domain}", address.local_part()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> EnquiryFields {
        EnquiryFields {
            name: "Ann Example, Daily Example".into(),
            email: "ann@example.org".into(),
            deadline: "2026-11-30".into(),
            question: "How many were convicted?".into(),
            extra: String::new(),
        }
    }

    fn faults(change: impl Fn(&mut EnquiryFields)) -> Vec<Fault> {
        let mut fields = fields();
        change(&mut fields);
        check(&fields, "2026-11-24T10:00:00Z".parse().unwrap(), None).err().unwrap_or_default()
    }

    #[test]
    fn every_fault_is_reported_at_once() {
        assert_eq!(faults(|_| {}), []);
        let all = faults(|f| {
            *f =
                EnquiryFields { email: "a@b,c@d".into(), deadline: "5pm".into(), ..EnquiryFields::default() };
        });
        assert_eq!(
            all,
            [Fault::Name, Fault::Email, Fault::DeadlineZone { hour: "5pm".into() }, Fault::Question]
        );
        assert_eq!(faults(|f| f.email.clear()), [Fault::Reach]);
        assert_eq!(faults(|f| (f.email, f.extra) = (String::new(), "call 555".into())), []);
    }

    #[test]
    fn typos_in_common_domains_are_hinted_and_accepted_when_repeated() {
        for (typed, meant) in [
            ("ann@gmial.com", "ann@gmail.com"),
            ("ann@gmai.com", "ann@gmail.com"),
            ("ann@hotmial.com", "ann@hotmail.com"),
            ("ann@outlok.com", "ann@outlook.com"),
            ("ann@example.con", "ann@example.com"),
        ] {
            let found = faults(|f| f.email = typed.into());
            assert_eq!(found, [Fault::EmailTypo { meant: meant.into() }], "{typed}");
            let again = EnquiryFields { email: typed.into(), ..fields() };
            assert!(check(&again, "2026-11-24T10:00:00Z".parse().unwrap(), Some(typed)).is_ok(), "{typed}");
        }
        for fine in ["ann@mail.com", "ann@ymail.com", "ann@cbc.ca", "ann@me.com", "ann@gmx.net"] {
            assert_eq!(faults(|f| f.email = fine.into()), [], "{fine}");
        }
    }
}
