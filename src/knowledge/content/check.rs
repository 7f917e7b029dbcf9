//! Judges a parsed folder: is every fact proven, is every wording written once, does every text fit.
//!
//! One file a question: `check/quotes.rs` finds quotes in the announcement, `check/facts.rs` numbers, names and
//! addresses that it does not state, `check/repeats.rs` what is written twice, `check/texts.rs` the form of texts.
//! Without an announcement nothing can be proven and nothing has to be.

mod facts;
mod numbers;
mod quotes;
mod repeats;
mod texts;

pub(super) use repeats::fold;
pub use texts::{ANSWER_CHARS, QUESTION_CHARS, WORDING_CHARS};

use self::facts::Stated;
use crate::knowledge::content::{
    draft::{Draft, DraftEntry},
    entry::Kind,
    finding::{Code, Finding, Findings, Place},
    quote::Quotable,
};

/// Fewer wordings than this leave the matcher guessing.
const ENOUGH_WORDINGS: usize = 6;

/// Every fault of `draft` that is not one of form, on the day `today`.
pub fn check(draft: &Draft, today: jiff::civil::Date) -> Findings {
    let mut findings = Findings::new();
    let quotable = draft.announcement.as_ref().map(Quotable::new);
    let stated = draft.announcement.as_ref().map(Stated::new);
    for entry in &draft.entries {
        texts::check(entry, &mut findings);
        expiry(entry, today, &mut findings);
        if let Some(quotable) = &quotable {
            quotes::check(entry, quotable, &mut findings);
            completeness(entry, &mut findings);
        } else if let Some(quote) = entry.quotes.first()
            && !draft.announcement_is_broken
        {
            let finding = Finding::new(
                Code::NoAnnouncement,
                entry.place(quote),
                "there is no announcement that this could be quoted from",
            );
            findings.push(finding.hint("put it into the folder as `announcement.md`"));
        }
        if let Some(stated) = &stated {
            facts::check(entry, stated, &mut findings);
        }
    }
    repeats::check(&draft.entries, &mut findings);
    findings
}

/// The finding for a folder whose files hold no entry.
pub(super) fn no_entry() -> Finding {
    Finding::new(Code::FolderEmpty, Place::file(""), "the folder holds no entry")
        .hint("an entry is a file such as `why-closing.md`")
}

fn expiry(entry: &DraftEntry, today: jiff::civil::Date, findings: &mut Findings) {
    if let Some((last, span)) = &entry.valid_until
        && today > *last
    {
        let place = entry.main.source.place(span.clone());
        let finding = Finding::new(Code::Expired, place, format!("the entry's last day was {last}"));
        findings.push(finding.hint("it is no longer answered; take the file out or set another day"));
    }
}

/// What an entry needs to be found and to be trusted.
fn completeness(entry: &DraftEntry, findings: &mut Findings) {
    let question = entry.place(&entry.main.question);
    if entry.kind == Kind::Answer && entry.quotes.is_empty() {
        let finding =
            Finding::new(Code::NoQuotes, question.clone(), "the answer has no quote that proves it");
        findings.push(finding.hint("add `quotes = [\"…\"]` with the announcement's own words"));
    }
    let n_wordings = entry.versions().map(|(_, version)| version.wordings.len()).sum::<usize>();
    if n_wordings < ENOUGH_WORDINGS {
        let message = format!("the entry has {n_wordings} wordings, fewer than {ENOUGH_WORDINGS}");
        let finding = Finding::new(Code::FewWordings, question.clone(), message);
        findings.push(finding.hint("add to `also_asked` how members would really ask"));
    }
    if entry.asks.is_empty() {
        let finding = Finding::new(Code::NoTests, question, "the entry has no `asks`");
        findings.push(
            finding.hint("add `asks = [\"…\"]`: questions that it must answer, tested at every reload"),
        );
    }
}
