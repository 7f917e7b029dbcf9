//! Checks a parsed folder: whether every fact is proven, every wording is unique, and every text fits.
//!
//! `check/quotes.rs` looks for quotes in the announcement, `check/facts.rs` for numbers, names and addresses that it does
//! not state, `check/repeats.rs` for duplicates, `check/texts.rs` for texts that Discord would not show as written.
//! Without an announcement nothing can be proven, and nothing has to be.

mod facts;
mod numbers;
mod quotes;
mod repeats;
mod texts;

pub(crate) use texts::{ANSWER_CHARS, QUESTION_CHARS, WORDING_CHARS};

use self::facts::StatedFacts;
use crate::knowledge::content::{
    entry::Kind,
    finding::{Code, Finding, Findings, Place},
    parsed::{ParsedContent, ParsedEntry},
    quote::QuoteFinder,
};

/// With fewer wordings the matcher often guesses.
const ENOUGH_WORDINGS: usize = 6;

/// Checks `parsed` as of `today`.
pub(crate) fn check(parsed: &ParsedContent, today: jiff::civil::Date) -> Findings {
    let mut findings = Findings::new();
    let finder = parsed.announcement.as_ref().map(QuoteFinder::new);
    let stated = parsed.announcement.as_ref().map(StatedFacts::new);
    for entry in &parsed.entries {
        texts::check(entry, &mut findings);
        expiry(entry, today, &mut findings);
        if let Some(finder) = &finder {
            quotes::check(entry, finder, &mut findings);
            completeness(entry, &mut findings);
        } else if let Some(quote) = entry.quotes.first()
            && !parsed.announcement_is_broken
        {
            let finding = Finding::new(
                Code::NoAnnouncement,
                entry.place(quote),
                "there is no announcement to quote from",
            );
            findings.push(finding.hint("add the announcement to the folder as `announcement.md`"));
        }
        if let Some(stated) = &stated {
            facts::check(entry, stated, &mut findings);
        }
    }
    repeats::check(&parsed.entries, &mut findings);
    if !parsed.entries.is_empty() && parsed.entries.iter().all(|entry| entry.kind != Kind::Need) {
        let message = "no route recognises people in need, so they get no careful reply";
        let finding = Finding::new(Code::NoNeedRoute, Place::file("_routes"), message);
        findings.push(finding.hint("copy `_routes/need.md` from a folder that `faqbot new` has made"));
    }
    findings
}

/// The finding for a folder without an entry and without an announcement.
pub(super) fn no_entry() -> Finding {
    Finding::new(
        Code::FolderEmpty,
        Place::file(""),
        "the folder contains neither an entry nor an announcement",
    )
    .hint("add an entry, a file such as `why-closing.md`, or the announcement as `announcement.md`")
}

fn expiry(entry: &ParsedEntry, today: jiff::civil::Date, findings: &mut Findings) {
    if let Some((last, span)) = &entry.valid_until
        && today > *last
    {
        let place = entry.main.source.place(span.clone());
        let finding = Finding::new(Code::Expired, place, format!("the last day of this entry was {last}"));
        findings.push(finding.hint("it is no longer shown; delete the file or set a later day"));
    }
}

/// Checks that the entry has quotes, enough wordings, and tests.
fn completeness(entry: &ParsedEntry, findings: &mut Findings) {
    let question = entry.place(&entry.main.question);
    if entry.kind == Kind::Answer && entry.quotes.is_empty() {
        let finding = Finding::new(Code::NoQuotes, question.clone(), "no quote proves this answer");
        findings.push(finding.hint("add `quotes = [\"…\"]` in the exact words of the announcement"));
    }
    let n_wordings = entry.versions().map(|(_, version)| version.wordings.len()).sum::<usize>();
    if n_wordings < ENOUGH_WORDINGS {
        let message = format!("the entry has {n_wordings} wordings, fewer than {ENOUGH_WORDINGS}");
        let finding = Finding::new(Code::FewWordings, question.clone(), message);
        findings.push(finding.hint("add more ways in which members would ask to `also_asked`"));
    }
    if entry.asks.is_empty() {
        let finding = Finding::new(Code::NoTests, question, "the entry has no `asks`");
        findings.push(
            finding
                .hint("add `asks = [\"…\"]`: questions that the entry must answer; every reload tests them"),
        );
    }
}
