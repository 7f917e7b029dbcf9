//! Checks that every quote of an entry is, word for word, within one paragraph of the announcement.

use crate::knowledge::content::{
    finding::{Code, Finding, Findings},
    parsed::ParsedEntry,
    quote::{QuoteFinder, QuoteMatch},
};

/// The closest text is searched for at most this many quotes: each search goes through the whole announcement.
const HINTS: usize = 50;

/// Checks the quotes of `entry`.
pub(super) fn check(entry: &ParsedEntry, finder: &QuoteFinder<'_>, findings: &mut Findings) {
    for quote in &entry.quotes {
        let place = entry.place(quote);
        match finder.locate(&quote.text) {
            QuoteMatch::Found { .. } => {}
            QuoteMatch::CrossesParagraph => findings.push(
                Finding::new(
                    Code::QuoteCrossesParagraph,
                    place,
                    "the quote runs over the end of a paragraph",
                )
                .hint("split it into two quotes"),
            ),
            QuoteMatch::Missing => {
                let finding =
                    Finding::new(Code::QuoteNotFound, place, "the quote is not in the announcement");
                let near = (findings.n_errors() < HINTS).then(|| finder.nearest(&quote.text)).flatten();
                findings.push(match near {
                    Some(near) => finding.hint(format!("the most similar text is: {near}")),
                    None => finding.hint("copy the quote from the announcement, letter by letter"),
                });
            }
        }
    }
}
